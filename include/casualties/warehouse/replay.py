"""What a replay needs: the articles of a window as if they had just been announced and fetched, from the archive."""

from datetime import UTC, date, datetime
from typing import Any

import duckdb

from casualties.model import Entry, Page, PageStatus, Target, key
from casualties.warehouse.sql import statement


def archived_articles(
    con: duckdb.DuckDBPyConnection, since: date, until: date, *, batch_pages: int
) -> list[tuple[Target, Page | None]]:
    """Targets in batches of ``batch_pages``, one WARC file after the other; no page where only a summary was had."""
    found = con.execute(statement("replay_window"), {"since": since, "until": until}).to_arrow_table().to_pylist()
    return [(_target(row, number // batch_pages), _page(row)) for number, row in enumerate(found)]


def _target(row: dict[str, Any], batch: int) -> Target:
    entries = tuple(
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
    return Target(article_id=row["article_id"], url=row["url"], batch=batch, entries=entries)


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
