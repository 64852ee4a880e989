"""What publishing costs beside copying the file, and a run beside the size of the archive: figures to read."""

import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from tests.benchmarks.stores import NOON, fill
from tests.warehouse.records import feed

from casualties import pipeline
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.publish import publish

pytestmark = pytest.mark.bench

SIZES = (10_000, 1_000_000)


@pytest.mark.parametrize("size", SIZES)
def test_publishing_beside_copying_and_an_idle_run(tmp_path: Path, size: int, capsys: pytest.CaptureFixture) -> None:
    warehouse, published = tmp_path / "warehouse.duckdb", tmp_path / "casualties.duckdb"
    with open_warehouse(warehouse, lock_timeout=1) as con:
        fill(con, size, 1)
    taken: dict[str, list[float]] = {"copy": [], "publish": [], "idle run": []}
    for number in range(3):  # in turns, so that all suffer alike from what else runs
        started = time.perf_counter()
        subprocess.run(["cp", warehouse, tmp_path / "copy"], check=True)
        with (tmp_path / "copy").open("rb") as copy:
            subprocess.run(["sync", copy.name], check=True)
        taken["copy"].append(time.perf_counter() - started)
        started = time.perf_counter()
        publish(warehouse, published, now=NOON, lock_timeout=1)
        taken["publish"].append(time.perf_counter() - started)
        started = time.perf_counter()
        run = Run.begin(f"idle {number}", NOON + timedelta(days=20_000), Settings(data_dir=tmp_path))
        pipeline.plan(run, [feed("outlet")])
        pipeline.targets(run)
        pipeline.load(run)
        taken["idle run"].append(time.perf_counter() - started)
    best = {name: min(seconds) for name, seconds in taken.items()}
    with capsys.disabled():
        ratio = best["publish"] / best["copy"]
        print(f"\n{size:,} reports, {warehouse.stat().st_size / 1e6:.0f} MB: copied in {best['copy']:.2f} s,", end=" ")
        print(f"published in {best['publish']:.2f} s, {ratio:.1f} times (aim 3);", end=" ")
        print(f"plan, targets and load of an idle run {best['idle run']:.2f} s")
