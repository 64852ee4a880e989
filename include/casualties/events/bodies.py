"""Rules that read the dead off what is done with them: "the bodies of nine were found", "mourned 11 of its own"."""

from casualties.events.means import find_types
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import BE, TRIGGER
from casualties.model import Basis

_SEVERAL = 3  # victims who are mourned together
_AFTERWARDS = frozenset(("buried", "identified"))  # what is done with those who were found before


def recovered(reading: Reading, t: int) -> None:
    """ "the bodies of nine people were found", "rescuers pulled 12 bodies from the rubble"."""
    low = reading.low
    found = reading.lexicon.sets["killed.found"]
    own = reading.at[t]
    around = range(max(0, t - 9), min(reading.size, t + 14))
    near = any(low[k] in found and low[k] not in _AFTERWARDS for k in around)
    if t + 1 < reading.size and low[t + 1] == "of" and not (own is not None and own.kind == "count"):
        group = reading.target(t + 2)
        names = reading.names_from(t + 2) if group is None else None
        group = Group([names]) if names is not None else group
        clear = group is not None and all(p.kind == "count" and not p.thing for p in group.phrases)
        if group is not None and (near or (clear and _are_found(reading, group.last))):
            reading.tell("killed", "bodies of", t, group, definite=False)
        return
    of_work = low[t + 1 : t + 2] == ["of"] and reading.target(t + 2) is None  # "three bodies of work"
    phrase = reading.at[t]
    part = phrase is not None and phrase.of_whole and "the" in low[phrase.first : t]
    if of_work or part or low[max(0, t - 2) : t] == ["of", "the"]:
        return  # "only four of the bodies": a part
    there = phrase is not None and low[max(0, phrase.first - 2) : phrase.first] in (["there", "were"], ["there", "was"])
    near = near or there
    if phrase is not None and phrase.kind == "count" and phrase.head == t and not phrase.claimed and near:
        reading.tell("killed", "bodies", t, Group([phrase]))
    elif near and (unnumbered := _unnumbered(reading, t)) is not None:
        reading.tell("killed", "bodies", t, Group([unnumbered]))


def _are_found(reading: Reading, k: int) -> bool:
    """ "The bodies of four men who had tried to slip away were found": a verb of the bodies, past a clause."""
    for j in range(k, min(k + 20, reading.size - 1)):
        if reading.is_in(j, "killed.found") and reading.bits[j - 1] & BE:
            return True
        if reading.low[j] in (";", ":"):
            return False
    return False


def _unnumbered(reading: Reading, t: int) -> Phrase | None:
    """ "Body pulled out of lake", "since the bodies washed ashore after the storm"."""
    low, brought = reading.low, reading.lexicon.sets["killed.brought"]
    own = reading.at[t]
    if brought.isdisjoint(low[t + 1 : t + 3]) or (own is not None and own.claimed):
        return None
    opens = t == 0 or low[t - 1] == "a" or reading.words[t - 1].endswith(("'s", "’s"))
    if low[t] == "body" and reading.sentence.headline and opens:
        return Phrase(t, t + 1, "one", 1, 1, 1, Basis.EXACT, t)
    if low[t] == "bodies" and find_types(reading.sentence):
        return Phrase(t, t + 1, "some", 2, None, None, Basis.VAGUE, t)
    return None


def mourned(reading: Reading, t: int) -> None:
    """ "The town mourned nine people", "buried eleven of its own"; not those who are buried under snow."""
    begin, be, _, negated, modal = reading.verb_group(t)
    if be and not (negated or modal):
        return _laid_to_rest(reading, t, begin)
    group = None if negated or modal else reading.target(t + 1)
    if group is None or not begin or any(p.kind != "count" or p.claimed or p.thing for p in group.phrases):
        return
    mourner, means = reading.at[begin - 1], find_types(reading.sentence)
    if mourner is not None and mourner.low == 1 and not means:
        return  # "he mourned three wives"
    if group.last < reading.size and reading.bits[group.last] & TRIGGER:
        return  # "mourned 40 soldiers killed by a mine": told by that
    many = sum(p.low or 0 for p in group.phrases) >= _SEVERAL
    covered = reading.low[group.last : group.last + 1] in (["under"], ["beneath"], ["alive"], ["in"])
    by_mishap = any(last <= begin for _, last, kind, _ in means if kind in ("accident", "disaster"))
    if many and not (reading.low[t].startswith("bur") and (covered or by_mishap)):
        reading.tell("killed", "bodies of", t, group, definite=False)


def _laid_to_rest(reading: Reading, t: int, begin: int) -> None:
    """ "Six of its sons were buried on Monday", "in a mass grave"; not where snow or a house came down on them."""
    low, means = reading.low, {kind for *_, kind, _ in find_types(reading.sentence)}
    dated = low[t + 1 : t + 2] == ["on"] and reading.is_in(t + 2, "calendar")
    at_rest = dated or not reading.lexicon.sets["killed.resting"].isdisjoint(low[t + 1 : t + 6])
    group = reading.subject(begin) if at_rest and means.isdisjoint(("accident", "disaster")) else None
    if group is None or any(p.kind != "count" or p.claimed or p.thing or p.definite for p in group.phrases):
        return
    if sum(p.low or 0 for p in group.phrases) >= _SEVERAL:
        reading.tell("killed", "bodies of", t, group)
