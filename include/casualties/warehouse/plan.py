"""What the stages before the load need to know of the warehouse."""

import duckdb

from casualties.model import FeedState, KnownArticle
from casualties.staging import from_table
from casualties.warehouse.sql import statement


def read_plan(con: duckdb.DuckDBPyConnection) -> tuple[list[FeedState], list[KnownArticle]]:
    """The state of every feed ever listed, and every article with its newest version."""
    feeds = con.execute(statement("feed_states")).to_arrow_table()
    articles = con.execute(statement("known_articles")).to_arrow_table()
    return from_table(FeedState, feeds), from_table(KnownArticle, articles)
