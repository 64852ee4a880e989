"""Who does it: armed groups, forces of states, and common words for fighters and culprits."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from casualties.events.gazetteer.names import lexicon as place_names
from casualties.events.gazetteer.sources import countries
from casualties.events.name_words import Word, split

_POSSESSIVES = ("'s", "’s", "s'", "s’")
_REACH = 4  # words before a head that may belong to its name
_JOINING = frozenset(("of", "the", "al", "ibn", "and"))
_SHORT = 5  # letters of a group's name up to which capitals count: IS is not is


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """One who may have done it, or suffered it. Offsets are code points, end exclusive."""

    start: int
    end: int
    name: str  # as written, without article: "Syrian government forces", "Russian", "IS", "gunmen"
    canonical: str | None  # the one name of a known group or state
    kind: str  # state | armed_group | generic
    country: str | None = None  # alpha-3 of a state or of its force
    deed: bool = False  # an adjective before a deed or a machine: "Russian" of "Russian air strikes"
    status: str = "stated"  # stated | claimed | accused | suspected, from the words right around it


class _Hit(NamedTuple):
    first: int  # words of the name
    last: int
    canonical: str | None
    kind: str
    country: str | None
    deed: bool


@dataclass(frozen=True, slots=True)
class _Tables:
    groups: dict[str, list[tuple[tuple[str, ...], str, str]]]  # first word -> (words, as written, canonical)
    armed: frozenset[str]
    forces: frozenset[str]
    machines: frozenset[str]
    bodies: frozenset[str]
    deeds: frozenset[str]
    formations: frozenset[str]
    modifiers: frozenset[str]
    compounds: tuple[str, ...]
    rulers: frozenset[str]
    arms: frozenset[str]
    owners: frozenset[str]
    rule: frozenset[str]
    left_out: frozenset[str]
    demonyms: dict[str, str]
    states: dict[str, tuple[str, str | None]]  # lower-case name -> state, alpha-3
    claimed: re.Pattern[str]
    accused: frozenset[str]
    suspected: frozenset[str]
    triggers: frozenset[str]  # every word that an actor can start with, but for "X-backed"


def _groups(raw: dict[str, list[str]]) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for canonical, written in raw.items():
        for name in written:
            words = tuple(word.low for word in split(name))
            found.setdefault(words[0], []).append((words, name, canonical))
    for known in found.values():
        known.sort(key=lambda row: -len(row[0]))
    return found


def _states(raw: dict[str, list[str]]) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {c["name"].lower(): (c["name"], c["iso3"]) for c in countries().values()}
    for country, names in place_names()["countries"].items():
        found |= {name.lower(): (name, country) for name in names}
    for state, seats in raw.items():
        for name in (state, *seats):
            found[name.lower()] = (state, found.get(state.lower(), (state, None))[1])
    return found


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files("casualties.events") / "lexicon" / "actors.toml").read_text(encoding="utf-8"))


@cache
def _tables() -> _Tables:
    raw = _raw()
    people, modifiers, status = raw["people"], raw["modifiers"], raw["status"]
    groups, states = _groups(raw["groups"]), _states(raw["states"])
    demonyms = {name.lower(): country for country, names in place_names()["demonyms"].items() for name in names}
    starts = {name.split()[0] for name in (*states, *people["armed"], *people["forces"], *demonyms)}
    return _Tables(
        groups=groups,
        armed=frozenset(people["armed"]),
        forces=frozenset(people["forces"]),
        machines=frozenset(people["machines"]),
        bodies=frozenset(people["groups"]),
        deeds=frozenset(people["deeds"]),
        formations=frozenset(people["formations"]),
        modifiers=frozenset(modifiers["plain"]),
        compounds=tuple(f"-{word}" for word in modifiers["compounds"]),
        rulers=frozenset(modifiers["rulers"]),
        arms=frozenset(modifiers["arms"]),
        owners=frozenset(modifiers["owners"]),
        rule=frozenset(modifiers["rule"]),
        left_out=frozenset(modifiers["left_out"]),
        demonyms=demonyms,
        states=states,
        claimed=re.compile("|".join(map(re.escape, status["claimed"])), re.IGNORECASE),
        accused=frozenset(status["accused_before"]),
        suspected=frozenset(status["suspected_before"]),
        triggers=frozenset((*groups, *starts, *people["machines"], *modifiers["plain"], *modifiers["rulers"], "u.k.")),
    )


@cache
def _canonical() -> dict[str, str]:
    rows = (row for known in _tables().groups.values() for row in known)
    return {" ".join(words): canonical for words, _written, canonical in rows}


def known_group(name: str) -> str | None:
    """The one name of a group by any of its names, in lower case."""
    return _canonical().get(name)


def seats_of_power() -> dict[str, list[str]]:
    """States with the words for their rule or seat, such as capitals."""
    seats: dict[str, list[str]] = _raw()["states"]
    return seats


def find_actors(text: str) -> list[ActorMention]:
    """Actors of a title or text in order, never overlapping. Linear in its length; never raises."""
    words, tables = split(text), _tables()
    found: list[ActorMention] = []
    free = 0  # the first word after the last actor
    for i in [i for i, word in enumerate(words) if _may_open(word.low) or word.low in tables.formations]:
        if i < free:
            continue
        hit = None
        if _may_open(words[i].low):
            hit = _known_group(words, i, tables) or _described(words, i, tables) or _state(words, i, tables)
        if words[i].low in tables.formations:
            hit = _formation(words, i, tables, found[-1].end if found else 0) or hit
        if hit is not None:
            found.append(_mention(text, words, hit, tables))
            free = hit.last + 1
    return found


@lru_cache(maxsize=20_000)
def _may_open(low: str) -> bool:
    """Whether a word can be the first of an actor's name."""
    tables = _tables()
    return low in tables.triggers or "-" in low or low[:-1] in tables.groups or low[:-1] in tables.states


# ---------------------------------------------------------------- names of groups and states


def _known_group(words: tuple[Word, ...], i: int, tables: _Tables) -> _Hit | None:
    low, text = words[i].low, words[i].text
    if low not in tables.groups and text[:2].isupper() and low.endswith("s"):
        low, text = low[:-1], text[:-1]  # "ISILs fighters", of a feed that lost the apostrophe
    for sequence, written, canonical in tables.groups.get(low, ()):
        j = i + len(sequence)
        if len(sequence) > 1:
            if tuple(word.low for word in words[i:j]) != sequence:
                continue
        elif not _written_alike(text.removesuffix("'s").removesuffix("’s"), written):
            continue
        follower = words[j] if j < len(words) else None
        owned = words[j - 1].text.endswith(_POSSESSIVES)
        if follower and not owned and follower.text[0].islower():
            j += follower.low in tables.bodies or follower.low in tables.armed
        return _Hit(i, j - 1, canonical, "armed_group", None, False)
    return None


def _formation(words: tuple[Word, ...], i: int, tables: _Tables, free: int) -> _Hit | None:
    """``the Sons of Hauran brigade``: capitalised words up to a word for an armed body, from offset ``free`` on."""
    first = i
    while first > 0 and i - first < _REACH + 1 and words[first - 1].start >= free:
        word = words[first - 1]
        if not (word.text[0].isupper() or (first < i and word.low in _JOINING)) or word.low in tables.demonyms:
            break
        first -= 1
    while first < i and (words[first].low in tables.left_out or words[first].low in _JOINING):
        first += 1
    if first == i or not all(_is_plain_name(word, tables) for word in words[first:i]):
        return None
    return _Hit(first, i, None, "armed_group", None, False)


def _is_plain_name(word: Word, tables: _Tables) -> bool:
    known = word.low in tables.modifiers or word.low in tables.states or _has_lost_apostrophe(word, tables)
    return word.low in _JOINING or not known


def _has_lost_apostrophe(word: Word, tables: _Tables) -> bool:
    """``Russias`` for Russia's, of a feed that lost its apostrophes."""
    return word.low.endswith("s") and word.low not in tables.states and word.low[:-1] in tables.states


def _written_alike(text: str, name: str) -> bool:
    if len(name) <= _SHORT:
        return text == name
    return text[0] == name[0] or name[0].islower()


def _state(words: tuple[Word, ...], i: int, tables: _Tables) -> _Hit | None:
    """``Russia``, ``the United States``, ``Moscow``: only the name; whether it acts is for the grammar to say."""
    if not words[i].text[0].isupper():
        return None
    for length in (3, 2, 1):
        name = " ".join(word.low for word in words[i : i + length])
        known = tables.states.get(name)
        if known and (length > 1 or len(name) > 3 or words[i].text.isupper()):
            return _Hit(i, min(i + length, len(words)) - 1, known[0], "state", known[1], False)
    if len(words[i].low) > 4 and _has_lost_apostrophe(words[i], tables):
        name, country = tables.states[words[i].low[:-1]]
        return _Hit(i, i, name, "state", country, False)
    return None


# ---------------------------------------------------------------- descriptions


def _is_modifier(word: Word, tables: _Tables) -> bool:
    low = word.low
    if low in ("us", "u.s.", "uk", "u.k."):
        return word.text.isupper()
    return low in tables.modifiers or low in tables.demonyms or low in tables.rulers or low.endswith(tables.compounds)


def _described(words: tuple[Word, ...], first: int, tables: _Tables) -> _Hit | None:
    """``Syrian government forces``, ``rebel fighters``, ``gunmen``, ``Assad's army``: words up to the last head."""
    stop = first
    while stop < len(words) and stop - first <= _REACH and _is_modifier(words[stop], tables):
        word = words[stop]
        if word.text.endswith(_POSSESSIVES) and word.low not in tables.rulers and word.low not in tables.demonyms:
            break
        stop += 1
    head = _head(words, first, stop, tables)
    if head is None:
        return _first_of_two(words, first, stop, tables) or _before_deed(words, first, stop, tables)
    while first < head and words[first].low in tables.left_out:
        first += 1
    named = range(first, head + 1)
    country = _country(words, named, tables)
    low = words[head].low
    if low in tables.machines:
        owner = min(head, stop) - 1
        return _Hit(first, owner, None, "state" if country else "generic", country, True) if owner >= first else None
    armed = any(words[k].low in tables.armed for k in named)
    stately = any(words[k].low in tables.forces or f"{words[k - 1].low} {words[k].low}" in tables.forces for k in named)
    if not armed and not stately and first == head:
        return None
    return _Hit(first, head, None, "state" if stately and not armed else "generic", country, False)


def _head(words: tuple[Word, ...], first: int, stop: int, tables: _Tables) -> int | None:
    """The last word that says what they are; among the modifiers where nothing follows them."""
    head = None
    for j in range(min(stop, first + _REACH), min(stop + 3, len(words))):
        low = words[j].low
        if j + 1 < len(words) and f"{low} {words[j + 1].low}" in tables.forces:
            head = j + 1
        elif (
            low in tables.armed
            or low in tables.forces
            or low in tables.machines
            or (low in tables.bodies and j > first)
        ):
            head = j
        elif not (_is_modifier(words[j], tables) or j == head):
            break
    if head is None:
        for j in range(stop - 1, first - 1, -1):
            if words[j].low in tables.armed or words[j].low in tables.forces:
                deed = words[j + 1].low if j + 1 < len(words) else ""
                if words[j].low in tables.owners and deed in tables.deeds:  # "rebel shelling"
                    return None
                return j
    return head


def _country(words: tuple[Word, ...], named: range, tables: _Tables) -> str | None:
    for k in named:
        if words[k].low in tables.demonyms:
            return tables.demonyms[words[k].low]
        if words[k].low in ("us", "u.s."):
            return "USA"
    return None


def _first_of_two(words: tuple[Word, ...], first: int, stop: int, tables: _Tables) -> _Hit | None:
    """``Russian`` of "Russian and Syrian government forces"."""
    single = stop == first + 1 and stop + 1 < len(words) and words[first].low in tables.demonyms
    if single and words[stop].low in ("and", "or", ",") and _is_modifier(words[stop + 1], tables):
        return _Hit(first, first, None, "state", tables.demonyms[words[first].low], False)
    return None


def _before_deed(words: tuple[Word, ...], first: int, stop: int, tables: _Tables) -> _Hit | None:
    """``Russian air strikes``: the nationality is the name; so with ``US-led raids`` and ``rebel shelling``."""
    last = stop - 1
    while last > first and words[last].low in tables.arms:
        last -= 1
    after = words[last + 1].low if stop > first and last + 1 < len(words) else ""
    if after == "war" and last + 2 < len(words):  # "war planes"
        after = words[last + 2].low
    if after not in tables.deeds and after not in tables.machines and after not in tables.arms:
        return None
    named = [
        k
        for k in range(first, last + 1)
        if words[k].low in tables.demonyms or words[k].low in tables.owners or words[k].low.endswith(tables.compounds)
    ]
    if not named:
        return None
    country = _country(words, range(named[0], last + 1), tables)
    kind = "state" if country or words[named[0]].low in tables.rule else "generic"
    return _Hit(named[0], last, None, kind, country, True)


def _mention(text: str, words: tuple[Word, ...], hit: _Hit, tables: _Tables) -> ActorMention:
    start, end = words[hit.first].start, words[hit.last].end
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    elif hit.first == hit.last and hit.kind == "state" and _has_lost_apostrophe(words[hit.first], tables):
        end -= 1
    before = [word.low for word in words[max(0, hit.first - 3) : hit.first]]
    status = "stated"
    if any(word in tables.suspected for word in before[-2:]):
        status = "suspected"
    elif any(word in tables.accused for word in before):
        status = "accused"
    elif tables.claimed.match(text, words[hit.last].end + 1):
        status = "claimed"
    return ActorMention(
        start=start,
        end=end,
        name=text[start:end],
        canonical=hit.canonical,
        kind=hit.kind,
        country=hit.country,
        deed=hit.deed,
        status=status,
    )
