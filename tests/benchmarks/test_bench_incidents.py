"""What linking costs as the store grows, a batch against it, and loading beside a bare insert: figures to read."""

import resource
import time
from pathlib import Path

import duckdb
import pytest
from tests.benchmarks.stores import NOON, fill, records

from casualties.events import EXTRACTOR_VERSION
from casualties.incidents import link
from casualties.model import Article, EventReport
from casualties.staging import Staging
from casualties.warehouse import load, open_warehouse
from casualties.warehouse.load import load_run

pytestmark = pytest.mark.bench

SIZES = (10_000, 100_000, 1_000_000)
BATCH = 1_000


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.timeout(14_400)
def test_linking_grows_about_as_the_reports_do(capsys):
    before = 0.0
    for size in SIZES:
        _, told = records(size, 1)
        started = time.process_time()
        linking = link(told, [])
        seconds = time.process_time() - started
        incidents = len({new.incident_id for new in linking.links})
        growth = f", {seconds / before:.1f} times the last (aim 12)" if before else ""
        with capsys.disabled():
            print(f"\nlinking {size:,}: {seconds:.1f} s, {incidents:,} incidents, peak {peak()} MB{growth}")
        before = seconds


@pytest.mark.parametrize("size", SIZES)
def test_a_batch_against_a_full_store(tmp_path: Path, size: int, capsys):
    articles, told = records(BATCH, 3)
    staging = Staging(tmp_path / "staging")
    staging.write(Article, "0", articles)
    staging.write(EventReport, "0", told)
    with open_warehouse(tmp_path / "warehouse.duckdb", lock_timeout=5) as con:
        fill(con, size, 1)
        started, used = time.perf_counter(), time.process_time()
        loaded = load_run(
            con, staging, run_id="batch", extractor_version=EXTRACTOR_VERSION, now=NOON, critical=False, feeds=[]
        )
        took, used = time.perf_counter() - started, time.process_time() - used
    assert loaded.incidents_opened
    with capsys.disabled():
        print(f"\n{BATCH:,} new reports against {size:,}: {took:.1f} s (aim 10), {used:.1f} s of processor")


@pytest.mark.timeout(14_400)
@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_loading_beside_a_bare_insert(tmp_path: Path, size: int, linked: bool, capsys, monkeypatch):
    articles, told = records(size, 2)
    staging = Staging(tmp_path / "staging")
    staging.write(Article, "0", articles)
    staging.write(EventReport, "0", told)
    if not linked:
        monkeypatch.setattr(load, "relink", lambda *_: (0, 0))
    with duckdb.connect() as con:  # what is imported at first use belongs to neither
        con.register("rows", staging.table(Article).slice(0, 1))
        con.execute("CREATE TABLE first AS FROM rows")
    with duckdb.connect(str(tmp_path / "bare.duckdb")) as con:
        started, begun = time.process_time(), time.perf_counter()
        for record in (Article, EventReport):
            con.register("rows", staging.table(record))
            con.execute(f"CREATE TABLE {record.__name__} AS FROM rows")
        bare, bare_wall = time.process_time() - started, time.perf_counter() - begun
    with open_warehouse(tmp_path / "warehouse.duckdb", lock_timeout=5) as con:
        started, begun = time.process_time(), time.perf_counter()
        loaded = load_run(
            con, staging, run_id="all", extractor_version=EXTRACTOR_VERSION, now=NOON, critical=False, feeds=[]
        )
        loading, wall = time.process_time() - started, time.perf_counter() - begun
    assert bool(loaded.incidents_opened) == linked
    with capsys.disabled():
        what = "loading and linking" if linked else "loading"
        ratio = f"{loading / bare:.1f} times a bare insert ({bare:.2f} s; aim 5)"
        clock = f"by the clock {wall:.1f} s, {wall / bare_wall:.1f} times ({bare_wall:.2f} s)"
        print(f"\n{what} {size:,}: {loading:.1f} s of processor, {ratio}; {clock}; peak {peak()} MB")
