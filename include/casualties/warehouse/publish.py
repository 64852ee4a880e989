"""The published file: a checked copy of the warehouse that readers open while the pipeline goes on writing."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from casualties.errors import LoadError
from casualties.warehouse.connection import open_warehouse
from casualties.warehouse.sql import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCounts:
    """What the published file holds, by its own count."""

    published_at: datetime
    articles: int
    reports: int
    incidents: int
    tolls: int
    bytes: int


def publish(
    warehouse: Path,
    published: Path,
    *,
    now: datetime,
    lock_timeout: float,
    inspect: Callable[[duckdb.DuckDBPyConnection], None] = lambda con: None,
) -> PublishedCounts:
    """Put a checked copy of ``warehouse`` in the place of ``published``, at once or not at all.

    ``inspect`` is shown the copy, read-only, and may raise to refuse it. Readers that have the old file open keep it.
    Raises :class:`LoadError` when the warehouse is absent or stays locked, or the copy does not pass its check; the
    published file then stays as it was.
    """
    if not warehouse.exists():
        raise LoadError(f"{warehouse} does not exist; nothing was loaded yet")
    published.parent.mkdir(parents=True, exist_ok=True)
    copy = published.with_name(f".{published.name}.{os.getpid()}")
    # Held to the end: of two that publish at once, the second would sweep away the copy of the first.
    with open_warehouse(warehouse, lock_timeout=lock_timeout) as con:
        for left in published.parent.glob(f".{published.name}.*"):
            left.unlink()  # of a run that died
        try:
            rows = _rows(con)
            con.execute("CHECKPOINT")
            _copy(warehouse, copy)
            counts = _check(copy, rows, inspect)
            sync(copy)
            os.replace(copy, published)
            sync(published.parent)
        finally:
            copy.unlink(missing_ok=True)
    return PublishedCounts(published_at=now.astimezone(UTC), bytes=published.stat().st_size, **counts)


def _copy(warehouse: Path, copy: Path) -> None:
    # In a process of its own: POSIX drops DuckDB's lock as soon as this process closes any descriptor of the file.
    done = subprocess.run(["cp", str(warehouse), str(copy)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise LoadError(f"{warehouse} cannot be copied to {copy}: {done.stderr.strip()}")


def _check(
    copy: Path, expected: dict[str, int], inspect: Callable[[duckdb.DuckDBPyConnection], None]
) -> dict[str, int]:
    try:
        with open_warehouse(copy, read_only=True, lock_timeout=0) as con:
            found = _rows(con)
            # That each view can be planned; a row of one may take reading all that is stored.
            for (view,) in con.execute(statement("analytics_views")).fetchall():
                con.execute(f'SELECT * FROM analytics."{view}" LIMIT 0').fetchall()
            row = con.execute(statement("published_counts")).fetchone()
    except duckdb.Error as error:
        raise LoadError(f"the copy to publish cannot be read, the published file stays: {error}") from error
    if found != expected:
        raise LoadError(f"the copy to publish holds {found} instead of {expected}; the published file stays")
    with open_warehouse(copy, read_only=True, lock_timeout=0) as con:
        inspect(con)
    assert row is not None
    return dict(zip(("articles", "reports", "incidents", "tolls"), map(int, row), strict=True))


def _rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = con.execute(statement("stored_tables")).fetchall()
    counts = (con.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone() for schema, table in tables)
    return {table: count[0] for (_, table), count in zip(tables, counts, strict=True) if count}


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or which files a folder has, also after a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
