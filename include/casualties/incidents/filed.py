"""Reports by their keys (:mod:`casualties.incidents.blocks`) and days, many at once.

A row is a report, in the order in which they were added. A key's reports stand sorted by their first day, so that those
which may overlap a span stand together. What is found under its own span only, or on any day, is on day 0 of a key of
its own.
"""

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from casualties.incidents.blocks import LONGEST_SPAN_DAYS, MOST_OF_A_NAME, is_vague, keys_of
from casualties.incidents.mention import Mention, iso
from casualties.incidents.terms import WHO

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_DAY_BITS = 22  # an ordinal of the year 9999
_AT_ONCE = 1_000_000  # keys looked up, and pairs found, that are in memory at the same time


def stored_keys(mention: Mention) -> set[str]:
    """The keys under which this report is filed, with their days."""
    return set(_alone(mention).stored(np.zeros(1, np.int64))["block"].to_pylist())


def lookup_keys(mention: Mention) -> set[str]:
    """The keys under which this report looks for others; the relation of the two functions is symmetric."""
    return _alone(mention).sought(np.zeros(1, np.int64))


def _alone(mention: Mention) -> "Filed":
    filed = Filed()
    filed.add(mention)
    return filed


class _Entries:
    """The keys of rows, as numbers."""

    def __init__(self) -> None:
        self._keys, self._stops = array("q"), array("q", [0])

    def __len__(self) -> int:
        return len(self._stops) - 1

    def add_row(self, *keys: Iterable[int]) -> None:
        for some in keys:
            self._keys.extend(some)
        self._stops.append(len(self._keys))

    def of(self, rows: Rows) -> tuple[Rows, Rows]:
        """Row and key of each entry of some rows."""
        stops = np.array(self._stops)
        keys = np.array(self._keys)[ranges(stops[rows], stops[rows + 1])]
        return np.repeat(rows, stops[rows + 1] - stops[rows]), keys


class Filed:
    """The keys of reports."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._keys: list[str] = []  # by number
        self._dated, self._of_persons = bytearray(), bytearray()  # by number
        self._filed, self._sought = _Entries(), _Entries()
        self._starts, self._ends = array("q"), array("q")  # days, by row
        self._places: dict[tuple[frozenset[str], str], list[int]] = {}

    def add(self, mention: Mention) -> None:
        keys = keys_of(mention)
        on, span = "", (0, 0)
        if mention.days is None:
            on = " ?"
        elif is_vague(mention.days):
            on = f" {iso(mention.days[0])}/{iso(mention.days[1])}"
        else:
            span = mention.days
        self._starts.append(span[0])
        self._ends.append(span[1])
        named = [self._number(name, person=name.startswith(WHO)) for name in keys.named]
        for entries, placed, told in (
            (self._filed, keys.place_filed, keys.filed),
            (self._sought, keys.place_sought, keys.sought),
        ):
            if (placed, on) not in self._places:
                self._places[placed, on] = [self._number(key + on, dated=not on) for key in placed]
            entries.add_row(self._places[placed, on], [self._number(key + on, dated=not on) for key in told], named)

    def _number(self, key: str, *, dated: bool = False, person: bool = False) -> int:
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
            self._dated.append(dated)
            self._of_persons.append(person)
        return number

    def entries(self, rows: Rows, *, sought: bool) -> tuple[Rows, Rows, Rows, Rows]:
        """Row, key, first and last day of the keys under which some rows are filed, or look for others."""
        row, keys = (self._sought if sought else self._filed).of(rows)
        dated = np.frombuffer(bytes(self._dated), np.bool_)[keys]
        starts, ends = (np.where(dated, np.array(days)[row], 0) for days in (self._starts, self._ends))
        return row, keys, starts, ends

    def of_persons(self, keys: Rows) -> Mask:
        return np.frombuffer(bytes(self._of_persons), np.bool_)[keys]

    def __len__(self) -> int:
        return len(self._starts)

    def stored(self, rows: Rows) -> pa.Table:
        """The keys with their days under which some reports are filed: columns ``row`` and ``block``."""
        row, keys, starts, ends = self.entries(rows, sought=False)
        of = np.repeat(np.arange(len(keys)), ends - starts + 1)
        return pa.table({"row": row[of], "block": self._spelt(keys[of], ranges(starts, ends + 1))})

    def sought(self, rows: Rows) -> set[str]:
        """The keys with their days under which some reports look for others."""
        _, keys, starts, ends = self.entries(rows, sought=True)
        slack = starts > 0
        of = np.repeat(np.arange(len(keys)), ends - starts + 1 + 2 * slack)
        wanted = np.unique(keys[of] << _DAY_BITS | ranges(starts - slack, ends + slack + 1))
        return set(self._spelt(wanted >> _DAY_BITS, wanted & (1 << _DAY_BITS) - 1).to_pylist())

    def _spelt(self, keys: Rows, days: Rows) -> pa.Array:
        used, at = np.unique(keys, return_inverse=True)
        names = pa.array(map(self._keys.__getitem__, used.tolist()), pa.string()).take(pa.array(at))
        used, at = np.unique(days, return_inverse=True)
        on = pa.array([f" {iso(day)}" if day else "" for day in used.tolist()], pa.string()).take(pa.array(at))
        return pc.binary_join_element_wise(names, on, "")

    def index(self, rows: Rows) -> "Index":
        return Index(self, rows)


class Index:
    """Finds what ``lookup_keys(a) & stored_keys(b)`` would among some rows, without the names that so many have that
    they tell nothing apart."""

    def __init__(self, filed: Filed, rows: Rows) -> None:
        self._filed = filed
        found, keys, starts, ends = filed.entries(rows, sought=False)
        places = keys << _DAY_BITS | starts
        order = np.argsort(places, kind="stable")
        self._places, self._rows, self._ends = places[order], found[order], ends[order]

    def near(self, looking: Rows, done: Rows) -> Iterator[tuple[Rows, Rows]]:
        """Pairs of rows that must be compared, in portions: of those ``looking`` with all that are not ``done``, none
        twice."""
        count = len(self._filed)
        seeks, left = np.zeros(count, np.bool_), np.ones(count, np.bool_)
        seeks[looking], left[done] = True, False
        for some in np.array_split(np.flatnonzero(seeks), len(looking) * 20 // _AT_ONCE + 1):
            row, first, last, since = self._ranges(some)
            for part in _portions(row, last - first):
                at = ranges(first[part], last[part])
                of = np.repeat(np.arange(len(row))[part], (last - first)[part])
                a, b = row[of], self._rows[at]
                fit = (self._ends[at] >= since[of]) & left[b] & (a != b) & ~(seeks[b] & (b < a))
                both = np.unique(a[fit] * count + b[fit])
                yield both // count, both % count

    def _ranges(self, looking: Rows) -> tuple[Rows, Rows, Rows, Rows]:
        """For each key of some rows: the row, where the range of those that may be near begins and stops, and the day
        on which they must not have ended yet."""
        row, keys, starts, ends = self._filed.entries(looking, sought=True)
        daily = starts > 0
        since = np.where(daily, starts - 1, 0)
        first = self._find(keys << _DAY_BITS | np.where(daily, since - LONGEST_SPAN_DAYS + 1, 0), "left")
        last = self._find(keys << _DAY_BITS | np.where(daily, ends + 1, 0), "right")
        worn = self._filed.of_persons(keys) & (last - first > MOST_OF_A_NAME)
        return row, first, np.where(worn, first, last), since

    def _find(self, places: Rows, side: str) -> Rows:
        order = np.argsort(places)  # neighbours are then looked up one after another, which is several times as fast
        found = np.empty(len(places), np.int64)
        found[order] = np.searchsorted(self._places, places[order], side=side)  # type: ignore[call-overload]
        return found


def ranges(starts: Rows, stops: Rows) -> Rows:
    """The whole numbers of several ranges, one range after the other."""
    sizes = stops - starts
    shift = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    numbers: Rows = np.arange(int(sizes.sum())) + shift
    return numbers


def _portions(rows: Rows, sizes: Rows) -> Iterator[slice]:
    """Slices of about ``_AT_ONCE`` in the sum of their sizes, that end where a row does."""
    totals = np.cumsum(sizes)
    begin = 0
    while begin < len(rows):
        before = totals[begin - 1] if begin else 0
        stop = int(np.searchsorted(totals, before + _AT_ONCE, side="right"))
        stop = max(min(stop, len(rows) - 1), begin)
        stop = int(np.searchsorted(rows, rows[stop], side="right"))  # rows are in order, as they were looked for
        yield slice(begin, stop)
        begin = stop
