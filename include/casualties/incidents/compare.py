"""How far two reports speak of the same incident: clues that add up, and vetoes that no clue outweighs.

A clue's score is in log odds; :data:`PRIOR` is the odds of two reports that merely share a block. Two reports match
when the sum is at least 0.
"""

from math import asin, cos, log2, radians, sin, sqrt

from casualties.incidents.mention import COUNTRY, NOWHERE, POINT, PROVINCE, Mention, Range
from casualties.incidents.records import Clue
from casualties.model import EventType

PRIOR = -5.0
NEAR_KM = 25.0
_SAME_KM = 5.0

_EXPLOSIVE = {
    EventType.AIR_STRIKE,
    EventType.DRONE_STRIKE,
    EventType.MISSILE_STRIKE,
    EventType.SHELLING,
    EventType.BOMBING,
    EventType.CHEMICAL_ATTACK,
}
_ARMED = {EventType.SHOOTING, EventType.ARMED_CLASH, EventType.EXECUTION, EventType.RIOT, EventType.ABDUCTION}
_MISHAP = {EventType.ACCIDENT, EventType.DISASTER, EventType.VEHICLE_ATTACK}
_OPEN = {EventType.UNKNOWN, EventType.OTHER}


def compare(a: Mention, b: Mention) -> tuple[Clue, ...] | None:
    """The clues for and against; None where the two cannot be one incident."""
    if a.article_id == b.article_id:
        return None
    place, day, kind = _place(a, b), _day(a, b), _type(a, b)
    if place is None or day is None or kind is None:
        return None
    clues = [
        place,
        day,
        kind,
        _figures("killed", a.killed, b.killed, 1.0),
        _figures("injured", a.injured, b.injured, 0.7),
    ]
    if a.actors & b.actors:
        clues.append(Clue(name="actors", score=0.7))
    if a.article == b.article:
        # The two tell the same list of events: each matches its twin alone.
        if (a.killed, a.injured, a.names) != (b.killed, b.injured, b.names):
            return None
        clues.append(Clue(name="one text, copied", score=5.0))
    else:
        clues.append(_terms(a.terms, b.terms))
    return tuple(clue for clue in clues if clue.score)


def total(clues: tuple[Clue, ...]) -> float:
    return PRIOR + sum(clue.score for clue in clues)


def matches(a: Mention, b: Mention) -> bool:
    clues = compare(a, b)
    return clues is not None and total(clues) >= 0


def _place(a: Mention, b: Mention) -> Clue | None:
    if a.level > b.level:
        a, b = b, a
    if b.level == NOWHERE:
        return Clue(name="place unsaid", score=0.0)
    if a.country and b.country and a.country != b.country:
        return None
    if a.level == POINT and b.level == POINT:
        apart = distance_km(a.lat, a.lon, b.lat, b.lon)
        if apart > NEAR_KM:
            return None
        return Clue(name="same place", score=3.0) if apart <= _SAME_KM else Clue(name="places near", score=1.0)
    if a.names & b.names:
        return Clue(name="same place name", score=2.5)
    if b.level == PROVINCE:
        same = a.admin1 == b.admin1
        return Clue(name="place in the province" if a.level == POINT else "same province", score=2.0) if same else None
    if b.level == COUNTRY:
        return Clue(name="place in the country", score=0.5)
    return None


def _day(a: Mention, b: Mention) -> Clue | None:
    if a.days is None or b.days is None:
        return Clue(name="day unsaid", score=-1.0)
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    if gap > 1:
        return None
    if not (a.dated and b.dated):
        return Clue(name="day unsaid, published within days", score=0.5) if gap <= 0 else None
    if gap == 1:
        return Clue(name="one day apart", score=0.0)
    longest = max(span[1] - span[0] for span in (a.days, b.days))
    return Clue(name="same day", score=2.0) if longest <= 1 else Clue(name="dates overlap", score=1.0)


def _type(a: Mention, b: Mention) -> Clue | None:
    if a.type == b.type:
        return Clue(name="same type", score=0.5 if a.type in _OPEN else 1.0)
    if a.type in _OPEN or b.type in _OPEN:
        return Clue(name="type unsaid", score=0.0)
    if any(a.type in group and b.type in group for group in (_EXPLOSIVE, _ARMED, _MISHAP)):
        return Clue(name="types akin", score=-0.3)
    if {a.type, b.type} & _MISHAP:
        return None
    return Clue(name="types differ", score=-1.5)


def _figures(name: str, a: Range | None, b: Range | None, weight: float) -> Clue:
    if a is None or b is None:
        return Clue(name=name, score=0.0)
    if a[0] == b[0]:
        return Clue(name=f"same {name}", score=weight * min(0.5 + log2(1 + a[0]) / 2, 3.0))
    if _admits(a, b) or _admits(b, a):
        return Clue(name=f"{name} compatible", score=weight * 0.3)
    apart = abs(log2((a[0] + 1) / (b[0] + 1)))
    return Clue(name=f"{name} differ", score=-weight * min(apart, 4.0))


def _admits(wide: Range, narrow: Range) -> bool:
    low, high = wide
    # "At least 20" admits 24; that it admits 2,400 says nothing.
    return low <= narrow[0] <= (high if high is not None else 4 * low + 3)


def _terms(a: frozenset[str], b: frozenset[str]) -> Clue:
    if not a or not b:
        return Clue(name="names", score=0.0)
    shared = len(a & b) / min(len(a), len(b))
    return Clue(name="names in common", score=round(4.0 * shared - 0.5, 2))


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    up, across = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    part = sin(up) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(across) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(part, 1.0)))
