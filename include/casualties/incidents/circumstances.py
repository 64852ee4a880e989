"""Where, when and how, and how many: what pairs of reports say of the same or of two events, without their words."""

from functools import cache

import numpy as np
import numpy.typing as npt

from casualties.incidents.filed import Mask
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
)
from casualties.incidents.mentions import NO_DAY, OPEN, TYPES
from casualties.incidents.sides import Amounts, Codes, Side, choose, code, share, told
from casualties.model import EventType

NEAR_KM = 25.0
_SAME_KM = 5.0
_NEAR_DEG = 0.23
_COUNTED = ("killed", "injured")
_CLOSE = 0.15  # how far two large numbers may be apart, relatively, and still speak for one another
_FARTHEST = 8.0  # doublings between two numbers that count against one incident
_UNTOLD = 3  # "many", "several": of no size
IMPOSSIBLE = -2  # the code where two means exclude each other

_FROM_ABOVE = {EventType.AIR_STRIKE, EventType.DRONE_STRIKE, EventType.MISSILE_STRIKE}  # a missile is told as either
_ARMED = {EventType.SHOOTING, EventType.ARMED_CLASH, EventType.EXECUTION, EventType.RIOT, EventType.ABDUCTION}
_FOUND = {EventType.DISASTER, EventType.ACCIDENT}
_STRAY = {EventType.ACCIDENT, EventType.SHOOTING}  # a shot that went off by accident is told as either
_BLAST = {EventType.ACCIDENT, EventType.BOMBING}  # of a mine or a fuel tank
_AKIN = (EXPLOSIVE, _ARMED, MISHAP, _STRAY, _BLAST)
_OPEN = {EventType.UNKNOWN, EventType.OTHER}


def places(a: Side, b: Side) -> Codes:
    """What the places say; none where they are two."""
    shared = share(a, b, "names")
    names = shared > 0
    both_have_others = (told(a, "names") > shared) & (told(b, "names") > shared)
    finer, coarser = np.minimum(a.level, b.level), np.maximum(a.level, b.level)
    points = coarser == POINT
    apart = np.full(len(names), np.inf)
    may = points & (np.abs(a.lat - b.lat) <= _NEAR_DEG)
    apart[may] = distance_km(a.lat[may], a.lon[may], b.lat[may], b.lon[may])
    country = a.country == b.country
    province = country & (a.admin1 == b.admin1)
    return choose(
        len(names),
        (coarser == NOWHERE, "place unsaid"),
        ((apart <= _SAME_KM) & names, "same place"),
        (apart <= NEAR_KM, "places near"),
        (points & names, "same place name, read as two"),
        # A capital that bears its province's name often stands for the province.
        (points & province & (a.capital | b.capital), "place in the province"),
        (points, ""),
        (country & (finer == COUNTRY) & (coarser == COUNTRY) & ~both_have_others, "same country"),
        (names, "same place name"),
        (~country, ""),
        ((coarser == PROVINCE) & province & (finer == POINT), "place in the province"),
        ((coarser == PROVINCE) & province, "same province"),
        (coarser == COUNTRY, "place in the country"),
    )


def days(a: Side, b: Side) -> tuple[Codes, Amounts, Mask]:
    """What the days say, how much of it, and whether they are two."""
    said = (a.start != NO_DAY) & (b.start != NO_DAY)
    gap = np.where(said, np.maximum(a.start, b.start) - np.minimum(a.end, b.end), 0)
    dated = a.dated & b.dated
    late = np.abs(a.end - b.end)  # the later end of an undated report's span is its publication
    # One that does not say its day was told before the other's, or they are too far apart.
    early = (~a.dated & b.dated & (a.end < b.start)) | (~b.dated & a.dated & (b.end < a.start))
    apart = said & (early | (gap > 1))
    codes = choose(
        len(said),
        (~said, "day unsaid"),
        (apart & dated, "days apart"),
        (apart, "days unsaid and apart"),
        (~dated & (late <= 1), "day unsaid, published within a day"),
        (~dated & (late <= 3), "day unsaid, published within three"),
        (~dated, "day unsaid, published later"),
        (gap == 1, "one day apart"),
        (np.maximum(a.end - a.start, b.end - b.start) <= 1, "same day"),
        otherwise="dates overlap",
    )
    return codes, np.where(apart, np.log2(np.maximum(gap, 1)), 1.0), apart


def kinds(a: Side, b: Side) -> Codes:
    """What the means say; IMPOSSIBLE where they exclude each other."""
    kind = _kinds()[a.type, b.type]
    stray = _are(a, b, _STRAY) & (a.type != b.type) & (several(a) | several(b))
    return np.where(stray, IMPOSSIBLE, kind).astype(np.int16)


@cache
def _kinds() -> Codes:
    def kind(one: EventType, other: EventType) -> int:
        if one == other:
            return code("both types unsaid" if one in _OPEN else "same type")
        if one in _OPEN or other in _OPEN:
            return code("type unsaid")
        if {one, other} <= _FROM_ABOVE:
            return code("both from above")
        if any(one in group and other in group for group in _AKIN):
            return code("types akin")
        return IMPOSSIBLE if {one, other} & MISHAP else code("types differ")

    return np.array([[kind(one, other) for other in TYPES] for one in TYPES], np.int16)


def _are(a: Side, b: Side, group: set[EventType]) -> Mask:
    numbers = [TYPES.index(kind) for kind in group]
    return np.isin(a.type, numbers) & np.isin(b.type, numbers)


def found(a: Side, b: Side) -> Mask:
    """Whether both are mishaps in which the dead are found one after another."""
    return _are(a, b, _FOUND)


def figures(name: str, a: Side, b: Side) -> tuple[Codes, Amounts]:
    """What the figures of one outcome say, and how much of it."""
    one, other = getattr(a, f"{name}_low"), getattr(b, f"{name}_low")
    both = (one >= 0) & (other >= 0)
    x, y = np.where(both, np.minimum(one, other), 0), np.where(both, np.maximum(one, other), 0)
    apart = np.log2((y + 1) / (x + 1))
    telling = np.minimum(0.4 + np.log2(1 + x) / 2, 3.0)
    numbers = getattr(a, f"{name}_told") & getattr(b, f"{name}_told")
    admitted = _admits(name, a, b) | _admits(name, b, a)
    close = numbers & (y - x <= _CLOSE * y)
    same = numbers & (x == y)
    codes = choose(
        len(x),
        ((one < 0) & (other < 0), f"{name} told by neither"),
        (~both, f"{name} unsaid"),
        (~numbers & (admitted | (x == y)), f"{name} alike, in vague words"),  # that both say "dozens" says little
        (same, f"same {name}"),
        (close, f"{name} close"),
        (numbers & admitted & ~_stale(name, a, b), f"{name} compatible"),
        otherwise=f"{name} differ",
    )
    differ = codes == code(f"{name} differ")
    amounts = np.select(
        [differ & numbers, differ, same, both & close],
        [
            np.minimum(0.5 + apart, _FARTHEST),
            np.minimum(apart, _FARTHEST),
            telling,
            np.where(y >= TELLING_DEATHS, telling, telling / 2),
        ],
        1.0,
    )
    return codes, amounts


def _admits(name: str, wide: Side, narrow: Side) -> Mask:
    low, high, number = getattr(wide, f"{name}_low"), getattr(wide, f"{name}_high"), getattr(narrow, f"{name}_low")
    # "At least 20" admits 24; that it admits 2,400 says nothing.
    # An estimate may be another side's.
    loose = 1 + ((high != OPEN) & ~getattr(wide, f"{name}_told") & (low < high))
    most = np.where(high == OPEN, 5 * low, loose * np.minimum(high, OPEN // 2))
    most = np.where((high == OPEN) & ~getattr(wide, f"{name}_told") & (low == _UNTOLD), OPEN, most)
    admitted: Mask = (low <= loose * number) & (number <= most)
    return admitted


def _stale(name: str, a: Side, b: Side) -> Mask:
    """Whether "at least 45" was told after 198 had been: a strike of its own."""
    less, more = np.minimum(a.killed_low, b.killed_low), np.maximum(a.killed_low, b.killed_low)
    late: Mask = (less >= TELLING_DEATHS) & (more >= 2 * less) & ~risen(a, b)
    return late if name == "killed" else np.zeros(len(late), np.bool_)


def one_number(a: Side, b: Side) -> npt.NDArray[np.int64]:
    """The number of dead where both tell the same of one country, or, of a mishap or of very many, nearly; else 0.
    Of very many, one may name no place."""
    less, more = np.minimum(a.killed_low, b.killed_low), np.maximum(a.killed_low, b.killed_low)
    apart = np.where((a.type == b.type) & found(a, b), TELLING_DEATHS, UNIQUE_DEATHS)
    near = (less == more) | ((less >= apart) & (more - less <= _CLOSE * more))
    unplaced = (less >= UNIQUE_DEATHS) & ((a.level == NOWHERE) | (b.level == NOWHERE))
    together = unplaced | ((a.country == b.country) & (a.country != 0))
    numbers = (less >= 0) & together & near & a.killed_told & b.killed_told
    return np.where(numbers, less, 0)


def one_outcome(a: Side, b: Side) -> Mask:
    """Whether both tell of killed, of injured, or of the same of the other outcomes."""
    killed, injured = ((getattr(a, f"{name}_low") >= 0) & (getattr(b, f"{name}_low") >= 0) for name in _COUNTED)
    one: Mask = killed | injured | (share(a, b, "others") > 0)
    return one


def counted_alike(a: Side, b: Side) -> Mask:
    """Whether both tell as many killed and as many injured at one kind of site."""
    killed, injured = (
        (getattr(a, f"{name}_low") >= 0) & (getattr(a, f"{name}_low") == getattr(b, f"{name}_low")) for name in _COUNTED
    )
    alike: Mask = killed & injured & (share(a, b, "sites") > 0)
    return alike


def of_a_group(a: Side, b: Side, war: Mask) -> Mask:
    """Whether one's killed may be among the other's: of one group, and no more than the other's."""
    others_deed = (told(a, "actors") > 0) & (told(b, "actors") > 0) & (share(a, b, "actors") == 0)
    fewer = np.where(a.group, a.killed_low <= b.killed_low, b.killed_low <= a.killed_low)
    counted = (a.killed_low >= 0) & (b.killed_low >= 0) & np.where(a.group, b.killed_told, a.killed_told)
    strikes = _are(a, b, EXPLOSIVE)
    of_which_strike = war & strikes & ~(a.dated & b.dated) & (share(a, b, "sites") == 0)
    among: Mask = counted & (a.group != b.group) & ~others_deed & ~of_which_strike & fewer
    return among


def several(side: Side) -> Mask:
    many: Mask = side.killed_low >= MANY_DEATHS
    return many


def says_little(a: Side, b: Side) -> Mask:
    """ "Dozens killed in the province", where the other tells of a number: hardly another incident's only report."""
    vague: Mask = ~(a.dated | (a.level == POINT) | a.killed_told) & b.killed_told
    return vague


def risen(a: Side, b: Side) -> Mask:
    """Whether the one that was published later, if one was, tells of no fewer killed."""
    fallen = np.sign(a.published - b.published) * np.sign(a.killed_low - b.killed_low) < 0
    rises: Mask = (a.killed_low >= 0) & (b.killed_low >= 0) & ~fallen
    return rises


def distance_km(lat1: Amounts, lon1: Amounts, lat2: Amounts, lon2: Amounts) -> Amounts:
    """Great-circle distance on a sphere of 6,371 km."""
    up, across = np.radians(lat2 - lat1) / 2, np.radians(lon2 - lon1) / 2
    part = np.sin(up) ** 2 + np.cos(np.radians(lat1)) * np.cos(np.radians(lat2)) * np.sin(across) ** 2
    distance: Amounts = 2 * 6371.0088 * np.arcsin(np.sqrt(np.minimum(part, 1.0)))
    return distance
