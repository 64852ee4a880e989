"""Rules that read figures off set phrases: "claimed 12 lives", "the bodies of nine", "taken to hospital"."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from casualties.events import captives, hurt, losses, surviving, toll_nouns, verbs
from casualties.events.means import find_types
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import (
    ADVERB,
    BE,
    HAVE,
    MODAL,
    POSSESSIVE,
    PREPOSITION,
    REPORT,
    TRIGGER,
    Trigger,
    tables,
)
from casualties.model import Basis

_BATTLE = 14  # tokens after "fell" in which a battle is told
_SEVERAL = 3  # victims who are mourned together
_MANY = 100  # people who are driven out of a place rather than driven from one

Rule = Callable[[Reading, int], None]


def read_at(reading: Reading, t: int) -> None:
    """Set phrases that start from their own word."""
    for rule in rules().get(reading.low[t], ()):
        rule(reading, t)


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """The rules of each word; the first list that a word stands in decides."""
    sets = tables().sets
    found: dict[str, tuple[Rule, ...]] = {}
    for words, told in (
        (sets["idioms.toll_nouns"], (toll_nouns.toll,)),
        (("lives", "life"), (_lives, hurt.condition)),
        (sets["killed.bodies"], (_bodies,)),
        (sets["killed.complement_verbs"] & sets["injured.strike"], (_done_to_death, hurt.struck)),
        (sets["killed.complement_verbs"], (_done_to_death,)),
        (("fatally",), (_one_fatally,)),
        (("blown",), (_blown_up,)),
        (("riddled",), (_riddled,)),
        (("survive", "survived"), (surviving.survive,)),
        (("succumb", "succumbed", "succumbs"), (surviving.succumb,)),
        (("loss",), (losses.loss,)),
        (("cost", "costs", "costing"), (losses.cost,)),
        (("refuge", "shelter"), (_refuge,)),
        (sets["idioms.adding_up"], (toll_nouns.amount,)),
        (sets["killed.falling"], (_to_his_death, _fallen)),
        (sets["idioms.hospital"], (hurt.hospital,)),
        (sets["injured.harms"], (hurt.harm,)),
        (("homes", "flee", "fleeing", "leave", "evacuate"), (_forced,)),
        (sets["idioms.driven"], (_driven_out,)),
        (("crossed",), (_crossed,)),
        (("throats",), (_throats,)),
        (("losses",), (toll_nouns.listed, losses.loss)),
        (sets["idioms.listed"], (toll_nouns.listed,)),
        (("condition", "care", "critical"), (hurt.condition,)),
        (("treated", "treatment"), (hurt.treated,)),
        (sets["injured.strike"], (hurt.struck,)),
        (sets["missing.seeking"], (_sought,)),
        (("number", "numbers"), (toll_nouns.number_of,)),
        (("count",), (toll_nouns.count,)),
        (("buried", "mourned", "mourns"), (_mourned,)),
        (("claim", "claimed", "claiming", "claims"), (_claims,)),
        (("total",), (toll_nouns.total_of,)),
        (sets["abducted.holding"], (captives.hold,)),
        (sets["abducted.carrying"] | {"seized", "captured"}, (captives.take,)),
        (sets["abducted.away"], (captives.make_off,)),
        (("hands",), (captives.in_hands,)),
        (("killer", "killers", "murderer", "murderers"), (_killer_of,)),
        (("refugees",), (_arrived,)),
        (("figure", "tally"), (toll_nouns.figure,)),
    ):
        for word in words:
            found.setdefault(word, told)
    return found


def _lives(reading: Reading, t: int) -> None:
    """ "claimed 12 lives", "cost the lives of nine people", "lost their lives"."""
    low, sets = reading.low, reading.lexicon.sets
    verbs = sets["idioms.lives_verbs"]
    if t + 1 < reading.size and low[t + 1] == "of" and any(low[k] in verbs for k in range(max(0, t - 5), t)):
        group = reading.target(t + 2)
        if group is not None and not any(reading.bits[k] & MODAL for k in range(max(0, t - 6), t)):
            reading.tell("killed", "lives of", t, group, subject=(max(0, t - 14), max(0, t - 2)))
        return
    lost = [k for k in range(max(0, t - 3), t) if low[k] in ("lost", "lose", "loses", "losing")]
    if lost and low[t - 1] in ("their", "his", "her", "the", "your"):
        if lost[-1] > 2 and low[lost[-1] - 1] == "to" and toll_nouns.nth(reading, lost[-1] - 1, "killed"):
            return
        begin = reading.verb_group(lost[-1])
        if begin[3] or begin[4]:
            return
        group = reading.subject(begin[0])
        if group is None:
            named = reading.named(begin[0])
            group = Group([named]) if named else None
        if group is not None:
            reading.tell("killed", "lost lives", t, group)
        return
    phrase = reading.at[t]
    if (phrase is None or phrase.first == t) and low[t - 1] in ("'", "’"):
        phrase = reading.at[t - 2]  # "12 soldiers' lives"
        if phrase is not None and phrase.last != t - 1:
            phrase = None
    if phrase is not None and phrase.kind == "count" and not phrase.claimed and phrase.head in (t, t - 2):
        near = range(max(0, phrase.first - (7 if low[phrase.first - 1] == "," else 4)), phrase.first)
        if (
            any(low[k] in verbs for k in near)
            or (t + 1 < reading.size and low[t + 1] in ("lost", "claimed", "taken"))
            or (t + 2 < reading.size and low[t + 2] in ("lost", "claimed", "taken"))
        ) and not any(reading.bits[k] & MODAL for k in near):
            reading.tell("killed", "lives", t, Group([phrase]), subject=(max(0, phrase.first - 14), phrase.first))


_AFTERWARDS = frozenset(("buried", "identified"))  # what is done with those who were found before


def _bodies(reading: Reading, t: int) -> None:
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


def _mourned(reading: Reading, t: int) -> None:
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


def _killer_of(reading: Reading, t: int) -> None:
    """ "The killer of 11 women", "the dancer's killer": whom he killed."""
    before = reading.at[t - 1] if t else None
    if reading.low[t + 1 : t + 2] == ["of"]:
        group = reading.target(t + 2)
    elif before is not None and before.last == t and reading.words[t - 1].endswith(("'s", "’s")):
        group = Group([before])
    else:
        return
    if group is not None and all(p.counted and not p.claimed for p in group.phrases):
        reading.tell("killed", "nominal", t, group)


def _arrived(reading: Reading, t: int) -> None:
    """ "By noon 7,000 refugees had crossed": so many have left their homes."""
    phrase = reading.at[t]
    if phrase is None or phrase.kind != "count" or phrase.head != t or phrase.claimed:
        return
    k = t + 1
    while k < reading.size and reading.bits[k] & (BE | HAVE | ADVERB):
        k += 1
    if reading.is_in(k, "displaced.arriving"):
        reading.tell("displaced", "left homes", k, Group([phrase]))


def _to_his_death(reading: Reading, t: int) -> None:
    """ "Climber falls to death", "she plunged to her death"."""
    k = t + 2 if reading.low[t + 1 : t + 2] == ["to"] else reading.size
    k += bool(k < reading.size and reading.bits[k] & POSSESSIVE)
    if reading.low[k : k + 1] in (["death"], ["deaths"]):
        verbs.participle(reading, t, k + 1, Trigger("killed", "past", "intrans", "fall"))


def _fallen(reading: Reading, t: int) -> None:
    """ "Three of its fighters fell in clashes", "six fell as martyrs"; "three players fell ill" tells of no death."""
    if reading.low[t] != "fell" or (reading.bits[t - 1] & (MODAL | HAVE) if t else True):
        return
    after = reading.low[t + 1 : t + 2]
    clashes = not reading.lexicon.sets["killed.battles"].isdisjoint(reading.low[t + 1 : t + _BATTLE])
    martyrs = after == ["as"] and not reading.lexicon.sets["killed.heroes"].isdisjoint(reading.low[t + 2 : t + 4])
    ends = not after or after[0] in (",", ";", ".", "and", "there")
    fits = clashes and (ends or after[0] in ("in", "on", "during", "while", "at", "near", "yesterday", "today"))
    group = reading.subject(t) if martyrs or fits or ends else None
    if group is None or any(p.claimed or p.kind not in ("count", "bare", "one") for p in group.phrases):
        return
    if martyrs or fits or all(p.group in ("combatants", "security_forces") for p in group.phrases):
        reading.tell("killed", "fell", t, group)


def _blown_up(reading: Reading, t: int) -> None:
    """ "two men were blown up by a mine"."""
    if reading.low[t + 1 : t + 2] == ["up"] and reading.verb_group(t)[1]:
        verbs.participle(reading, t, t + 2, Trigger("killed", "part", "trans", "blow"))


def _riddled(reading: Reading, t: int) -> None:
    """ "The mayor was riddled with bullets"; not the wall of his house."""
    begin, be, *_ = reading.verb_group(t)
    if not be or reading.low[t + 1 : t + 2] not in (["with"], ["by"]):
        return
    if not reading.lexicon.sets["injured.missiles"].isdisjoint(reading.low[t + 2 : t + 5]):
        before = reading.at[begin - 1] if begin else None
        if (before is not None and before.last == begin and not _is_owner(reading, before)) or reading.named(begin):
            verbs.participle(reading, t, t + 1, Trigger("killed", "part", "trans", "riddle"))


def _is_owner(reading: Reading, phrase: Phrase) -> bool:
    return phrase.first > 0 and bool(reading.bits[phrase.first - 1] & PREPOSITION)


def _done_to_death(reading: Reading, t: int) -> None:
    """ "beaten to death", "found dead", "stabbed her to death": verbs that kill only with what follows."""
    low = reading.low
    if reading.bits[t] & TRIGGER and low[t] in ("shot", "stabbed", "shoot", "shoots"):
        return
    after = low[t + 1 : t + 7]
    if not after:
        return
    if after[0] == "dead" and after[1:3] == ["or", "missing"]:
        return
    if after[:2] == ["to", "death"] or after[0] == "dead" or (after[0] == "alive" and low[t] in ("burned", "burnt")):
        if low[t] in (
            "found",
            "left",
            "feared",
            "presumed",
            "believed",
            "pronounced",
            "declared",
            "dropped",
            "drop",
        ) and any(m.trigger == t + 1 for m in reading.mentions):
            return
        if after[0] == "dead" and low[t] == "left":
            return
        _, be, have, *_ = reading.verb_group(t)
        own = low[t] in ("starved", "bled", "froze", "frozen", "choked")
        own = own or (have and not be and reading.target(t + 3) is None)  # "had burned to death"
        voice = "intrans" if own else "trans"
        verbs.participle(reading, t, t + 1, Trigger("killed", "past", voice, low[t]))
        return
    if "death" in after and "to" in after:
        group = reading.target(t + 1)
        if group is not None and group.last < reading.size and low[group.last] == "to":
            reading.tell("killed", "to death", t, group, subject=(max(0, t - 14), t))


def _one_fatally(reading: Reading, t: int) -> None:
    """ "five men were shot, one fatally"."""
    phrase = reading.at[t - 1] if t else None
    if (
        phrase is not None
        and phrase.counted
        and not phrase.claimed
        and not (t + 1 < reading.size and reading.bits[t + 1] & TRIGGER)
    ):
        reading.tell("killed", "fatally", t, Group([phrase]), of_whole=True)


def _forced(reading: Reading, t: int) -> None:
    """ "forced 300,000 from their homes", "forcing thousands to flee"."""
    low = reading.low
    force = reading.lexicon.sets["idioms.force_out"]
    leave = t - 1 - bool(t > 1 and reading.bits[t - 1] & POSSESSIVE)
    base = leave > 0 and low[leave] in ("leave", "flee", "abandon")
    had_to = base and low[max(0, leave - 2) : leave] == ["had", "to"]
    left = leave > 0 and (
        low[leave] in ("left", "fled", "abandoned", "lost", "leaving", "abandoning")
        or (base and reading.sentence.headline)
    )
    if low[t] == "homes" and (had_to or left):
        begin, _, _, negated, modal = reading.verb_group(leave - 2 if had_to else leave)
        group = (
            None if negated or modal or any(m.trigger == leave for m in reading.mentions) else reading.subject(begin)
        )
        if group is not None and all(p.kind in ("count", "bare") and not p.claimed for p in group.phrases):
            reading.tell("displaced", "left homes", leave, group)
        return
    leaving = leave if base else t
    for k in range(t - 1, max(-1, t - 16), -1):
        made = reading.is_in(k, "idioms.causing") and _are_made_to(reading, k + 1, leaving)
        if low[k] in force or made:
            begin, be, _, negated, modal = reading.verb_group(k)
            if negated or modal:
                return
            group = reading.subject(begin) if be else reading.target(k + 1)
            if group is None and not be:
                group = reading.subject(begin)
            if (
                group is not None
                and all(p.kind in ("count", "bare") for p in group.phrases)
                and not any(p.claimed for p in group.phrases)
            ):
                reading.tell("displaced", "forced out", k, group, subject=(max(0, begin - 12), begin))
            return
        if low[k] in (";", "."):
            return


def _are_made_to(reading: Reading, k: int, leaving: int) -> bool:
    """ "Made 20,000 people leave", "flee the town"; not "leave the party"."""
    whom = reading.at[k]
    following = reading.low[leaving + 1 : leaving + 4]
    place = not reading.lexicon.sets["idioms.flee_objects"].isdisjoint(following)
    return whom is not None and whom.last == leaving and (place or following[:1] != ["the"])


def _claims(reading: Reading, t: int) -> None:
    """ "Boat disaster claims 15 on lake", "the feud has claimed 300 fighters": lives."""
    following = reading.at[t + 1] if t + 1 < reading.size else None
    begin, be, _, negated, modal = reading.verb_group(t)
    if not t or following is None or following.claimed or be or negated or modal:
        return
    after = reading.low[following.last : following.last + 1]
    placed = not after or after[0] in ("in", "on", "at", "near", "as", "across", "off", "after")
    if reading.sentence.headline:
        told = following.kind == "bare" and placed and _takes_lives(reading, t - 1)
    else:
        ends = not after or not after[0][0].isalpha() or bool(reading.bits[following.last] & PREPOSITION)
        counted = following.kind == "count" or (following.kind == "bare" and placed)
        told = counted and ends and not following.definite and _deed_opens(reading, begin)
    if told and (group := reading.target(t + 1)) is not None:
        reading.tell("killed", "lives", t, group, subject=(max(0, begin - 14), begin))


def _takes_lives(reading: Reading, k: int) -> bool:
    return reading.low[k] in reading.lexicon.type_words or reading.is_in(k, "idioms.claimants")


def _deed_opens(reading: Reading, begin: int) -> bool:
    """Whether the subject of the verb at ``begin`` is a deed: "attacks in the town", "the feud"; nobody who claims."""
    deed = False
    for k in range(begin - 1, max(-1, begin - 9), -1):
        if reading.low[k] in (",", ";", ":", "which", "that", "and", "but"):
            return deed
        if reading.at[k] is not None or reading.bits[k] & REPORT:
            return False
        deed = _takes_lives(reading, k) or (deed and not reading.bits[k] & PREPOSITION)
    return deed


def _driven_out(reading: Reading, t: int) -> None:
    """ "drove 40,000 people from the valley", "20,000 were driven out of the town", "sent 90,000 across the border"."""
    begin, be, _, negated, modal = reading.verb_group(t)
    group = reading.subject(begin) if be else reading.target(t + 1)
    if negated or modal or group is None or any(p.kind not in ("count", "bare") or p.claimed for p in group.phrases):
        return
    if any(p.thing or p.group in ("combatants", "security_forces") or (p.low or 0) < _MANY for p in group.phrases):
        return  # two may have been driven from the airport
    if _leads_out(reading, t, t + 1 if be else group.last, all(p.kind == "count" for p in group.phrases)):
        reading.tell("displaced", "driven out", t, group, subject=(max(0, begin - 12), begin))


def _leads_out(reading: Reading, t: int, k: int, persons: bool) -> bool:
    """Whether the words at k tell of a flight: "across the border", "onto the roads", "from their homes", "abroad"."""
    low = reading.low[k : k + 4]
    for across, ends in ((("across", "over"), "borders"), (("on", "onto"), "roads"), (("from",), "dwellings")):
        if low[:1] and low[0] in across and not reading.lexicon.sets[f"idioms.{ends}"].isdisjoint(low):
            return True
    driven = persons and reading.low[t][:2] in ("dr", "ex")  # others may be sent from a meeting
    return driven and (low[:1] in (["from"], ["abroad"]) or low[:2] == ["out", "of"])


def _crossed(reading: Reading, t: int) -> None:
    """ "90,000 people have crossed into Chad", "crossed the border"."""
    following = reading.low[t + 1 : t + 3]
    leads = following[:1] in (["into"], ["to"]) and not (following[1:] == ["the"] and _is_common(reading, t + 3))
    if not leads and following not in (["the", "border"], ["the", "frontier"]):
        return
    begin, _, _, negated, modal = reading.verb_group(t)
    group = None if negated or modal else _of_a_people(reading, begin) or reading.subject(begin)
    if group is None or any(p.kind != "count" or p.claimed or (p.low or 0) < _MANY for p in group.phrases):
        return
    if not any(p.group in ("combatants", "security_forces") for p in group.phrases):
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


def _refuge(reading: Reading, t: int) -> None:
    """ "Some 80,000 people have found refuge abroad", "taken shelter in camps"."""
    begin, _, _, negated, modal = reading.verb_group(t - 1) if t else (0, False, False, True, False)
    if not reading.is_in(t - 1, "displaced.finding") or negated or modal:
        return
    if reading.low[t] == "shelter" and reading.low[t + 1 : t + 2] in (["from"], ["as"], ["when"], ["while"]):
        return  # "took shelter from the rain"
    group = reading.subject(begin)
    if group is None or any(
        p.kind not in ("count", "bare") or p.claimed or (p.low or 0) < _MANY for p in group.phrases
    ):
        return
    if not any(p.group in ("combatants", "security_forces") for p in group.phrases):
        reading.tell("displaced", "left homes", t, group)


def _throats(reading: Reading, t: int) -> None:
    """ "slit the throats of 64 villagers", "eight men had their throats cut"."""
    low = reading.low
    if low[t + 1 : t + 2] == ["of"]:
        cut = any(reading.is_in(k, "idioms.cutting") for k in range(max(0, t - 3), t))
        group = reading.target(t + 2) if cut else None
    else:
        had = low[max(0, t - 2) : t] in (["had", "their"], ["with", "their"]) and reading.is_in(t + 1, "idioms.cutting")
        group = reading.subject(t - 2) if had else None
    if group is not None and not any(p.claimed for p in group.phrases):
        reading.tell("killed", "throats", t, group)


def _sought(reading: Reading, t: int) -> None:
    """ "searching for 100 people", "the search for a missing hiker"."""
    k = t + 1
    while k < reading.size and k - t < 4 and reading.low[k] != "for":
        k += 1
    group = reading.target(k + 1) if k < reading.size and reading.low[k] == "for" else None
    if group is None or any(
        p.claimed or p.definite or p.group in ("combatants", "security_forces") for p in group.phrases
    ):
        return
    missing = all("missing" in reading.low[p.first : p.last] for p in group.phrases)
    sets = reading.lexicon.sets
    if not missing and not sets["missing.hunters"].isdisjoint(reading.low[max(0, t - 7) : t]):
        return  # police may be after suspects
    if not sets["missing.quarry"].isdisjoint(reading.low[group.first : group.last + 2]):
        return
    if all((p.kind == "count" and not p.thing) or (p.kind == "one" and missing) for p in group.phrases):
        reading.tell("missing", "sought", t, group)
