"""Reads a published file with whatever duckdb is installed, and prints what it found as JSON; imports nothing of ours.

``python ask.py FILE [pandas|polars]``
"""

import json
import sys

import duckdb

VIEWS = (
    "incidents", "reports", "articles", "tolls", "daily_deaths", "incident_changes", "source_comparison", "coverage",
    "countries", "macro_columns",
)  # fmt: skip
MACROS = (
    "acled('acled')", "acled('stated')", "ucdp_ged()", "incidents_as_of('2026-03-19 21:00')",
    "deaths_between('2026-03-01', '2026-03-31')", "incidents_near(15, 30, 1500)",
    "article_history((SELECT min(url) FROM analytics.articles))",
)  # fmt: skip
SUM = "SELECT sum(deaths)::BIGINT, min(day)::VARCHAR, max(last_reported)::VARCHAR FROM analytics.incidents"


def rows(con: duckdb.DuckDBPyConnection, query: str, form: str) -> list[list[object]]:
    asked = con.sql(query)
    if form == "pandas":
        return asked.df().astype(object).to_numpy().tolist()
    if form == "polars":
        return [list(row) for row in asked.pl().rows()]
    return [list(row) for row in asked.fetchall()]


def main(file: str, form: str = "") -> None:
    con = duckdb.connect(file, read_only=True)
    told = {name: len(rows(con, f"FROM analytics.{name}", form)) for name in (*VIEWS, *MACROS)}
    (summed,) = rows(con, SUM, form)
    print(json.dumps({"version": duckdb.__version__, "rows": told, "sum": [str(value) for value in summed]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
