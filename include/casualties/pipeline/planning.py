"""How a run begins: the feed list, and what of it is polled."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from casualties.errors import FeedError
from casualties.feeds.decide import is_due
from casualties.feeds.opml import read_opml
from casualties.model import Feed, FeedState, KnownArticle, Remembered
from casualties.pages.due import LAST_LOOK, due_looks
from casualties.pipeline.run import Run
from casualties.settings import Settings


class Planned(NamedTuple):
    """What the plan found: ``batches`` name the groups of due feeds."""

    feeds: int
    due: int
    batches: list[str]


def read_feed_list(source: str, settings: Settings) -> list[Feed]:
    """The feeds of an OPML file or address. Raises FeedError where it cannot be had or is no OPML."""
    if re.match(r"https?://", source):
        return read_opml(asyncio.run(_download(source, settings)), source)
    try:
        return read_opml(Path(source).read_bytes(), source)
    except OSError as error:
        raise FeedError(source, f"cannot be read ({error.strerror})") from error


async def _download(url: str, settings: Settings) -> bytes:
    from casualties.web.fetch import Client
    from casualties.web.response import FetchStatus

    async with Client(settings) as client:
        response = await client.get(url, max_bytes=settings.feed_max_bytes, timeout=settings.feed_timeout)
    if response.status is not FetchStatus.OK:
        raise FeedError(url, response.error or response.status)
    return response.body


def plan(run: Run, feeds: Sequence[Feed], *, force: bool = False) -> Planned:
    """Stage what later stages need to know, and the due feeds in batches. ``force`` polls feeds that are not due."""
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.plan import read_plan
    from casualties.warehouse.replay import remembered

    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        states, known = read_plan(con, run.started_at - LAST_LOOK)
        looks = remembered(con, due_looks(known, run.started_at))
    by_feed = {state.feed_id: state for state in states}
    state_of = {f.feed_id: by_feed.get(f.feed_id, FeedState(feed_id=f.feed_id, url=f.url)) for f in feeds}
    due = [f for f in feeds if force or is_due(state_of[f.feed_id], run.started_at)]
    rest = [f for f in feeds if f not in due]
    run.staging.write(KnownArticle, "plan", known)
    run.staging.write(Remembered, "plan", looks)
    run.staging.write(Feed, "rest", rest)
    batches: list[str] = []
    for start in range(0, len(due), run.settings.batch_feeds):
        batch, name = due[start : start + run.settings.batch_feeds], f"{len(batches):04}"
        run.staging.write(Feed, name, batch)
        run.staging.write(FeedState, name, [state_of[f.feed_id] for f in batch])
        batches.append(name)
    return Planned(len(feeds), len(due), batches)
