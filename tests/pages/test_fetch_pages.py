"""Fetching the pages of a batch: a row a target, whatever its server does."""

import asyncio
from datetime import UTC, datetime

import pytest
from tests.web.faultserver import FaultServer, gzip_bomb_bytes, whole

from casualties.model import Entry, Target, key
from casualties.pages.archive import WarcWriter, read_page
from casualties.pages.fetch import fetch_pages
from casualties.settings import Settings
from casualties.web.fetch import Client

NOW = datetime(2025, 11, 10, 12, tzinfo=UTC)
HTML = b"<!doctype html><html><body><article><p>The ferry sails again.</p></article></body></html>"


@pytest.fixture(scope="module")
def server():
    gzip_bomb_bytes()  # made before anybody waits for it
    with FaultServer() as server:
        server.answers |= {
            "/page": whole(HTML, kind="text/html; charset=utf-8"),
            "/copy": whole(HTML, kind="text/html; charset=utf-8"),
            "/untyped": whole(HTML, kind="application/octet-stream"),
            "/xhtml": whole(HTML, kind="application/xhtml+xml"),
            "/picture": whole(b"\x89PNG\r\n\x1a\n", kind="image/png"),
            "/pdf": whole(b"%PDF-1.7 ...", kind="application/pdf"),
            "/nothing": whole(b"", kind="text/html"),
        }
        server.redirect("/moved", "/page", "301 Moved Permanently")
        yield server


@pytest.fixture(scope="module")
def fetched(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    settings = Settings(allow_hosts=server.host, page_timeout=1.0)

    def fetch(*paths):
        targets = [
            Target(article_id=key(path), url=server.url(path), batch=0, entries=(_entry(server.url(path)),))
            for path in paths
        ]

        async def work():
            async with Client(settings) as client:
                with WarcWriter(folder, "run", key(*paths)) as archive:
                    return await fetch_pages(client, targets, archive, now=NOW, settings=settings)

        return asyncio.run(work())

    return folder, fetch


def _entry(url):
    return Entry(entry_id=key(url), feed_id="f", publisher="p", url=url, link=url)


STATUSES = {
    "/page": "ok",
    "/untyped": "ok",
    "/xhtml": "ok",
    "/moved": "ok",
    "/picture": "not_html",
    "/pdf": "not_html",
    "/nothing": "not_html",
    "/good": "not_html",  # a feed
    "/is-missing": "gone",
    "/is-retired": "gone",
    "/fails": "http_error",
    "/says-unchanged-unasked": "http_error",
    "/never-answers": "timeout",
    "/dripping-body": "timeout",
    "/resets": "unreachable",
    "/gzip-bomb": "too_large",
    "/redirects-to-itself": "too_many_redirects",
    "/redirects-to-a-private-address": "forbidden_address",
}


def test_every_outcome_is_a_row_in_the_order_of_the_targets(server, fetched):
    _, fetch = fetched
    pages = fetch(*STATUSES)
    assert {page.url.removeprefix(server.url("")): str(page.status) for page in pages} == STATUSES
    assert [page.article_id for page in pages] == [key(path) for path in STATUSES]
    assert all((page.warc_file is not None) == (page.status == "ok") == (page.error is None) for page in pages)


def test_a_page_is_in_the_archive_at_its_place(server, fetched):
    folder, fetch = fetched
    [page] = fetch("/moved")
    assert (page.final_url, page.content_type) == (server.url("/page"), "text/html; charset=utf-8")
    archived = read_page(folder, page.warc_file, page.warc_offset)
    assert (archived.url, archived.body, archived.fetched_at) == (server.url("/moved"), HTML, NOW)


def test_copies_share_their_body_and_both_can_be_read(fetched):
    folder, fetch = fetched
    pages = fetch("/page", "/copy")
    assert pages[0].body_sha256 == pages[1].body_sha256
    assert {read_page(folder, page.warc_file, page.warc_offset).body for page in pages} == {HTML}
