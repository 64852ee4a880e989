"""Rules that read figures off set phrases: "claimed 12 lives", "the bodies of nine", "taken to hospital"."""

from collections.abc import Callable
from functools import cache

from casualties.events import bodies, captives, fleeing, hurt, losses, surviving, toll_nouns, verbs
from casualties.events.fighters import FIGHTERS
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import (
    HAVE,
    MODAL,
    POSSESSIVE,
    PREPOSITION,
    REPORT,
    TRIGGER,
    Trigger,
    tables,
)

_BATTLE = 14  # tokens after "fell" in which a battle is told

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
        (sets["killed.bodies"], (bodies.recovered,)),
        (sets["killed.complement_verbs"] & sets["injured.strike"], (_done_to_death, hurt.struck)),
        (sets["killed.complement_verbs"], (_done_to_death,)),
        (("fatally",), (_one_fatally,)),
        (("blown",), (_blown_up,)),
        (("riddled",), (_riddled,)),
        (("survive", "survived"), (surviving.survive,)),
        (("succumb", "succumbed", "succumbs"), (surviving.succumb,)),
        (("loss",), (losses.loss,)),
        (("cost", "costs", "costing"), (losses.cost,)),
        (("refuge", "shelter"), (fleeing.refuge,)),
        (sets["idioms.adding_up"], (toll_nouns.amount,)),
        (sets["killed.falling"], (_to_his_death, _fallen)),
        (sets["idioms.hospital"], (hurt.hospital,)),
        (sets["injured.harms"], (hurt.harm,)),
        (("homes", "flee", "fleeing", "leave", "evacuate"), (fleeing.forced,)),
        (sets["idioms.driven"], (fleeing.driven_out,)),
        (("crossed",), (fleeing.crossed,)),
        (("throats",), (_throats,)),
        (("losses",), (toll_nouns.listed, losses.loss)),
        (sets["idioms.listed"], (toll_nouns.listed,)),
        (("condition", "care", "critical"), (hurt.condition,)),
        (("treated", "treatment"), (hurt.treated,)),
        (sets["injured.strike"], (hurt.struck,)),
        (sets["missing.seeking"], (_sought,)),
        (("number", "numbers"), (toll_nouns.number_of,)),
        (("count",), (toll_nouns.count,)),
        (("buried", "mourned", "mourns"), (bodies.mourned,)),
        (("claim", "claimed", "claiming", "claims"), (_claims,)),
        (("total",), (toll_nouns.total_of,)),
        (sets["abducted.holding"], (captives.hold,)),
        (sets["abducted.carrying"] | {"seized", "captured"}, (captives.take,)),
        (sets["abducted.away"], (captives.make_off,)),
        (("hands",), (captives.in_hands,)),
        (("killer", "killers", "murderer", "murderers"), (_killer_of,)),
        (("refugees",), (fleeing.arrived,)),
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
    if martyrs or fits or all(p.group in FIGHTERS for p in group.phrases):
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
    if group is None or any(p.claimed or p.definite or p.group in FIGHTERS for p in group.phrases):
        return
    missing = all("missing" in reading.low[p.first : p.last] for p in group.phrases)
    sets = reading.lexicon.sets
    if not missing and not sets["missing.hunters"].isdisjoint(reading.low[max(0, t - 7) : t]):
        return  # police may be after suspects
    if not sets["missing.quarry"].isdisjoint(reading.low[group.first : group.last + 2]):
        return
    if all((p.kind == "count" and not p.thing) or (p.kind == "one" and missing) for p in group.phrases):
        reading.tell("missing", "sought", t, group)
