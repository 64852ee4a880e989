"""What the linker takes and gives."""

from dataclasses import dataclass, field
from datetime import datetime

from casualties.model import EventKind, EventReport, Scope

_FIRST_YEAR = 1900  # what happened earlier is history, not news


def tells_incident(report: EventReport) -> bool:
    """Whether a report tells of something that can be pointed to: no toll, no summary of attacks, nothing of old."""
    old = report.date is not None and report.date.end.year < _FIRST_YEAR
    return report.kind == EventKind.EVENT and report.scope != Scope.SUMMARY and not old


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReport:
    """A report as the linker sees it: new (no incident yet), linked, or withdrawn.

    A withdrawn report is one that its article no longer tells: a newer version or a newer extractor run has taken its
    place. It belongs to no cluster, but hands its incident's id on to the report that took its place.
    """

    report: EventReport
    terms: frozenset[str] = frozenset()  # see incidents.terms
    incident_id: str | None = None
    opened_at: datetime | None = None  # of the incident
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One thing that speaks for (positive) or against two reports being of one incident, in log odds."""

    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A report that joins an incident, or moves to another one."""

    report_id: str
    incident_id: str
    matched: str | None  # the report of that incident it matched best; None for the first
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """What changes: everything that is not named here stays as it was."""

    links: tuple[NewLink, ...] = ()
    ended: tuple[str, ...] = ()  # report_ids whose link ends: withdrawn, or moved (then also in links)
    merged: dict[str, str] = field(default_factory=dict)  # incident_id -> the one that took its reports
    touched: frozenset[str] = frozenset()  # incidents whose state must be worked out again
