"""When a feed is polled next."""

from datetime import UTC, datetime, timedelta

import pytest

from casualties.feeds.decide import Outcome, is_due, next_poll
from casualties.model import FeedState, PollStatus

NOW = datetime(2025, 11, 10, 12, tzinfo=UTC)
FLOOR, CEILING = 900, 86_400


def state(**more):
    return FeedState(feed_id="f", url="https://p.example/rss", **more)


def after(status, *, interval=None, failures=0, jitter=0.0, last_success_at=None, **more):
    poll = next_poll(
        state(interval_s=interval, failures=failures, last_success_at=last_success_at),
        Outcome(status=PollStatus(status), **more),
        NOW,
        floor_s=FLOOR,
        ceiling_s=CEILING,
        jitter=jitter,
    )
    seconds = (poll.next_poll_at - NOW).total_seconds() if poll.next_poll_at else None
    return seconds, poll.interval_s, poll.failures


@pytest.mark.parametrize(
    ("next_poll_at", "last_status", "due"),
    [
        (None, None, True),
        (NOW - timedelta(days=1), "ok", True),
        (NOW, "ok", True),
        (NOW + timedelta(seconds=30), "ok", True),  # the next run is 15 minutes away
        (NOW + timedelta(seconds=90), "ok", False),
        (NOW - timedelta(days=1), "timeout", True),
        (None, "gone", False),
        (NOW - timedelta(days=1), "gone", False),
    ],
)
def test_a_feed_is_due_when_its_time_has_come_unless_it_is_retired(next_poll_at, last_status, due):
    assert is_due(state(next_poll_at=next_poll_at, last_status=last_status), NOW) is due


def test_a_feed_polled_in_the_future_is_due_since_the_clock_was_wrong():
    ahead = NOW + timedelta(days=300)
    assert is_due(state(last_polled_at=ahead, next_poll_at=ahead + timedelta(hours=1)), NOW)
    assert not is_due(state(last_polled_at=NOW, next_poll_at=NOW + timedelta(hours=1)), NOW)


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        ({"status": "ok", "new_items": 3}, 2400),
        ({"status": "ok"}, 4500),
        ({"status": "not_modified"}, 4500),
        ({"status": "timeout"}, 3600),  # the first temporary failure may be a moment's
        ({"status": "timeout", "failures": 1}, 5400),
        ({"status": "unreachable", "failures": 1}, 5400),
        ({"status": "http_error", "http_status": 503, "failures": 1}, 5400),
        ({"status": "http_error", "http_status": 403}, 7200),
        ({"status": "malformed"}, 7200),
        ({"status": "poison"}, 7200),
        ({"status": "too_large"}, 7200),
        ({"status": "robots"}, 7200),
        ({"status": "too_many_redirects"}, 7200),
        ({"status": "http_error", "http_status": 404}, 14_400),
        ({"status": "forbidden_address"}, 14_400),
    ],
)
def test_the_interval_follows_what_happened(outcome, seconds):
    assert after(interval=3600, **outcome)[:2] == (seconds, seconds)


@pytest.mark.parametrize("status", [s for s in PollStatus if s is not PollStatus.GONE])
def test_every_interval_stays_between_floor_and_ceiling_and_no_feed_is_given_up(status):
    for interval in (None, 1, FLOOR, CEILING, 10 * CEILING):
        seconds, kept, _ = after(status, interval=interval, failures=50, new_items=1)
        assert FLOOR <= kept <= CEILING
        assert 0 < seconds <= CEILING


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        ({"status": "ok", "new_items": 1, "ttl_s": 3600}, 3600),
        ({"status": "ok", "new_items": 1, "max_age_s": 1800}, 1800),
        ({"status": "ok", "new_items": 1, "max_age_s": 10}, FLOOR),
        ({"status": "ok", "max_age_s": 31_536_000}, CEILING),
        ({"status": "http_error", "http_status": 429, "retry_after_s": 7200}, 7200),
        ({"status": "http_error", "http_status": 503, "retry_after_s": 1}, FLOOR),
        ({"status": "http_error", "http_status": 503, "retry_after_s": 10**9}, CEILING),
        ({"status": "http_error", "http_status": 500, "max_age_s": 9999}, FLOOR),  # an error page's freshness
    ],
)
def test_what_the_publisher_asks_is_obeyed_up_to_the_ceiling(outcome, seconds):
    assert after(interval=FLOOR, **outcome)[0] == seconds


def test_what_the_publisher_asks_once_does_not_become_the_interval():
    assert after("http_error", http_status=429, retry_after_s=7200, interval=FLOOR)[1] == FLOOR


def test_jitter_brings_a_poll_forward_by_a_tenth_at_most():
    waits = [after("not_modified", interval=7200, jitter=jitter)[0] for jitter in (0.0, 0.5, 0.999)]
    assert waits[0] == 9000 > waits[1] > waits[2] >= 8100


def test_a_retired_feed_has_no_next_poll():
    assert after("gone") == (None, None, 1)


def test_failures_are_counted_until_a_success():
    assert after("timeout", failures=4)[2] == 5
    assert after("not_modified", failures=4)[2] == 0


def test_a_feed_that_fails_for_days_settles_at_the_ceiling_and_comes_back_at_once():
    interval, failures = FLOOR, 0
    for _ in range(20):
        seconds, interval, failures = after("timeout", interval=interval, failures=failures)
    assert (seconds, failures) == (CEILING, 20)
    assert after("not_modified", interval=interval, failures=failures) == (FLOOR, FLOOR, 0)


def test_a_quiet_feed_with_a_burst_of_news_is_polled_at_the_rate_of_its_stories():
    yesterday = NOW - timedelta(days=1)
    assert after("ok", new_items=24, interval=CEILING, last_success_at=yesterday)[0] == 3600
    assert after("ok", new_items=1000, interval=CEILING, last_success_at=yesterday)[0] == FLOOR
    assert after("ok", new_items=1, interval=3600, last_success_at=yesterday)[0] == 2400
