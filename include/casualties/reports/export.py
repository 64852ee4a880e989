"""The published file in the forms that others take: one folder a snapshot, there when it is whole, and not before.

``latest`` is a link to the newest one and changes in one step. An export that died is taken up again: what it had
finished of the same snapshot stays.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from casualties import __version__
from casualties.errors import LoadError
from casualties.model import key
from casualties.reports.geojson import write_geojson
from casualties.reports.package import about, read_me, write_package
from casualties.reports.page import write_page
from casualties.reports.tables import TABLES, write_csv, write_hxl, write_parquet
from casualties.warehouse import open_warehouse
from casualties.warehouse.publish import sync
from casualties.warehouse.sql import statement

FORMATS = ("csv", "parquet", "geojson", "hxl", "html")
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Which state of the data a published file holds."""

    taken_at: datetime  # UTC, of the last load in it
    run_id: str
    extractor_version: str
    views: str  # digest of the analysts' views


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A finished export."""

    folder: Path
    snapshot: Snapshot
    written: int  # files written now
    kept: int  # files that an earlier try had finished


def export(
    published: Path,
    folder: Path,
    *,
    formats: Iterable[str] = FORMATS,
    keep: int,
    lock_timeout: float,
) -> Export:
    """Write ``published`` into a new folder below ``folder`` and turn ``latest`` to it; of older ones ``keep`` stay.

    All files are of one state, also when another is published meanwhile. Exporting a state again writes nothing.
    Raises :class:`LoadError` when nothing was published, or the files cannot be written.
    """
    chosen = [name for name in FORMATS if name in set(formats)]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(folder), open_warehouse(published, read_only=True, lock_timeout=lock_timeout) as con:
            snapshot = read_snapshot(con)
            name = _name(snapshot, chosen)
            final, unfinished = folder / name, folder / f".{name}{_UNFINISHED}"
            written = kept = 0
            if not final.exists():
                unfinished.mkdir(exist_ok=True)
                written, kept = _write_all(con, unfinished, snapshot, chosen)
                os.rename(unfinished, final)
                sync(folder)
            _link(folder, name)
            _tidy(folder, name, keep)
    except OSError as error:
        raise LoadError(f"the export to {folder} failed, `latest` is as before; run it again: {error}") from error
    except duckdb.Error as error:
        raise LoadError(f"{published} cannot be exported to {folder}: {error}") from error
    return Export(folder=final, snapshot=snapshot, written=written, kept=kept)


def read_snapshot(con: duckdb.DuckDBPyConnection) -> Snapshot:
    """What state an open published file holds. Raises :class:`LoadError` where nothing was loaded."""
    row = con.execute(statement("snapshot")).fetchone()
    if row is None or row[0] is None:
        raise LoadError("nothing was loaded yet, so there is nothing to export")
    loaded_at, run_id, extractor_version, views = row
    return Snapshot(
        taken_at=loaded_at.replace(tzinfo=UTC), run_id=run_id, extractor_version=extractor_version, views=views
    )


def _name(snapshot: Snapshot, formats: Iterable[str]) -> str:
    identity = key(snapshot.run_id, snapshot.taken_at, snapshot.views, __version__, *formats)
    return f"{snapshot.taken_at:%Y%m%dT%H%M%SZ}-{identity[:8]}"


def _write_all(con: duckdb.DuckDBPyConnection, folder: Path, snapshot: Snapshot, formats: list[str]) -> tuple[int, int]:
    said = about(snapshot.taken_at, snapshot.extractor_version)
    jobs = list(_jobs(con, said, formats))
    written = 0
    for name, write in jobs:
        path = folder / name
        if path.exists():
            continue
        part = folder / f".{name}.part"
        write(part)
        sync(part)
        os.replace(part, path)
        written += 1
    (folder / "README.md").write_text(read_me(said), encoding="utf-8")
    write_package(con, folder, [name for name, _ in jobs], said)
    for left in folder.glob(".*.part*"):
        left.unlink()
    sync(folder)
    return written, len(jobs) - written


def _jobs(
    con: duckdb.DuckDBPyConnection, said: dict[str, Any], formats: list[str]
) -> Iterator[tuple[str, Callable[[Path], None]]]:
    for table in TABLES:
        if "csv" in formats:
            yield f"{table}.csv", partial(write_csv, con, table)
        if "parquet" in formats:
            yield f"{table}.parquet", partial(write_parquet, con, table)
    if "geojson" in formats:
        yield "incidents.geojson", lambda path: write_geojson(con, path, said)
    if "hxl" in formats:
        yield "incidents.hxl.csv", partial(write_hxl, con)
    if "html" in formats:
        yield "report.html", partial(write_page, con)


def _link(folder: Path, name: str) -> None:
    new = folder / f".latest.{os.getpid()}"
    new.unlink(missing_ok=True)
    new.symlink_to(name)
    os.replace(new, folder / "latest")
    sync(folder)


def _tidy(folder: Path, name: str, keep: int) -> None:
    finished = sorted(path for path in folder.glob("[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z-*") if path.name != name)
    older = finished[: -(keep - 1)] if keep > 1 else finished
    for path in [*older, *folder.glob(f".*{_UNFINISHED}")]:
        shutil.rmtree(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
