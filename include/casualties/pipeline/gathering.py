"""From feeds to archived pages: poll, targets, fetch."""

import asyncio
import logging
from contextlib import nullcontext
from dataclasses import replace

from casualties.model import (
    Entry,
    Feed,
    FeedPoll,
    FeedState,
    KnownArticle,
    Listing,
    Page,
    PageStatus,
    Remembered,
    Target,
)
from casualties.pages.due import stories_to_read
from casualties.pipeline.run import Run
from casualties.sandbox import Sandbox
from casualties.web.urls import article_id

log = logging.getLogger(__name__)


def poll(run: Run, batch: str, sandbox: Sandbox | None = None) -> int:
    """Poll one batch of feeds; stages a FeedPoll a feed and an Entry a story. Returns the number of entries.

    Without a ``sandbox``, one is started for this batch.
    """
    from casualties.feeds.poll import poll_feeds
    from casualties.web.fetch import Client

    feeds = run.staging.read(Feed, batch)
    states = {state.feed_id: state for state in run.staging.read(FeedState, batch)}
    known = {article.url for article in run.staging.read(KnownArticle)}

    async def work(sandbox: Sandbox) -> list[tuple[FeedPoll, list[Entry]]]:
        async with Client(run.settings) as client:
            return await poll_feeds(
                client,
                [(feed, states[feed.feed_id]) for feed in feeds],
                sandbox.parse_feed,
                run_id=run.run_id,
                now=run.started_at,
                settings=run.settings,
                known_urls=known,
            )

    with nullcontext(sandbox) if sandbox else Sandbox(run.settings) as parsers:
        polled = asyncio.run(work(parsers))
    for poll, _ in polled:
        told = poll.feed_id, poll.status, poll.items, poll.new_items, poll.error
        log.info("polled feed_id=%s status=%s items=%s new_items=%s error=%r", *told)
    run.staging.write(FeedPoll, batch, [poll for poll, _ in polled])
    return run.staging.write(Entry, batch, [entry for _, entries in polled for entry in entries])


def targets(run: Run) -> list[str]:
    """Choose the pages to read, announced or due for another look; returns the names of their batches.

    Opens the warehouse where feeds list stories that the plan did not tell of: nearly all of these are new.
    """
    from casualties.pages.plan import plan_targets

    entries = run.staging.read(Entry)
    listed = {(entry.feed_id, article_id(entry.url)) for entry in entries}
    known = {article.article_id: article for article in run.staging.read(KnownArticle, "plan")}
    met_again = _stored(run, {story for _, story in listed} - known.keys())
    known |= {article.article_id: article for article in met_again}
    run.staging.write(KnownArticle, "targets", met_again)
    run.staging.write(Listing, "targets", [Listing(feed_id=feed, article_id=story) for feed, story in sorted(listed)])
    announced = stories_to_read(entries, known, run.started_at)
    told = {article_id(entry.url) for entry in announced}
    silent = [story for story in run.staging.read(Remembered) if story.article_id not in told]
    chosen = plan_targets(
        [*announced, *(entry for story in silent for entry in story.entries)],
        frozenset(),
        batch_pages=run.settings.batch_pages,
        host_cap=run.settings.host_cap,
        allowed=run.settings.allowed,
    )
    batches: dict[str, list[Target]] = {}
    for target in chosen:
        seen = known.get(target.article_id)
        batches.setdefault(f"{target.batch:04}", []).append(replace(target, archived=seen.archived if seen else None))
    for name, batch in batches.items():
        run.staging.write(Target, name, batch)
    return list(batches)


def _stored(run: Run, ids: set[str]) -> list[KnownArticle]:
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.plan import known_among

    if not ids:
        return []
    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        return known_among(con, ids)


def fetch(run: Run, batch: str) -> int:
    """Fetch and archive the pages of one batch; stages a Page a target. Returns how many could be had."""
    from casualties.pages.archive import WarcWriter
    from casualties.pages.fetch import fetch_pages
    from casualties.web.fetch import Client

    async def work() -> list[Page]:
        with WarcWriter(run.settings.archive_dir, run.staging.folder.name, batch) as archive:
            async with Client(run.settings) as client:
                wanted = run.staging.read(Target, batch)
                return await fetch_pages(client, wanted, archive, now=run.started_at, settings=run.settings)

    pages = asyncio.run(work())
    for page in pages:
        told = page.article_id, page.status, page.http_status, page.bytes, page.error
        log.info("fetched article_id=%s status=%s http_status=%s bytes=%s error=%r", *told)
    run.staging.write(Page, batch, pages)
    return sum(page.status == PageStatus.OK for page in pages)
