"""Backups of the warehouse are whole, few, and can be put back; compacting changes no row."""

import subprocess
import sys
from datetime import timedelta

import pytest
from tests.warehouse.records import NOON, report, story

from casualties.errors import LoadError
from casualties.warehouse import open_warehouse
from casualties.warehouse.backup import back_up, backups, compact, put_back


def deaths(path) -> list[int]:
    with open_warehouse(path, read_only=True, lock_timeout=5) as con:
        return [row[0] for row in con.execute("SELECT deaths FROM analytics.incidents ORDER BY ALL").fetchall()]


@pytest.fixture
def loaded(desk):
    article = story("alpha", "raid", "Nine people died in a raid")
    desk.load(article, report(article, killed=9))
    return desk


def test_the_newest_backups_are_kept_and_the_oldest_go(loaded):
    folder = loaded.folder / "backups"
    made = [
        back_up(loaded.warehouse, folder, now=NOON + timedelta(days=day), keep=2, lock_timeout=5) for day in range(4)
    ]
    assert backups(folder) == [made[3], made[2]]
    assert deaths(made[3]) == [9]


def test_a_backup_that_fails_leaves_the_older_ones(loaded):
    folder = loaded.folder / "backups"
    made = back_up(loaded.warehouse, folder, now=NOON, keep=1, lock_timeout=5)
    loaded.warehouse.write_bytes(b"not a database any more" * 1000)
    with pytest.raises(LoadError):
        back_up(loaded.warehouse, folder, now=NOON + timedelta(days=1), keep=1, lock_timeout=5)
    assert backups(folder) == [made]


def test_half_a_copy_of_a_backup_that_died_is_swept_by_the_next(loaded):
    (folder := loaded.folder / "backups").mkdir()
    (folder / ".warehouse-20190722T120000Z.duckdb.4711").write_bytes(b"half")
    made = back_up(loaded.warehouse, folder, now=NOON, keep=1, lock_timeout=5)
    assert list(folder.iterdir()) == [made]


def test_a_backup_is_put_back_and_what_stood_there_is_kept(loaded):
    made = back_up(loaded.warehouse, loaded.folder / "backups", now=NOON, keep=1, lock_timeout=5)
    loaded.warehouse.write_bytes(b"damaged")
    log = loaded.warehouse.with_name("warehouse.duckdb.wal")
    log.write_bytes(b"damaged too")
    aside = put_back(made, loaded.warehouse, now=NOON)
    assert deaths(loaded.warehouse) == [9]
    assert [path.read_bytes() for path in aside] == [b"damaged", b"damaged too"]
    assert not log.exists()


def test_a_kill_while_a_backup_is_put_back_leaves_a_warehouse_in_its_place(loaded, monkeypatch):
    made = back_up(loaded.warehouse, loaded.folder / "backups", now=NOON, keep=1, lock_timeout=5)
    loaded.warehouse.write_bytes(b"damaged")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as at_the_last_step:
        at_the_last_step.setattr("casualties.warehouse.backup.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            put_back(made, loaded.warehouse, now=NOON)
    assert loaded.warehouse.read_bytes() == b"damaged"
    put_back(made, loaded.warehouse, now=NOON + timedelta(seconds=1))
    assert deaths(loaded.warehouse) == [9]


def test_nothing_is_put_back_from_a_file_that_cannot_be_read(loaded):
    (bad := loaded.folder / "bad.duckdb").write_bytes(b"damaged")
    with pytest.raises(LoadError):
        put_back(bad, loaded.warehouse, now=NOON)
    assert deaths(loaded.warehouse) == [9]


def test_nothing_is_put_back_under_a_writer(loaded):
    made = back_up(loaded.warehouse, loaded.folder / "backups", now=NOON, keep=1, lock_timeout=5)
    code = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, loaded.warehouse], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout.readline() == b"open\n"
        with pytest.raises(LoadError, match="is in use"):
            put_back(made, loaded.warehouse, now=NOON)
        writer.stdin.close()
    assert deaths(loaded.warehouse) == [9]


def test_free_pages_are_given_back_and_no_row_is_lost(loaded):
    with open_warehouse(loaded.warehouse, lock_timeout=5) as con:
        con.execute("CREATE TABLE ops.ballast AS SELECT md5(range::VARCHAR) AS words FROM range(1000000)")
        con.execute("CHECKPOINT")
        con.execute("DROP TABLE ops.ballast")
    before = loaded.warehouse.stat().st_size
    given_back = compact(loaded.warehouse, lock_timeout=5)
    assert given_back == before - loaded.warehouse.stat().st_size > before / 2
    assert deaths(loaded.warehouse) == [9]
    with open_warehouse(loaded.warehouse, lock_timeout=5) as con:
        comments = "SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL"
        assert con.execute(comments).fetchone()[0] > 100
    assert compact(loaded.warehouse, lock_timeout=5) == 0
