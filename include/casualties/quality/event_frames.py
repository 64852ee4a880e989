"""Staged event reports and their figures as flat pandas frames; see ``frames`` for the rules they follow."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from casualties.model import GROUPS, OUTCOMES, Article, EventKind, EventReport, EventType, Figure, Victim
from casualties.quality.boxes import country_boxes, degrees_outside
from casualties.quality.frames import frame

if TYPE_CHECKING:
    import pandas as pd

MOST_KILLED = 100_000  # in one event; only disasters ever took more, so above it is a war's toll taken for an event
MOST_KILLED_DISASTER = 1_000_000

_WORDS = {
    "place precision": {"exact", "near", "admin2", "admin1", "country"},
    "date precision": {"day", "week", "month", "year", "period"},
    "role": {"perpetrator", "target", "party"},
    "status": {"stated", "claimed", "accused", "suspected"},
    "outcome": set(OUTCOMES),
    "group": set(GROUPS),
    "evidence field": {"title", "text"},
}
_SPACE = re.compile(r"\s+")
_JOINT = re.compile(r"\s*(?:[;|+/…]|\.\.\.)\s*")


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


def _least(figure: Figure | Victim | None) -> int | None:
    """The number of people that a figure claims at the very least."""
    if figure is None:
        return None
    return figure.low if figure.low is not None else figure.best


def _latest_day(report: EventReport) -> date | None:
    """The day that may not lie after the story: a week, month or year that has begun may well end after it."""
    if report.date is None:
        return None
    return report.date.start if report.date.precision in {"week", "month", "year"} else report.date.end


def _killed_limit(report: EventReport) -> int | None:
    if report.kind != EventKind.EVENT:
        return None
    return MOST_KILLED_DISASTER if report.type == EventType.DISASTER else MOST_KILLED


def _unknown_word(report: EventReport) -> str | None:
    place, when = report.place, report.date
    said = [("place precision", place and place.precision), ("date precision", when and when.precision)]
    said += [pair for a in report.actors for pair in (("role", a.role), ("status", a.status))]
    said += [pair for v in report.victims for pair in (("outcome", v.outcome), ("group", v.group))]
    said += [("evidence field", e.field) for e in report.evidence]
    return next((f"{what} {word}" for what, word in said if word is not None and word not in _WORDS[what]), None)


def _quotes(report: EventReport, article: Article | None) -> list[str] | None:
    """What the evidence quotes; None where a span lies outside the title or text, or the article is not at hand."""
    if article is None:
        return None
    fields = {"title": article.title, "text": article.text}
    if any(not 0 <= e.start < e.end <= len(fields.get(e.field, "")) for e in report.evidence):
        return None
    return [_fold(fields[e.field][e.start : e.end]) for e in report.evidence]


def _quoted(phrase: str | None, quotes: list[str] | None) -> bool | None:
    """Whether a figure's phrase stands in the evidence; one that was put together does so piece by piece."""
    if phrase is None or not quotes:
        return None
    return any(_fold(phrase) in q for q in quotes) or all(
        any(piece in q for q in quotes) for piece in _JOINT.split(_fold(phrase))
    )


def _label(report: EventReport, article: Article | None) -> str:
    return f"{report.kind} {report.ordinal + 1} of: {article.title if article else report.article_id}"


def report_frame(reports: Sequence[EventReport], articles: Mapping[str, Article]) -> "pd.DataFrame":
    """One row an event report; ``articles`` by version id. ``degrees_outside`` is 0 inside the country's box and NULL
    without coordinates or country; ``date_ahead`` is in days against the article's publication.
    """
    ids = {r.report_id for r in reports}
    sources = [articles.get(r.version_id) for r in reports]
    figures = [sum(getattr(r, outcome) is not None for outcome in OUTCOMES) for r in reports]
    places = [r.place for r in reports]

    def ahead(report: EventReport) -> int | None:
        day = _latest_day(report)
        return (day - report.published.astimezone(UTC).date()).days if day and report.published else None

    def outside(report: EventReport) -> float | None:
        place = report.place
        if place is None or place.country is None or place.lat is None or place.lon is None:
            return None
        return degrees_outside(place.country, place.lat, place.lon)

    def days(report: EventReport) -> int | None:
        return (report.date.end - report.date.start).days if report.date else None

    inside = [a and _quotes(r, a) is not None for r, a in zip(reports, sources, strict=True)]
    return frame(
        {
            "subject_id": ("str", [r.report_id for r in reports]),
            "label": ("str", [_label(r, a) for r, a in zip(reports, sources, strict=True)]),
            "url": ("str", [a and a.url for a in sources]),
            "version_id": ("str", [r.version_id for r in reports]),
            "article_staged": ("boolean", [a is not None for a in sources]),
            "part_of_report": ("str", [r.part_of_report for r in reports]),
            "whole_staged": ("boolean", [r.part_of_report and r.part_of_report in ids for r in reports]),
            "kind": ("str", [r.kind for r in reports]),
            "type": ("str", [r.type for r in reports]),
            "unknown_word": ("str", [_unknown_word(r) for r in reports]),
            "figures": ("Int64", figures),
            "spans": ("Int64", [len(r.evidence) if n else None for r, n in zip(reports, figures, strict=True)]),
            "spans_inside": ("boolean", inside),
            "evidence": ("str", [", ".join(f"{e.field} {e.start}-{e.end}" for e in r.evidence) for r in reports]),
            "confidence": ("Float64", [r.confidence for r in reports]),
            "lat": ("Float64", [p and p.lat for p in places]),
            "lon": ("Float64", [p and p.lon for p in places]),
            "country_known": ("boolean", [p and p.country and p.country in country_boxes() for p in places]),
            "degrees_outside": ("Float64", [outside(r) for r in reports]),
            "where": ("str", [p and f"{p.name} ({p.country}) at {p.lat}, {p.lon}" for p in places]),
            "date_ahead": ("Int64", [ahead(r) for r in reports]),
            "days": ("Int64", [days(r) for r in reports]),
            "toll_days": ("Int64", [days(r) if r.kind == EventKind.TOLL else None for r in reports]),
            "when": ("str", [r.date and f"{r.date.start} to {r.date.end}, told {r.published}" for r in reports]),
            "killed_least": ("Int64", [_least(r.killed) for r in reports]),
            "killed_limit": ("Int64", [_killed_limit(r) for r in reports]),
        }
    )


_FIGURE_COLUMNS = {
    "subject_id": "str",
    "label": "str",
    "url": "str",
    "low": "Int64",
    "best": "Int64",
    "high": "Int64",
    "least": "Int64",
    "figure": "str",
    "basis": "str",
    "phrase": "str",
    "quoted": "boolean",
    "total_most": "Int64",
    "whole_most": "Int64",
    "parts_least": "Int64",
}


def _figures(report: EventReport) -> Iterator[tuple[str, Figure]]:
    for outcome in OUTCOMES:
        figure = getattr(report, outcome)
        if figure is not None:
            yield outcome, figure


def _numbers(told: Figure | Victim) -> dict[str, Any]:
    figure = f"low {told.low}, best {told.best}, high {told.high}"
    return {"low": told.low, "best": told.best, "high": told.high, "least": _least(told), "figure": figure}


def figure_frame(reports: Sequence[EventReport], articles: Mapping[str, Article]) -> "pd.DataFrame":
    """One row a figure of a report: each outcome that is told, and each group of victims.

    ``least`` is what the figure claims at the very least. ``total_most`` is the highest that the report's own outcome
    allows a group of victims, ``whole_most`` the highest that the whole allows its part, ``parts_least`` what the parts
    of this figure come to at least; NULL where there is none, or it is open upwards.
    """
    by_id = {r.report_id: r for r in reports}
    parts: dict[tuple[str, str], int] = defaultdict(int)
    for report in reports:
        for outcome, figure in _figures(report):
            if report.part_of_report:
                parts[report.part_of_report, outcome] += _least(figure) or 0

    rows: list[dict[str, Any]] = []
    for report in reports:
        article = articles.get(report.version_id)
        quotes = _quotes(report, article)
        whole = by_id.get(report.part_of_report or "")
        shared = {"subject_id": report.report_id, "url": article and article.url}
        for outcome, figure in _figures(report):
            above = getattr(whole, outcome, None)
            rows.append(
                shared
                | _numbers(figure)
                | {
                    "label": f"{outcome}, {_label(report, article)}",
                    "basis": figure.basis,
                    "phrase": figure.phrase,
                    "quoted": _quoted(figure.phrase, quotes),
                    "whole_most": above and above.high,
                    "parts_least": parts.get((report.report_id, outcome)),
                }
            )
        for victim in report.victims:
            total = getattr(report, victim.outcome, None)
            label = f"{victim.group} {victim.outcome}, {_label(report, article)}"
            rows.append(shared | _numbers(victim) | {"label": label, "total_most": total and total.high})
    return frame({name: (dtype, [row.get(name) for row in rows]) for name, dtype in _FIGURE_COLUMNS.items()})


def attachment_frame(
    reports: Sequence[EventReport],
    articles: Mapping[str, Article],
    held_versions: Collection[str],
    held_reports: Collection[str],
) -> "pd.DataFrame":
    """One row a report: what it hangs on and was held back, its article or the whole it is a part of, up to the top."""
    by_id = {r.report_id: r for r in reports}

    def held_whole(report: EventReport) -> str | None:
        seen: set[str] = set()
        above = report.part_of_report
        while above is not None and above not in seen:
            seen.add(above)
            whole = by_id.get(above)
            if whole is None:
                return None
            if above in held_reports or whole.version_id in held_versions:
                return above
            above = whole.part_of_report
        return None

    sources = [articles.get(r.version_id) for r in reports]
    return frame(
        {
            "subject_id": ("str", [r.report_id for r in reports]),
            "label": ("str", [_label(r, a) for r, a in zip(reports, sources, strict=True)]),
            "url": ("str", [a and a.url for a in sources]),
            "held_article": ("str", [r.version_id if r.version_id in held_versions else None for r in reports]),
            "held_whole": ("str", [held_whole(r) for r in reports]),
        }
    )
