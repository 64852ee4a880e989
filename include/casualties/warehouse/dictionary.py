"""The data dictionary, made of the catalogue; ``python -m casualties.warehouse.dictionary`` prints it."""

import sys
import tempfile
from pathlib import Path

import duckdb

from casualties.warehouse.connection import open_warehouse
from casualties.warehouse.sql import statement

_HEAD = """# Data dictionary

Made from the comments in the database by `python -m casualties.warehouse.dictionary > docs/data_dictionary.md`.
How the numbers come about is told in [codebook.md](codebook.md). All times are UTC. NULL is "not said", 0 is
"said: none".
"""

# How each macro is called.
CALLS = {
    "acled": "analytics.acled('acled')",
    "article_history": "analytics.article_history('https://outlet.example/story')",
    "deaths_between": "analytics.deaths_between('2026-03-01', '2026-03-31')",
    "incidents_as_of": "analytics.incidents_as_of('2026-03-01 12:00')",
    "incidents_near": "analytics.incidents_near(35.64, 36.68, 25)",
    "ucdp_ged": "analytics.ucdp_ged()",
}


def dictionary(con: duckdb.DuckDBPyConnection) -> str:
    """Every view of ``analytics``, every table of ``core`` and ``ops``, then every macro, each with its columns.

    Raises KeyError for a macro that has no call in :data:`CALLS`.
    """
    parts = [_HEAD]
    columns = con.execute(statement("dictionary_columns")).fetchall()
    for schema, table, comment in con.execute(statement("dictionary_tables")).fetchall():
        parts.append(f"## {schema}.{table}\n\n{comment or ''}\n\n| column | type | |\n|---|---|---|")
        parts[-1] += "".join(
            f"\n| {name} | {_cell(kind)} | {_cell(said or '')} |"
            for where, what, name, kind, said in columns
            if (where, what) == (schema, table)
        )
        parts[-1] += "\n"
    parts.append("## Macros\n")
    for name, parameters, comment in con.execute(statement("dictionary_macros")).fetchall():
        parts.append(f"### analytics.{name}({', '.join(parameters)})\n\n{comment}\n\n`FROM {CALLS[name]}`\n")
        said = dict(con.execute(statement("column_comments"), {"name": name}).fetchall())
        parts.append("| column | type | |\n|---|---|---|")
        parts[-1] += "".join(
            f"\n| {column} | {_cell(kind)} | {_cell(said.get(column) or '')} |"
            for column, kind, *_ in con.execute(f"DESCRIBE FROM {CALLS[name]}").fetchall()
        )
        parts[-1] += "\n"
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder) / "empty.duckdb", lock_timeout=1) as con:
        sys.stdout.write(dictionary(con))


if __name__ == "__main__":
    main()
