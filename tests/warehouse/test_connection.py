import subprocess
import sys
import threading
import time

import pytest

from casualties.errors import LoadError
from casualties.warehouse import open_warehouse

HOLD = """
import sys, time, duckdb
con = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
con.close()
"""


@pytest.fixture
def holder(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path, lock_timeout=1):
        pass
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "held\n"
    yield path, child
    child.communicate("\n", timeout=10)


def test_a_lock_that_stays_held_is_an_error_that_names_the_holder(holder):
    path, child = holder
    with (
        pytest.raises(LoadError, match=rf"locked by process {child.pid} .*waited 0.3 s"),
        open_warehouse(path, lock_timeout=0.3),
    ):
        pass


def test_a_lock_held_by_another_process_is_waited_for(holder):
    path, child = holder
    release = threading.Timer(0.5, lambda: (child.stdin.write("\n"), child.stdin.flush()))
    release.start()
    began = time.monotonic()
    with open_warehouse(path, lock_timeout=30) as con:
        assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (0,)
    assert time.monotonic() - began >= 0.4
    release.join()


def test_a_session_speaks_utc(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb", lock_timeout=1) as con:
        assert con.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_a_reader_of_a_file_that_is_absent_is_told_so(tmp_path):
    with (
        pytest.raises(LoadError, match=r"none\.duckdb does not exist"),
        open_warehouse(tmp_path / "none.duckdb", read_only=True, lock_timeout=1),
    ):
        pass
    assert not (tmp_path / "none.duckdb").exists()


def test_a_file_that_is_no_database_is_an_error_at_once(tmp_path):
    path = tmp_path / "lock.duckdb"
    path.write_bytes(b"not a database at all" * 500)
    began = time.monotonic()
    with pytest.raises(LoadError, match="cannot be opened as a DuckDB file"), open_warehouse(path, lock_timeout=20):
        pass
    assert time.monotonic() - began < 5
