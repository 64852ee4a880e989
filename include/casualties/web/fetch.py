"""The one HTTP client of this package: vetted, polite, bounded in time and size, and never raising for a network.

An exchange is everything from the first request to the last byte, redirects included. It has one deadline, which runs
while we talk, not while we wait for our turn at a host.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self
from urllib.parse import quote

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from casualties.settings import Settings
from casualties.web.address import ForbiddenAddressError, is_allowed, vetted_socket
from casualties.web.decode import ACCEPT_ENCODING, Decoder, TooLargeError, UndecodableError
from casualties.web.hosts import PATIENCE, HostBusyError, HostGate
from casualties.web.response import FetchStatus, Response
from casualties.web.robots import MAX_BYTES as ROBOTS_MAX_BYTES
from casualties.web.robots import RobotsCache

MAX_REDIRECTS = 5
OWN_CONCURRENCY = 8  # to an allow-listed host: a small server drops the connections of more at once, and they come late
ROBOTS_TIMEOUT = 10.0
PAUSE = 60.0  # seconds without requests to a host that answers 429 and does not say how long
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_HEADER_BYTES = 32 * 1024  # of one header field; policies of content security outgrow aiohttp's 8 KiB
_VALIDATOR_LENGTH = 2_000


class _ExchangeError(Exception):
    def __init__(self, status: FetchStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Exchange:
    """What is asked, and what is known so far of the answer."""

    def __init__(self, url: str, headers: dict[str, str], max_bytes: int, timeout: float) -> None:
        self.url = url
        self.headers = headers
        self.max_bytes = max_bytes
        self.timeout = timeout
        self.spent = 0.0
        self.here = URL()
        self._cookies: aiohttp.CookieJar | None = None
        self.moved_to: str | None = None
        self.http_status: int | None = None
        self.reason = ""
        self.answer_headers: tuple[tuple[str, str], ...] = ()
        self.received = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The clock runs; TimeoutError when it is out."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(self.timeout - self.spent):
                yield
        finally:
            self.spent += loop.time() - start

    def keep_cookies(self, answer: aiohttp.ClientResponse) -> None:
        """Some servers send a reader on with a cookie, and in circles if it does not come back."""
        if answer.cookies:
            self._cookies = self._cookies or aiohttp.CookieJar(unsafe=True)  # hosts without a name have them, too
            self._cookies.update_cookies(answer.cookies, self.here)

    def cookies_for(self, url: URL) -> dict[str, str] | None:
        if self._cookies is None:
            return None
        return {name: morsel.value for name, morsel in self._cookies.filter_cookies(url).items()}

    def response(self, status: FetchStatus, *, body: bytes = b"", error: str | None = None) -> Response:
        return Response(
            url=self.url,
            status=status,
            final_url=str(self.here) or self.url,
            http_status=self.http_status,
            reason=self.reason,
            headers=self.answer_headers,
            body=body,
            moved_to=self.moved_to,
            seconds=round(self.spent, 6),
            bytes=self.received,
            error=error,
        )


class Client:
    """``async with Client(settings) as client: response = await client.get(url, ...)``.

    ``resolver`` replaces the system's, for tests; whatever it answers, addresses are vetted.
    """

    def __init__(
        self, settings: Settings, *, resolver: AbstractResolver | None = None, patience: float = PATIENCE
    ) -> None:
        self._settings = settings
        self._allowed = settings.allowed
        self._resolver = resolver
        self._patience = patience
        self._gates: dict[str, HostGate] = {}
        self._shares: dict[str, int] = {}
        self._robots = RobotsCache(
            self._get_robots, settings.data_dir / "robots", lambda url: not is_allowed(url, self._allowed)
        )

    async def __aenter__(self) -> Self:
        # Names are looked up on the loop's threads. Few of them, and one name server that hangs holds up all hosts.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._settings.concurrency, "dns"))
        self._slots = asyncio.Semaphore(self._settings.concurrency)
        self._stack = AsyncExitStack()
        self._public = await self._stack.enter_async_context(self._session(vetted=True))
        self._private = await self._stack.enter_async_context(self._session(vetted=False))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._robots.close()
        await self._stack.aclose()

    def _session(self, *, vetted: bool) -> aiohttp.ClientSession:
        """Connections of the operator's own hosts are kept apart: they alone are made without a look at the address."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._settings.concurrency,
                ttl_dns_cache=60,
                resolver=self._resolver,
                socket_factory=vetted_socket if vetted else None,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),  # _Exchange has the one deadline
            max_field_size=_HEADER_BYTES,
            max_line_size=_HEADER_BYTES,
            headers={"User-Agent": self._settings.user_agent, "Accept-Encoding": ACCEPT_ENCODING},
        )

    def share(self, host: str, parts: int) -> None:
        """Tell that ``parts`` clients, this one included, fetch from ``host`` at the same time: its spacing widens."""
        self._shares[host.lower()] = parts

    async def get(
        self,
        url: str,
        *,
        max_bytes: int,
        timeout: float,  # noqa: ASYNC109 - one deadline over several steps, not a wrapper around one
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
    ) -> Response:
        """GET ``url``: at most ``max_bytes`` decoded bytes in at most ``timeout`` seconds. Failures are statuses."""
        validators = {"If-None-Match": etag or "", "If-Modified-Since": last_modified or ""}
        headers = {"Accept": accept} | {name: value for name, value in validators.items() if _can_be_sent(value)}
        return await self._settle(_Exchange(url, headers, max_bytes, timeout), obey_robots=True)

    async def _get_robots(self, url: URL, timeout: float) -> Response:  # noqa: ASYNC109
        exchange = _Exchange(str(url), {"Accept": "text/plain"}, ROBOTS_MAX_BYTES, min(timeout, ROBOTS_TIMEOUT))
        return await self._settle(exchange, obey_robots=False)

    async def _settle(self, exchange: _Exchange, *, obey_robots: bool) -> Response:
        try:
            return await self._follow(exchange, obey_robots=obey_robots)
        except _ExchangeError as error:
            return exchange.response(error.status, error=str(error))
        except TimeoutError:
            return exchange.response(FetchStatus.TIMEOUT, error=f"not finished within {exchange.timeout:g} s")
        except HostBusyError as error:
            return exchange.response(FetchStatus.TIMEOUT, error=str(error))
        except TooLargeError as error:
            return exchange.response(FetchStatus.TOO_LARGE, error=str(error))
        except UndecodableError as error:
            return exchange.response(FetchStatus.UNREACHABLE, error=f"body cannot be decoded: {error}")
        except aiohttp.InvalidURL as error:
            return exchange.response(FetchStatus.FORBIDDEN_ADDRESS, error=f"no usable address: {error}")
        except UnicodeError as error:  # a name that is none, by the codec of the lookup
            return exchange.response(FetchStatus.UNREACHABLE, error=f"no host name: {error}"[:300])
        except (aiohttp.ClientError, OSError, EOFError) as error:
            # Where a name has several addresses, their errors come as one that keeps only the common number.
            cause = getattr(error, "os_error", error)
            forbidden = isinstance(cause, OSError) and cause.errno == ForbiddenAddressError.NUMBER
            status = FetchStatus.FORBIDDEN_ADDRESS if forbidden else FetchStatus.UNREACHABLE
            return exchange.response(status, error=f"{type(error).__name__}: {error}"[:300])

    async def _follow(self, exchange: _Exchange, *, obey_robots: bool) -> Response:
        try:
            exchange.here = URL(exchange.url).with_fragment(None)
        except ValueError as error:
            raise _ExchangeError(FetchStatus.FORBIDDEN_ADDRESS, f"no usable address: {error}") from error
        permanent = True
        for _ in range(MAX_REDIRECTS + 1):
            here = exchange.here
            if here.scheme not in ("http", "https") or not here.host:
                raise _ExchangeError(FetchStatus.FORBIDDEN_ADDRESS, f"{here} is not an http or https address")
            if obey_robots:
                await self._ask_robots(exchange)
            async with AsyncExitStack() as turn:
                session = self._private if is_allowed(here, self._allowed) else self._public
                await turn.enter_async_context(self._gate(here).turn())
                await turn.enter_async_context(self._slots)
                await turn.enter_async_context(exchange.running())
                answer = await turn.enter_async_context(
                    session.get(
                        here, headers=exchange.headers, cookies=exchange.cookies_for(here), allow_redirects=False
                    )
                )
                if answer.status not in _REDIRECTS:
                    return await self._receive(exchange, answer)
                exchange.http_status = answer.status
                exchange.keep_cookies(answer)
                exchange.here = _target(here, answer)
                permanent = permanent and answer.status in _PERMANENT
                if permanent:
                    exchange.moved_to = str(exchange.here)
        raise _ExchangeError(FetchStatus.TOO_MANY_REDIRECTS, f"more than {MAX_REDIRECTS} redirects")

    async def _ask_robots(self, exchange: _Exchange) -> None:
        rules, seconds = await self._robots.rules(exchange.here, exchange.timeout - exchange.spent)
        exchange.spent += seconds
        if rules.failure is not None:
            raise _ExchangeError(rules.failure.status, f"robots.txt: {rules.failure.error}")
        if not rules.allows(exchange.here, self._settings.user_agent):
            why = "the server fails on robots.txt" if rules.closed else f"robots.txt forbids {exchange.here.path}"
            raise _ExchangeError(FetchStatus.ROBOTS, why)
        if not is_allowed(exchange.here, self._allowed):
            gate = self._gate(exchange.here)
            gate.delay = max(gate.delay, rules.crawl_delay(self._settings.user_agent) * self._parts(exchange.here))

    def _gate(self, url: URL) -> HostGate:
        if is_allowed(url, self._allowed):
            return self._gates.setdefault(url.authority, HostGate(OWN_CONCURRENCY, 0.0, self._patience))
        host = url.host or ""
        if host not in self._gates:
            parts = self._parts(url)
            concurrency = max(1, self._settings.host_concurrency // parts)
            self._gates[host] = HostGate(concurrency, self._settings.host_delay * parts, self._patience)
        return self._gates[host]

    def _parts(self, url: URL) -> int:
        return self._shares.get(url.host or "", 1)

    async def _receive(self, exchange: _Exchange, answer: aiohttp.ClientResponse) -> Response:
        exchange.http_status, exchange.reason = answer.status, _clean(answer.reason or "")
        exchange.answer_headers = tuple((_clean(name), _clean(value)) for name, value in answer.headers.items())
        if answer.status == 304 and exchange.headers.keys() & {"If-None-Match", "If-Modified-Since"}:
            return exchange.response(FetchStatus.NOT_MODIFIED)
        if not 200 <= answer.status < 300:
            self._heed(exchange, answer)
            status = FetchStatus.GONE if answer.status == 410 else FetchStatus.HTTP_ERROR
            return exchange.response(status, error=f"{answer.status} {exchange.reason}".strip())
        if (answer.content_length or 0) > exchange.max_bytes:
            raise TooLargeError(f"more than {exchange.max_bytes:,} bytes")
        decoder = Decoder(",".join(answer.headers.getall("Content-Encoding", ())), exchange.max_bytes)
        try:
            async for piece in answer.content.iter_any():
                decoder.feed(piece)
        finally:
            exchange.received = decoder.received
        return exchange.response(FetchStatus.OK, body=decoder.finish())

    def _heed(self, exchange: _Exchange, answer: aiohttp.ClientResponse) -> None:
        """Leave a host alone that says it is too much."""
        if is_allowed(exchange.here, self._allowed):
            return
        asked = answer.headers.get("Retry-After", "").strip()
        if answer.status == 429 or (answer.status == 503 and asked):
            self._gate(exchange.here).pause(float(asked[:9]) if asked.isascii() and asked.isdigit() else PAUSE)


def _can_be_sent(validator: str) -> bool:
    return 0 < len(validator) <= _VALIDATOR_LENGTH and validator.isascii() and validator.isprintable()


def _target(here: URL, answer: aiohttp.ClientResponse) -> URL:
    location = answer.headers.get("Location", "").strip()
    if not location:
        raise _ExchangeError(FetchStatus.HTTP_ERROR, f"{answer.status} without a Location")
    try:
        raw = location.encode("utf-8", "surrogateescape")
        target = here.join(URL(quote(raw, safe="%/:=&?~#+!$,;'@()*[]|")))
        return target.with_fragment(None).with_user(None) if target.user else target.with_fragment(None)
    except ValueError as error:
        raise _ExchangeError(FetchStatus.FORBIDDEN_ADDRESS, f"redirect to no usable address: {error}") from error


def _clean(text: str) -> str:
    """Header text as valid Unicode: aiohttp hands on stray bytes as lone surrogates, which nothing can store."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
