"""What the stages before the load need to know of the warehouse."""

from collections.abc import Collection
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from casualties.model import FeedState, KnownArticle
from casualties.staging import from_table
from casualties.warehouse.sql import statement


def read_plan(con: duckdb.DuckDBPyConnection, since: datetime) -> tuple[list[FeedState], list[KnownArticle]]:
    """The state of every feed ever listed, and the articles that this run most likely meets again.

    These are what the feeds listed last and what was first seen after ``since``; others may be asked for by
    :func:`known_among`.
    """
    feeds = con.execute(statement("feed_states")).to_arrow_table()
    naive = since.astimezone(UTC).replace(tzinfo=None)
    likely = {row[0] for row in con.execute(statement("likely_articles"), {"since": naive}).fetchall()}
    return from_table(FeedState, feeds), known_among(con, likely)


def known_among(con: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[KnownArticle]:
    """Those of some articles that the warehouse has."""
    con.register("wanted_articles", pa.table({"article_id": pa.array(sorted(ids), pa.string())}))
    try:
        return from_table(KnownArticle, con.execute(statement("known_among")).to_arrow_table())
    finally:
        con.unregister("wanted_articles")
