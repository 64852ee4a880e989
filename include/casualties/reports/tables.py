"""Views and macros of ``analytics`` as CSV, Parquet and HXL-tagged CSV, written by DuckDB, however many rows."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from casualties.reports.cells import FORMULA, JOINT
from casualties.reports.hxl import HXL
from casualties.warehouse.sql import statement

# What is exported, in a lasting order, so that a repeated export gives the same bytes.
TABLES = {
    "incidents": "FROM analytics.incidents ORDER BY day, incident_id",
    "reports": "FROM analytics.reports ORDER BY published, report_id",
    "tolls": "FROM analytics.tolls ORDER BY published, report_id",
    "daily_deaths": "FROM analytics.daily_deaths ORDER BY ALL",
    "source_comparison": "FROM analytics.source_comparison ORDER BY day, incident_id, publisher",
    "incident_changes": "FROM analytics.incident_changes ORDER BY known_from, incident_id, revision",
    "articles": "FROM analytics.articles ORDER BY published, article_id",
    "coverage": "FROM analytics.coverage ORDER BY day",
    "acled": "FROM analytics.acled('acled') ORDER BY event_date, event_id_cnty",
    "ucdp_ged": "FROM analytics.ucdp_ged() ORDER BY date_start, id",
}
_CSV = "FORMAT csv, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # DuckDB's
    comment: str


def columns(con: duckdb.DuckDBPyConnection, table: str) -> list[Column]:
    """The columns of a table of :data:`TABLES`, with what the data dictionary says of each."""
    said = dict(con.execute(statement("column_comments"), {"name": table}).fetchall())
    described = con.execute(f"DESCRIBE {TABLES[table]}").fetchall()
    return [Column(name, kind, said.get(name) or "") for name, kind, *_ in described]


def write_parquet(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """One table with its types, lists and structs included."""
    con.execute(f"COPY ({TABLES[table]}) TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)")


def write_csv(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """One table as RFC 4180 in UTF-8; cells as :func:`casualties.reports.cells.cell` makes them."""
    cells = ", ".join(f'{_cell(column)} AS "{column.name}"' for column in columns(con, table))
    con.execute(f"COPY (SELECT {cells} FROM ({TABLES[table]})) TO '{_quoted(path)}' ({_CSV}, HEADER)")


def write_hxl(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Incidents as CSV whose second row holds the hashtags of the Humanitarian Exchange Language (HXL 1.1)."""
    cells = ", ".join(_cell(column) for column in columns(con, "incidents") if column.name in HXL)
    order = [column.name for column in columns(con, "incidents") if column.name in HXL]
    body = path.with_name(f"{path.name}.body")
    con.execute(f"COPY (SELECT {cells} FROM ({TABLES['incidents']})) TO '{_quoted(body)}' ({_CSV}, HEADER false)")
    with path.open("wb") as whole, body.open("rb") as rows:
        for line in (order, [HXL[name] for name in order]):
            whole.write((",".join(line) + "\n").encode())
        shutil.copyfileobj(rows, whole)
    body.unlink()


def _cell(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "VARCHAR":
        return _inert(name)
    if column.type == "VARCHAR[]":
        return _inert(f"array_to_string({name}, '{JOINT}')")
    return f"to_json({name})::VARCHAR" if column.type.endswith((")", "[]")) else name


def _inert(text: str) -> str:
    return f"CASE WHEN regexp_matches({text}, '{FORMULA}') THEN '''' || {text} ELSE {text} END"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
