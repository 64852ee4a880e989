"""Stored articles as if they had just been announced: for a replay from the archive, or for another look."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from casualties.model import Entry, Page, PageStatus, Remembered, Target, key
from casualties.warehouse.sql import statement


def archived_articles(
    con: duckdb.DuckDBPyConnection,
    since: date,
    until: date,
    *,
    batch_pages: int,
    publisher: str | None = None,
    feed: str | None = None,
) -> list[tuple[Target, Page | None]]:
    """Targets in batches of ``batch_pages``, one WARC file after the other; no page where only a summary was had.

    ``publisher`` and ``feed`` (its address) narrow the window.
    """
    chosen = {"since": since, "until": until, "publisher": publisher, "feed_id": key(feed) if feed else None}
    found = con.execute(statement("replay_window"), chosen).to_arrow_table().to_pylist()
    return [(_target(row, number // batch_pages), _page(row)) for number, row in enumerate(found)]


def remembered(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Remembered]:
    """Stored articles with the entries that feeds announced them by, as far as the warehouse keeps them.

    What may have come from the page, such as its dates, is left to the page.
    """
    found = con.execute(statement("remembered"), {"ids": list(ids)}).to_arrow_table().to_pylist()
    return [Remembered(article_id=row["article_id"], entries=_entries(row)) for row in found]


def _target(row: dict[str, Any], batch: int) -> Target:
    return Target(article_id=row["article_id"], url=row["url"], batch=batch, entries=_entries(row))


def _entries(row: dict[str, Any]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            entry_id=key(feed_id, row["url"]),
            feed_id=feed_id,
            publisher=row["publisher"],
            url=row["url"],
            link=row["url"],
            title=row["title"],
            summary=row["summary"],
            author=row["author"],
            published=_aware(row["published"]),
            updated=_aware(row["updated"]),
        )
        for feed_id in row["feed_ids"]
    )


def _page(row: dict[str, Any]) -> Page | None:
    if row["warc_file"] is None:
        return None
    return Page(
        article_id=row["article_id"],
        url=row["url"],
        status=PageStatus.OK,
        fetched_at=row["fetched_at"].replace(tzinfo=UTC),
        warc_file=row["warc_file"],
        warc_offset=row["warc_offset"],
        warc_length=row["warc_length"],
    )


def _aware(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time else None
