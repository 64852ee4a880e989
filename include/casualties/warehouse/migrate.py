"""The schema: numbered scripts applied once and forward, then the analysts' views, rebuilt whenever they change."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from casualties.errors import LoadError

_FOLDER = Path(__file__).parent / "schema"


def scripts() -> dict[int, Path]:
    """The migrations by version: ``schema/0001_core.sql`` is version 1."""
    return {int(path.name[:4]): path for path in sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))}


SCHEMA_VERSION = max(scripts())


def migrate(con: duckdb.DuckDBPyConnection, path: Path, *, to: int = SCHEMA_VERSION) -> None:
    """Bring the database at ``path`` to version ``to``, in one transaction, and rebuild the views when they changed.

    Raises :class:`LoadError` when the file is of a later version, or a script fails (the file then stays as it was).
    """
    have = version(con)
    if have > to:
        raise LoadError(_too_new(path, have))
    views = _views()
    digest = hashlib.sha256("".join(views).encode()).hexdigest()
    if have == to and _views_digest(con) == digest:
        return
    con.begin()
    try:
        if have == 0:
            con.execute((_FOLDER / "base.sql").read_text())
        for number, script in scripts().items():
            if have < number <= to:
                con.execute(script.read_text())
                con.execute("INSERT INTO ops.schema_versions VALUES (?, ?, ?)", [number, script.stem, _now()])
        if to == SCHEMA_VERSION:
            con.execute("DROP SCHEMA IF EXISTS analytics CASCADE")
            for view in views:
                con.execute(view)
            con.execute("DELETE FROM ops.schema_views")
            con.execute("INSERT INTO ops.schema_views VALUES (?, ?)", [digest, _now()])
        con.commit()
    except duckdb.Error as error:
        con.rollback()
        raise LoadError(f"{path}: the schema cannot be brought from version {have} to {to}: {error}") from error


def check_version(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise :class:`LoadError` when the file is not of the version this program reads."""
    have = version(con)
    if have > SCHEMA_VERSION:
        raise LoadError(_too_new(path, have))
    if have < SCHEMA_VERSION:
        raise LoadError(f"{path} has schema version {have}, this program reads {SCHEMA_VERSION}; load or publish once")


def version(con: duckdb.DuckDBPyConnection) -> int:
    """The schema version of an open database; 0 for an empty one."""
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ops' AND table_name = 'schema_versions'"
    ).fetchone()
    if not known or not known[0]:
        return 0
    row = con.execute("SELECT coalesce(max(version), 0) FROM ops.schema_versions").fetchone()
    return int(row[0]) if row else 0


def _views() -> list[str]:
    return [path.read_text() for path in sorted((_FOLDER / "views").glob("*.sql"))]


def _views_digest(con: duckdb.DuckDBPyConnection) -> str | None:
    row = con.execute("SELECT sha256 FROM ops.schema_views").fetchone()
    return str(row[0]) if row else None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _too_new(path: Path, have: int) -> str:
    return f"{path} has schema version {have}, this program knows up to {SCHEMA_VERSION}; use a newer program"
