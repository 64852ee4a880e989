"""Backups of the warehouse, putting one back, and giving free pages back to the file system."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from casualties.errors import LoadError
from casualties.warehouse.connection import open_warehouse
from casualties.warehouse.publish import publish, sync

_STAMP = "%Y%m%dT%H%M%SZ"
_WASTE = 0.5  # share of free pages from which the file is written anew
_SMALL = 64  # pages of 256 kB below which that is not worth it


def back_up(warehouse: Path, folder: Path, *, now: datetime, keep: int, lock_timeout: float) -> Path:
    """A checked copy of ``warehouse`` in ``folder``; all but the newest ``keep`` are removed. Returns its path.

    Raises :class:`LoadError` when the warehouse is absent, stays locked, or its copy cannot be read whole; older
    backups then stay.
    """
    copy = folder / f"{warehouse.stem}-{now.astimezone(UTC).strftime(_STAMP)}.duckdb"
    for left in folder.glob(f".{warehouse.stem}-*"):
        left.unlink()  # of a backup that died
    publish(warehouse, copy, now=now, lock_timeout=lock_timeout)
    for old in backups(folder)[keep:]:
        old.unlink()
    return copy


def backups(folder: Path) -> list[Path]:
    """The backups in ``folder``, the newest first."""
    return sorted(folder.glob("[!.]*-*Z.duckdb"), reverse=True)


def put_back(source: Path, warehouse: Path, *, now: datetime) -> list[Path]:
    """Put a copy of ``source`` in the place of ``warehouse``; what stood there is set aside, not removed.

    Returns the files set aside: the damaged database, and its write-ahead log where there is one. Raises
    :class:`LoadError` when another process has the warehouse open, or ``source`` cannot be read.
    """
    with open_warehouse(source, read_only=True, lock_timeout=0):
        pass
    _refuse_while_open(warehouse)
    copy = warehouse.with_name(f".{warehouse.name}.restored")
    shutil.copyfile(source, copy)
    sync(copy)
    log = warehouse.with_name(f"{warehouse.name}.wal")
    aside = {file: file.with_name(f"{file.name}.damaged-{now.astimezone(UTC).strftime(_STAMP)}")
             for file in (warehouse, log) if file.exists()}  # fmt: skip
    for file, kept in aside.items():
        _link(file, kept)
    # There is a warehouse at every moment: a writer that found none would make an empty one.
    log.unlink(missing_ok=True)
    os.replace(copy, warehouse)
    sync(warehouse.parent)
    return list(aside.values())


def _link(file: Path, kept: Path) -> None:
    try:
        os.link(file, kept)
    except OSError:  # a file system without links
        shutil.copyfile(file, kept)


def _refuse_while_open(warehouse: Path) -> None:
    try:
        duckdb.connect(str(warehouse), read_only=True).close()
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise LoadError(f"{warehouse} is in use, so it is not damaged beyond opening: {error}") from error


def compact(warehouse: Path, *, lock_timeout: float) -> int:
    """Write the file anew where at least half of its pages are free; returns the bytes given back.

    Raises :class:`LoadError` when it stays locked or the new file does not hold the same rows; it then stays as it is.
    """
    with open_warehouse(warehouse, lock_timeout=lock_timeout) as con:
        con.execute("CHECKPOINT")
        size = con.execute("SELECT total_blocks, free_blocks FROM pragma_database_size()").fetchone()
        assert size is not None
        total, free = map(int, size)
        if total < _SMALL or free < _WASTE * total:
            return 0
        before = warehouse.stat().st_size
        anew = warehouse.with_name(f".{warehouse.name}.compact")
        anew.unlink(missing_ok=True)
        try:
            con.execute(f"ATTACH '{_quoted(anew)}' AS anew (STORAGE_VERSION 'v1.2.0')")
            con.execute(f'COPY FROM DATABASE "{_name(con)}" TO anew')
            if (old := _rows(con, _name(con))) != (new := _rows(con, "anew")):
                raise LoadError(f"{warehouse} could not be compacted: {new} instead of {old} rows; it stays as it is")
            con.execute("DETACH anew")
            # While this process still has the lock: whoever waits for it opens the new file.
            os.replace(anew, warehouse)
        finally:
            anew.unlink(missing_ok=True)
        return before - warehouse.stat().st_size


def _name(con: duckdb.DuckDBPyConnection) -> str:
    row = con.execute("SELECT current_database()").fetchone()
    assert row is not None
    return str(row[0])


def _rows(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    tables = con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY ALL", [database]
    ).fetchall()
    counted = {}
    for schema, table in tables:
        row = con.execute(f'SELECT count(*) FROM "{database}"."{schema}"."{table}"').fetchone()
        assert row is not None
        counted[f"{schema}.{table}"] = int(row[0])
    return counted


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
