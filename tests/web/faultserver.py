"""A server on loopback that does wrong whatever a server can do wrong, and says how a poll of each fault should end.

Plain sockets, so that it can also say what no HTTP library would let it say. It counts what it was asked.
"""

import asyncio
import contextlib
import functools
import gzip
import threading
import zlib
from collections import Counter

import brotli

from casualties.model import PollStatus

FEED = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Gazette</title>
<item><title>Ferry service resumes</title><link>http://harbour.example/ferry</link></item>
<item><title>Market reopens</title><link>http://harbour.example/market</link></item></channel></rss>"""

FAULTS = {}  # path -> how a poll of it ends
_ANSWERS = {}  # path -> coroutine function


def fault(status):
    def register(answer):
        path = "/" + answer.__name__.replace("_", "-")
        FAULTS[path], _ANSWERS[path] = status, answer
        return answer

    return register


def head(status="200 OK", *headers, length=None, kind="application/rss+xml"):
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *headers]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def whole(body, *headers, status="200 OK", kind="application/rss+xml"):
    return head(status, *headers, length=len(body), kind=kind) + body


def bomb(compress, size=100_000_000):
    """Nothing but spaces, ``size`` bytes of them: twenty times what a feed may have, and small once compressed."""
    pieces = [compress.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join([*pieces, compress.flush()])


@functools.cache
def gzip_bomb_bytes():
    return bomb(zlib.compressobj(9, zlib.DEFLATED, 31))


@functools.cache
def brotli_bomb_bytes():
    class Brotli:
        def __init__(self):
            self._brotli = brotli.Compressor(quality=3)

        def compress(self, data):
            return self._brotli.process(data)

        def flush(self):
            return self._brotli.finish()

    return bomb(Brotli())


@fault(PollStatus.TIMEOUT)
async def never_answers(request, out):
    await asyncio.sleep(60)


@fault(PollStatus.TIMEOUT)
async def dripping_headers(request, out):
    for byte in head(length=len(FEED)):
        out.write(bytes([byte]))
        await out.drain()
        await asyncio.sleep(0.05)


@fault(PollStatus.TIMEOUT)
async def dripping_body(request, out):
    out.write(head(length=len(FEED)))
    for byte in FEED:
        out.write(bytes([byte]))
        await out.drain()
        await asyncio.sleep(0.05)


@fault(PollStatus.TIMEOUT)
async def stalls_in_the_body(request, out):
    out.write(head(length=len(FEED)) + FEED[:100])
    await out.drain()
    await asyncio.sleep(60)


@fault(PollStatus.TIMEOUT)
async def endless_redirects_that_drag(request, out):
    await asyncio.sleep(0.4)
    out.write(whole(b"", "Location: /endless-redirects-that-drag", status="302 Found"))


@fault(PollStatus.TOO_LARGE)
async def gzip_bomb(request, out):
    out.write(whole(gzip_bomb_bytes(), "Content-Encoding: gzip"))


@fault(PollStatus.TOO_LARGE)
async def brotli_bomb(request, out):
    out.write(whole(brotli_bomb_bytes(), "Content-Encoding: br"))


@fault(PollStatus.TOO_LARGE)
async def double_gzip_bomb(request, out):
    out.write(whole(gzip.compress(gzip_bomb_bytes()), "Content-Encoding: gzip, gzip"))


@fault(PollStatus.TOO_LARGE)
async def bomb_that_is_a_file(request, out):
    out.write(whole(gzip_bomb_bytes(), kind="application/gzip"))


@fault(PollStatus.TOO_LARGE)
async def endless_body(request, out):
    out.write(head())
    while True:
        out.write(b" " * 65536)
        await out.drain()


@fault(PollStatus.TOO_LARGE)
async def announces_a_terabyte(request, out):
    out.write(head(length=10**12))
    await out.drain()
    await asyncio.sleep(60)


@fault(PollStatus.UNREACHABLE)
async def ends_before_its_length(request, out):
    out.write(head(length=len(FEED) + 1000) + FEED)


@fault(PollStatus.UNREACHABLE)
async def resets(request, out):
    out.write(head(length=len(FEED)) + FEED[:50])
    await out.drain()
    out.transport.abort()


@fault(PollStatus.UNREACHABLE)
async def says_nothing(request, out):
    pass


@fault(PollStatus.UNREACHABLE)
async def is_not_http(request, out):
    out.write(b"220 mail.harbour.example ESMTP\r\n")


@fault(PollStatus.UNREACHABLE)
async def endless_headers(request, out):
    out.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        out.write(b"X-More: " + b"x" * 1000 + b"\r\n")
        await out.drain()


@fault(PollStatus.UNREACHABLE)
async def broken_chunks(request, out):
    out.write(head("200 OK", "Transfer-Encoding: chunked") + b"zz\r\nnot a chunk\r\n")


@fault(PollStatus.UNREACHABLE)
async def broken_gzip(request, out):
    out.write(whole(b"\x1f\x8b\x08\x00 this is no gzip", "Content-Encoding: gzip"))


@fault(PollStatus.UNREACHABLE)
async def gzip_that_ends_early(request, out):
    out.write(whole(gzip.compress(FEED)[:-20], "Content-Encoding: gzip"))


@fault(PollStatus.UNREACHABLE)
async def coding_nobody_asked_for(request, out):
    out.write(whole(FEED, "Content-Encoding: zstd"))


@fault(PollStatus.TOO_MANY_REDIRECTS)
async def redirects_to_itself(request, out):
    out.write(whole(b"", "Location: /redirects-to-itself", status="302 Found"))


@fault(PollStatus.FORBIDDEN_ADDRESS)
async def redirects_to_a_private_address(request, out):
    out.write(whole(b"", "Location: http://169.254.169.254/latest/meta-data/", status="302 Found"))


@fault(PollStatus.FORBIDDEN_ADDRESS)
async def redirects_to_a_file(request, out):
    out.write(whole(b"", "Location: file:///etc/passwd", status="302 Found"))


@fault(PollStatus.HTTP_ERROR)
async def redirects_nowhere(request, out):
    out.write(whole(b"", status="302 Found"))


@fault(PollStatus.HTTP_ERROR)
async def fails(request, out):
    out.write(whole(b"oops", status="500 Internal Server Error"))


@fault(PollStatus.HTTP_ERROR)
async def is_busy(request, out):
    out.write(whole(b"", "Retry-After: 7200", status="429 Too Many Requests"))


@fault(PollStatus.HTTP_ERROR)
async def is_missing(request, out):
    out.write(whole(b"", status="404 Not Found"))


@fault(PollStatus.HTTP_ERROR)
async def says_unchanged_unasked(request, out):
    out.write(head("304 Not Modified"))


@fault(PollStatus.GONE)
async def is_retired(request, out):
    out.write(whole(b"", status="410 Gone"))


@fault(PollStatus.MALFORMED)
async def is_empty(request, out):
    out.write(whole(b""))


@fault(PollStatus.MALFORMED)
async def is_a_web_page(request, out):
    out.write(whole(b"<!doctype html><html><body><h1>Welcome</h1></body></html>", kind="text/html"))


@fault(PollStatus.MALFORMED)
async def is_a_picture(request, out):
    out.write(whole(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, kind="image/png"))


@fault(PollStatus.MALFORMED)
async def is_a_namespace_storm(request, out):
    storm = b"".join(b'<i:x xmlns:n%d="urn:%d"/>' % (n, n) for n in range(30_000))
    out.write(whole(b'<rss version="2.0"><channel>' + storm + b"</channel></rss>"))


# What looks odd and is no fault.


@fault(PollStatus.OK)
async def good(request, out):
    out.write(whole(FEED))


@fault(PollStatus.OK)
async def has_an_etag(request, out):
    if b'if-none-match: "tide-1"' in request.lower():
        out.write(head("304 Not Modified", 'ETag: "tide-1"'))
    else:
        out.write(whole(FEED, 'ETag: "tide-1"', "Last-Modified: Mon, 10 Nov 2025 10:00:00 GMT"))


@fault(PollStatus.OK)
async def names_a_wrong_charset(request, out):
    body = FEED.decode().replace("Ferry", "Fähre").encode()
    out.write(whole(body, kind="text/xml; charset=iso-8859-1"))


@fault(PollStatus.OK)
async def is_said_to_be_html(request, out):
    out.write(whole(FEED, kind="text/html"))


@fault(PollStatus.OK)
async def is_gzip(request, out):
    out.write(whole(gzip.compress(FEED), "Content-Encoding: gzip"))


@fault(PollStatus.OK)
async def is_brotli(request, out):
    out.write(whole(brotli.compress(FEED), "Content-Encoding: br"))


@fault(PollStatus.OK)
async def is_raw_deflate(request, out):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    out.write(whole(deflate.compress(FEED) + deflate.flush(), "Content-Encoding: deflate"))


@fault(PollStatus.OK)
async def is_gzip_twice(request, out):
    out.write(whole(gzip.compress(gzip.compress(FEED)), "Content-Encoding: gzip"))


@fault(PollStatus.OK)
async def has_no_length(request, out):
    out.write(head() + FEED)


@fault(PollStatus.OK)
async def has_moved(request, out):
    out.write(whole(b"", "Location: /has-an-etag", status="301 Moved Permanently"))


@fault(PollStatus.OK)
async def is_cut_off_in_its_xml(request, out):
    out.write(whole(FEED[: FEED.index(b"<item><title>Market")]))


class FaultServer:
    """``with FaultServer() as server``: ``server.host`` is ``127.0.0.1:port``, ``server.requests`` counts paths.

    ``robots`` is the body of robots.txt, or a whole answer; without it there is none (404).
    """

    def __init__(self, robots=None, address="127.0.0.1"):
        self.requests = Counter()
        self.times = []  # of all requests, in seconds of the server's clock
        self.redirects = {}
        self.answers = {}  # path -> whole answer
        self._robots = robots
        self._address = address
        self._ready = threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *error):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def redirect(self, path, target, status="302 Found"):
        self.redirects[path] = target, status

    def url(self, path):
        return f"http://{self.host}{path}"

    async def _serve(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._answer, self._address, 0)
        self.host = "{}:{}".format(*server.sockets[0].getsockname())
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _answer(self, source, out):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = await source.readuntil(b"\r\n\r\n")
            self.last_request = request.decode("latin-1")
            path = request.split(b" ")[1].decode()
            self.requests[path] += 1
            self.times.append(self._loop.time())
            if path in self.redirects:
                target, status = self.redirects[path]
                out.write(whole(b"", f"Location: {target}", status=status))
            elif path in self.answers:
                out.write(self.answers[path])
            elif path == "/robots.txt":
                robots = self._robots
                out.write(
                    whole(b"", status="404 Not Found")
                    if robots is None
                    else robots
                    if robots.startswith(b"HTTP/")
                    else whole(robots, kind="text/plain")
                )
            else:
                await _ANSWERS.get(path.partition("?")[0], good)(request, out)
            await out.drain()
        out.close()
