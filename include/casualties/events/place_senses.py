"""Which of the places that share a name is meant: decided for all names of an article together."""

import math
from dataclasses import dataclass, field
from functools import lru_cache

from casualties.events.gazetteer import Entry, Gazetteer
from casualties.events.gazetteer.names import transliterated

Held = tuple[tuple[int, bool], ...]  # places of a name: id, whether it is the main name

# What a sense gains, in units of a tenfold population.
_COUNTRY_IN_CONTEXT = 3.5
_PROVINCE_IN_CONTEXT = 1.5
_KIND_ASKED_FOR = 2.8
_PARENT_STATED = 6.0
_ONLY_ALSO_CALLED = -1.0
_NEAR_CONTEXT = 0.8
_COMPANY_LIMIT = 1.8
_SPOTS = frozenset(("city", "district", "site", "admin2"))
_KINDS = {
    "country": 3.0,
    "region": 2.0,
    "admin1": 0.6,
    "water": 1.0,
    "city": 0.5,
    "district": 0.0,
    "site": 0.3,
    "admin2": -0.6,
}
_CONSIDERED = 40
_ENOUGH_VOTES = 2.5
_NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class Context:
    """What an article says of where it is, apart from the name in question."""

    countries: dict[str, float] = field(default_factory=dict)  # weights by alpha-3
    provinces: dict[int, set[str]] = field(default_factory=dict)  # id: the names that speak for it
    shares: dict[str, float] = field(default_factory=dict)  # of the countries, summing to 1; set by settle()
    certainty: float = 0.0  # how far the shares can be trusted, 0-1; set by settle()
    spots: set[tuple[int, int]] = field(default_factory=set)  # half-degree squares around places that are certain
    cells: dict[tuple[int, int], dict[str, float]] = field(
        default_factory=dict
    )  # degree squares: names that some sense puts there

    def place_names(self, gazetteer: Gazetteer, names: dict[str, Held]) -> None:
        """Note in which degree squares each name could lie, a common name counting less."""
        for key, held in names.items():
            spots = {
                (round(e.lat), round(e.lon))
                for e in gazetteer.entries(ident for ident, _ in held[:_CONSIDERED])
                if e.lat is not None and e.lon is not None and e.kind in _SPOTS
            }
            for spot in spots:
                self.cells.setdefault(spot, {})[key] = 1 / math.sqrt(len(spots))

    def company(self, entry: Entry, key: str) -> float:
        """How many other names of the article may lie around a place."""
        if entry.lat is None or entry.lon is None or entry.kind not in _SPOTS:
            return 0.0
        row, column = round(entry.lat), round(entry.lon)
        others: dict[str, float] = {}
        for cell in ((r, c) for r in (row - 1, row, row + 1) for c in (column - 1, column, column + 1)):
            for name, weight in self.cells.get(cell, {}).items():
                if name not in key and key not in name:
                    others[name] = max(weight, others.get(name, 0.0))
        return min(sum(others.values()), _COMPANY_LIMIT)

    def vote(self, country: str, weight: float) -> None:
        self.countries[country] = self.countries.get(country, 0.0) + weight

    def settle(self) -> None:
        """Turn the weights collected so far into shares."""
        total = sum(self.countries.values())
        self.shares = {country: weight / total for country, weight in self.countries.items()} if total else {}
        self.certainty = min(1.0, total / _ENOUGH_VOTES)

    def share(self, country: str | None) -> float:
        """How much of the article's geography is this country, 0-1."""
        return self.shares.get(country, 0.0) if country else 0.0

    def speaks_of(self, province: int | None, key: str) -> bool:
        """Whether some other name of the article is the province's, or lies in it for certain."""
        return province is not None and bool(self.provinces.get(province, _NOBODY) - {key})

    def add_spot(self, lat: float, lon: float) -> None:
        row, column = round(2 * lat), round(2 * lon)
        self.spots.update((r, c) for r in (row - 1, row, row + 1) for c in (column - 1, column, column + 1))

    def likeliest(self, n: int = 3) -> list[str]:
        return sorted(self.countries, key=lambda country: -self.countries[country])[:n]


@lru_cache(maxsize=20_000)
def _weight(kind: str, population: int) -> float:
    size = math.log10(max(population, 300)) - 3.0
    if kind in ("district", "site", "region"):
        size = 1.0
    elif kind in ("country", "admin1"):
        size = max(size, 1.5) * 0.6 + 0.8
    return size + _KINDS[kind]


def prior(entry: Entry, main: bool) -> float:
    """How likely a name means this place where nothing else is known: its size, in powers of ten, and its kind."""
    return _weight(entry.kind, entry.population) + (0.0 if main else _ONLY_ALSO_CALLED)


def _kind_fits(entry: Entry, wanted: str) -> bool:
    return (wanted, entry.kind) in {
        ("admin1", "region"), ("admin1", "admin2"), ("admin2", "admin1"), ("region", "admin1"), ("district", "city"),
        ("city", "district"), ("admin2", "district"), ("admin2", "city"), ("site", "district"), ("region", "water"),
        ("region", "site"), ("site", "city"), ("parent", "country"), ("camp", "district"), ("camp", "city"),
        ("camp", "site"), ("camp", "admin1"), ("parent", "region"), ("parent", "admin1"),
    }  # fmt: skip


def _near(entry: Entry, context: Context) -> bool:
    """Within fifty miles or so of a place that is certain."""
    return (
        entry.lat is not None
        and entry.lon is not None
        and (round(2 * entry.lat), round(2 * entry.lon)) in context.spots
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one name before its sense is chosen."""

    key: str
    wanted: str = ""  # kind that a type word asks for
    parents: frozenset[int] = frozenset()  # provinces and countries that were named right after


def score(
    gazetteer: Gazetteer, entry: Entry, main: bool, context: Context, asked: Asked, *, namesake: bool = False
) -> float:
    """How well a place fits, but for the company of the article's other names.

    ``namesake``: its province has the name too, so that the province's being spoken of says nothing.
    """
    value = prior(entry, main) + _COUNTRY_IN_CONTEXT * context.certainty * context.share(entry.country)
    if entry.country and context.shares and entry.country not in context.shares:
        value -= 0.7
    if (
        not main and entry.country not in transliterated() and entry.population < 100_000
    ):  # a neighbourhood, or a mistake
        value -= 1.5
    province = entry.id if entry.kind == "admin1" else None if namesake else entry.admin1
    if context.speaks_of(province, asked.key):
        value += _PROVINCE_IN_CONTEXT
    elif entry.kind in _SPOTS and not namesake and _near(entry, context):
        value += _NEAR_CONTEXT
    if asked.wanted == entry.kind:
        value += _KIND_ASKED_FOR
    elif asked.wanted:
        value += 0.8 if _kind_fits(entry, asked.wanted) else -_KIND_ASKED_FOR
    if asked.parents:
        inside = asked.parents & gazetteer.ancestors(entry.id)
        value += _PARENT_STATED if inside else -_PARENT_STATED / 2
    return value


def best(gazetteer: Gazetteer, held: Held, context: Context, asked: Asked) -> tuple[Entry, float, float] | None:
    """The likeliest of the places that hold a name, its score, and its lead over places of other countries.

    None where the name is nobody's.
    """
    mains = dict(held[:_CONSIDERED])
    entries = gazetteer.entries(mains)
    if not entries:
        return None
    scored = [
        (score(gazetteer, e, mains[e.id], context, asked, namesake=e.admin1 in mains), e.population, e) for e in entries
    ]
    if len(scored) > 1:
        floor = max(row[0] for row in scored) - _COMPANY_LIMIT
        scored = [(v + context.company(e, asked.key) if v >= floor else v, size, e) for v, size, e in scored]
    value, _, entry = max(scored, key=lambda row: row[:2])
    rival = max((row[0] for row in scored if row[2].country != entry.country), default=-10.0)
    return entry, value, value - rival


def far_off(entry: Entry, context: Context, small: int = 100_000) -> bool:
    """Whether a small place lies in a country that the article does not speak of, nor near any place that it names."""
    share = context.share(entry.country)
    return (
        entry.kind in ("city", "admin2", "district", "site")
        and entry.population < small
        and (context.certainty >= 0.8 if share else context.certainty >= 0.5)
        and share < 0.15
        and not _near(entry, context)
    )
