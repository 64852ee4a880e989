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


def dictionary(con: duckdb.DuckDBPyConnection) -> str:
    """Every view of ``analytics`` with its columns, then its macros, then the tables of ``core`` and ``ops``."""
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
        parts.append(f"- `analytics.{name}({', '.join(parameters)})`: {comment}")
    return "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder) / "empty.duckdb", lock_timeout=1) as con:
        sys.stdout.write(dictionary(con))


if __name__ == "__main__":
    main()
