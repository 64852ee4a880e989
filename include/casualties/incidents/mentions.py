"""Mentions as columns: what pairs of reports are compared by, by the hundred thousand.

A row is a report, in the order in which they were added. Strings are numbers, the same for the same string wherever it
stands, and sets of them are rows of sparse matrices.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from casualties.incidents.filed import Filed, Rows
from casualties.incidents.mention import Mention, Range, mention
from casualties.incidents.rarities import rarity
from casualties.incidents.records import LinkedReport
from casualties.incidents.terms import WHO
from casualties.model import EventType

Column = npt.NDArray[Any]

TYPES = tuple(EventType)
NO_FIGURE = -1
OPEN = np.iinfo(np.int64).max  # the high of a figure that is open upwards
NO_DAY = np.iinfo(np.int32).min
_AT_ONCE = 10_000  # mentions that are objects at the same time
_WIDTH = np.iinfo(np.int32).max  # of a matrix: more strings than there can be


def _figure(name: str, of: Callable[[Mention], Range | None]) -> dict[str, tuple[type, Callable[[Mention], Any]]]:
    return {
        f"{name}_low": (np.int64, lambda m: figure[0] if (figure := of(m)) else NO_FIGURE),
        f"{name}_high": (np.int64, lambda m: OPEN if (figure := of(m)) is None or figure[1] is None else figure[1]),
        f"{name}_told": (np.bool_, lambda m: bool((figure := of(m)) and figure[2])),
    }


_NUMBERS: dict[str, tuple[type, Callable[[Mention], Any]]] = {
    "start": (np.int32, lambda m: m.days[0] if m.days else NO_DAY),
    "end": (np.int32, lambda m: m.days[1] if m.days else NO_DAY),
    "dated": (np.bool_, lambda m: m.dated),
    "published": (np.float64, lambda m: m.published or 0.0),
    "level": (np.int8, lambda m: m.level),
    "lat": (np.float64, lambda m: m.lat),
    "lon": (np.float64, lambda m: m.lon),
    "capital": (np.bool_, lambda m: m.admin1 != "" and m.admin1 in m.names),  # bears its province's name
    "type": (np.int8, lambda m: TYPES.index(EventType(m.type))),
    "war": (np.bool_, lambda m: m.war),
    "group": (np.bool_, lambda m: m.group),
    "side": (np.int8, lambda m: m.side),
    "dead": (np.int8, lambda m: m.dead),
    "length": (np.float64, lambda m: m.terms.length),
    "words_told": (np.int32, lambda m: len(m.terms.words)),
    **_figure("killed", lambda m: m.killed),
    **_figure("injured", lambda m: m.injured),
}
# Compared for equality alone; 0 stands for "".
_CODES: dict[str, Callable[[Mention], Hashable]] = {
    "article": lambda m: m.article,
    "article_id": lambda m: m.article_id,
    "admin1": lambda m: m.admin1,
    "country": lambda m: m.country,
    "all_names": lambda m: m.names,
}
_SETS: dict[str, Callable[[Mention], frozenset[str]]] = {
    "names": lambda m: m.names,
    "spelt": lambda m: m.spelt,
    "consonants": lambda m: frozenset(map(_consonants, m.names)),
    "actors": lambda m: m.actors,
    "persons": lambda m: _persons(m),
    "persons_in_words": lambda m: _persons(m) & m.terms.words,
    "ages": lambda m: m.terms.ages,
    "streets": lambda m: m.terms.streets,
    "sites": lambda m: m.terms.sites,
    "others": lambda m: m.others,
    "words": lambda m: m.terms.words,  # with their rarities
}


def _consonants(name: str) -> str:
    """What spellings of one name share: "daatour", "daatur"."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", name)) or name


def _persons(m: Mention) -> frozenset[str]:
    return frozenset(person.removeprefix(WHO) for person in m.terms.persons)


class Mentions:
    """Reports as columns, and their keys."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.row: dict[str, int] = {}  # by report_id
        self.filed = Filed()
        self._codes: dict[Hashable, int] = {"": 0}
        self._columns: dict[str, list[Column]] = {name: [] for name in (*_NUMBERS, *_CODES)}
        self._sets: dict[str, list[csr_array]] = {name: [] for name in _SETS}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, reports: Iterable[LinkedReport]) -> None:
        """Those that are not there yet."""
        new: list[Mention] = []
        for linked in reports:
            if linked.report.report_id in self.row:
                continue
            self.row[linked.report.report_id] = len(self.ids)
            self.ids.append(linked.report.report_id)
            new.append(mention(linked))
            self.filed.add(new[-1])
            if len(new) == _AT_ONCE:
                self._append(new)
                new = []
        if new:
            self._append(new)

    def rows(self, report_ids: Iterable[str]) -> Rows:
        return np.fromiter((self.row[report_id] for report_id in report_ids), np.int64)

    def column(self, name: str) -> Column:
        parts = self._columns[name]
        if len(parts) > 1:
            parts[:] = [np.concatenate(parts)]
        return parts[0]

    def sets(self, name: str) -> csr_array:
        """A row a report, a column a string; of words the rarity, else 1."""
        parts = self._sets[name]
        if len(parts) > 1:
            parts[:] = [csr_array(vstack(parts, format="csr"))]
        return parts[0]

    def _append(self, new: list[Mention]) -> None:
        for name, (dtype, of) in _NUMBERS.items():
            self._columns[name].append(np.fromiter(map(of, new), dtype, len(new)))
        for name, told in _CODES.items():
            self._columns[name].append(np.fromiter((self._code(told(m)) for m in new), np.int32, len(new)))
        for name, strings in _SETS.items():
            self._sets[name].append(self._matrix([strings(m) for m in new], weighed=name == "words"))

    def _code(self, value: Hashable) -> int:
        return self._codes.setdefault(value, len(self._codes))

    def _matrix(self, sets: list[frozenset[str]], *, weighed: bool) -> csr_array:
        codes = np.fromiter((self._code(item) for items in sets for item in items), np.int32)
        stops = np.cumsum([0, *map(len, sets)], dtype=np.int32)
        values = (rarity(item) for items in sets for item in items) if weighed else (1.0 for _ in range(len(codes)))
        matrix = csr_array((np.fromiter(values, np.float64), codes, stops), shape=(len(sets), _WIDTH))
        matrix.sort_indices()
        return matrix
