"""The expected result of the sample newsroom, row by row: events by article, and incidents, tolls and feeds by day.

Events follow the codebook of the project's evaluation sets: counts are [low, high], "at least" leaves high open, "at
most" leaves low open, several sources' figures span from the lowest to the highest.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tests.newsroom.content import HERE, article_files, articles, versions

OUTCOMES = ("killed", "injured", "missing", "displaced", "abducted")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people. ``best`` is None where no single number stands out; there it is not to be compared."""

    low: int | None
    best: int | None
    high: int | None

    @property
    def counted(self) -> int:
        """What a sum of best figures takes of it."""
        return next(number for number in (self.best, self.low, self.high) if number is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedVictim:
    outcome: str
    group: str
    count: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEvent:
    """What one article version says of one event or toll."""

    article: str  # id
    version: str
    publisher: str
    kind: str  # event | toll
    incident: str | None  # name; None for tolls
    part_of: int | None  # index in the article's list
    type: str
    counts: dict[str, Figure]  # by outcome; only those that the text gives
    victims: tuple[ExpectedVictim, ...]
    place: str | None
    country: str | None
    date: tuple[date, date] | None
    perpetrators: tuple[str, ...]
    sources: tuple[str, ...]
    denied_by: tuple[str, ...]
    evidence: str  # verbatim in the title or in what can be had of the text

    def gold(self) -> dict[str, Any]:
        """The event in the form of the evaluation sets, which their scorers read."""
        counts: dict[str, Any] = {name: _pair(self.counts.get(name)) for name in OUTCOMES}
        victims = [{"outcome": v.outcome, "group": v.group, "count": _pair(v.count)} for v in self.victims]
        return {
            "kind": self.kind,
            "part_of": self.part_of,
            **counts,
            "victims": victims,
            "place": self.place,
            "country": self.country,
            "date": [day.isoformat() for day in self.date] if self.date else None,
            "type": self.type,
            "perpetrators": list(self.perpetrators),
            "sources": list(self.sources),
            "denied_by": list(self.denied_by),
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedIncident:
    """An incident over all its reports as known on a day."""

    name: str
    type: str
    place: str  # as one of the reports spells it
    admin1: str | None  # None: not compared
    country: str
    date: tuple[date, date]
    counts: dict[str, Figure]
    part_of: str | None  # name
    reports: tuple[ExpectedEvent, ...]  # of current versions, without copies
    publishers: tuple[str, ...]  # of the reports
    copied_by: tuple[str, ...]  # publishers whose copy tells of it
    perpetrators: tuple[str, ...]
    sources: tuple[str, ...]
    denied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """All that is to be in the warehouse after a day."""

    day: int
    incidents: dict[str, ExpectedIncident]
    tolls: tuple[ExpectedEvent, ...]
    without_event: frozenset[str]  # article ids
    copies: dict[str, str]  # article id: id of its original
    flags: dict[str, tuple[str, ...]]  # article id: its flags, where it has any
    feeds: dict[str, str]  # feed id: status of the day's poll
    sum_killed: int  # parts left out, best where there is one, else low


_FIGURE = re.compile(r"(?P<low>\d+)?(?:(?P<open>\+)|\.\.(?P<high>\d+))?(?: best (?P<best>\d+)|(?P<vague> vague))?")


def figure(notation: str) -> Figure:
    """Read "47", "20+", "..10", "12..14", "20..28 best 28", "24+ vague"."""
    told = _FIGURE.fullmatch(notation)
    if told is None or not (told["low"] or told["high"]):
        raise ValueError(f"not a figure: {notation!r}")
    low = int(told["low"]) if told["low"] else None
    high = None if told["open"] else int(told["high"] or told["low"])
    if told["best"] or told["vague"]:
        best = int(told["best"]) if told["best"] else None
    else:
        best = None if low is not None and high is not None and low != high else (high if low is None else low)
    return Figure(low, best, high)


@cache
def events(version: str) -> tuple[ExpectedEvent, ...]:
    """The events and tolls of one article version, the main one first; those of its original for a copy."""
    article = versions()[version]
    told = article_files()[article.copy_of or version].get("events", [])
    return tuple(
        ExpectedEvent(
            article=article.id,
            version=version,
            publisher=article.publisher,
            kind=row.get("kind", "event"),
            incident=row.get("incident"),
            part_of=row.get("part_of"),
            type=row.get("type", "unknown"),
            counts={name: figure(row[name]) for name in OUTCOMES if name in row},
            victims=tuple(_victim(words) for words in row.get("victims", [])),
            place=row.get("place"),
            country=row.get("country"),
            date=_span(row["date"]) if "date" in row else None,
            perpetrators=tuple(row.get("perpetrators", [])),
            sources=tuple(row.get("sources", [])),
            denied_by=tuple(row.get("denied_by", [])),
            evidence=row["evidence"],
        )
        for row in told
    )


@cache
def expected(day: int) -> Expected:
    """The expected result once the newsroom has been read on each day up to ``day``."""
    table = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    out = articles(day)
    told = {article.id: events(article.version) for article in out.values()}
    files = {article.id: article_files()[article.version] for article in out.values()}
    independent = [event for id_, found in told.items() for event in found if out[id_].copy_of is None]
    copied = [event for id_, found in told.items() for event in found if out[id_].copy_of is not None]
    return Expected(
        day=day,
        incidents={
            row["name"]: _incident(row | (row.get("day2", {}) if day == 2 else {}), independent, copied)
            for row in table["incidents"]
            if row.get("since", 1) <= day
        },
        tolls=tuple(event for event in independent if event.kind == "toll"),
        without_event=frozenset(id_ for id_, found in told.items() if not found),
        copies={article.id: article.copy_of for article in out.values() if article.copy_of},
        flags={id_: tuple(file["flags"]) for id_, file in files.items() if "flags" in file},
        feeds=table["feeds"][f"day{day}"],
        sum_killed=table["sums"][f"day{day}"],
    )


def _incident(
    row: dict[str, Any], independent: Iterable[ExpectedEvent], copied: Iterable[ExpectedEvent]
) -> ExpectedIncident:
    reports = tuple(event for event in independent if event.incident == row["name"])
    wholes = _each(events(event.version)[event.part_of].incident for event in reports if event.part_of is not None)
    return ExpectedIncident(
        name=row["name"],
        type=row["type"],
        place=row["place"],
        admin1=row.get("admin1"),
        country=row["country"],
        date=_span(row["date"]),
        counts={name: figure(row[name]) for name in OUTCOMES if name in row},
        part_of=wholes[0] if wholes else None,
        reports=reports,
        publishers=_each(event.publisher for event in reports),
        copied_by=_each(event.publisher for event in copied if event.incident == row["name"]),
        perpetrators=_each(name for event in reports for name in event.perpetrators),
        sources=_each(name for event in reports for name in event.sources),
        denied_by=_each(name for event in reports for name in event.denied_by),
    )


def _each(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name is not None}))


def _victim(words: str) -> ExpectedVictim:
    outcome, group, count = words.split()
    return ExpectedVictim(outcome=outcome, group=group, count=figure(count))


def _span(days: list[str]) -> tuple[date, date]:
    start, end = map(date.fromisoformat, days)
    return start, end


def _pair(count: Figure | None) -> list[int | None] | None:
    return None if count is None else [count.low, count.high]
