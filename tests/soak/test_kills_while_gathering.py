"""Kills while feeds are polled and pages fetched: the run that is repeated leaves the tables of an undisturbed one."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.soak.tables import tables

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]

KILLS = 12
# How long things took, and where in a compressed file they came to stand.
CHANCE = {
    "loads": ("seconds",),
    "feed_polls": ("seconds",),
    "article_versions": ("warc_offset", "warc_length"),
    "articles": ("archived",),
}
WORK = """
import sys
from datetime import UTC, datetime
from casualties import pipeline
from casualties.model import CheckOutcome, Severity, ValidationResult
from casualties.settings import Settings

def say(stage):
    print(stage, flush=True)

settings, at = Settings(), datetime(2026, 3, 18, 22, tzinfo=UTC)
feeds = pipeline.read_feed_list(settings.feeds, settings)
run = pipeline.Run.begin("run 1", at, settings)
batches = pipeline.plan(run, feeds).batches
say("gathering")
for batch in batches:
    pipeline.poll(run, batch)
pages = pipeline.targets(run)
for batch in pages:
    pipeline.fetch(run, batch)
say("gathered")
for batch in pages:
    pipeline.read(run, batch)
# In place of the suites, which this is not about and which take half a minute to load.
run.staging.write(ValidationResult, "validate", [ValidationResult(
    run_id=run.run_id, suite="articles", expectation="suite_ran", severity=Severity.CRITICAL, evaluated=1, failed=0,
    outcome=CheckOutcome.PASSED, message="", checked_at=at)])
pipeline.load(run)
"""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


def work(folder: Path, newsroom: Newsroom) -> subprocess.Popen[str]:
    env = os.environ | {
        "CASUALTIES_DATA_DIR": str(folder),
        "CASUALTIES_FEEDS": newsroom.opml_url,
        "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
        "CASUALTIES_BATCH_FEEDS": "4",
        "CASUALTIES_BATCH_PAGES": "10",
    }
    return subprocess.Popen([sys.executable, "-c", WORK], env=env, stdout=subprocess.PIPE, text=True)


def left(folder: Path) -> dict[str, list[str]]:
    return tables(folder / "warehouse.duckdb", lambda table, column, _: column in CHANCE.get(table, ()))


def wait_for(process: subprocess.Popen[str], stage: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == stage


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=300)
    assert process.returncode == 0


def test_a_run_killed_while_it_polls_or_fetches_and_repeated_leaves_what_an_undisturbed_one_leaves(tmp_path, newsroom):
    first = work(tmp_path / "undisturbed", newsroom)
    wait_for(first, "gathering")
    started = time.monotonic()
    wait_for(first, "gathered")
    took = time.monotonic() - started
    finish(first)
    expected = left(tmp_path / "undisturbed")
    archived = sorted(path.name for path in (tmp_path / "undisturbed" / "archive").iterdir())
    chance, tried, killed, partly = random.Random(1), 0, 0, 0
    while killed < KILLS:
        tried += 1
        assert tried < 3 * KILLS, "most runs have gathered everything before they are killed"
        folder = tmp_path / str(tried)
        process = work(folder, newsroom)
        wait_for(process, "gathering")
        time.sleep(chance.uniform(0, took))
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
        killed += said == "" and process.returncode == -signal.SIGKILL
        partly += any(folder.glob("staging/*/FeedPoll/*.parquet")) and not said
        finish(work(folder, newsroom))
        assert left(folder) == expected
        assert sorted(path.name for path in (folder / "archive").iterdir()) == archived
    print(f"\n{killed} killed of {tried}, {partly} of them with something gathered, {took:.1f} s of gathering each")
    assert partly
