"""How far two reports speak of the same incident: clues that add up, and vetoes that no clue outweighs.

A clue's score is in log odds; the first, "prior", stands for two reports that merely share a block. Two reports match
when the sum is at least 0.
"""

from math import asin, cos, inf, log2, radians, sin, sqrt

from casualties.incidents.mention import COUNTRY, NOWHERE, POINT, PROVINCE, Mention, Range, Terms
from casualties.incidents.records import Clue
from casualties.model import EventType

_PRIOR = Clue(name="prior", score=-4.0)
NEAR_KM = 25.0
_SAME_KM = 5.0
_NEAR_DEG = 0.23
_CLOSE = 0.15  # how far two large numbers may be apart, relatively, and still speak for one another

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
_STRAY = {EventType.ACCIDENT, EventType.SHOOTING}  # a shot that went off by accident is told as either
_AKIN = (_EXPLOSIVE, _ARMED, _MISHAP, _STRAY)
_OPEN = {EventType.UNKNOWN, EventType.OTHER}


def compare(a: Mention, b: Mention) -> tuple[Clue, ...] | None:
    """The clues for and against; None where the two cannot be one incident."""
    if a.article_id == b.article_id:
        return None
    day, kind = _day(a, b), _type(a, b)
    same_person = not a.terms.persons.isdisjoint(b.terms.persons)
    if kind is None or (day is None and not same_person):
        return None
    place = _place(a, b)
    if same_person:
        # The same victim: a place or day that was misread, or a follow-up long after, does not make it another event.
        place = place or Clue(name="places apart", score=-1.0)
        day = day or Clue(name="days apart", score=-0.5)
    if place is None or day is None:
        return None
    clues = [
        _PRIOR,
        place,
        day,
        kind,
        _figures("killed", a.killed, b.killed, 1.0),
        _figures("injured", a.injured, b.injured, 0.7),
    ]
    if a.actors & b.actors:
        clues.append(Clue(name="actors", score=0.7))
    if a.article == b.article:
        # The two tell the same list of events: each matches its twin, or one of the same place that has a newer figure.
        if a.names != b.names:
            return None
        if (a.killed, a.injured) == (b.killed, b.injured):
            clues.append(Clue(name="one text, copied", score=5.0))
        else:
            clues += [*_terms(a.terms, b.terms), Clue(name="one text, updated", score=2.0)]
    else:
        clues += _terms(a.terms, b.terms)
    return tuple(clue for clue in clues if clue.score)


def total(clues: tuple[Clue, ...]) -> float:
    return sum(clue.score for clue in clues)


def matches(a: Mention, b: Mention) -> bool:
    clues = compare(a, b)
    return clues is not None and total(clues) >= 0


def _place(a: Mention, b: Mention) -> Clue | None:
    if a.level > b.level:
        a, b = b, a
    if b.level == NOWHERE:
        return Clue(name="place unsaid", score=-0.5)
    if a.level == POINT and b.level == POINT:
        far = abs(a.lat - b.lat) > _NEAR_DEG  # spares the trigonometry
        apart = inf if far else distance_km(a.lat, a.lon, b.lat, b.lon)
        if apart <= NEAR_KM:
            return Clue(name="same place", score=2.5) if apart <= _SAME_KM else Clue(name="places near", score=1.0)
        return Clue(name="same place name, read as two", score=1.0) if a.names & b.names else None
    if a.names & b.names:
        return Clue(name="same place name", score=2.0)
    if a.country != b.country:
        return None
    if b.level == PROVINCE:
        same = a.admin1 == b.admin1
        return Clue(name="place in the province" if a.level == POINT else "same province", score=1.5) if same else None
    if b.level == COUNTRY:
        return Clue(name="place in the country", score=0.3)
    return None


def _day(a: Mention, b: Mention) -> Clue | None:
    if a.days is None or b.days is None:
        return Clue(name="day unsaid", score=-1.0)
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    if gap > 1:
        return None
    if not (a.dated and b.dated):
        # The later end of an undated report's span is its publication.
        late = abs(a.days[1] - b.days[1])
        return Clue(name="day unsaid, published soon after", score=1.0 if late <= 1 else 0.3 if late <= 3 else -0.8)
    if gap == 1:
        return Clue(name="one day apart", score=-0.3)
    longest = max(span[1] - span[0] for span in (a.days, b.days))
    return Clue(name="same day", score=1.8) if longest <= 1 else Clue(name="dates overlap", score=0.8)


def _type(a: Mention, b: Mention) -> Clue | None:
    if a.type == b.type:
        return Clue(name="same type", score=0.3 if a.type in _OPEN else 0.8)
    if a.type in _OPEN or b.type in _OPEN:
        return Clue(name="type unsaid", score=0.0)
    if any(a.type in group and b.type in group for group in _AKIN):
        return Clue(name="types akin", score=-0.3)
    if {a.type, b.type} & _MISHAP:
        return None
    return Clue(name="types differ", score=-1.5)


def _figures(name: str, a: Range | None, b: Range | None, weight: float) -> Clue:
    if a is None or b is None:
        return Clue(name=name, score=0.0)
    (x, y), apart = sorted((a[0], b[0])), abs(log2((a[0] + 1) / (b[0] + 1)))
    telling = weight * min(0.4 + log2(1 + x) / 2, 3.0)
    if not (a[2] and b[2]):
        # That both say "dozens" says little; that a vague word admits the other's number hardly more.
        alike = x == y or _admits(a, b) or _admits(b, a)
        return Clue(name=f"{name} in vague words", score=0.3 if alike else round(-weight * min(apart, 4.0), 2))
    if x == y:
        return Clue(name=f"same {name}", score=round(telling, 2))
    if y - x <= _CLOSE * y:
        return Clue(name=f"{name} close", score=round(telling / 2, 2))
    if _admits(a, b) or _admits(b, a):
        return Clue(name=f"{name} compatible", score=0.2)
    return Clue(name=f"{name} differ", score=round(-weight * min(apart, 4.0), 2))


def _admits(wide: Range, narrow: Range) -> bool:
    low, high, _ = wide
    # "At least 20" admits 24; that it admits 2,400 says nothing.
    return low <= narrow[0] <= (high if high is not None else 4 * low + 3)


def _terms(a: Terms, b: Terms) -> list[Clue]:
    clues = []
    if a.words and b.words:
        alike = len(a.words & b.words) / sqrt(len(a.words) * len(b.words))
        clues.append(Clue(name="words in common", score=round(4.0 * alike - 0.8, 2)))
    if persons := len(a.persons & b.persons):
        clues.append(Clue(name="the same victim or suspect", score=1.5 + 1.0 * min(persons, 3)))
    if names := len(a.names & b.names):
        clues.append(Clue(name="names in common", score=round(0.6 + 0.6 * min(names, 4), 2)))
    if numbers := len(a.numbers & b.numbers):
        clues.append(Clue(name="ages or numbers in common", score=round(0.6 * min(numbers, 4), 2)))
    return clues


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    up, across = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    part = sin(up) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(across) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(part, 1.0)))
