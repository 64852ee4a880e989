"""Rules that read how many fled or were driven out: "forced 300,000 from their homes", "have crossed into Chad"."""

from dataclasses import replace

from casualties.events.fighters import FIGHTERS
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import ADVERB, BE, HAVE, POSSESSIVE

_MANY = 100  # people who are driven out of a place rather than driven from one
_REACH = 16  # tokens from "forced" to what was left


def forced(reading: Reading, t: int) -> None:
    """ "forced 300,000 from their homes", "forcing thousands to flee", "90,000 had to leave their homes"."""
    low = reading.low
    leave = t - 1 - bool(t > 1 and reading.bits[t - 1] & POSSESSIVE)
    base = leave > 0 and low[leave] in ("leave", "flee", "abandon")
    had_to = base and low[max(0, leave - 2) : leave] == ["had", "to"]
    left = leave > 0 and low[leave] in ("left", "fled", "abandoned", "lost", "leaving", "abandoning")
    if low[t] == "homes" and (had_to or left or (base and reading.sentence.headline)):
        return _left_homes(reading, leave, leave - 2 if had_to else leave)
    leaving = leave if base else t
    if low[leaving : leaving + 2] == ["leave", "for"]:
        return None  # "causing many teachers to leave for other jobs"
    for k in range(t - 1, max(-1, t - _REACH), -1):
        made = reading.is_in(k, "idioms.causing") and _are_made_to(reading, k + 1, leaving)
        if made or reading.is_in(k, "idioms.force_out"):
            return _forced_by(reading, k)
        if low[k] in (";", "."):
            return None
    return None


def _left_homes(reading: Reading, leave: int, verb: int) -> None:
    begin, _, _, negated, modal = reading.verb_group(verb)
    if negated or modal or any(m.trigger == leave for m in reading.mentions):
        return
    group = reading.subject(begin)
    if group is not None and _are_usable(group, "count", "bare"):
        reading.tell("displaced", "left homes", leave, group)


def _forced_by(reading: Reading, k: int) -> None:
    begin, be, _, negated, modal = reading.verb_group(k)
    if negated or modal:
        return
    group = (None if be else reading.target(k + 1)) or reading.subject(begin)
    if group is not None and _are_usable(group, "count", "bare"):
        reading.tell("displaced", "forced out", k, group, subject=(max(0, begin - 12), begin))


def _are_usable(group: Group, *kinds: str) -> bool:
    return all(p.kind in kinds and not p.claimed for p in group.phrases)


def _are_many(group: Group, *kinds: str) -> bool:
    """Whether so many civilians are told that they flee: two may have been driven from the airport."""
    return _are_usable(group, *kinds) and all(p.group not in FIGHTERS and (p.low or 0) >= _MANY for p in group.phrases)


def _are_made_to(reading: Reading, k: int, leaving: int) -> bool:
    """ "Made 20,000 people leave", "flee the town"; not "leave the party"."""
    whom = reading.at[k]
    following = reading.low[leaving + 1 : leaving + 4]
    place = not reading.lexicon.sets["idioms.flee_objects"].isdisjoint(following)
    return (
        whom is not None and whom.last == leaving and (whom.low or 0) >= _MANY and (place or following[:1] != ["the"])
    )


def driven_out(reading: Reading, t: int) -> None:
    """ "drove 40,000 people from the valley", "20,000 were driven out of the town", "sent 90,000 across the border"."""
    begin, be, _, negated, modal = reading.verb_group(t)
    group = reading.subject(begin) if be else reading.target(t + 1)
    if (
        negated
        or modal
        or group is None
        or not _are_many(group, "count", "bare")
        or any(p.thing for p in group.phrases)
    ):
        return
    if _leads_out(reading, t, t + 1 if be else group.last, all(p.kind == "count" for p in group.phrases)):
        sent = reading.low[t][:3] == "sen" and not all(_are_people(reading, p) for p in group.phrases)
        if not sent:  # workers may be sent across a border
            reading.tell("displaced", "driven out", t, group, subject=(max(0, begin - 12), begin))


def _are_people(reading: Reading, phrase: Phrase) -> bool:
    return phrase.kind == "bare" or phrase.group == "civilians" or reading.low[phrase.head] in ("people", "persons")


def _leads_out(reading: Reading, t: int, k: int, persons: bool) -> bool:
    """Whether the words at k tell of a flight: "across the border", "onto the roads", "from their homes", "abroad"."""
    low = reading.low[k : k + 4]
    for across, ends in ((("across", "over"), "borders"), (("on", "onto"), "roads"), (("from",), "dwellings")):
        if low[:1] and low[0] in across and not reading.lexicon.sets[f"idioms.{ends}"].isdisjoint(low):
            return True
    driven = persons and reading.low[t][:2] in ("dr", "ex")  # others may be sent from a meeting
    return driven and (low[:1] in (["from"], ["abroad"]) or low[:2] == ["out", "of"])


def crossed(reading: Reading, t: int) -> None:
    """ "90,000 people have crossed into Chad", "crossed the border"."""
    following = reading.low[t + 1 : t + 3]
    leads = following[:1] in (["into"], ["to"]) and not (following[1:] == ["the"] and _is_common(reading, t + 3))
    if not leads and following not in (["the", "border"], ["the", "frontier"]):
        return
    begin, _, _, negated, modal = reading.verb_group(t)
    group = None if negated or modal else _of_a_people(reading, begin) or reading.subject(begin)
    if group is not None and _are_many(group, "count"):
        reading.tell("displaced", "crossed", t, group)


def _is_common(reading: Reading, k: int) -> bool:
    """Whether what is entered is no land: "crossed into the lead"; "the Turkish town", "the country" are."""
    return k < reading.size and reading.words[k][0].islower() and not reading.is_in(k, "idioms.flee_objects")


def _of_a_people(reading: Reading, end: int) -> Group | None:
    """ "Some 40,000 Rohingya": a number before the name of a people, right before ``end``."""
    before = reading.at[end - 2] if end > 1 and reading.words[end - 1][0].isupper() else None
    if before is None or before.last != end - 1 or before.kind != "bare" or before.claimed:
        return None
    return Group([replace(before, kind="count", last=end)])


def refuge(reading: Reading, t: int) -> None:
    """ "Some 80,000 people have found refuge abroad", "taken shelter in camps"."""
    begin, _, _, negated, modal = reading.verb_group(t - 1) if t else (0, False, False, True, False)
    if not reading.is_in(t - 1, "displaced.finding") or negated or modal:
        return
    if reading.low[t] == "shelter" and reading.low[t + 1 : t + 2] in (["from"], ["as"], ["when"], ["while"]):
        return  # "took shelter from the rain"
    group = reading.subject(begin)
    if group is not None and _are_many(group, "count", "bare"):
        reading.tell("displaced", "left homes", t, group)


def arrived(reading: Reading, t: int) -> None:
    """ "By noon 7,000 refugees had crossed": so many have left their homes."""
    phrase = reading.at[t]
    if phrase is None or phrase.kind != "count" or phrase.head != t or phrase.claimed:
        return
    k = t + 1
    while k < reading.size and reading.bits[k] & (BE | HAVE | ADVERB):
        k += 1
    if reading.is_in(k, "displaced.arriving"):
        reading.tell("displaced", "left homes", k, Group([phrase]))
