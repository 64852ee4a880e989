"""Bad days of one machine: a full disk, a folder that cannot be written, a damaged database, a clock set back.

Each leaves the state that docs/operations.md promises. Needs root, for file systems of a size and of a kind.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.warehouse.records import IDLIB, MAARAT, NOON, feed, poll, report, story

from casualties import pipeline
from casualties.errors import LoadError
from casualties.model import Article, EventReport, Feed, FeedPoll
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.backup import back_up

pytestmark = [pytest.mark.soak, pytest.mark.skipif(os.geteuid() != 0, reason="mounts file systems")]


PLACES = {
    9: IDLIB,
    4: replace(MAARAT, name="Manbij", gazetteer_name="Manbij", admin1="Aleppo", lat=36.53, lon=37.96),
    2: replace(MAARAT, name="Palmyra", gazetteer_name="Palmyra", admin1="Homs", lat=34.55, lon=38.28),
}


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def staged(settings: Settings, run_id: str, killed: int, at: datetime = NOON) -> Run:
    """A run that tells of one raid in a town of its own, judged and ready to load."""
    run = Run.begin(run_id, at, settings)
    text = f"A raid on the market of Idlib left {killed} people dead on Monday, doctors said, {run_id}. " * 4
    article = story("alpha", f"raid-{killed}", text, at)
    run.staging.write(Feed, "rest", [feed("alpha")])
    run.staging.write(FeedPoll, "0000", [poll("alpha", run_id, at)])
    run.staging.write(Article, "0000", [article])
    run.staging.write(EventReport, "0000", [report(article, killed=killed, place=PLACES[killed])])
    verdict = pipeline.validate(run)
    assert verdict is not None
    assert not verdict.critical
    return run


def deaths(path: Path) -> list[int]:
    with open_warehouse(path, read_only=True, lock_timeout=5) as con:
        return [row[0] for row in con.execute("SELECT deaths FROM analytics.incidents ORDER BY ALL").fetchall()]


def load_and_publish(run: Run) -> None:
    pipeline.load(run)
    pipeline.publish(run)


def fill(folder: Path, leave: int) -> Path:
    """A file that leaves so many bytes of the file system free."""
    free = os.statvfs(folder)
    (ballast := folder / "ballast").write_bytes(b"\0" * max(free.f_bavail * free.f_frsize - leave, 0))
    return ballast


@pytest.mark.parametrize("leave", [0, 200_000, 1_000_000])
def test_a_disk_that_is_full_at_load_leaves_the_last_load_and_the_repeated_task_loads(tmp_path, leave) -> None:
    with mounted(tmp_path / "data", "size=60m") as folder:
        settings = Settings(data_dir=folder)
        load_and_publish(staged(settings, "first", 9))
        second = staged(settings, "second", 4)
        ballast = fill(folder, leave)
        with pytest.raises((LoadError, OSError)):
            load_and_publish(second)
        assert deaths(settings.published) == [9]
        ballast.unlink()
        load_and_publish(second)
        assert deaths(settings.warehouse) == deaths(settings.published) == [4, 9]


def test_a_disk_that_is_full_at_publish_leaves_the_file_that_analysts_have(tmp_path) -> None:
    with mounted(tmp_path / "data", "size=60m") as folder:
        settings = Settings(data_dir=folder)
        load_and_publish(staged(settings, "first", 9))
        pipeline.load(second := staged(settings, "second", 4))
        ballast = fill(folder, 1_000_000)
        with pytest.raises((LoadError, OSError)):
            pipeline.publish(second)
        assert deaths(settings.published) == [9]
        assert not list(folder.glob(".casualties.duckdb.*"))
        ballast.unlink()
        pipeline.publish(second)
        assert deaths(settings.published) == [4, 9]


def test_a_folder_that_turned_read_only_stops_the_run_and_loses_nothing(tmp_path) -> None:
    with mounted(tmp_path / "data", "size=60m") as folder:
        settings = Settings(data_dir=folder)
        load_and_publish(staged(settings, "first", 9))
        second = staged(settings, "second", 4)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises((LoadError, OSError)) as refused:
            pipeline.load(second)
        assert str(folder) in str(refused.value)
        assert deaths(settings.published) == [9]
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        pipeline.load(second)
        assert deaths(settings.warehouse) == [4, 9]


def damage_header(warehouse: Path) -> None:
    with warehouse.open("r+b") as file:
        file.write(os.urandom(16_384))


def cut(warehouse: Path) -> None:
    os.truncate(warehouse, warehouse.stat().st_size // 3)


@pytest.mark.parametrize("damage", [damage_header, cut])
def test_a_damaged_warehouse_is_named_and_restored_with_what_was_loaded_since_the_backup(tmp_path, damage) -> None:
    settings = Settings(data_dir=tmp_path)
    load_and_publish(staged(settings, "first", 9))
    back_up(settings.warehouse, settings.backup_dir, now=NOON, keep=3, lock_timeout=5)
    settings.published.unlink()  # the worst case: nothing newer than the backup
    pipeline.load(staged(settings, "second", 4, NOON + timedelta(hours=1)))
    third = staged(settings, "third", 2, NOON + timedelta(hours=2))
    damage(settings.warehouse)
    for _ in range(2):
        with pytest.raises(LoadError, match=r"warehouse\.duckdb"):
            pipeline.load(third)
    done = pipeline.restore(settings, now=NOON + timedelta(hours=3))
    assert done.source.parent == settings.backup_dir
    assert done.reloaded == ["second", "third"]
    assert deaths(settings.warehouse) == deaths(settings.published) == [2, 4, 9]
    assert all(path.exists() for path in done.aside)


def test_rubbish_in_the_place_of_the_log_does_no_harm_and_a_torn_log_is_named(tmp_path) -> None:
    settings = Settings(data_dir=tmp_path)
    load_and_publish(staged(settings, "first", 9))
    log = settings.warehouse.with_name(f"{settings.warehouse.name}.wal")
    log.write_bytes(os.urandom(4_096))
    load_and_publish(staged(settings, "second", 4))
    assert deaths(settings.published) == [4, 9]
    # A log of a process that was killed after its commit, then torn in the middle.
    code = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1])
con.execute("SET checkpoint_threshold = '1GB'")
con.execute("CREATE TABLE ops.more AS SELECT range AS number FROM range(100000)")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, str(settings.warehouse)], check=True)
    torn = bytearray(log.read_bytes())
    middle = len(torn) // 2
    torn[middle : middle + 64] = os.urandom(64)
    log.write_bytes(torn)
    third = staged(settings, "third", 2)
    with pytest.raises(LoadError, match=r"warehouse\.duckdb"):
        pipeline.load(third)
    done = pipeline.restore(settings, now=NOON)
    assert done.source == settings.published
    assert deaths(settings.warehouse) == [2, 4, 9]


def test_restoring_prefers_the_newest_copy_and_passes_over_one_that_is_damaged(tmp_path) -> None:
    settings = Settings(data_dir=tmp_path)
    pipeline.load(first := staged(settings, "first", 9))
    good = back_up(settings.warehouse, settings.backup_dir, now=NOON, keep=3, lock_timeout=5)
    pipeline.publish(first)
    cut(settings.published)
    cut(settings.warehouse)
    done = pipeline.restore(settings, now=NOON)
    assert done.source == good
    assert deaths(settings.warehouse) == [9]


def test_a_clock_set_back_a_day_counts_nothing_twice_and_plans_the_next_polls_by_the_new_clock(tmp_path) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("needs faketime (apt-get install faketime)")
    command = [sys.executable, "-m", "casualties.cli", "ingest"]
    with Newsroom() as newsroom:
        env = {
            **os.environ,
            "CASUALTIES_DATA_DIR": str(tmp_path),
            "CASUALTIES_FEEDS": f"{newsroom.url}/feeds.opml",
            "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
        }
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=600)
        told = deaths(tmp_path / "casualties.duckdb")
        back = subprocess.run(
            ["faketime", "-f", "-1d", *command], env=env, check=False, capture_output=True, text=True, timeout=600
        )
    assert told
    assert back.returncode == 0, back.stderr
    assert deaths(tmp_path / "casualties.duckdb") == told
    with open_warehouse(tmp_path / "warehouse.duckdb", read_only=True, lock_timeout=5) as con:
        (latest,) = con.execute("SELECT max(next_poll_at) FROM core.feeds").fetchone()
    assert latest.replace(tzinfo=UTC) < datetime.now(UTC)
