"""What manners, safety and the sandbox cost: ratios to doing without, in the same run on the same machine."""

import asyncio
import multiprocessing
import resource
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import feedparser
import pytest

from casualties.model import Feed, Target, key
from casualties.pages.archive import WarcWriter
from casualties.pages.fetch import fetch_pages
from casualties.sandbox import Job, Sandbox
from casualties.settings import Settings
from casualties.web.fetch import Client

pytestmark = pytest.mark.bench

NOW = datetime(2025, 11, 10, tzinfo=UTC)
REAL = Path(__file__).resolve().parents[3] / "shared" / "feeds" / "real"
ITEMS = "".join(f"<item><title>Ferry {n}</title><link>https://paper.example/{n}</link></item>" for n in range(60))
FEED = f"<rss version='2.0'><channel><title>Paper</title>{ITEMS}</channel></rss>".encode()
PAGE = b"<!doctype html><html><body>" + b"<p>The ferry sails again on Tuesday from the old port.</p>" * 300
FEEDS, PAGES = 1_000, 5_000


class Answering(asyncio.Protocol):
    """The least that is an HTTP server, so that the clients are what is measured."""

    def connection_made(self, transport):
        self.transport, self.read = transport, b""

    def data_received(self, data):
        self.read += data
        while b"\r\n\r\n" in self.read:
            request, _, self.read = self.read.partition(b"\r\n\r\n")
            status, body = b"200 OK", FEED if b"GET /feed" in request else PAGE
            if b"GET /robots.txt" in request:
                status, body = b"404 Not Found", b""
            head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
            self.transport.write(head + body)


def serve(pipe):
    async def work():
        server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(work())


@pytest.fixture(scope="module")
def host():
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=serve, args=(there,), daemon=True)
    process.start()
    yield f"127.0.0.1:{here.recv()}"
    process.kill()
    process.join()


def seconds(work):
    start = time.perf_counter()
    result = asyncio.run(work)
    return time.perf_counter() - start, result


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def bare(urls, concurrency):
    slots = asyncio.Semaphore(concurrency)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:

        async def one(url):
            async with slots, session.get(url) as answer:
                return len(await answer.read())

        return sum(await asyncio.gather(*map(one, urls)))


async def vetted(urls, settings):
    async with Client(settings) as client:

        async def one(url):
            return len((await client.get(url, max_bytes=settings.page_max_bytes, timeout=60)).body)

        return sum(await asyncio.gather(*map(one, urls)))


def test_the_vetted_client_beside_bare_aiohttp(host):
    settings = Settings(allow_hosts=host)
    urls = [f"http://{host}/feed/{n}" for n in range(FEEDS)] + [f"http://{host}/page/{n}" for n in range(PAGES)]
    ratios = []
    for _ in range(3):
        without, expected = seconds(bare(urls, settings.concurrency))
        ours, got = seconds(vetted(urls, settings))
        assert got == expected
        ratios.append(without / ours)
    print(f"\nvetted client / bare aiohttp: {max(ratios):.2f}, aim 0.5 ({len(urls) / ours:,.0f} requests/s)")


def test_memory_stays_flat_while_pages_are_fetched_and_archived(host, tmp_path):
    settings = Settings(allow_hosts=host)

    async def fetch(start, count):
        urls = [f"http://{host}/page/{n}" for n in range(start, start + count)]
        targets = [Target(article_id=key(url), url=url, batch=0, entries=()) for url in urls]
        with WarcWriter(tmp_path, "bench", start) as archive:
            async with Client(settings) as client:
                return await fetch_pages(client, targets, archive, now=NOW, settings=settings)

    seconds(fetch(0, PAGES // 5))
    before = peak_mb()
    spent, pages = seconds(fetch(PAGES, PAGES))
    print(f"\nfetched and archived: {PAGES / spent:,.0f} pages/s, peak grown by {peak_mb() - before:.0f} MB")
    assert {page.status for page in pages} == {"ok"}
    assert peak_mb() - before < 50  # the rows, not the bodies: those are 90 MB


def test_the_sandbox_beside_bare_feedparser():
    bodies = [path.read_bytes() for path in sorted(REAL.glob("*.xml"))] if REAL.is_dir() else [FEED] * 200
    feed = Feed(feed_id="f", url="https://paper.example/rss", title="", publisher="")
    with Sandbox(Settings()) as sandbox:
        sandbox.parse_feed(FEED, feed)  # started
        start = time.perf_counter()
        parsed = sum(len(getattr(r, "entries", ())) for r in sandbox.run(Job.feed(body, feed) for body in bodies))
        inside = time.perf_counter() - start
    start = time.perf_counter()
    found = sum(len(feedparser.parse(body).entries) for body in bodies)
    outside = time.perf_counter() - start
    print(f"\nsandbox / bare feedparser: {outside / inside:.2f}, aim 0.8 ({parsed / inside:,.0f} entries/s of {found})")
    assert parsed > 0.98 * found or not REAL.is_dir()
