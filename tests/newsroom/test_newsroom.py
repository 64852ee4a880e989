"""The sample newsroom serves its feeds and pages as real publishers do, and leaves nothing behind."""

import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import feedparser
import pytest
import trafilatura
from tests.newsroom.content import DAYS, HERE, NewsroomArticle, articles, feeds, publishers, versions
from tests.newsroom.expected import expected
from tests.newsroom.server import Newsroom

from casualties.feeds.opml import read_opml
from casualties.model import PollStatus

OUT = [pytest.param(day, article, id=f"{day}-{article.id}") for day in DAYS for article in articles(day).values()]
# comments, consent, teasers of stories that are nowhere told
BEYOND_THE_TEXT = ("At least 900", "at least 900", "ookie", "Landslide in Java", "Manaslu", "M62", "Logone", "inbox")


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): text for name, text in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("feed_id", feeds())
def test_a_feed_announces_its_articles_of_the_day(newsroom: Newsroom, day: int, feed_id: str) -> None:
    newsroom.day = day
    feed = feeds()[feed_id]
    status, _, body = get(newsroom.url + feed.path)
    parsed = feedparser.parse(body)
    state = expected(day).feeds[feed_id]
    if state == PollStatus.HTTP_ERROR:
        assert status == 500
    elif state == PollStatus.MALFORMED:
        assert (status, bool(parsed.bozo), parsed.entries, parsed.version) == (200, True, [], "")
    else:
        assert not parsed.bozo
        assert parsed.version == {"rss": "rss20", "atom": "atom10", "rdf": "rss10"}[feed.format]
        announced = [a for a in articles(day).values() if feed_id in a.feeds]
        assert [(e.title, e.summary, e.author) for e in parsed.entries] == [
            (a.title, a.summary, a.author) for a in announced
        ]
        assert [e.link.partition("?")[0] for e in parsed.entries] == [newsroom.url + a.path for a in announced]
        stamps = [tuple(e.get("published_parsed") or e.updated_parsed)[:6] for e in parsed.entries]
        assert stamps == [a.published.timetuple()[:6] for a in announced]


def test_one_story_stands_in_two_feeds_of_its_publisher_with_and_without_tracking(newsroom: Newsroom) -> None:
    newsroom.day = 1
    links = [
        entry.link
        for feed in publishers()["meridian"].feeds
        for entry in feedparser.parse(get(newsroom.url + feed.path)[2]).entries
        if "meridian-kharkiv-highrise" in entry.link
    ]
    assert [("utm_source" in link) for link in links] == [False, True]
    assert get(links[1])[0] == 200


def test_the_feed_list_names_every_feed_with_publisher_country_and_language(newsroom: Newsroom) -> None:
    listed = read_opml(get(newsroom.opml_url)[2], newsroom.opml_url)
    assert {feed.url for feed in listed} == {newsroom.url + feed.path for feed in feeds().values()}
    assert {(feed.publisher, feed.country, feed.language) for feed in listed} == {
        (publisher.name, publisher.country, "en") for publisher in publishers().values()
    }


@pytest.mark.parametrize("feed_id", feeds())
def test_an_unchanged_feed_answers_304_to_its_etag_and_its_date(newsroom: Newsroom, feed_id: str) -> None:
    newsroom.day = 1
    url = newsroom.url + feeds()[feed_id].path
    _, headers, _ = get(url)
    assert get(url, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert get(url, If_Modified_Since=headers["Last-Modified"])[::2] == (304, b"")
    assert get(url, If_None_Match='"another"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    newsroom.day = 2
    answer = {"ok": 200, "not_modified": 304, "http_error": 500, "malformed": 200}[expected(2).feeds[feed_id]]
    assert get(url, If_None_Match=headers["ETag"])[0] == answer


@pytest.mark.parametrize(("day", "article"), OUT)
def test_a_page_holds_its_text_and_the_library_finds_it(newsroom: Newsroom, day: int, article: NewsroomArticle) -> None:
    newsroom.day = day
    status, _, body = get(newsroom.url + article.path)
    if article.page == "missing":
        assert status == 404
        return
    page = body.decode()
    assert status == 200
    assert f'<link rel="canonical" href="{newsroom.url}{article.path}">' in page
    assert "$" not in page
    found = trafilatura.extract(page, include_comments=False) or ""
    wanted = article.obtainable.split("\n\n")
    assert sum(len(p) for p in wanted if p in found) > 0.9 * sum(map(len, wanted))
    assert all(words not in found for words in BEYOND_THE_TEXT)
    data = trafilatura.extract_metadata(page)
    assert (data.title, data.author, data.date) == (article.title, article.author, f"{article.published:%Y-%m-%d}")


def test_a_changed_article_keeps_its_address_and_changes_its_text(newsroom: Newsroom) -> None:
    changed = [version for version in versions().values() if version.version != version.id]
    assert len(changed) == 2
    for version in changed:
        url = newsroom.url + versions()[version.id].path
        assert version.path == versions()[version.id].path
        newsroom.day = 1
        before = get(url)[2]
        newsroom.day = 2
        assert get(url)[2] != before


def test_pages_come_in_four_templates_with_teasers_comments_and_consent() -> None:
    used = {publisher.template for publisher in publishers().values()}
    sources = [(HERE / "templates" / f"{name}.html").read_text(encoding="utf-8") for name in used]
    assert len(sources) >= 4
    assert all("cookie" in source.lower() for source in sources)
    assert all(re.search(r"\d+ dead|kills \d+", source) for source in sources)
    assert sum("900 people" in source for source in sources) >= 2


def test_requests_are_recorded_with_their_headers() -> None:
    with Newsroom(day=2) as newsroom:
        get(newsroom.opml_url, X_Marker="seen")
        get(newsroom.url + "/nowhere?x=1")
        asked = newsroom.requests
    assert [(request.path, request.status) for request in asked] == [("/feeds.opml", 200), ("/nowhere?x=1", 404)]
    assert asked[0].headers["x-marker"] == "seen"


def test_the_newsroom_leaves_no_thread_and_its_port_can_be_taken_again() -> None:
    before = threading.active_count()
    with Newsroom() as newsroom:
        port = int(newsroom.url.rpartition(":")[2])
        get(newsroom.opml_url)
    assert threading.active_count() == before
    with Newsroom(port=port) as again:
        assert get(again.opml_url)[0] == 200
    with pytest.raises(ValueError, match="not 3"):
        Newsroom(day=3)


def test_the_server_runs_as_a_script_and_ends_when_told() -> None:
    script = [sys.executable, str(HERE / "server.py"), "--port", "0", "--day", "2"]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True, cwd="/") as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        status = get(url)[0]
        process.terminate()
        assert process.wait(10) == 0
    assert status == 200
