"""Kills and races around the commit point: a run repeated after any of them leaves what an undisturbed one leaves."""

import random
import shutil
import time
from dataclasses import replace
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import duckdb
import pytest
from tests.soak.tables import tables
from tests.soak.work import STAGES, start
from tests.warehouse.records import IDLIB, MAARAT, NOON, poll, report, story

from casualties.pipeline import Run
from casualties.settings import Settings

pytestmark = pytest.mark.soak

KILLS, RACES = 200, 50
FIRST, SECOND = "run 1", "run 2"


def stage(folder: Path, run_id: str) -> None:
    """Twelve outlets on two strikes of one town, then newer tellings of half of them; one has a date to come."""
    number = [FIRST, SECOND].index(run_id)
    at = NOON + timedelta(hours=number)
    staging = Run.begin(run_id, at, Settings(data_dir=folder)).staging
    articles, reports, polls = [], [], []
    for index in range(12 if run_id == FIRST else 6):
        outlet = f"outlet{index}"
        text = f"Raids left {59 + number} people dead, {38 + number} of them on one market, outlet {index} has learnt."
        article = story(outlet, "raid", text, at, published=at + timedelta(days=3 if index == 5 else 0))
        articles.append(article)
        reports += [report(article, killed=59 + number, place=IDLIB)]
        reports += [report(article, 1, killed=38 + number, part_of=0, place=MAARAT)]
        polls.append(poll(outlet, run_id, at))
    for rows in (articles, [replace(r, sources=("the rescuers",)) for r in reports], polls):
        staging.write(type(rows[0]), "0", rows)


def finish(process: ForkServerProcess) -> None:
    process.join(timeout=300)
    assert process.exitcode == 0


def without_seconds(table: str, column: str, kind: str) -> bool:
    return (table, column) == ("loads", "seconds")


def both_files(folder: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    warehouse = tables(folder / "warehouse.duckdb", without_seconds)
    published = tables(folder / "casualties.duckdb", without_seconds)
    # What was judged of a copy is stored after the copy was made, and so stands in the copy of a repeated try.
    return warehouse, {table: rows for table, rows in published.items() if table != 'ops."validation_results"'}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first run is published, the second one staged."""
    folder = tmp_path_factory.mktemp("before")
    stage(folder, FIRST)
    finish(start(folder, FIRST))
    stage(folder, SECOND)
    return folder


@pytest.fixture(scope="module")
def undisturbed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    """What the second run leaves, and how long each of its stages takes."""
    folder = tmp_path_factory.mktemp("undisturbed") / "data"
    prepare(before, folder)
    finish(start(folder, SECOND))
    began = [(folder / name).stat().st_mtime for name in (*STAGES, "done")]
    assert both_files(folder) != both_files(before)
    return folder, {name: after - at for name, at, after in zip(STAGES, began, began[1:], strict=False)}


def prepare(source: Path, folder: Path, first: str = "validate", validated: Path | None = None) -> None:
    """A copy of ``source`` in which the stages before ``first`` have been done."""
    shutil.copytree(source, folder)
    if first != "validate" and validated:
        for name in ("Quarantined", "ValidationResult"):
            judged = Path("staging", "run_2", name, "validate.parquet")
            (folder / judged).parent.mkdir(exist_ok=True)
            shutil.copy(validated / judged, folder / judged)
    if first == "publish" and validated:
        shutil.copy(validated / "warehouse.duckdb", folder)
    for name in (*STAGES, "done"):
        (folder / name).unlink(missing_ok=True)


@pytest.mark.timeout(7200)
def test_after_a_kill_at_any_moment_the_repeated_run_leaves_what_an_undisturbed_one_leaves(
    tmp_path, before, undisturbed, capsys
):
    expected, took = undisturbed
    wanted = both_files(expected)
    chance, tried, killed = random.Random(1), 0, dict.fromkeys(STAGES, 0)
    while sum(killed.values()) < KILLS:
        tried += 1
        assert tried < 3 * KILLS, "most runs end before they are killed"
        (first,) = chance.choices(list(STAGES), weights=(1, 2, 2))  # to validate takes longest
        folder = tmp_path / str(tried)
        prepare(before, folder, first, expected)
        process = start(folder, SECOND, first)
        while not (folder / first).exists():
            time.sleep(0.002)
        time.sleep(chance.uniform(0, took[first]))
        process.kill()
        process.join()
        killed[first] += process.exitcode == -9
        with duckdb.connect(str(folder / "casualties.duckdb"), read_only=True) as con:  # readers see no torn file
            con.execute("SELECT count(*) FROM analytics.incidents").fetchone()
        finish(start(folder, SECOND, first))
        assert both_files(folder) == wanted, f"try {tried}, killed in {first}"
        shutil.rmtree(folder)
    with capsys.disabled():
        print(f"\nkilled in {killed}, of {tried} tries; stages take {took}")


@pytest.mark.timeout(7200)
def test_two_runs_at_once_on_the_same_input_leave_what_one_leaves(tmp_path, before, undisturbed):
    wanted = both_files(undisturbed[0])
    for number in range(RACES):
        folder = tmp_path / str(number)
        first = "load" if number % 5 else "validate"
        prepare(before, folder, first, undisturbed[0])
        both = [start(folder, SECOND, first), start(folder, SECOND, first)]
        for process in both:
            finish(process)
        assert both_files(folder) == wanted
        shutil.rmtree(folder)
