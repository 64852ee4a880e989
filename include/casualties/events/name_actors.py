"""Who does it: armed groups, forces of states, and common words for fighters and culprits."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
import tomllib
from typing import Any

from casualties.events.name_words import Word, split

_POSSESSIVES = ("'s", "’s", "s'", "s’")
_REACH = 4  # words before a head that may belong to its name


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """One who may have done it, or suffered it. Offsets are code points, end exclusive."""

    start: int
    end: int
    name: str  # as written, without article: "Syrian government forces", "Russian", "IS", "gunmen"
    canonical: str | None  # the one name of a known group
    kind: str  # state | armed_group | generic
    country: str | None = None  # alpha-3 of a state's force
    deed: bool = False  # an adjective before a deed or a machine: "Russian" of "Russian air strikes"
    status: str = "stated"  # stated | claimed | accused | suspected, from the words right around it


@dataclass(frozen=True, slots=True)
class _Tables:
    groups: dict[str, list[tuple[tuple[str, ...], str, str]]]  # first word -> (words, as written, canonical)
    armed: frozenset[str]
    forces: frozenset[str]
    machines: frozenset[str]
    bodies: frozenset[str]
    deeds: frozenset[str]
    modifiers: frozenset[str]
    compounds: tuple[str, ...]
    rulers: frozenset[str]
    left_out: frozenset[str]
    demonyms: dict[str, str]
    states: dict[str, tuple[str, str | None]]  # lower-case name -> state, alpha-3
    claimed: re.Pattern[str]
    accused: frozenset[str]
    suspected: frozenset[str]
    triggers: frozenset[str]  # every word that an actor can start with, but for "X-backed"


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("casualties.events") / "lexicon" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _tables() -> _Tables:
    raw, places = _load("actors"), _load("places")
    groups: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for canonical, written in raw["groups"].items():
        for name in written:
            words = tuple(word.low for word in split(name))
            groups.setdefault(words[0], []).append((words, name, canonical))
    for known in groups.values():
        known.sort(key=lambda row: -len(row[0]))
    states: dict[str, tuple[str, str | None]] = {}
    for country, names in places["countries"].items():
        for name in names:
            states[name.lower()] = (name, country)
    for state, seats in raw["states"].items():
        for name in (state, *seats):
            states[name.lower()] = (state, states.get(state.lower(), (state, None))[1])
    people, plain = raw["people"], raw["modifiers"]["plain"]
    demonyms = {name.lower(): country for country, names in places["demonyms"].items() for name in names}
    starts = {name.split()[0] for name in (*states, *people["armed"], *people["forces"], *demonyms)}
    return _Tables(
        groups, frozenset(raw["people"]["armed"]), frozenset(raw["people"]["forces"]), frozenset(raw["people"]["machines"]),
        frozenset(raw["people"]["groups"]), frozenset(raw["people"]["deeds"]), frozenset(raw["modifiers"]["plain"]),
        tuple(f"-{word}" for word in raw["modifiers"]["compounds"]), frozenset(raw["modifiers"]["rulers"]),
        frozenset(raw["modifiers"]["left_out"]),
        demonyms, states,
        re.compile("|".join(map(re.escape, raw["status"]["claimed"])), re.IGNORECASE),
        frozenset(raw["status"]["accused_before"]), frozenset(raw["status"]["suspected_before"]),
        frozenset((*groups, *starts, *people["machines"], *plain, *raw["modifiers"]["rulers"], "u.s.", "u.k.")),
    )  # fmt: skip


def find_actors(text: str) -> list[ActorMention]:
    """Actors of a text in order, never overlapping. Linear in its length; never raises."""
    words, tables = split(text), _tables()
    found: list[ActorMention] = []
    i = 0
    while i < len(words):
        low = words[i].low
        if low not in tables.triggers and "-" not in low:
            i += 1
            continue
        hit = _known_group(words, i, tables) or _described(words, i, tables) or _state(words, i, tables)
        if hit is None:
            i += 1
            continue
        first, last, canonical, kind, country, deed = hit
        if found and words[first].start < found[-1].end:
            if found[-1].start >= words[first].start:
                found.pop()
            else:
                i = last + 1
                continue
        found.append(_mention(text, words, first, last, canonical, kind, country, deed, tables))
        i = last + 1
    return found


_Hit = tuple[int, int, str | None, str, str | None, bool]


def _known_group(words: tuple[Word, ...], i: int, tables: _Tables) -> _Hit | None:
    for sequence, written, canonical in tables.groups.get(words[i].low, ()):
        j = i + len(sequence)
        if len(sequence) > 1 and tuple(word.low for word in words[i:j]) != sequence:
            continue
        plain = words[i].text.removesuffix("'s").removesuffix("’s")
        if len(sequence) == 1 and (
            plain != written if len(written) <= 5 else plain[0] != written[0] and written[0].isupper()
        ):
            continue
        if (
            j < len(words)
            and (words[j].low in tables.bodies or words[j].low in tables.armed)
            and not words[i].text.endswith(_POSSESSIVES)
        ):
            if words[j].text[0].islower():
                j += 1
        return i, j - 1, canonical, "armed_group", None, False
    return None


def _modifier(word: Word, tables: _Tables) -> bool:
    low = word.low
    return (
        low in tables.modifiers or low in tables.demonyms or low in tables.rulers or low.endswith(tables.compounds)
        or (low in ("us", "u.s.", "uk") and word.text.isupper() or low in ("u.s.", "u.k."))
    )  # fmt: skip


def _described(words: tuple[Word, ...], i: int, tables: _Tables) -> _Hit | None:
    """``Syrian government forces``, ``rebel fighters``, ``gunmen``, ``Assad's army``: words up to the last head."""
    first = i
    while i < len(words) and i - first < _REACH + 1 and _modifier(words[i], tables):
        if (
            words[i].text.endswith(_POSSESSIVES)
            and words[i].low not in tables.rulers
            and words[i].low not in tables.demonyms
        ):
            break
        i += 1
    head = None
    for j in range(min(i, first + _REACH), min(i + 3, len(words))):
        low = words[j].low
        two = f"{low} {words[j + 1].low}" if j + 1 < len(words) else ""
        if two in tables.forces:
            head = j + 1
        elif low in tables.armed or low in tables.forces or (low in tables.bodies and (j > first or head is not None)):
            head = j
        elif not (_modifier(words[j], tables) or j == head):
            break
    if (
        head is None
        and i < len(words)
        and words[i].low in ("and", ",")
        and i == first + 1
        and words[first].low in tables.demonyms
    ):
        if _modifier(words[min(i + 1, len(words) - 1)], tables):  # "Russian and Syrian forces": the first of two
            return first, first, None, "state", tables.demonyms[words[first].low], False
    if head is None:
        # modifiers alone: a head among them, or a nationality before a deed
        for j in range(i - 1, first - 1, -1):
            if words[j].low in tables.armed or words[j].low in tables.forces:
                head = j
                break
        if head is None:
            return _before_deed(words, first, i, tables)
    while first < head and words[first].low in tables.left_out:
        first += 1
    country = next(
        (tables.demonyms[words[k].low] for k in range(first, head + 1) if words[k].low in tables.demonyms), None
    )
    if country is None and any(words[k].low in ("us", "u.s.") for k in range(first, head)):
        country = "USA"
    if words[head].low in tables.machines:
        if head == first:
            return None
        return first, head - 1, None, "state" if country else "generic", country, True
    armed = any(words[k].low in tables.armed for k in range(first, head + 1))
    kind = "generic" if armed or not _stately(words, first, head, tables) else "state"
    if kind == "generic" and first == head and words[head].low in tables.bodies - tables.armed - tables.forces:
        return None
    return first, head, None, kind, country, False


def _stately(words: tuple[Word, ...], first: int, head: int, tables: _Tables) -> bool:
    return any(words[k].low in tables.forces for k in range(first, head + 1))


def _before_deed(words: tuple[Word, ...], first: int, stop: int, tables: _Tables) -> _Hit | None:
    """``Russian air strikes``: the nationality is the name; the same of ``US-led coalition strikes`` and ``rebel shelling``."""
    if stop == first:
        return None
    last = stop - 1
    while last > first and words[last].low in ("air", "military", "ground", "naval", "special"):
        last -= 1
    after = words[last + 1].low if last + 1 < len(words) else ""
    if after not in tables.deeds and after not in tables.machines and after not in ("military", "ground", "naval"):
        return None
    # US-led coalition, French and British: only those that name somebody
    while first <= last and (words[first].low in tables.left_out or words[first].low in ("other", "local", "foreign")):
        first += 1
    named = [k for k in range(first, last + 1) if words[k].low in tables.demonyms or words[k].low.endswith(tables.compounds)
             or words[k].low in ("us", "u.s.", "rebel", "regime", "government", "coalition", "militant", "insurgent", "terrorist", "separatist", "opposition")]  # fmt: skip
    if not named:
        return None
    country = next((tables.demonyms[words[k].low] for k in named if words[k].low in tables.demonyms), None)
    return (
        named[0],
        last,
        None,
        "state" if country or words[named[0]].low in ("us", "u.s.", "regime", "government") else "generic",
        country,
        True,
    )


def _state(words: tuple[Word, ...], i: int, tables: _Tables) -> _Hit | None:
    """``Russia``, ``the United States``, ``Moscow``: only the name; whether it acts is for the grammar to say."""
    if not words[i].text[0].isupper():
        return None
    for length in (3, 2, 1):
        name = " ".join(word.low for word in words[i : i + length])
        known = tables.states.get(name)
        if known and (length > 1 or name not in ("us",) or words[i].text == "US"):
            return i, min(i + length, len(words)) - 1, known[0], "state", known[1], False
    return None


def _mention(
    text: str, words: tuple[Word, ...], first: int, last: int, canonical: str | None, kind: str, country: str | None, deed: bool,
    tables: _Tables,
) -> ActorMention:  # fmt: skip
    start, end = words[first].start, words[last].end
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    before = [word.low for word in words[max(0, first - 3) : first]]
    status = "stated"
    if any(word in tables.suspected for word in before[-2:]) or words[first].low in tables.suspected:
        status = "suspected"
    elif any(word in tables.accused for word in before):
        status = "accused"
    elif tables.claimed.match(text, words[last].end + 1) or tables.claimed.match(text, end + 1):
        status = "claimed"
    return ActorMention(
        start=start,
        end=end,
        name=text[start:end],
        canonical=canonical,
        kind=kind,
        country=country,
        deed=deed,
        status=status,
    )
