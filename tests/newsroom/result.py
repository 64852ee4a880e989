"""The sample newsroom read by the pipeline itself, without Airflow: what its two days come to."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.newsroom.server import Newsroom

from casualties import pipeline
from casualties.settings import Settings

RUNS = {day: f"scheduled__2026-03-{18 + day}T20:00:00+00:00" for day in (1, 2)}


def read_newsroom(
    settings: Settings,
    newsroom: Newsroom,
    *,
    before_check: Callable[[Any, int], None] = lambda run, day: None,
    after: Callable[[Any], None] = lambda run: None,
) -> Path:
    """Both days as runs of the pipeline; the published file. ``before_check`` may change what was staged."""
    feeds = pipeline.read_feed_list(newsroom.opml_url, settings)
    for day, run_id in RUNS.items():
        newsroom.day = day
        run = pipeline.Run.begin(run_id, datetime(2026, 3, 18 + day, 20, tzinfo=UTC), settings)
        for batch in pipeline.plan(run, feeds, force=True).batches:
            pipeline.poll(run, batch)
        for batch in pipeline.targets(run):
            pipeline.fetch(run, batch)
            pipeline.read(run, batch)
        before_check(run, day)
        pipeline.validate(run)
        pipeline.load(run)
        pipeline.publish(run)
        after(run)
    return settings.published
