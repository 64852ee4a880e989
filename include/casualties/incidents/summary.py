"""What the reports of an incident say together. The rules are explained in docs/codebook.md."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from casualties.incidents.changes import change
from casualties.incidents.figures import combine, disagree, independent
from casualties.incidents.mention import UNIQUE_DEATHS
from casualties.model import OUTCOMES, Actor, DateSpan, EventReport, EventType, Incident, Place, Scope, Victim

_PLACE_PRECISION = ("exact", "near", "admin2", "admin1", "country")
_DATE_PRECISION = ("day", "week", "month", "year", "period")
_ZONES = timedelta(days=1)  # a day may have begun where it happened, and not yet at Greenwich
_STATUS = ("stated", "claimed", "accused", "suspected")


def summarise(
    reports: Sequence[EventReport],
    *,
    incident_id: str,
    now: datetime,
    previous: Incident | None = None,
    part_of: str | None = None,
    merged_into: str | None = None,
    told_at: Mapping[str, datetime | None] | None = None,
    updated: bool = False,
    corrected: bool = False,
) -> Incident:
    """The state of an incident over its current reports, none for one that was merged or withdrawn.

    ``told_at`` says, by report_id, when reports were told; others when they were published. ``updated`` says that a
    report was replaced by a newer version of its article, ``corrected`` that the newer version calls itself corrected;
    with ``previous`` they decide what the row gives as the reason of the change. Independent of the order of
    ``reports``.
    """
    times = told_at or {}
    told = sorted(reports, key=lambda report: _age(times.get(report.report_id, report.published), report))
    own = independent(told)
    state = Incident(
        incident_id=incident_id,
        known_from=now,
        change="",
        type=_most([r.type for r in own if r.type != EventType.UNKNOWN]) or EventType.UNKNOWN,
        place=_place(_of_the_whole(own)),
        date=_date(own),
        **{outcome: combine(_counting(own, outcome), outcome) for outcome in OUTCOMES},
        victims=_victims(own),
        actors=_actors(own),
        denials=tuple(dict.fromkeys(denial for r in own for denial in r.denials)),
        sources=tuple(dict.fromkeys(source for r in own for source in r.sources)),
        publishers=tuple(dict.fromkeys(r.publisher for r in told)),
        reports=len(told),
        independent_sources=len({r.publisher for r in own}),
        sources_disagree=any(disagree(_counting(own, outcome), outcome) for outcome in ("killed", "injured")),
        confidence=max((r.confidence for r in own), default=0.0),
        first_reported=min((r.published for r in told if r.published), default=None),
        last_reported=max((r.published for r in told if r.published), default=None),
        part_of=None if merged_into else part_of,
        merged_into=merged_into,
    )
    return replace(state, change=change(previous, state, updated=updated, corrected=corrected))


def _counting(reports: Sequence[EventReport], outcome: str) -> Sequence[EventReport]:
    """Without those that count one group of the victims, where another tells a number of the outcome."""
    whole = [report for report in reports if report.scope != Scope.GROUP]
    return whole if any(getattr(report, outcome) for report in whole) else reports


def _of_the_whole(reports: Sequence[EventReport]) -> Sequence[EventReport]:
    """Where very many were killed, without those that tell of less than half: of one place, or one group of them."""
    most = max(map(_killed, reports), default=0)
    return [report for report in reports if 2 * _killed(report) >= most] if most >= UNIQUE_DEATHS else reports


def _killed(report: EventReport) -> int:
    return (report.killed and (report.killed.low or report.killed.best)) or 0


def _age(told: datetime | None, report: EventReport) -> tuple[bool, float, str, str]:
    """What orders reports: of those told at one time by outlet, since ids change with the extractor's version."""
    return told is None, told.timestamp() if told else 0.0, report.publisher, report.report_id


def _most(values: Iterable[Any]) -> Any:
    """The value told most often, of equals the one told first."""
    counted = Counter(values)
    return max(counted, key=lambda value: counted[value]) if counted else None


def _finest(values: Iterable[Any], rank: Callable[[Any], int]) -> list[Any]:
    values = list(values)
    finest = min(map(rank, values), default=0)
    return [value for value in values if rank(value) == finest]


def _place(reports: Sequence[EventReport]) -> Place | None:
    def rank(place: Place) -> int:
        return _PLACE_PRECISION.index(place.precision) if place.precision in _PLACE_PRECISION else len(_PLACE_PRECISION)

    country = _most(r.place.country for r in reports if r.place and r.place.country)
    places = [r.place for r in reports if r.place and r.place.country == country]
    found: Place | None = _most(_finest(places, rank))
    return found


def _date(reports: Sequence[EventReport]) -> DateSpan | None:
    def rank(span: DateSpan) -> int:
        return _DATE_PRECISION.index(span.precision) if span.precision in _DATE_PRECISION else len(_DATE_PRECISION)

    # Nothing happened after it was first told.
    published = [r.published.date() for r in reports if r.published]
    latest = min(published) + _ZONES if published else date.max
    spans = _finest((r.date for r in reports if r.date and r.date.start <= latest), rank)
    told = Counter((span.start, span.end) for span in spans)
    return max(spans, key=lambda span: told[span.start, span.end], default=None)


def _victims(reports: Sequence[EventReport]) -> tuple[Victim, ...]:
    latest: dict[tuple[str, str], Victim] = {}
    for report in reports:
        latest |= {(victim.outcome, victim.group): victim for victim in report.victims}
    return tuple(latest[at] for at in sorted(latest))


def _actors(reports: Sequence[EventReport]) -> tuple[Actor, ...]:
    # Of a name and role told with several statuses, the one told most often; of equals the weakest.
    statuses: dict[tuple[str, str], Counter[str]] = {}
    spelt: dict[tuple[str, str], str] = {}
    for report in reports:
        for actor in report.actors:
            at = (actor.name.casefold(), actor.role)
            spelt.setdefault(at, actor.name)
            statuses.setdefault(at, Counter())[actor.status] += 1
    return tuple(
        Actor(name=spelt[at], role=at[1], status=max(counted, key=lambda s: (counted[s], _STATUS.index(s))))
        for at, counted in statuses.items()
    )
