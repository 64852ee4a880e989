"""When to poll a feed again. Pure: no clock, no chance, no state but what is handed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casualties.model import REACHED, FeedState, PollStatus

SLACK = timedelta(seconds=60)  # a run that starts some seconds early must not leave a feed to the next one
JITTER = 0.1  # share of the interval by which a poll may come early, so that feeds spread out
FASTER = 2 / 3  # after a body with news
SLOWER = 1.25  # after a poll that brought nothing

# What a failure does to the interval. A server that is down or busy may be back at once; one that answers nonsense
# needs its owner; one that says there is nothing here has seldom something tomorrow. None is ever given up: a feed
# fails at the ceiling, once a day, until the operator takes it out.
_TEMPORARY = 1.5
_SOFT = 2.0
_HARD = 4.0
_BACKOFF = {
    PollStatus.TIMEOUT: _TEMPORARY,
    PollStatus.UNREACHABLE: _TEMPORARY,
    PollStatus.HTTP_ERROR: _SOFT,
    PollStatus.TOO_LARGE: _SOFT,
    PollStatus.TOO_MANY_REDIRECTS: _SOFT,
    PollStatus.ROBOTS: _SOFT,
    PollStatus.MALFORMED: _SOFT,
    PollStatus.POISON: _SOFT,
    PollStatus.FORBIDDEN_ADDRESS: _HARD,
    PollStatus.GONE: _HARD,
}
_TEMPORARY_HTTP = frozenset({408, 425, 429, 500, 502, 503, 504})
_HARD_HTTP = frozenset({401, 404, 451})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What of a poll bears on the next one."""

    status: PollStatus
    http_status: int | None = None
    new_items: int = 0
    retry_after_s: int | None = None  # Retry-After
    max_age_s: int | None = None  # Cache-Control
    ttl_s: int | None = None  # of the feed itself


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPoll:
    """``next_poll_at`` is None where the feed is retired."""

    next_poll_at: datetime | None
    interval_s: int | None
    failures: int


def is_due(state: FeedState, now: datetime) -> bool:
    """True for a feed never polled, for one whose time has come, and for one that was last polled in the future, since
    then the clock has been wrong; never for one that answered 410.
    """
    if state.last_status == PollStatus.GONE:
        return False
    if state.last_polled_at is not None and state.last_polled_at > now + SLACK:
        return True
    return state.next_poll_at is None or state.next_poll_at <= now + SLACK


def next_poll(
    state: FeedState, outcome: Outcome, now: datetime, *, floor_s: int, ceiling_s: int, jitter: float
) -> NextPoll:
    """The time of the next poll. ``jitter`` is a number of [0, 1), another for each poll.

    News shortens the interval, to the mean time between stories where that is shorter still; silence and failures
    stretch it, between floor and ceiling; a feed that is back from failures starts anew. What the publisher asks
    (Retry-After, max-age, ttl) is obeyed up to the ceiling.
    """
    if outcome.status is PollStatus.GONE:
        return NextPoll(next_poll_at=None, interval_s=None, failures=state.failures + 1)
    good = outcome.status in REACHED
    interval = (state.interval_s or floor_s) * _factor(outcome, first_failure=state.failures == 0)
    if good and state.failures:
        interval = floor_s
    if good and outcome.new_items and state.last_success_at is not None:
        interval = min(interval, (now - state.last_success_at).total_seconds() / outcome.new_items)
    asked = max(
        outcome.retry_after_s or 0, (outcome.max_age_s or 0) if good else 0, (outcome.ttl_s or 0) if good else 0
    )
    interval_s = round(min(max(interval, floor_s), ceiling_s))
    wait = max(interval_s * (1 - JITTER * jitter), min(asked, ceiling_s))
    return NextPoll(
        next_poll_at=now + timedelta(seconds=round(wait)),
        interval_s=interval_s,
        failures=0 if good else state.failures + 1,
    )


def _factor(outcome: Outcome, *, first_failure: bool) -> float:
    if outcome.status in REACHED:
        return FASTER if outcome.new_items else SLOWER
    factor = _BACKOFF[outcome.status]
    if outcome.status is PollStatus.HTTP_ERROR and outcome.http_status in _TEMPORARY_HTTP:
        factor = _TEMPORARY
    if outcome.status is PollStatus.HTTP_ERROR and outcome.http_status in _HARD_HTTP:
        factor = _HARD
    return 1.0 if factor == _TEMPORARY and first_failure else factor
