"""What linking costs as the store grows, a batch against it, and loading beside a bare insert: figures to read."""

import resource
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from tests.warehouse.records import report, story

from casualties.incidents import link
from casualties.model import Article, DateSpan, EventReport, EventType, Figure, Place
from casualties.staging import Staging
from casualties.warehouse import open_warehouse
from casualties.warehouse.load import load_run

pytestmark = pytest.mark.bench

SIZES = (10_000, 100_000)
BATCH = 1_000
TOWNS = 4_000
NOON = datetime(2019, 7, 1, 12, tzinfo=UTC)
TYPES = (EventType.AIR_STRIKE, EventType.SHELLING, EventType.SHOOTING, EventType.BOMBING, EventType.ACCIDENT)


def reports(count: int, seed: int) -> tuple[list[Article], list[EventReport]]:
    """Reports at a hundred a day, towns with the frequencies of a war; every third one retells an earlier event."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, TOWNS + 1)
    towns, where = rng.choice(TOWNS, count, p=weights / weights.sum()), np.random.default_rng(0)
    spots = where.uniform((10, 20), (60, 70), (TOWNS, 2))
    days, kinds, numbers = (
        rng.integers(0, max(count // 100, 30), count),
        rng.integers(0, 5, count),
        rng.geometric(0.15, count),
    )
    articles, told = [], []
    for index in range(count):
        like = index - int(rng.integers(1, min(index, 50) + 1)) if index % 3 == 2 else index
        town, day, number = int(towns[like]), int(days[like]), int(numbers[like])
        at = NOON + timedelta(days=day, hours=int(rng.integers(0, 12)))
        lat, lon = map(float, spots[town])
        article = story(f"outlet{index % 40}", f"{seed}-{index}", f"Attack in Town{town} left {number} dead.", at)
        place = Place(
            name=f"Town{town}",
            admin1=f"Province{town % 200}",
            country=f"C{town % 20:02}",
            lat=lat,
            lon=lon,
            precision="exact",
        )
        happened = date(2019, 7, 1) + timedelta(days=day)
        articles.append(article)
        told.append(
            report(
                article, killed=Figure(low=number, best=number, high=number), place=place, type=TYPES[kinds[like]],
                date=DateSpan(start=happened, end=happened) if index % 4 else None,
            )
        )  # fmt: skip
    return articles, told


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_linking_grows_about_as_the_reports_do(capsys):
    before = 0.0
    for size in SIZES:
        _, told = reports(size, 1)
        started = time.process_time()
        linking = link(told, [])
        seconds = time.process_time() - started
        incidents = len({new.incident_id for new in linking.links})
        growth = f", {seconds / before:.1f} times the last (aim 12)" if before else ""
        with capsys.disabled():
            print(f"\nlinking {size:,}: {seconds:.1f} s, {incidents:,} incidents, peak {peak()} MB{growth}")
        before = seconds


def test_a_batch_against_a_full_store_and_loading_beside_a_bare_insert(tmp_path: Path, capsys):
    path = tmp_path / "warehouse.duckdb"
    for size, seed in ((SIZES[0], 2), (BATCH, 3)):
        articles, told = reports(size, seed)
        staging = Staging(tmp_path / str(seed))
        staging.write(Article, "0", articles)
        staging.write(EventReport, "0", told)
        with open_warehouse(path, lock_timeout=5) as con:
            started = time.process_time()
            load_run(con, staging, run_id=str(seed), extractor_version="1", now=NOON, critical=False, feeds=[])
            loading = time.process_time() - started
        with duckdb.connect(str(tmp_path / f"bare{seed}.duckdb")) as con:
            started = time.process_time()
            for record in (Article, EventReport):
                con.register("rows", staging.table(record))
                con.execute(f"CREATE TABLE {record.__name__} AS FROM rows")
            bare = time.process_time() - started
        with capsys.disabled():
            ratio = f"{loading / bare:.1f} times a bare insert ({bare:.2f} s)"
            print(f"\nloading {size:,}: {loading:.1f} s, {ratio}, peak {peak()} MB")
