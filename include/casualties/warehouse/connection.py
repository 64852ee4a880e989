"""The one way to open the warehouse: it waits for DuckDB's lock, brings the schema up to date, and speaks UTC."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from casualties.errors import LoadError
from casualties.warehouse.migrate import check_version, migrate

_PAUSE_S = 0.1
_HOLDER = re.compile(r"held in (?P<program>.*?) \(PID (?P<pid>\d+)\)")


@contextmanager
def open_warehouse(path: Path, *, read_only: bool = False, lock_timeout: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse, or to the published file, closed on leaving.

    Only one process may have the file open for writing, and none beside it, so this waits up to ``lock_timeout``
    seconds for its turn. A writer creates the file and migrates the schema; a reader takes it as it is.

    Raises :class:`LoadError` when the lock is not had in time (naming the process that holds it), when the file is
    absent (readers), no database, or of a newer version than this program knows; and when the disk fails it on the way.
    """
    if read_only and not path.exists():
        raise LoadError(f"{path} does not exist; load or publish first")
    path.parent.mkdir(parents=True, exist_ok=True)
    con = _connect(path, read_only, lock_timeout)
    try:
        con.execute("SET TimeZone = 'UTC'")
        if read_only:
            check_version(con, path)
        else:
            migrate(con, path)
        yield con
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise LoadError(f"{path} could not be read or written to the end: {error}") from error
    finally:
        con.close()


def _connect(path: Path, read_only: bool, lock_timeout: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + lock_timeout
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise LoadError(f"{path} cannot be opened as a DuckDB file: {error}") from error
            if time.monotonic() >= deadline:
                raise LoadError(
                    f"{path} is locked by {_holder(error)}, waited {lock_timeout:g} s; {_ADVICE}"
                ) from error
        time.sleep(_PAUSE_S)


_ADVICE = "close that program (analysts read the published file, never the warehouse) and run again"


def _holder(error: duckdb.IOException) -> str:
    found = _HOLDER.search(str(error))
    return f"process {found['pid']} ({found['program']})" if found else f"another process ({error})"
