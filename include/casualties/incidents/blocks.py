"""Under which keys a report is found: place and day, coarse enough that no report of the same incident is missed.

Two points meet in a cell of the map or the next; a province meets what lies in it, a country likewise; names of places
meet the same name; a report without any place meets an equal figure. Days may be one apart, or any where two reports
name the same victim or suspect, or tell the same great number of dead.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import cos, floor, radians
from zlib import crc32

from casualties.incidents.mention import (
    COUNTRY,
    MANY_DEATHS,
    POINT,
    PROVINCE,
    TELLING_DEATHS,
    UNIQUE_DEATHS,
    Mention,
    Span,
    iso,
)
from casualties.incidents.terms import WHO

MOST_OF_A_NAME = 60
_MOST_NAMES = 24
_CELL_DEG = 0.25  # 27.8 km from south to north: a neighbour within 25 km is in this cell or one beside it
_LONGEST_SPAN_DAYS = 8  # a vaguer date is found only under its own span


def stored_keys(mention: Mention) -> set[str]:
    """The keys under which this report is filed."""
    return _on_days(_filed_under(mention), _days(mention, slack=0)) | _named(mention)


def lookup_keys(mention: Mention) -> set[str]:
    """The keys under which this report looks for others; the relation of the two functions is symmetric."""
    return _on_days(_sought_under(mention), _days(mention, slack=1)) | _named(mention)


class Filed:
    """Reports in memory by their keys; without the names that so many have that they tell nothing apart.

    Finds what ``lookup_keys(a) & stored_keys(b)`` would, but asks for the days of a place only where it has any.
    """

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._placed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._named: dict[str, list[str]] = defaultdict(list)
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        days = _days(mention, slack=0)
        for key in _filed_under(mention):
            at = self._placed[key]
            for day in days:
                at[day].append(mention.report_id)
        for name in _named(mention):
            self._named[name].append(mention.report_id)

    def near(self, mention: Mention) -> set[str]:
        """The report_ids that this report must be compared with."""
        found: set[str] = set()
        days = _days(mention, slack=1)
        for key in _sought_under(mention):
            if (at := self._placed.get(key)) is not None:
                found.update(*(at[day] for day in days if day in at))
        for name in _named(mention):
            if len(ids := self._named.get(name, ())) <= MOST_OF_A_NAME:
                found.update(ids)
        found.discard(mention.report_id)
        return found


def _filed_under(mention: Mention) -> set[str]:
    province, country = f"{mention.country}/{mention.admin1}", mention.country
    keys = {f"name {name}" for name in mention.names}
    if mention.level == POINT:
        row = floor(mention.lat / _CELL_DEG)
        keys |= {_cell(row, _column(row, mention.lon)), f"in {province}", f"in {country}"}
    elif mention.level == PROVINCE:
        keys |= {f"province {province}", f"in {country}"}
    elif mention.level == COUNTRY:
        keys.add(f"country {country}")
    keys |= {f"{'told' if mention.names else 'nowhere'} {figure}" for figure in _figures(mention)}
    return keys | _telling(mention) | mention.terms.streets


def _sought_under(mention: Mention) -> set[str]:
    province, country = f"{mention.country}/{mention.admin1}", mention.country
    keys = {f"name {name}" for name in mention.names}
    if mention.level == POINT:
        row = floor(mention.lat / _CELL_DEG)
        keys |= {_cell(r, _column(r, mention.lon) + c) for r in (row - 1, row, row + 1) for c in (-1, 0, 1)}
        keys |= {f"province {province}", f"country {country}"}
    elif mention.level == PROVINCE:
        keys |= {f"in {province}", f"province {province}", f"country {country}"}
    elif mention.level == COUNTRY:
        keys |= {f"in {country}", f"country {country}"}
    keys |= {f"nowhere {figure}" for figure in _figures(mention)}
    keys |= _telling(mention) | mention.terms.streets
    if not mention.names:
        keys |= {f"told {figure}" for figure in _figures(mention)}
    return keys


def _named(mention: Mention) -> set[str]:
    # Of many rare terms those whose hashes are lowest: two stories with many in common have some of these in common.
    names = {person.removeprefix(WHO) for person in mention.terms.persons}
    if mention.killed and mention.country and mention.killed[0] >= (UNIQUE_DEATHS if mention.war else TELLING_DEATHS):
        names.add(f"{mention.killed[0]} in {mention.country}")
    if mention.killed and mention.country and (mention.group or mention.killed[0] >= UNIQUE_DEATHS):
        names |= {f"{actor} in {mention.country}" for actor in mention.actors}
    if mention.killed and mention.dated and mention.killed[0] >= MANY_DEATHS and _is_vague(mention.days):
        names.add(f"{mention.killed[0]} once in {mention.country}")
    return {WHO + name for name in names | set(sorted(mention.terms.rare, key=_hash)[:_MOST_NAMES])}


def _is_vague(days: Span | None) -> bool:
    return days is not None and days[1] - days[0] >= _LONGEST_SPAN_DAYS


def _hash(term: str) -> int:
    return crc32(term.encode())


def _telling(mention: Mention) -> set[str]:
    if mention.killed is None or mention.killed[0] < TELLING_DEATHS or not mention.country:
        return set()
    return {f"killed {mention.killed[0]} in {mention.country}"}


def _figures(mention: Mention) -> set[str]:
    told = (("killed", mention.killed), ("injured", mention.injured))
    return {f"{outcome} {figure[0]}" for outcome, figure in told if figure}


def _cell(row: int, column: int) -> str:
    return f"cell {row},{column}"


def _column(row: int, lon: float) -> int:
    # Cells widen towards the poles, so that they stay about as wide as they are high.
    middle = min(abs((row + 0.5) * _CELL_DEG), 85.0)
    return floor((lon + 180) * cos(radians(middle)) / _CELL_DEG)


def _days(mention: Mention, slack: int) -> list[str]:
    if mention.days is None:
        return ["?"]
    start, end = mention.days
    if _is_vague(mention.days):
        return [f"{iso(start)}/{iso(end)}"]
    return [iso(day) for day in range(start - slack, end + slack + 1)]


def _on_days(keys: set[str], days: list[str]) -> set[str]:
    return {f"{key} {day}" for key in keys for day in days}
