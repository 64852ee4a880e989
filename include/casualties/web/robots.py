"""robots.txt (RFC 9309): what a host lets us fetch, and how far apart.

A client error means no rules; a server error means that nothing may be fetched for now. Where the host itself cannot
be had, that is the outcome of the fetch: the page would not be had either.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from casualties.web.response import FetchStatus, Response

MAX_BYTES = 512_000  # RFC 9309 asks to read at least 500 KiB
MAX_CRAWL_DELAY = 60.0  # seconds; more than that is no way to read news, and is met by the cap of pages a run


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says. ``failure`` is set where it says nothing because it could not be had."""

    parsed: Protego | None = None
    failure: Response | None = None
    closed: bool = False  # the server failed: nothing may be fetched

    def allows(self, url: URL, agent: str) -> bool:
        return not self.closed and (self.parsed is None or bool(self.parsed.can_fetch(str(url), agent)))

    def crawl_delay(self, agent: str) -> float:
        """Seconds between two requests, 0 where nothing is asked."""
        delay = self.parsed.crawl_delay(agent) if self.parsed is not None else None
        return min(max(float(delay or 0.0), 0.0), MAX_CRAWL_DELAY)


def read_rules(response: Response) -> Rules:
    """The rules in the answer to a request for robots.txt."""
    if response.status is FetchStatus.OK:
        return Rules(parsed=Protego.parse(response.body.decode("utf-8", "replace")))
    if response.http_status is None:
        return Rules(failure=response)
    return Rules(closed=response.http_status >= 500)


class RobotsCache:
    """The rules of every host met, fetched once. ``fetch`` gets the URL of a robots.txt and the seconds it may take."""

    def __init__(self, fetch: Callable[[URL, float], Awaitable[Response]]) -> None:
        self._fetch = fetch
        self._answers: dict[URL, asyncio.Task[tuple[Rules, float]]] = {}

    async def rules(self, url: URL, timeout: float) -> tuple[Rules, float]:  # noqa: ASYNC109 - handed on, not applied
        """The rules of the URL's host, and the seconds that this call spent on getting them."""
        origin = url.origin()
        answer = self._answers.get(origin)
        if answer is None:
            answer = self._answers[origin] = asyncio.create_task(self._read(origin, timeout))
        waited = not answer.done()
        rules, seconds = await asyncio.shield(answer)  # whoever gives up leaves the others their rules
        return rules, seconds if waited else 0.0

    async def _read(self, origin: URL, timeout: float) -> tuple[Rules, float]:  # noqa: ASYNC109
        response = await self._fetch(origin.with_path("/robots.txt"), timeout)
        return read_rules(response), response.seconds

    def close(self) -> None:
        for answer in self._answers.values():
            answer.cancel()
