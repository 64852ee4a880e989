"""Quarantined rows, and the articles that they belong to, as a release needs them."""

from collections.abc import Collection

import duckdb

from casualties.model import Article, Quarantined
from casualties.staging import from_table
from casualties.warehouse.sql import statement


def quarantined_rows(con: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[Quarantined]:
    """The quarantined rows of these ids, by id; fewer where some are not known."""
    found = con.execute(statement("quarantined_rows"), {"ids": list(ids)}).to_arrow_table()
    return from_table(Quarantined, found)


def stored_versions(con: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[Article]:
    """The stored article versions of these ids, whole."""
    return from_table(Article, con.execute(statement("stored_versions"), {"ids": list(ids)}).to_arrow_table())
