"""Alerts that operators have asked not to be sent: which, until when, and the link that says why."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from casualties.alerts.inert import web_address
from casualties.model import ValidationResult

Suites = Mapping[str, Collection[str]]

_KEYS = {"suite", "expectation", "until", "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """One entry of the file; ``expectation`` None is the whole suite."""

    suite: str
    expectation: str | None
    until: date  # the last day, in UTC
    link: str

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.until + timedelta(days=1), time(), UTC)

    @property
    def about(self) -> str:
        return f"{self.suite}.{self.expectation}" if self.expectation else self.suite

    def covers(self, result: ValidationResult) -> bool:
        return self.suite == result.suite and self.expectation in (None, result.expectation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silences:
    """The entries that hold, and a sentence on each that does not."""

    active: tuple[Silence, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, result: ValidationResult) -> Silence | None:
        """The silence that covers a result, the longest of several."""
        return max((s for s in self.active if s.covers(result)), key=lambda s: s.until, default=None)


def read_silences(path: Path, now: datetime, suites: Suites) -> Silences:
    """The silences of a TOML file; a file that cannot be read silences nothing, and is a problem.

    ``suites`` are all that there are, each with its expectations.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Silences(problems=(f"{path.name} cannot be read, so nothing is silenced: {error}.",))
    entries = found.get("silence", [])
    if found.keys() - {"silence"} or not isinstance(entries, list):
        return Silences(problems=(f"{path.name} may hold [[silence]] tables only, so nothing is silenced.",))
    return sort_out(entries, now, suites)


def sort_out(entries: Sequence[Any], now: datetime, suites: Suites) -> Silences:
    """Entries as the file has them into those that hold and a sentence on each that does not."""
    active, problems = [], []
    for number, entry in enumerate(entries, start=1):
        problem = _problem(entry, now) or _misspelt(entry, suites)
        if problem:
            problems.append(f"Silence {number} ({_name(entry)}) does not hold: {problem}.")
        else:
            active.append(Silence(**{"expectation": None} | entry))
    return Silences(active=tuple(active), problems=tuple(problems))


def _name(entry: Any) -> str:
    suite = entry.get("suite", "no suite") if isinstance(entry, dict) else "no table"
    return f"{suite}.{entry['expectation']}" if isinstance(entry, dict) and "expectation" in entry else str(suite)


def _problem(entry: Any, now: datetime) -> str | None:
    if not isinstance(entry, dict):
        return "it is no table"
    if unknown := sorted(entry.keys() - _KEYS):
        return f"it has unknown keys: {', '.join(unknown)}"
    if not isinstance(entry.get("suite"), str) or not isinstance(entry.get("expectation", ""), str):
        return "it needs the name of a suite, and of an expectation if it is to hold for that alone"
    if not isinstance(entry.get("link"), str) or not web_address(entry["link"]):
        return "it has no link that says why"
    until = entry.get("until")
    if not isinstance(until, date) or isinstance(until, datetime):
        return "it has no last day (until = 2026-03-31)"
    if until < now.astimezone(UTC).date():
        return f"it expired on {until}; take it out, or renew it with its reason"
    return None


def _misspelt(entry: dict[str, Any], suites: Suites) -> str | None:
    suite, expectation = entry["suite"], entry.get("expectation")
    if suite not in suites:
        return f"there is no suite {suite}; there are {', '.join(suites)}"
    if expectation is not None and expectation not in suites[suite]:
        return f"the suite {suite} has no expectation {expectation}"
    return None
