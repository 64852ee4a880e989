"""The commit point: one run's staging folder into the warehouse, in one transaction."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from casualties.errors import LoadError
from casualties.model import (
    REACHED,
    Article,
    ArticleCopy,
    Decision,
    Entry,
    EventReport,
    Feed,
    FeedPoll,
    Fingerprint,
    Listing,
    Load,
    Page,
    Quarantined,
    ValidationResult,
)
from casualties.staging import Staging, from_table, to_table
from casualties.warehouse.relink import relink
from casualties.warehouse.sql import statement
from casualties.web.urls import article_id

_STAGED = (
    FeedPoll,
    Entry,
    Page,
    Article,
    Fingerprint,
    ArticleCopy,
    EventReport,
    Quarantined,
    ValidationResult,
    Decision,
    Listing,
)


def load_run(
    con: duckdb.DuckDBPyConnection,
    staging: Staging,
    *,
    run_id: str,
    extractor_version: str,
    now: datetime,
    critical: bool,
    feeds: Sequence[Feed],
) -> Load:
    """Load a run and link its reports; all of it or, when anything fails, nothing.

    Quarantined rows are left out: an entry from the counts, an article with its reports, a report alone; a feed's poll
    is kept. A ``critical`` run loads ops only, and its feeds are read again. ``feeds`` is the OPML file's list, which
    core.feeds mirrors; empty where a run has no list. A run that was loaded already changes nothing and gives the
    stored row; one that was loaded as critical can be loaded again once it no longer is.

    Raises :class:`LoadError`.
    """
    started = time.perf_counter()
    with _staged(con, staging, feeds):
        con.begin()
        try:
            load = _load(con, run_id, extractor_version, now, critical, started)
            con.commit()
        except duckdb.Error as error:
            con.rollback()
            raise LoadError(f"run {run_id} cannot be loaded, the warehouse is as before: {error}") from error
        except BaseException:
            con.rollback()
            raise
    return load


def _load(
    con: duckdb.DuckDBPyConnection, run_id: str, extractor_version: str, now: datetime, critical: bool, started: float
) -> Load:
    earlier = _stored(con, run_id)
    if earlier and (critical or not earlier.critical):
        return earlier
    con.execute(statement("unfinished_feeds"))
    con.execute("DELETE FROM ops.loads WHERE run_id = ?", [run_id])
    con.execute("DELETE FROM ops.validation_results WHERE run_id = ?", [run_id])
    before = _counts(con)
    if _number(con, "SELECT count(*) FROM staged_feed"):
        con.execute(statement("load_feeds"))
        con.execute(statement("unlist_feeds"))
    opened = changed = 0
    if not critical:
        if any(_number(con, f"SELECT count(*) FROM staged_{name}") for name in ("article", "page", "articlecopy")):
            opened, changed = _load_stories(con, run_id, extractor_version, now)
        con.execute(statement("unlist_stories"))
        con.execute(statement("load_listings"))
    for name in ("load_polls", "meet_again", "load_quarantine", "load_results"):
        con.execute(statement(name))
    con.execute(statement("load_decisions"), {"critical": critical})
    con.execute(statement("load_feed_state"), {"advance": not critical})
    after = _counts(con)
    load = Load(
        run_id=run_id,
        loaded_at=now,
        extractor_version=extractor_version,
        feeds_polled=_number(con, "SELECT count(*) FROM staged_feedpoll"),
        feeds_failed=_number(con, "SELECT count(*) FROM staged_feedpoll WHERE status NOT IN ?", [sorted(REACHED)]),
        entries=_number(con, statement("count_entries")),
        new_articles=after["core.articles"] - before["core.articles"],
        new_versions=after["core.article_versions"] - before["core.article_versions"],
        copies=after["core.article_copies"] - before["core.article_copies"],
        reports=after["core.event_reports"] - before["core.event_reports"],
        incidents_opened=opened,
        incidents_changed=changed,
        quarantined=_number(con, "SELECT count(*) FROM staged_quarantined"),
        critical=critical,
        seconds=round(time.perf_counter() - started, 3),
    )
    con.register("staged_load", to_table(Load, [load]))
    con.execute(statement("load_load"))
    return load


def _load_stories(
    con: duckdb.DuckDBPyConnection, run_id: str, extractor_version: str, now: datetime
) -> tuple[int, int]:
    at = now.astimezone(UTC).replace(tzinfo=None)
    for name in ("fit_articles", "fit_versions", "fit_reports"):
        con.execute(statement(name))
    con.execute(statement("load_versions"), {"run_id": run_id})
    for name in ("load_articles", "load_looks", "load_keys", "load_fingerprints"):
        con.execute(statement(name))
    con.execute(statement("load_copies"), {"run_id": run_id})
    con.execute(statement("repoint_copies"))
    con.execute(statement("load_extractions"), {"run_id": run_id, "extractor_version": extractor_version, "now": at})
    con.execute(statement("load_reports"), {"run_id": run_id})
    marked = {row[0] for row in con.execute(statement("mark_reports")).fetchall()}
    return relink(con, run_id, now, marked)


@contextmanager
def _staged(con: duckdb.DuckDBPyConnection, staging: Staging, feeds: Sequence[Feed]) -> Iterator[None]:
    tables = {record: staging.table(record) for record in _STAGED} | {Feed: to_table(Feed, feeds)}
    stories = pa.array(map(article_id, tables[Entry]["url"].to_pylist()), pa.string())
    tables[Entry] = tables[Entry].append_column("article_id", stories)
    for record in (Article, EventReport):
        numbers = pa.array(range(tables[record].num_rows), pa.int64())
        tables[record] = tables[record].append_column("staged_row", numbers)
    names = [f"staged_{record.__name__.lower()}" for record in tables]
    for name, table in zip(names, tables.values(), strict=True):
        con.register(name, table)
    try:
        yield
    finally:
        for name in names:
            con.unregister(name)


def _stored(con: duckdb.DuckDBPyConnection, run_id: str) -> Load | None:
    found = con.execute("FROM ops.loads WHERE run_id = ?", [run_id]).to_arrow_table()
    return next(iter(from_table(Load, found)), None)


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = ("core.articles", "core.article_versions", "core.article_copies", "core.event_reports")
    return {table: _number(con, f"SELECT count(*) FROM {table}") for table in tables}


def _number(con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()) -> int:
    row = con.execute(query, list(parameters)).fetchone()
    return int(row[0]) if row else 0
