"""robots.txt (RFC 9309): what a host lets us fetch, and how far apart.

A client error means no rules; a server error means that nothing may be fetched for now. Where the host itself cannot
be had, that is the outcome of the fetch: the page would not be had either.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from protego import Protego
from yarl import URL

from casualties.model import key
from casualties.web.response import FetchStatus, Response

MAX_BYTES = 512_000  # RFC 9309 asks to read at least 500 KiB
KEPT = 86_400  # seconds
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


def _parse(body: bytes) -> Protego:
    return Protego.parse(body.decode("utf-8", "replace"))


def read_rules(response: Response) -> Rules:
    """The rules in the answer to a request for robots.txt."""
    if response.status is FetchStatus.OK:
        return Rules(parsed=_parse(response.body))
    if response.http_status is None:
        return Rules(failure=response)
    return Rules(closed=response.http_status >= 500)


class RobotsCache:
    """The rules of every host met, fetched once a day.

    ``fetch`` gets the URL of a robots.txt and the seconds it may take. ``folder`` keeps what was fetched for the
    clients to come (RFC 9309 allows a day), ``keep`` says of which hosts; failures are kept by this client alone.
    """

    def __init__(
        self, fetch: Callable[[URL, float], Awaitable[Response]], folder: Path, keep: Callable[[URL], bool]
    ) -> None:
        self._fetch = fetch
        self._folder = folder
        self._keep = keep
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
        file = self._folder / f"{key(origin)}.txt"
        if self._keep(origin) and (kept := _fresh(file)) is not None:
            return Rules(parsed=_parse(kept)), 0.0
        response = await self._fetch(origin.with_path("/robots.txt"), timeout)
        rules = read_rules(response)
        if self._keep(origin) and rules.failure is None and not rules.closed:
            _store(file, response.body)
        return rules, response.seconds

    def close(self) -> None:
        for answer in self._answers.values():
            answer.cancel()


def _fresh(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if time.time() - file.stat().st_mtime < KEPT else None
    except FileNotFoundError:
        return None


def _store(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(body)
    os.replace(unfinished, file)
