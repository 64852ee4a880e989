"""Polling against a server that does wrong: each fault is a row of its own, and no neighbour feels it."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.web.faultserver import FAULTS, FEED, whole

from casualties.errors import FeedError
from casualties.feeds.parse import parse_feed
from casualties.feeds.poll import poll_feeds
from casualties.model import Feed, FeedState, PollStatus, Unparsed, key
from casualties.sandbox import Sandbox
from casualties.settings import Settings
from casualties.web.fetch import Client

NOW = datetime(2025, 11, 10, 12, tzinfo=UTC)
DEADLINE = 1.0


def parse_here(body, feed, base_url, content_type, now):
    try:
        return parse_feed(body, feed, base_url, content_type, now)
    except FeedError as error:
        return Unparsed(reason=error.why)


def feed_at(url):
    return Feed(feed_id=key(url), url=url, title="A feed", publisher="A paper")


def poll(server, feeds, parse=parse_here, **more):
    settings = Settings(allow_hosts=server.host, feed_timeout=DEADLINE, **more)

    async def work():
        async with Client(settings) as client:
            return await poll_feeds(client, feeds, parse, run_id="run", now=NOW, settings=settings)

    return asyncio.run(work())


def first_time(*urls):
    return [(feed_at(url), FeedState(feed_id=key(url), url=url)) for url in urls]


def state_after(poll):
    return FeedState(
        feed_id=poll.feed_id,
        url=poll.url,
        etag=poll.etag,
        last_modified=poll.last_modified,
        body_sha256=poll.body_sha256,
        next_poll_at=poll.next_poll_at,
        interval_s=poll.interval_s,
        failures=poll.failures,
        last_status=poll.status,
    )


@pytest.fixture(scope="module")
def all_faults(faults):
    """Every fault once, and as many good feeds among them; polled together, with the seconds it took."""
    paths = sorted(FAULTS)
    urls = [url for n, path in enumerate(paths) for url in (faults.url(path), faults.url(f"/good?{n}"))]
    start = time.monotonic()
    polled = poll(faults, first_time(*urls))
    return paths, polled[::2], polled[1::2], time.monotonic() - start


def test_every_fault_has_its_own_status(all_faults):
    paths, faulty, _, _ = all_faults
    assert {path: str(poll.status) for path, (poll, _) in zip(paths, faulty, strict=True)} == FAULTS


def test_good_feeds_among_the_faulty_load_fully(all_faults):
    _, _, good, _ = all_faults
    assert len(good) >= 25
    assert all(poll.status == PollStatus.OK and poll.items == 2 and len(entries) == 2 for poll, entries in good)


def test_nothing_outlives_its_deadline(all_faults):
    _, faulty, good, seconds = all_faults
    assert max(poll.seconds for poll, _ in [*faulty, *good]) < DEADLINE + 0.5
    assert seconds < 12  # four rounds of 32 at most, each of a second, and the bombs


def test_a_failure_says_why_and_a_success_says_nothing(all_faults):
    paths, faulty, good, _ = all_faults
    silent = [path for path, (poll, _) in zip(paths, faulty, strict=True) if FAULTS[path] != "ok" and not poll.error]
    assert silent == []
    assert {poll.error for poll, _ in good} == {None}


def test_a_feed_with_broken_xml_keeps_the_entries_before_the_break_and_says_so(all_faults):
    paths, faulty, _, _ = all_faults
    cut, entries = faulty[paths.index("/is-cut-off-in-its-xml")]
    assert [entry.title for entry in entries] == ["Ferry service resumes"]
    assert "not well-formed" in cut.error


def test_utf_8_is_read_as_utf_8_whatever_the_header_says(all_faults):
    paths, faulty, _, _ = all_faults
    assert faulty[paths.index("/names-a-wrong-charset")][1][0].title == "Fähre service resumes"


def test_a_second_poll_sends_the_validators_and_keeps_them(faults):
    [(first, _)] = poll(faults, first_time(faults.url("/has-an-etag")))
    assert (first.etag, first.last_modified) == ('"tide-1"', "Mon, 10 Nov 2025 10:00:00 GMT")
    [(second, entries)] = poll(faults, [(feed_at(first.url), state_after(first))])
    assert (second.status, second.http_status, entries) == (PollStatus.NOT_MODIFIED, 304, [])
    assert (second.etag, second.body_sha256) == (first.etag, first.body_sha256)


def test_a_repeated_poll_plans_the_next_one_for_the_same_time_and_another_run_for_another(faults):
    feeds = first_time(*(faults.url(f"/good?{n}") for n in range(8)))
    first, again = ([p.next_poll_at for p, _ in poll(faults, feeds)] for _ in range(2))
    assert first == again
    assert len(set(first)) > 1


def test_the_same_body_again_is_not_parsed(faults):
    [(first, _)] = poll(faults, first_time(faults.url("/good")))

    def parse(*_):
        raise AssertionError("parsed")

    [(second, entries)] = poll(faults, [(feed_at(first.url), state_after(first))], parse)
    assert (second.status, second.http_status, entries) == (PollStatus.NOT_MODIFIED, 200, [])


@pytest.mark.parametrize(("killed", "status"), [(True, PollStatus.POISON), (False, PollStatus.MALFORMED)])
def test_a_body_that_could_not_be_parsed_leaves_no_validators(faults, killed, status):
    """Else the next answer would be 304, and the feed silent for ever."""
    [(first, _)] = poll(faults, first_time(faults.url("/has-an-etag")), lambda *_: Unparsed(reason="x", killed=killed))
    assert (first.status, first.etag, first.last_modified, first.body_sha256) == (status, None, None, None)


def test_a_failure_keeps_the_validators_of_the_last_success(faults):
    url = faults.url("/fails")
    [(failed, _)] = poll(faults, [(feed_at(url), FeedState(feed_id=key(url), url=url, etag='"old"', body_sha256="b"))])
    assert (failed.etag, failed.body_sha256, failed.failures) == ('"old"', "b", 1)


def test_a_permanent_move_is_recorded_and_not_followed_into_the_list(faults):
    [(moved, entries)] = poll(faults, first_time(faults.url("/has-moved")))
    assert moved.redirected_to == faults.url("/has-an-etag")
    assert moved.url == faults.url("/has-moved")
    assert len(entries) == 2


def test_a_server_that_asks_to_wait_is_left_alone_as_long(faults):
    [(busy, _)] = poll(faults, first_time(faults.url("/is-busy")))
    assert busy.next_poll_at == NOW + timedelta(seconds=7200)


def test_entries_that_the_warehouse_has_are_not_new(faults):
    settings = Settings(allow_hosts=faults.host)

    async def work():
        async with Client(settings) as client:
            feeds = first_time(faults.url("/good"))
            known = {"http://harbour.example/ferry"}
            return await poll_feeds(client, feeds, parse_here, run_id="r", now=NOW, settings=settings, known_urls=known)

    [(polled, entries)] = asyncio.run(work())
    assert (polled.items, polled.new_items, len(entries)) == (2, 1, 2)


def test_a_poison_feed_is_a_row_and_its_neighbours_load(faults):
    # An author that the look at the bytes lets through, since markup stands in it, and that feedparser never finishes.
    poison = FEED.replace(b"<item>", b"<item><author>a<b/>" + b"a." * 50_000 + b"@</author>", 1)
    faults.answers["/poison"] = whole(poison)
    urls = [faults.url(path) for path in ("/good?1", "/poison", "/good?2", "/is-empty", "/good?3")]
    with Sandbox(Settings(parse_timeout=2)) as sandbox:
        polled = poll(faults, first_time(*urls), sandbox.parse_feed)
    assert [poll.status for poll, _ in polled] == ["ok", "poison", "ok", "malformed", "ok"]
    assert [len(entries) for _, entries in polled] == [2, 0, 2, 0, 2]
    assert polled[1][0].error == "takes longer than 2 s to parse"


def test_a_changed_body_is_parsed_again(faults):
    [(first, _)] = poll(faults, first_time(faults.url("/good")))
    changed = replace(state_after(first), body_sha256="another")
    [(second, entries)] = poll(faults, [(feed_at(first.url), changed)])
    assert (second.status, len(entries)) == (PollStatus.OK, FEED.count(b"<item>"))
