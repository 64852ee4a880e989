"""Kills and races around the commit point: a run repeated after any of them leaves what an undisturbed one leaves."""

import hashlib
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.warehouse.records import IDLIB, MAARAT, NOON, poll, report, story

from casualties.staging import Staging
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.soak

KILLS, RACES = 200, 50
RUNS = ("run 1", "run 2")
WORK = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from casualties.staging import Staging
from casualties.warehouse import open_warehouse
from casualties.warehouse.load import load_run
from casualties.warehouse.publish import publish

folder, now = Path(sys.argv[1]), datetime(2019, 7, 23, 13, tzinfo=UTC)
for run_id in ("run 1", "run 2"):
    staging = Staging(folder / "staging" / run_id)
    with open_warehouse(folder / "warehouse.duckdb", lock_timeout=60) as con:
        load_run(con, staging, run_id=run_id, extractor_version="1", now=now, critical=False, feeds=[])
    publish(folder / "warehouse.duckdb", folder / "casualties.duckdb", now=now, lock_timeout=60)
"""


def stage(folder: Path) -> None:
    """Two runs: twelve outlets on two strikes of one town, then newer tellings of half of them."""
    for number, run_id in enumerate(RUNS):
        staging = Staging(folder / "staging" / run_id)
        articles, reports, polls = [], [], []
        for index in range(12 if number == 0 else 6):
            outlet, at = f"outlet{index}", NOON + timedelta(hours=number)
            article = story(outlet, "raid", f"A raid on the market left {38 + number} dead, outlet {index} has it.", at)
            articles.append(article)
            reports += [report(article, killed=59 + number, place=IDLIB)]
            reports += [report(article, 1, killed=38 + number, part_of=0, place=MAARAT)]
            polls.append(poll(outlet, run_id, at))
        for rows in (articles, reports, polls):
            staging.write(type(rows[0]), "0", rows)


def work(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORK, str(folder)], stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()


def hashes(path: Path) -> dict[str, str]:
    """Of every table of core and ops the hash of its rows in any order, without what a clock has put there."""
    found = {}
    with open_warehouse(path, read_only=True, lock_timeout=10) as con:
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'ops') ORDER BY ALL"
        ).fetchall()
        for schema, table in tables:
            if table.startswith("schema_"):
                continue  # when the file was made
            clock = "EXCLUDE (seconds)" if table == "loads" else ""
            rows = con.execute(f'SELECT * {clock} FROM {schema}."{table}"').fetchall()
            found[f"{schema}.{table}"] = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    folder = tmp_path_factory.mktemp("undisturbed")
    stage(folder)
    started = time.monotonic()
    finish(work(folder))
    took = time.monotonic() - started
    assert hashes(folder / "warehouse.duckdb") == hashes(folder / "casualties.duckdb")
    return hashes(folder / "warehouse.duckdb"), took


def test_after_a_kill_at_any_moment_the_repeated_runs_leave_what_undisturbed_ones_leave(tmp_path, undisturbed):
    expected, took = undisturbed
    chance, tried, killed = random.Random(1), 0, 0
    while killed < KILLS:
        tried += 1
        assert tried < 3 * KILLS, "most runs end before they are killed"
        folder = tmp_path / str(tried)
        stage(folder)
        process = work(folder)
        time.sleep(chance.uniform(0.05, 0.9) * took)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        published = folder / "casualties.duckdb"
        if published.exists():
            with duckdb.connect(str(published), read_only=True) as con:  # readers never see a torn file
                con.execute("SELECT count(*) FROM analytics.incidents").fetchone()
        finish(work(folder))
        assert hashes(folder / "warehouse.duckdb") == expected
        assert hashes(published) == expected


def test_two_runs_at_once_on_the_same_input_leave_what_one_leaves(tmp_path, undisturbed):
    expected, _ = undisturbed
    for number in range(RACES):
        folder = tmp_path / str(number)
        stage(folder)
        both = [work(folder), work(folder)]
        for process in both:
            finish(process)
        assert hashes(folder / "warehouse.duckdb") == expected
        assert hashes(folder / "casualties.duckdb") == expected
