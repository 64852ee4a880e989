"""Under which keys a report is found: place and day, coarse enough that no report of the same incident is missed.

Two points meet in a cell of the map or the next; a province meets what lies in it, a country likewise; names of places
meet the same name; a report without any place meets an equal figure. Days may be one apart, or any where two reports
name the same victim or suspect, or tell the same great number of dead.
"""

from functools import lru_cache
from math import cos, floor, radians
from typing import NamedTuple
from zlib import crc32

from casualties.incidents.mention import (
    COUNTRY,
    MANY_DEATHS,
    MISHAP,
    NOWHERE,
    POINT,
    PROVINCE,
    TELLING_DEATHS,
    UNIQUE_DEATHS,
    VERY_MANY_DEATHS,
    Mention,
    Span,
)
from casualties.incidents.terms import WHO
from casualties.model import EventType

MOST_OF_A_NAME = 60
LONGEST_SPAN_DAYS = 8  # a vaguer date is found only under its own span
_MOST_NAMES = 24
_CELL_DEG = 0.25  # 27.8 km from south to north: a neighbour within 25 km is in this cell or one beside it


class Keys(NamedTuple):
    """``filed`` and ``sought`` hold together with the days of a report, ``named`` on any day. A place's are apart,
    since many reports have the same."""

    place_filed: frozenset[str]
    place_sought: frozenset[str]
    filed: set[str]
    sought: set[str]
    named: set[str]


def keys_of(mention: Mention) -> Keys:
    place = _place_keys(mention.level, mention.lat, mention.lon, mention.admin1, mention.country, mention.names)
    figures = _figures(mention)
    both = _telling(mention) | _doers(mention) | mention.terms.streets
    filed = {f"{'told' if mention.names else 'nowhere'} {figure}" for figure in figures}
    sought = {
        f"{where} {figure}" for figure in figures for where in (("nowhere",) if mention.names else ("nowhere", "told"))
    }
    if role := _of_a_great_attack(mention):
        filed.add(role)
        sought.add("lesser attack" if role == "great attack" else "great attack")
    return Keys(*place, filed=filed | both, sought=sought | both, named=_named(mention))


@lru_cache(maxsize=100_000)
def _place_keys(
    level: int, lat: float, lon: float, admin1: str, country: str, names: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Those under which a place is filed, and sought."""
    province = f"{country}/{admin1}"
    filed = {f"name {name}" for name in names}
    sought = set(filed)
    if level == POINT:
        row = floor(lat / _CELL_DEG)
        filed |= {_cell(row, _column(row, lon)), f"in {province}", f"in {country}"}
        sought |= {_cell(r, _column(r, lon) + c) for r in (row - 1, row, row + 1) for c in (-1, 0, 1)}
        sought |= {f"province {province}", f"country {country}"}
    elif level == PROVINCE:
        filed |= {f"province {province}", f"in {country}"}
        sought |= {f"in {province}", f"province {province}", f"country {country}"}
    elif level == COUNTRY:
        filed.add(f"country {country}")
        sought |= {f"in {country}", f"country {country}"}
    return frozenset(filed), frozenset(sought)


def _named(mention: Mention) -> set[str]:
    # Of many rare terms those whose hashes are lowest: two stories with many in common have some of these in common.
    names = {person.removeprefix(WHO) for person in mention.terms.persons}
    if mention.killed and mention.country and mention.killed[0] >= (UNIQUE_DEATHS if mention.war else TELLING_DEATHS):
        names.add(f"{mention.killed[0]} in {mention.country}")
    vague = mention.dated and mention.days is not None and is_vague(mention.days)
    back = not mention.dated and mention.type == EventType.UNKNOWN  # may look back at an attack that all know
    if mention.killed and mention.country and (mention.group or vague or back or mention.killed[0] >= UNIQUE_DEATHS):
        names |= {f"{actor} in {mention.country}" for actor in mention.actors}
    if mention.killed and (_of_many_places(mention) or mention.killed[0] >= UNIQUE_DEATHS):
        names |= {f"{actor} anywhere" for actor in mention.actors}
    if mention.killed and mention.country and mention.killed[0] >= VERY_MANY_DEATHS and mention.type not in MISHAP:
        names.add(f"so many in {mention.country}")
    if vague and mention.killed and mention.killed[0] >= MANY_DEATHS:
        names.add(f"{mention.killed[0]} once in {mention.country}")
    rare = mention.terms.rare
    if len(rare) > _MOST_NAMES:
        rare = frozenset(sorted(rare, key=_hash)[:_MOST_NAMES])
    return {WHO + name for name in names | rare}


def _of_many_places(mention: Mention) -> bool:
    """Whether what is told may have happened in another country: of a group, or of no place but a nation."""
    nameless = mention.level in (COUNTRY, NOWHERE) and not mention.names
    many = mention.killed is not None and mention.killed[0] >= TELLING_DEATHS
    back = mention.dated or mention.type == EventType.UNKNOWN
    return (mention.group and mention.type not in MISHAP) or (nameless and (many or back))


def is_vague(days: Span) -> bool:
    return days[1] - days[0] >= LONGEST_SPAN_DAYS


def _hash(term: str) -> int:
    return crc32(term.encode())


def _telling(mention: Mention) -> set[str]:
    if mention.killed is None or mention.killed[0] < TELLING_DEATHS or not mention.country:
        return set()
    return {f"killed {mention.killed[0]} in {mention.country}"}


def _of_a_great_attack(mention: Mention) -> str:
    """Whether this tells of an attack on a day that what is told of that day may be of, or may be of such an attack."""
    if mention.killed is None or mention.type in MISHAP:
        return ""
    if mention.killed[0] >= UNIQUE_DEATHS:
        return "great attack" if mention.dated else ""
    return "lesser attack" if mention.killed[0] >= TELLING_DEATHS else ""


def _doers(mention: Mention) -> set[str]:
    killed = mention.killed[0] if mention.killed else 0
    many = killed >= (TELLING_DEATHS if mention.war else UNIQUE_DEATHS)
    return {f"{actor} killed many" for actor in mention.actors} if many else set()


def _figures(mention: Mention) -> set[str]:
    told = (("killed", mention.killed), ("injured", mention.injured))
    return {f"{outcome} {figure[0]}" for outcome, figure in told if figure}


def _cell(row: int, column: int) -> str:
    return f"cell {row},{column}"


def _column(row: int, lon: float) -> int:
    # Cells widen towards the poles, so that they stay about as wide as they are high.
    middle = min(abs((row + 0.5) * _CELL_DEG), 85.0)
    return floor((lon + 180) * cos(radians(middle)) / _CELL_DEG)
