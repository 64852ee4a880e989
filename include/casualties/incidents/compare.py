"""How far two reports speak of the same incident: clues that add up, and vetoes that no clue outweighs.

A clue's score is in log odds: its weight in weights.toml times how much of it there is; the first, "prior", stands for
two reports that merely share a block. Two reports match when the sum is at least 0.
"""

import tomllib
from functools import cache
from math import asin, cos, inf, log2, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

from casualties.incidents.mention import (
    COUNTRY,
    EXPLOSIVE,
    MANY_DEATHS,
    MISHAP,
    NOWHERE,
    POINT,
    PROVINCE,
    TELLING_DEATHS,
    UNIQUE_DEATHS,
    Mention,
    Range,
)
from casualties.incidents.rarities import rarity
from casualties.incidents.records import Clue
from casualties.incidents.terms import WHO
from casualties.model import EventType

NEAR_KM = 25.0
_SAME_KM = 5.0
_NEAR_DEG = 0.23
_WORDY = 50  # a text of fewer words than this says less by what it leaves out
_KIN = ((1, 0.05), (2, 0.07), (3, 0.1))  # rare words and cosine
_CLOSE = 0.15  # how far two large numbers may be apart, relatively, and still speak for one another

_FROM_ABOVE = {EventType.AIR_STRIKE, EventType.DRONE_STRIKE, EventType.MISSILE_STRIKE}  # a missile is told as either
_ARMED = {EventType.SHOOTING, EventType.ARMED_CLASH, EventType.EXECUTION, EventType.RIOT, EventType.ABDUCTION}
_FOUND = {EventType.DISASTER, EventType.ACCIDENT}
_STRAY = {EventType.ACCIDENT, EventType.SHOOTING}  # a shot that went off by accident is told as either
_BLAST = {EventType.ACCIDENT, EventType.BOMBING}  # of a mine or a fuel tank
_AKIN = (EXPLOSIVE, _ARMED, MISHAP, _STRAY, _BLAST)
_UNSURE = (None, "place unsaid", "place in the country", "place in the province")
_SAME_SPOT = ("same place", "places near")
_SAME_DAY = ("same day", "one day apart", "day unsaid, published within a day")
_DAY_SECONDS = 86400.0
_TOLD_OF_SECONDS = 31 * _DAY_SECONDS
_OPEN = {EventType.UNKNOWN, EventType.OTHER}


def compare(a: Mention, b: Mention) -> tuple[Clue, ...] | None:
    """The clues for and against; None where the two cannot be one incident."""
    seen = features(a, b)
    if seen is None:
        return None
    weights = _weights()[in_a_war(a, b)]
    clues = (Clue(name=name, score=round(weights[name] * value, 2)) for name, value in seen)
    return tuple(clue for clue in clues if clue.score)


def features(a: Mention, b: Mention) -> list[tuple[str, float]] | None:
    """What the clues of two reports are and how much there is of each; None where the two cannot be one incident.

    Two stories that share a victim tell of one event even where a place or a day was misread, or one of them is a
    follow-up long after; stories of one day that share rare words do so where only the places differ, but not in a war,
    whose strikes are told together. All others are apart when their places or days are.
    """
    if a.article_id == b.article_id:
        return None
    day, kind, place = _day(a, b), _type(a, b), _place(a, b)
    if kind is None:
        return None
    twins = (a.killed, a.injured) == (b.killed, b.injured)
    if a.article == b.article and a.names != b.names:
        return None  # The two tell the same list of events: each meets its twin or that one updated.
    war = in_a_war(a, b)
    if place in _UNSURE and not war and (a.spelt & b.terms.words or b.spelt & a.terms.words):
        place = "place told by both"
    vague = war or not a.level == b.level == POINT
    if vague and not _one_outcome(a, b) and (place not in _SAME_SPOT or day is None or day[0] not in _SAME_DAY):
        return [("apart", 1.0)]
    alike = _alike(a, b)
    mass = of_one_attack(a, b)
    number = _one_number(a, b)
    kinship = max(
        0 if war else alike.kin, _counted_alike(a, b), 2 * (number >= (UNIQUE_DEATHS if war else TELLING_DEATHS))
    )
    if not alike.persons and not mass and (place is None) + 2 * (day is None) > kinship:
        return [("apart", 1.0)]
    if number >= UNIQUE_DEATHS and kind == "types differ":
        kind = "type unsaid"  # what has so many dead is told by several means
    day = day or (("day unsaid", 1.0) if mass else _days_apart(a, b))
    seen = [("prior", 1.0), (place or "places apart", 1.0), day, (kind, 1.0)]
    killed, injured = _figures("killed", a.killed, b.killed), _figures("injured", a.injured, b.injured)
    if killed[0] == "killed differ":
        if mass or _of_group(a, b):
            killed = "killed of a group", 1.0
        elif a.type == b.type and a.type in _FOUND and _risen(a, b):
            killed = "killed risen", killed[1]  # after a disaster or a crash more and more dead are found
        elif war and not _risen(a, b):
            killed = "killed fallen", killed[1]
    if killed[0] == "killed alike, in vague words" and (_says_little(a, b) or _says_little(b, a)):
        killed = "killed in a vague word and a number", 1.0
    seen += [killed, injured]
    if number >= TELLING_DEATHS:
        seen.append(("so many killed" if number >= UNIQUE_DEATHS else "the same large number killed", 1.0))
    if {a.type, b.type} <= _FOUND and _several(a) and _several(b):
        seen.append(("mishaps with many dead", 1.0))
    if mass:
        seen.append(("of an attack with so many dead", 1.0))
    if a.terms.sites and b.terms.sites:
        if not a.terms.sites & b.terms.sites:
            seen.append(("no kind of site in common", 1.0))
        elif not a.level == b.level == POINT and not (a.dated and b.dated):
            seen.append(("the same kind of site", 1.0))  # where towns or days are known, this says no more
    if a.actors & b.actors:
        seen.append(("actors", 1.0))
    if a.article != b.article:
        seen += alike.clues
    elif twins:
        seen.append(("one text, copied", 1.0))
    else:
        seen += [*alike.clues, ("one text, updated", 1.0)]
    return seen


@cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    """Of all clues; otherwise, and in a war."""
    read = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
    return read["weights"], read["weights"] | read["war"]


def in_a_war(a: Mention, b: Mention) -> bool:
    """Whether much of the same kind may happen nearby every day, and be told together: clues then say less."""
    return a.war or b.war


def score(a: Mention, b: Mention) -> float | None:
    """The sum of the clues' scores; None where the two cannot be one incident."""
    seen = features(a, b)
    if seen is None:
        return None
    weights = _weights()[in_a_war(a, b)]
    return sum([round(weights[name] * value, 2) for name, value in seen])


def matches(a: Mention, b: Mention) -> bool:
    told = score(a, b)
    return told is not None and told >= 0


class _Alike(NamedTuple):
    persons: int
    kin: int  # how much may be apart, given the rare words in common: 0 nothing, 1 the place, 2 the day, 3 both
    clues: list[tuple[str, float]]


def _alike(a: Mention, b: Mention) -> _Alike:
    one, other = a.terms, b.terms
    if not one.words or not other.words:
        return _Alike(persons=0, kin=0, clues=[])
    shared = one.words & other.words
    persons = len(
        (one.persons & other.persons) | {p for p in one.persons ^ other.persons if p.removeprefix(WHO) in shared}
    )
    rare = len(one.rare & other.rare)
    cosine = sum(rarity(term) ** 2 for term in shared) / (one.length * other.length)
    clues = [
        ("words compared", min(1.0, len(one.words) / _WORDY, len(other.words) / _WORDY)),
        ("words in common", cosine),
        ("rare words in common", log2(1 + min(rare, 7))),
    ]
    for name, few in (("street", (one.streets, other.streets)), ("age", (one.ages, other.ages))):
        if few[0] and few[1]:
            common = len(few[0] & few[1])
            clues.append((f"the same {name}", float(min(common, 2))) if common else (f"no {name} in common", 1.0))
    if persons:
        clues.append(("the same victim or suspect", float(min(persons, 3))))
    return _Alike(
        persons=persons,
        kin=max(sum(rare >= least and cosine >= alike for least, alike in _KIN), len(one.streets & other.streets) > 0),
        clues=clues,
    )


def _one_number(a: Mention, b: Mention) -> int:
    """The number of dead where both tell the same of one country, or, of a mishap or of very many, nearly; else 0."""
    if a.killed is None or b.killed is None or a.country != b.country or not a.country:
        return 0
    less, more = sorted((a.killed[0], b.killed[0]))
    apart = TELLING_DEATHS if a.type == b.type and a.type in _FOUND else UNIQUE_DEATHS
    near = less == more or (less >= apart and more - less <= _CLOSE * more)
    return less if near and a.killed[2] and b.killed[2] else 0


def of_one_attack(a: Mention, b: Mention) -> bool:
    """Whether one tells of a great number killed, and the other of one group of them or of what was first told of them:
    by the same doers, in no other place or kind of site, on no other day."""
    more, less = (a, b) if _floor(a) >= _floor(b) else (b, a)
    since = (less.published or 0) - (more.published or 0)
    return (
        kills_very_many(more)
        and less.type not in MISHAP
        and bool(more.actors & less.actors)
        and less.level in (PROVINCE, COUNTRY)
        and _place(more, less) is not None
        and (less.group or less.terms.sites <= more.terms.sites)
        and (not less.dated or _overlap(more, less))
        and abs(since) <= _TOLD_OF_SECONDS
        and (less.group or less.dated or (_floor(less) >= TELLING_DEATHS and since <= _DAY_SECONDS))
    )


def _overlap(a: Mention, b: Mention) -> bool:
    return a.days is not None and b.days is not None and a.days[0] <= b.days[1] and b.days[0] <= a.days[1]


def kills_very_many(mention: Mention) -> bool:
    """Whether the number killed is one that no other event nearby has, and of an attack."""
    return _floor(mention) >= UNIQUE_DEATHS and mention.type not in MISHAP


def _floor(mention: Mention) -> int:
    return mention.killed[0] if mention.killed else 0


def _of_group(a: Mention, b: Mention) -> bool:
    """Whether one's killed may be among the other's: of one group, and no more than the other's."""
    if not (a.killed and b.killed):
        return False
    if a.group == b.group or (a.actors and b.actors and not a.actors & b.actors):
        return False
    if in_a_war(a, b) and not (a.dated and b.dated) and not a.terms.sites & b.terms.sites:
        return False  # of which of many strikes?
    part, whole = (a, b) if a.group else (b, a)
    return _floor(part) <= _floor(whole) and whole.killed is not None and whole.killed[2]


def _one_outcome(a: Mention, b: Mention) -> bool:
    both = (a.killed and b.killed) or (a.injured and b.injured)
    return bool(both or a.others & b.others)


def _counted_alike(a: Mention, b: Mention) -> bool:
    """Whether both tell as many killed and as many injured at one kind of site."""
    told = a.killed and b.killed and a.injured and b.injured
    counts = told and (a.killed[0], a.injured[0]) == (b.killed[0], b.injured[0])  # type: ignore[index]
    return bool(counts and a.terms.sites & b.terms.sites)


def _several(mention: Mention) -> bool:
    return mention.killed is not None and mention.killed[0] >= MANY_DEATHS


def _says_little(a: Mention, b: Mention) -> bool:
    """ "Dozens killed in the province", where the other tells of a number: hardly another incident's only report."""
    return not (a.dated or a.level == POINT or (a.killed and a.killed[2])) and bool(b.killed and b.killed[2])


def _risen(a: Mention, b: Mention) -> bool:
    first, then = sorted((a, b), key=lambda m: m.published or 0)
    return bool(first.killed and then.killed and first.killed[0] <= then.killed[0])


def _place(a: Mention, b: Mention) -> str | None:
    if a.level > b.level:
        a, b = b, a
    if b.level == NOWHERE:
        return "place unsaid"
    if a.level == POINT and b.level == POINT:
        far = abs(a.lat - b.lat) > _NEAR_DEG  # spares the trigonometry
        apart = inf if far else distance_km(a.lat, a.lon, b.lat, b.lon)
        if apart <= NEAR_KM:
            return "same place" if apart <= _SAME_KM and a.names & b.names else "places near"
        if a.names & b.names:
            return "same place name, read as two"
        # A capital that bears its province's name often stands for the province.
        capital = a.country == b.country and a.admin1 == b.admin1 != "" and a.admin1 in a.names | b.names
        return "place in the province" if capital else None
    if a.level == b.level == COUNTRY and a.country == b.country and not (a.names - b.names and b.names - a.names):
        return "same country"
    if a.names & b.names:
        return "same place name"
    if a.country != b.country:
        return None
    if b.level == PROVINCE:
        same = a.admin1 == b.admin1
        return ("place in the province" if a.level == POINT else "same province") if same else None
    return "place in the country" if b.level == COUNTRY else None


def _day(a: Mention, b: Mention) -> tuple[str, float] | None:
    if a.days is None or b.days is None:
        return "day unsaid", 1.0
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    if gap > 1:
        return None
    if not (a.dated and b.dated):
        told, dated = (a, b) if b.dated else (b, a)
        if dated.dated and told.days and dated.days and told.days[1] < dated.days[0]:
            return None  # told before it happened
        # The later end of an undated report's span is its publication.
        late = abs(a.days[1] - b.days[1])
        when = "published within a day" if late <= 1 else "published within three" if late <= 3 else "published later"
        return f"day unsaid, {when}", 1.0
    if gap == 1:
        return "one day apart", 1.0
    longest = max(span[1] - span[0] for span in (a.days, b.days))
    return ("same day" if longest <= 1 else "dates overlap"), 1.0


def _days_apart(a: Mention, b: Mention) -> tuple[str, float]:
    if a.days is None or b.days is None:
        return "day unsaid", 1.0
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    return ("days apart" if a.dated and b.dated else "days unsaid and apart"), log2(gap)


def _type(a: Mention, b: Mention) -> str | None:
    if a.type == b.type:
        return "both types unsaid" if a.type in _OPEN else "same type"
    if a.type in _OPEN or b.type in _OPEN:
        return "type unsaid"
    if {a.type, b.type} == _STRAY and (_several(a) or _several(b)):
        return None
    if {a.type, b.type} <= _FROM_ABOVE:
        return "both from above"
    if any(a.type in group and b.type in group for group in _AKIN):
        return "types akin"
    if {a.type, b.type} & MISHAP:
        return None
    return "types differ"


def _figures(name: str, a: Range | None, b: Range | None) -> tuple[str, float]:
    if a is None or b is None:
        return f"{name} unsaid", 1.0
    (x, y), apart = sorted((a[0], b[0])), abs(log2((a[0] + 1) / (b[0] + 1)))
    telling = min(0.4 + log2(1 + x) / 2, 3.0)
    if not (a[2] and b[2]):
        # That both say "dozens" says little.
        alike = x == y or _admits(a, b) or _admits(b, a)
        return (f"{name} alike, in vague words", 1.0) if alike else (f"{name} differ", min(apart, 4.0))
    if x == y:
        return f"same {name}", telling
    if y - x <= _CLOSE * y:
        return f"{name} close", telling if y >= TELLING_DEATHS else telling / 2
    if _admits(a, b) or _admits(b, a):
        return f"{name} compatible", 1.0
    return f"{name} differ", min(0.5 + apart, 4.0)


def _admits(wide: Range, narrow: Range) -> bool:
    low, high, told = wide
    if high is not None and not told and low < high:
        return low <= 2 * narrow[0] and narrow[0] <= 2 * high  # an estimate, which may be another side's
    # "At least 20" admits 24; that it admits 2,400 says nothing.
    return low <= narrow[0] <= (high if high is not None else 5 * low)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    up, across = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    part = sin(up) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(across) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(part, 1.0)))
