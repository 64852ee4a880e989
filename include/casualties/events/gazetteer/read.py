"""Reading the place index: a read-only SQLite file with the most used rows kept in memory."""

import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from casualties.events.gazetteer.fold import fold, skeleton, soften
from casualties.events.gazetteer.names import edition
from casualties.settings import Settings

_KEPT = 30_000  # rows of each kind kept in memory: about 10 MB
_ASKED_AT_ONCE = 500


class Entry(NamedTuple):
    """A place of the gazetteer. ``kind``: country, region, water, admin1, admin2, city, district, site."""

    id: int  # GeoNames id; from 2^40 on for what has none here
    name: str
    kind: str
    country: str | None  # ISO 3166 alpha-3
    admin1: int | None
    admin2: int | None
    lat: float | None
    lon: float | None
    population: int


class Gazetteer:
    """Names to places. Open it with :meth:`open`; one connection, for one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._entries: dict[int, Entry] = {}
        self._names: dict[str, tuple[tuple[int, bool], ...]] = {}
        self._regions: dict[int, list[int]] = {}
        for region, place in self._db.execute("SELECT region, place FROM member"):
            self._regions.setdefault(place, []).append(region)
        self._countries = {
            entry.country: entry
            for row in self._db.execute("SELECT * FROM place WHERE kind = 'country'")
            if (entry := Entry(*row)).country
        }

    @classmethod
    def open(cls, path: Path | None = None) -> "Gazetteer":
        """The index at ``path`` (``settings.gazetteer`` by default).

        Built first where it is missing or older than the lexicon: half a minute and 800 MB of a child process. Raises
        :class:`subprocess.CalledProcessError` where that failed; its reason is on stderr.
        """
        path = path or Settings().gazetteer
        if not path.exists() or _edition_of(path) != edition():
            subprocess.run([sys.executable, "-m", "casualties.events.gazetteer.build", str(path)], check=True)
        return cls(path)

    def close(self) -> None:
        self._db.close()

    def lookup(self, names: Iterable[str]) -> dict[str, tuple[tuple[int, bool], ...]]:
        """For each folded name that is known: its places (id, whether it is the main name), weightiest first."""
        found = {}
        asked = []
        for name in names:
            held = self._names.get(name)
            if held is None:
                asked.append(name)
            elif held:
                found[name] = held
        if not asked:
            return found
        if len(self._names) > _KEPT:
            self._names.clear()
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            batch = asked[start : start + _ASKED_AT_ONCE]
            self._names.update(dict.fromkeys(batch, ()))
            marks = ",".join("?" * len(batch))
            for key, packed in self._db.execute(f"SELECT key, places FROM name WHERE key IN ({marks})", batch):
                held = tuple((code >> 1, bool(code & 1)) for code in array("Q", packed))
                self._names[key] = found[key] = held
        return found

    def entries(self, ids: Iterable[int]) -> list[Entry]:
        """The places of these ids, in their order; ids that do not exist are left out."""
        wanted = list(ids)
        asked = [ident for ident in wanted if ident not in self._entries]
        if asked:
            if len(self._entries) > _KEPT:
                self._entries.clear()
                asked = wanted
            for start in range(0, len(asked), _ASKED_AT_ONCE):
                batch = asked[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(batch))
                for row in self._db.execute(f"SELECT * FROM place WHERE id IN ({marks})", batch):
                    self._entries[row[0]] = Entry(*row)
        return [self._entries[ident] for ident in wanted if ident in self._entries]

    def entry(self, ident: int) -> Entry | None:
        found = self.entries([ident])
        return found[0] if found else None

    def country(self, alpha3: str) -> Entry | None:
        return self._countries.get(alpha3)

    def find(self, name: str) -> list[Entry]:
        """Every place of this name, however it is accented, weightiest first."""
        held = self.lookup([fold(name)]).get(fold(name), ())
        return self.entries(ident for ident, _ in held)

    def alike(self, name: str, countries: Iterable[str], at_least: float = 80.0) -> list[tuple[Entry, float]]:
        """Places of these countries whose names share the consonants of ``name``, most alike first, with 0-100.

        For transliterations that no list has, such as ``Mayadeen`` for ``Al Mayadin``.
        """
        folded = fold(name)
        bones = skeleton(folded)
        if not bones:
            return []
        plain = soften(folded)
        keys = [f"~{country}{bones}" for country in countries]
        ids = [ident for held in self.lookup(keys).values() for ident, _ in held]
        scored = []
        for entry in self.entries(dict.fromkeys(ids)):
            score = fuzz.ratio(plain, soften(fold(entry.name)))
            if len(bones) < 4:  # two or three consonants are shared by chance
                score -= 8
            if score >= at_least:
                scored.append((entry, score))
        return sorted(scored, key=lambda pair: (-pair[1], -pair[0].population))

    def ancestors(self, ident: int) -> frozenset[int]:
        """Ids of everything that contains the place: district, province, country, regions in common use."""
        return _ancestors(self, ident)

    def contains(self, outer: int, inner: int) -> bool:
        """Whether ``inner`` lies in ``outer``; a place does not contain itself.

        A town that has its province's name contains the province's other towns and districts: news says "in Homs" of
        both.
        """
        if outer == inner:
            return False
        above = self.ancestors(inner)
        return outer in above or (self.namesake_province(outer) in above and self._is_local(inner))

    def _is_local(self, ident: int) -> bool:
        entry = self.entry(ident)
        return entry is not None and entry.kind in ("city", "district", "site", "admin2")

    def namesake_province(self, ident: int) -> int | None:
        """The province that is called like a town in it."""
        town = self.entry(ident)
        if town is None or town.kind != "city" or town.admin1 is None:
            return None
        province = self.entry(town.admin1)
        if province is None:
            return None
        name = fold(province.name)
        called = soften(name) == soften(fold(town.name)) or any(
            found == ident for found, _ in self.lookup([name]).get(name, ())
        )
        return town.admin1 if called else None

    def __hash__(self) -> int:
        return id(self)


def _edition_of(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


@lru_cache(maxsize=20_000)
def _ancestors(gazetteer: Gazetteer, ident: int) -> frozenset[int]:
    found: set[int] = set()
    waiting = [ident]
    while waiting:
        current = waiting.pop()
        entry = gazetteer.entry(current)
        above = list(gazetteer._regions.get(current, ()))
        if entry is not None:
            above += [i for i in (entry.admin1, entry.admin2) if i is not None]
            if entry.country and (country := gazetteer.country(entry.country)):
                above.append(country.id)
        waiting += [i for i in above if i not in found and i != ident]
        found.update(i for i in above if i != ident)
    return frozenset(found)
