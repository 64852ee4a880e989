"""The daily digest: one message with all that is no alarm by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from casualties.alerts.message import Message, Section, compose, section
from casualties.alerts.run import age
from casualties.alerts.silences import Silences
from casualties.warehouse.sql import statement

PERIOD = timedelta(days=1)
FEEDS = 20  # sick feeds that are named; the others are counted

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the warehouse says of the last :data:`PERIOD`; rows as the queries ``digest_*`` give them."""

    warnings: Sequence[Row]
    feeds: Sequence[Row]
    notices: Sequence[Row]
    quarantine: Sequence[Row]
    loads: Row
    alerts: Row


def read_day(con: duckdb.DuckDBPyConnection, now: datetime) -> Day:
    """The day that ends at ``now``."""
    since = (now - PERIOD).astimezone(UTC).replace(tzinfo=None)

    def rows(name: str, **parameters: object) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = con.execute(statement(f"digest_{name}"), parameters).to_arrow_table().to_pylist()
        return found

    return Day(
        warnings=rows("warnings", since=since),
        feeds=rows("feeds"),
        notices=rows("notices"),
        quarantine=rows("quarantine", since=since),
        loads=rows("loads", since=since)[0],
        alerts=rows("alerts", since=since)[0],
    )


def digest_message(
    day: Day,
    *,
    published: datetime | None,
    stale: Sequence[str],
    silences: Silences,
    failed_tasks: Sequence[str],
    now: datetime,
    links: Mapping[str, str],
) -> Message:
    """The message. ``published`` is when the analysts' file was, ``stale`` the sentences on what is too old."""
    undecided = sum(row["undecided"] for row in day.quarantine)
    counts = {
        "stale": len(stale),
        "maintenance failed": len(failed_tasks),
        "warnings": len(day.warnings),
        "sick feeds": len(day.feeds),
        "feeds to change in the list": len(day.notices),
        "in quarantine": undecided,
        "silences that do not hold": len(silences.problems),
    }
    said = ", ".join(name if name == "stale" else f"{count} {name}" for name, count in counts.items() if count)
    sections = [
        _freshness(day, published, stale, now),
        *_failed(failed_tasks),
        *_warnings(day.warnings),
        *_feeds(day.feeds, now),
        *_notices(day.notices),
        *_quarantine(day.quarantine, undecided),
        *_silences(silences, day.alerts),
    ]
    return compose(f"Daily digest, {now:%Y-%m-%d}: {said or 'all well'}", sections, links, good_news=not said)


def _freshness(day: Day, published: datetime | None, stale: Sequence[str], now: datetime) -> Section:
    loads = day.loads
    last = loads["last_load"].replace(tzinfo=UTC) if loads["last_load"] else None
    return section(
        "Freshness",
        [
            *stale,
            f"Last load: {age(last, now)}. The analysts' file: published {age(published, now)}.",
            f"In 24 hours: {loads['runs']} loads ({loads['held_back']} held back), {loads['articles']} new articles, "
            f"{loads['incidents']} new incidents.",
        ],
    )


def _failed(tasks: Sequence[str]) -> Iterator[Section]:
    if tasks:
        yield section("Maintenance failed", [f"{task}: its log names the cause." for task in tasks])


def _warnings(rows: Sequence[Row]) -> Iterator[Section]:
    for row in rows:
        often = "1 run" if row["runs"] == 1 else f"{row['runs']} runs"
        yield section(
            f"Warning: {row['message']}", [f"{row['suite']}.{row['expectation']}, in {often}."], row["samples"][:3]
        )


def _feeds(rows: Sequence[Row], now: datetime) -> Iterator[Section]:
    if not rows:
        return
    named = [
        f"{row['publisher']}: {row['last_status']}, {row['failures']} failures in a row, last success "
        f"{age(row['last_success_at'] and row['last_success_at'].replace(tzinfo=UTC), now)} | {row['url']}"
        for row in rows[:FEEDS]
    ]
    more = [f"And {len(rows) - FEEDS} more: see the News desk."] if len(rows) > FEEDS else []
    yield section(f"Sick feeds: {len(rows)}", more, named)


def _notices(rows: Sequence[Row]) -> Iterator[Section]:
    if not rows:
        return
    named = [
        f"{row['publisher']}: {row['url']} has moved, told {row['sightings']} times in a row, to | {row['moved_to']}"
        if row["moved_to"]
        else f"{row['publisher']}: retired by its publisher (410), polled no more | {row['url']}"
        for row in rows[:FEEDS]
    ]
    yield section(f"Feeds to change in the list: {len(rows)}", [], named)


def _quarantine(rows: Sequence[Row], undecided: int) -> Iterator[Section]:
    if rows:
        lines = [f"{row['rule']}: {row['new']} new, {row['undecided']} not decided" for row in rows]
        yield section(f"Quarantine: {undecided} rows on which nothing was decided", lines)


def _silences(silences: Silences, alerts: Row) -> Iterator[Section]:
    lines = [f"{s.about} is silent until {s.until}" for s in silences.active]
    samples = [f"{line} | {s.link}" for line, s in zip(lines, silences.active, strict=True)]
    told = (
        f"{alerts['delivered']} messages sent, {alerts['undelivered']} reached nobody, {alerts['silenced']} silenced."
    )
    yield section("Messages in 24 hours", [told, *silences.problems], samples)
