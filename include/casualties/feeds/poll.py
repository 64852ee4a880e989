"""Polling: each feed once, all at a time as far as manners allow, and a row for each whatever became of it."""

import asyncio
import hashlib
from collections.abc import Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol

from casualties.feeds.decide import Outcome, next_poll
from casualties.feeds.parse import ParsedFeed
from casualties.model import REACHED, Entry, Feed, FeedPoll, FeedState, PollStatus, Unparsed, key
from casualties.settings import Settings
from casualties.web.fetch import Client
from casualties.web.response import FetchStatus, Response

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
PARSERS = 4  # bodies handed to the sandbox at a time: enough to keep its workers busy


class Parse(Protocol):
    """Parses a body out of this process, waiting for the result; nothing a body holds makes it raise."""

    def __call__(
        self, body: bytes, feed: Feed, base_url: str | None, content_type: str | None, now: datetime | None
    ) -> ParsedFeed | Unparsed: ...


async def poll_feeds(
    client: Client,
    feeds: Sequence[tuple[Feed, FeedState]],
    parse: Parse,
    *,
    run_id: str,
    now: datetime,
    settings: Settings,
    known_urls: Container[str] = frozenset(),
) -> list[tuple[FeedPoll, list[Entry]]]:
    """A poll and its entries for each feed, in the order given. Nothing that a server does raises.

    ``known_urls`` are the canonical addresses that the warehouse has; entries elsewhere count as new. A poll carries
    the state for the next one, also where nothing has changed: what loads it may take it over whole.
    """
    slots = asyncio.Semaphore(2 * settings.concurrency)  # bounds the bodies held, fetched and waiting to be parsed

    async def one(feed: Feed, state: FeedState) -> tuple[FeedPoll, list[Entry]]:
        async with slots:
            response = await client.get(
                feed.url,
                etag=state.etag,
                last_modified=state.last_modified,
                max_bytes=settings.feed_max_bytes,
                timeout=settings.feed_timeout,
                accept=ACCEPT,
            )
            digest = hashlib.sha256(response.body).hexdigest() if response.status is FetchStatus.OK else None
            parsed: ParsedFeed | Unparsed | None = None
            if digest is not None and digest != state.body_sha256:
                content_type = response.header("Content-Type")
                parsed = await asyncio.get_running_loop().run_in_executor(
                    parsers, parse, response.body, feed, response.final_url, content_type, now
                )
        new = (
            [entry.url for entry in parsed.entries if entry.url not in known_urls]
            if isinstance(parsed, ParsedFeed)
            else []
        )
        poll = _record(feed, state, response, digest, parsed, len(new), run_id=run_id, now=now, settings=settings)
        return poll, list(parsed.entries) if isinstance(parsed, ParsedFeed) else []

    with ThreadPoolExecutor(PARSERS, "parse") as parsers:
        return await asyncio.gather(*(one(feed, state) for feed, state in feeds))


def _record(
    feed: Feed,
    state: FeedState,
    response: Response,
    digest: str | None,
    parsed: ParsedFeed | Unparsed | None,
    new_items: int,
    *,
    run_id: str,
    now: datetime,
    settings: Settings,
) -> FeedPoll:
    status, error = _judge(response, parsed)
    read = parsed if isinstance(parsed, ParsedFeed) else None
    outcome = Outcome(
        status=status,
        http_status=response.http_status,
        new_items=new_items,
        retry_after_s=response.retry_after(now),
        max_age_s=response.max_age(),
        ttl_s=read.ttl_s if read else None,
    )
    after = next_poll(
        state,
        outcome,
        now,
        floor_s=settings.poll_floor,
        ceiling_s=settings.poll_ceiling,
        jitter=_jitter(run_id, feed.feed_id),
    )
    # A body that could not be read must not leave its validators: the next answer would be 304, and the feed silent.
    fresh = status is PollStatus.OK or (digest is not None and parsed is None)
    return FeedPoll(
        run_id=run_id,
        feed_id=feed.feed_id,
        url=feed.url,
        polled_at=now,
        status=status,
        http_status=response.http_status,
        items=len(read.entries) if read else 0,
        new_items=new_items,
        bytes=response.bytes,
        seconds=response.seconds,
        error=error,
        etag=response.header("ETag") if fresh else state.etag,
        last_modified=response.header("Last-Modified") if fresh else state.last_modified,
        body_sha256=digest if fresh else state.body_sha256,
        redirected_to=response.moved_to if status in REACHED else None,
        next_poll_at=after.next_poll_at,
        interval_s=after.interval_s,
        failures=after.failures,
    )


def _jitter(run_id: str, feed_id: str) -> float:
    """Of [0, 1), and the same when a run is repeated."""
    return int(key(run_id, feed_id)[:12], 16) / 16**12


def _judge(response: Response, parsed: ParsedFeed | Unparsed | None) -> tuple[PollStatus, str | None]:
    if response.status is not FetchStatus.OK:
        return PollStatus(response.status.value), response.error
    if parsed is None:
        return PollStatus.NOT_MODIFIED, None
    if isinstance(parsed, Unparsed):
        return (PollStatus.POISON if parsed.killed else PollStatus.MALFORMED), parsed.reason
    remarks = list(parsed.problems)
    if parsed.unusable:
        remarks.append(f"{len(parsed.unusable)} entries left out: {parsed.unusable[0]}")
    return PollStatus.OK, "; ".join(remarks) or None
