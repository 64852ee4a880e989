"""The places that an article names, asked for by stretch: which of them hold which, and how narrow each is."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from casualties.events.gazetteer import Gazetteer
from casualties.events.places import PlaceMention, Places
from casualties.events.words import tables

_AND = re.compile(r",? (?:and|or) (?:(?:in|on|at|near) )?(?:the )?(?:\w+ (?:of )?)?")  # between two places
_QUARTER = re.compile(r"\s+(?:neighbou?rhood|district|quarter)s?\b", re.IGNORECASE)
_QUARTER_OF = re.compile(r"\b(?:neighbou?rhood|district|quarter)s? of (?:[\w-]+,? (?:and )?){0,6}$", re.IGNORECASE)
_LIST = 80  # characters before a name in which its list begins
_PRECISIONS = {"exact": 2.5, "near": 2.2, "admin2": 1.8, "admin1": 1.2}  # how narrow: a country is 0


@dataclass(slots=True, kw_only=True)
class ArticlePlaces:
    """The places of one article, and how they lie to each other."""

    places: Places
    by_field: dict[str, list[PlaceMention]]
    gazetteer: Gazetteer
    listed: frozenset[tuple[str, int]]  # unlisted places that "and" joins to the next one
    quarters: dict[tuple[str, int], int]  # unlisted quarters, with the town told last

    def places_in(self, name: str, start: int, end: int) -> list[PlaceMention]:
        listed = self.by_field[name]
        first = bisect_left(listed, start, key=lambda m: m.start)
        return listed[first : bisect_left(listed, end, lo=first, key=lambda m: m.start)]

    def contains(self, outer: PlaceMention, inner: PlaceMention) -> bool:
        """Whether one place lies in the other; by names of province and country where the gazetteer lacks one."""
        if outer.id is not None and inner.id is not None and self.gazetteer.contains(outer.id, inner.id):
            return True
        if _is_province(inner) and inner.place.precision != "country" and outer.place.precision != "country":
            return False
        if _is_region(outer) and inner.id is not None:
            return False
        if (
            self._is_of_a_province(outer)
            and outer.place.country == inner.place.country
            and inner.place.precision != "country"
        ):
            return inner.place.admin1 is not None and inner.place.admin1 == (
                outer.place.admin1 or outer.place.gazetteer_name
            )
        beside = inner.field == outer.field and inner.start < outer.start < inner.end + 40
        if inner.id is None and beside and (inner.field, inner.start) not in self.listed:
            return outer.relation in ("in", "of", "near")
        if inner.id is None and (town := self.quarters.get((inner.field, inner.start))) is not None:
            return outer.id == town or (outer.id is not None and self.gazetteer.contains(outer.id, town))
        if inner.id is None and outer.place.precision == "country":
            return inner.place.country == outer.place.country
        return False

    def _is_of_a_province(self, mention: PlaceMention) -> bool:
        """Whether a name is a province's, or a town's that is called like it."""
        return _is_province(mention) or (
            mention.id is not None and self.gazetteer.namesake_province(mention.id) is not None
        )

    def is_listed(self, mention: PlaceMention) -> bool:
        """Whether a place is the first of several told together: "the quarters of A and B"."""
        listed = self.by_field[mention.field]
        k = bisect_left(listed, mention.start, key=lambda m: m.start)
        for other in listed[k + 1 : k + 3]:
            gap = other.start - mention.end
            if 0 < gap <= 6 and self.specificity(other) >= 2.2 and not self.contains(other, mention):
                return True
        return False

    def container(self, mention: PlaceMention) -> PlaceMention | None:
        """The narrowest place of the article that holds a place."""
        found = [
            m
            for m in (*self.by_field["title"], *self.by_field["text"])
            if not m.is_dateline and self.contains(m, mention)
        ]
        return max(found, key=self.specificity, default=None)

    def specificity(self, mention: PlaceMention) -> float:
        """How narrow a place is: a village or quarter 3, a town 2.5, a province 1.2, a country 0."""
        if mention.id is None and mention.relation in ("in", "near"):
            return 3.0
        if _is_region(mention):
            return 1.9
        if _is_province(mention):
            return 1.2 if mention.place.precision == "admin1" else 1.4
        return _PRECISIONS.get(mention.place.precision or "", 0.0)

    def same_place(self, a: PlaceMention, b: PlaceMention) -> bool:
        if a.id is not None and a.id == b.id:
            return True
        left, right = a.name.lower(), b.name.lower()
        if left == right or ((a.id is None or b.id is None) and (left in right or right in left)):
            return True
        return (
            a.place.gazetteer_name is not None
            and a.place.gazetteer_name == b.place.gazetteer_name
            and a.place.country == b.place.country
            and {a.place.precision, b.place.precision} <= {"exact", "near", "admin1", "admin2"}
        )

    def related(self, a: PlaceMention, b: PlaceMention) -> bool:
        """Whether two places are one, or one holds the other."""
        return self.same_place(a, b) or self.contains(a, b) or self.contains(b, a)


def is_common(mention: PlaceMention) -> bool:
    """Whether a place that no gazetteer has is only words of a headline: "Terrorist Rocket", "Clashes"."""
    if mention.id is not None:
        return False
    lexicon = tables()
    words = [word.lower() for word in mention.name.replace("-", " ").split()]
    known = [w in lexicon.bits or w in lexicon.type_words or w in lexicon.cues for w in words]
    return all(known) or (mention.field == "title" and any(known))


def quarters(
    by_field: dict[str, list[PlaceMention]], told: dict[str, str], gazetteer: Gazetteer
) -> dict[tuple[str, int], int]:
    """For the quarters that no list has, by field and offset, the town told last when they were first called so."""
    found: dict[tuple[str, int], int] = {}
    towns: dict[str, int] = {}
    town: int | None = None
    for name, listed in by_field.items():
        for mention in listed:
            if mention.id is not None:
                entry = gazetteer.entry(mention.id)
                if entry is not None and entry.kind == "city" and mention.relation not in ("agent", "org", "dateline"):
                    town = mention.id
            elif town is not None and (
                _QUARTER.match(told[name], mention.end)
                or _QUARTER_OF.search(told[name], max(0, mention.start - _LIST), mention.start)
            ):
                towns.setdefault(mention.name, town)
            if mention.id is None and mention.name in towns:
                found[name, mention.start] = towns[mention.name]
    return found


def joined(by_field: dict[str, list[PlaceMention]], told: dict[str, str]) -> frozenset[tuple[str, int]]:
    """The unlisted places that stand in a list with the next one, by field and offset."""
    return frozenset(
        (name, a.start)
        for name, listed in by_field.items()
        for a, b in pairwise(listed)
        if a.id is None and _AND.fullmatch(told[name], a.end, b.start)
    )


def _is_province(mention: PlaceMention) -> bool:
    """A province, or the town that bears its name."""
    place = mention.place
    if place.precision in ("admin1", "admin2"):
        return mention.id is not None
    return mention.id is not None and place.admin1 is not None and place.gazetteer_name == place.admin1


def _is_region(mention: PlaceMention) -> bool:
    """A region within a province, such as a plain or a belt of suburbs."""
    place = mention.place
    return place.precision == "admin1" and place.admin1 not in (None, place.gazetteer_name) and mention.id is not None
