"""Figures, dates, places and actors in the few words of a table cell."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def figure_said(row: Mapping[str, Any], outcome: str) -> str:
    """``59``, ``59+`` (at least, or a vague word), ``≤20`` (at most), ``52 (51–52)`` (a range), ``–`` (unsaid)."""
    low, best, high = (row[f"{outcome}_{end}"] for end in ("low", "best", "high"))
    if (low, best, high) == (None, None, None):
        return "–"
    if best is None:
        best = low if low is not None else high
    if low in (None, best) and high in (None, best):
        if low is None:
            return f"≤{best:,}"
        return f"{best:,}" if high is not None else f"{best:,}+"
    return f"{best:,} ({'' if low is None else format(low, ',')}–{'' if high is None else format(high, ',')})"


def date_said(start: date, end: date) -> str:
    """``2019-07-22``, or ``2019-07-22…24`` for several days of a month."""
    if start == end:
        return start.isoformat()
    if (start.year, start.month) == (end.year, end.month):
        return f"{start}…{end.day:02}"
    return f"{start}…{end:%m-%d}" if start.year == end.year else f"{start}…{end}"


def period_said(start: date | None, end: date | None) -> str:
    return f"{start} to {end}" if start and end else "unsaid"


def place_said(row: Mapping[str, Any]) -> str:
    """The place, its province and its country, none of them twice."""
    names = [name for name in (row["place"], row["admin1"], row["country"]) if name]
    return ", ".join(dict.fromkeys(names)) or "place unsaid"


def actors_said(actors: Iterable[Mapping[str, str]]) -> str:
    """Perpetrators, else the parties of a clash, each with its status unless that is simply stated."""
    actors = list(actors)
    chosen = [a for a in actors if a["role"] == "perpetrator"] or [a for a in actors if a["role"] == "party"]
    return ", ".join(a["name"] + (f" ({a['status']})" if a["status"] != "stated" else "") for a in chosen)


def counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
