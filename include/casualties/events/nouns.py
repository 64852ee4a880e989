"""Rules that read figures off nouns: "the death of a photographer", "17 deaths"."""

from casualties.events import hostages, toll_nouns
from casualties.events.countable import is_count
from casualties.events.counted import noun_follows
from casualties.events.finding import names_listed
from casualties.events.numbers import quantity_at
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import (
    AND,
    BE,
    BOUND,
    DETERMINER,
    HAVE,
    MODAL,
    MODIFIER,
    NUMBER,
    PERSON,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    QUANTITY,
    SINGULAR,
    TRIGGER,
    Trigger,
    is_other_sense,
)
from casualties.model import Basis

_SLAYINGS = frozenset(("killing", "murder", "assassination", "slaying"))
_MULTIPLE = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}


def _goes_on(reading: Reading, t: int) -> bool:
    """Whether the noun at t only modifies a rate or the like: "the city's murder rate"."""
    return t + 1 < reading.size and reading.low[t + 1] in ("rate", "rates", "of", "spree", "machine")


def is_natural(reading: Reading, t: int) -> bool:
    """Whether a death is by illness, age or the like: "died of cancer", "died peacefully"."""
    illness = reading.lexicon.sets["fatal.illness"]
    if _at_an_age(reading, t):
        return True
    for k in range(t + 1, min(t + 7, reading.size)):
        if reading.low[k] in illness and not is_other_sense(reading.low[k], " ".join(reading.low[k + 1 : k + 2])):
            return True
        if reading.low[k] in (",", ";") or reading.bits[k] & TRIGGER:
            return False
    return False


def _at_an_age(reading: Reading, t: int) -> bool:
    """ "dies at 84", "died aged 70" and no cause told right after."""
    low = reading.low
    k = t + 1
    while k < reading.size and low[k] in ("at", "aged", "age", "the", "of", "peacefully", ","):
        k += 1
    if not {"at", "aged", "age"} & set(low[t + 1 : k]) or k >= reading.size or not low[k].isdecimal():
        return False
    rest = low[k + 1 : k + 4]
    return (
        len(low[k]) < 4
        and 50 <= int(low[k]) <= 120
        and rest[:1] not in (["in"], ["after"], ["when"], ["during"], ["while"])
    )


def noun(reading: Reading, t: int, trigger: Trigger) -> bool:
    """ "the death of a photographer", "the killing of six", "17 deaths", "12 fatalities"."""
    if trigger.lemma in ("hostages", "captives"):
        return hostages.taken(reading, t)
    low = reading.low
    if trigger.outcome in ("injured", "shot") and not reading.lexicon.sets["fatal.adjectives"].isdisjoint(
        low[max(0, t - 2) : t]
    ):
        trigger = Trigger("killed", trigger.form, trigger.voice, trigger.lemma)
    if t and (low[t] in _SLAYINGS or trigger.lemma in ("stabbing", "shoot")) and low[t - 1] in _MULTIPLE:
        count = _MULTIPLE[low[t - 1]]
        victims = Phrase(t - 1, t + 1, "count", count, count, count, Basis.EXACT, t)
        return reading.tell(trigger.outcome, "nominal", t, Group([victims])) is not None
    if trigger.outcome == "killed" and low[t] in ("bodies", "corpses"):
        return False
    of = _of(reading, t)
    if of and trigger.form != "count" and low[t] not in ("fatalities", "fatality"):
        if t and low[t - 1] in ("attempted", "alleged", "no"):
            return False
        if low[t] == "execution" and any(reading.is_in(k, "killed.stays") for k in range(max(0, t - 4), t)):
            return False  # "judge blocks the execution of a man"
        group = family(reading, of + 1) or reading.target(of + 1)
        if group is not None and (kin := _kin_beside(reading, group.last)) is not None:
            group.phrases.append(kin)
        if trigger.outcome == "displaced" and group is not None and not any(p.counted for p in group.phrases):
            return False
        if group is not None and any(p.kind != "pronoun" for p in group.phrases) and not is_natural(reading, t):
            counted = list(group.phrases)
            if any(p.definite and p.kind == "one" and reading.bits[p.head] & PERSON == 0 for p in counted):
                return False
            return reading.tell(trigger.outcome, "nominal", t, group, agent=None) is not None
        if group is None and (described := _described(reading, of + 1)) is not None and not is_natural(reading, t):
            return reading.tell(trigger.outcome, "nominal", t, Group([described])) is not None
        begin = of + 1
        while (
            begin < reading.size
            and begin < of + 4
            and reading.words[begin][0].islower()
            and not reading.bits[begin] & (PREPOSITION | BE | HAVE | MODAL | NUMBER)
        ):
            begin += 1
        k = begin
        while k < reading.size and reading.words[k][0].isupper():
            k += 1
        if (
            group is None
            and k - begin >= 2
            and low[t]
            in (
                "wounding",
                "stabbing",
                "death",
                "killing",
                "murder",
                "assassination",
                "slaying",
                "shooting",
                "kidnapping",
                "abduction",
                "execution",
                "beheading",
            )
        ):
            names, end = names_listed(reading.sentence, begin)
            named = Phrase(begin, max(k, end), "named", max(1, names), max(1, names), max(1, names), Basis.EXACT, begin)
            return reading.tell(trigger.outcome, "nominal", t, Group([named])) is not None
        return False
    if low[t] in ("deaths", "fatalities") and toll_nouns.deaths_top(reading, t):
        return True
    if low[t] in ("deaths", "fatalities") and low[t + 1 : t + 2] in (["reported"], ["confirmed"], ["feared"]) and not t:
        some = Phrase(t, t + 1, "some", 2, None, None, Basis.VAGUE, t)
        return reading.tell("killed", "count noun", t, Group([some])) is not None
    owner = reading.at[t - 1] if t else None
    personal = low[t] in _SLAYINGS or (low[t] == "death" and reading.sentence.headline)  # "man's death in attack"
    genitive = personal and reading.words[t - 1].endswith(("'s", "’s")) and not _goes_on(reading, t)
    if genitive and owner is not None and owner.last == t and owner.kind == "one" and not owner.claimed:
        return reading.tell(trigger.outcome, "nominal", t, Group([owner])) is not None
    if (
        reading.sentence.headline
        and (low[t] in _SLAYINGS or low[t] == "death")
        and t >= 2
        and reading.at[t - 1] is None
    ):
        named_before = reading.named(t)
        if named_before is not None and named_before.low == 1 and named_before.last - named_before.first >= 2:
            return reading.tell(trigger.outcome, "nominal", t, Group([named_before])) is not None
    sets = reading.lexicon.sets
    events = {"kidnappings", "abductions"}
    if low[t] in sets["killed.count_nouns"] | sets["injured.count_nouns"] | events and low[t] not in (
        "dead",
        "injured",
        "wounded",
    ):
        phrase = reading.at[t] or (reading.at[t - 1] if t else None)
        if (
            phrase is not None
            and phrase.kind in ("bare", "count")
            and not phrase.claimed
            and not is_natural(reading, t)
            and phrase.last >= t
        ):
            if (phrase.low or phrase.high) in (0, 1) and t and low[t] in ("injuries", "injury"):
                return False
            if phrase.low == 0:
                return False
            return reading.tell(trigger.outcome, "count noun", t, Group([phrase])) is not None
        k = t - 1
        quotes = reading.lexicon.sets["quotes"]
        while k >= 0 and t - k < 4 and not reading.bits[k] & (NUMBER | QUANTITY):
            if not low[k].isalpha() and low[k] not in quotes:
                break
            k -= 1
        if k >= 0 and reading.bits[k] & (NUMBER | QUANTITY):
            own = reading.at[k]
            start = own.first if own is not None and own.kind == "bare" else k  # "'more than 60' deaths"
            while start > 0 and k - start < 4 and reading.bits[start - 1] & (BOUND | QUANTITY | NUMBER):
                start -= 1
            quantity = quantity_at(reading.sentence, start)
            if (
                quantity is not None
                and is_count(reading.sentence, quantity)
                and quantity.last <= t
                and (quantity.low or quantity.high)
                and not is_natural(reading, t)
            ):
                inner = range(quantity.last + (quantity.basis == Basis.VAGUE and low[quantity.last] == "of"), t)
                if any(reading.bits[j] & (PREPOSITION | TRIGGER | BE | DETERMINER) for j in inner):
                    return False
                if low[t] == "injuries" and any(m.low == m.high == 1 for m in reading.mentions):
                    return False  # "the boy died with 70 injuries"
                phrase = Phrase(
                    quantity.first, t + 1, "count", quantity.low, quantity.best, quantity.high, quantity.basis, t
                )
                return reading.tell(trigger.outcome, "count noun", t, Group([phrase])) is not None
    return False


def family(reading: Reading, k: int) -> Group | None:
    """ "the killing of baker John Roe's family", "killed the family of a baker": more than one."""
    whole = reading.low[k : k + 1] in (["the"], ["a"], ["an"]) and reading.low[k + 1 : k + 3] == ["family", "of"]
    if whole and k + 3 < reading.size and quantity_at(reading.sentence, k + 3) is None:
        return Group([Phrase(k, k + 2, "count", 2, None, None, Basis.VAGUE, k + 1)])
    for at in range(k, min(k + 5, reading.size - 1)):
        if reading.words[at].endswith(("'s", "’s")):
            kin = Phrase(at + 1, at + 2, "count", 2, None, None, Basis.VAGUE, at + 1)
            return Group([kin]) if reading.low[at + 1] in ("family", "relatives") else None
        if not reading.words[at][0].isupper() and reading.at[at] is None:
            return None
    return None


def _of(reading: Reading, t: int) -> int:
    """Where the "of" of "the murder of" stands, also after "last week", "in prison", "by gunmen"; 0 for none."""
    low = reading.low
    if t + 1 < reading.size and (low[t + 1] == "of" or (low[t] in ("injuries", "injury") and low[t + 1] == "to")):
        return t + 1
    if t + 1 >= reading.size or (low[t + 1] not in ("by", "in", "on", "at", "last", "this", "late", "early")):
        return 0
    for k in range(t + 2, min(t + 7, reading.size)):
        if low[k] == "of":
            phrase = reading.at[k + 1] if k + 1 < reading.size else None
            return k if phrase is not None and phrase.first == k + 1 and phrase.kind in ("count", "one") else 0
        if reading.bits[k] & (BE | HAVE | MODAL | TRIGGER | AND) or not low[k][0].isalnum():
            return 0
    return 0


def _kin_beside(reading: Reading, k: int) -> Phrase | None:
    """ "The killing of a captain and his wife was": both, since the verb is of the killing."""
    kin = reading.at[k + 1] if reading.low[k : k + 1] == ["and"] and k + 1 < reading.size else None
    if kin is None or kin.kind != "one" or kin.claimed or not reading.bits[kin.first] & POSSESSIVE:
        return None
    return kin if reading.low[kin.last : kin.last + 1] in (["was"], ["is"], ["has"]) else None


def _office(reading: Reading, k: int) -> Phrase | None:
    """ "Northford department governor John Roe": a person by office, before the name."""
    for head in range(k, min(k + 5, reading.size - 1)):
        bits = reading.bits[head]
        if bits & SINGULAR and not bits & PLURAL and reading.words[head + 1][0].isupper() and reading.at[head] is None:
            return Phrase(head, head + 1, "one", 1, 1, 1, Basis.EXACT, head)
        if bits & ~(MODIFIER | SINGULAR) or not reading.low[head].isalpha() or reading.at[head] is not None:
            return None
    return None


def _described(reading: Reading, k: int) -> Phrase | None:
    """ "ice hockey player": a person after one or two words that no lexicon has."""
    if (office := _office(reading, k)) is not None:
        return office
    for head in range(k + 1, min(k + 3, reading.size)):
        phrase = reading.at[head]
        if reading.bits[head - 1] or not reading.low[head - 1].isalpha() or reading.words[head - 1][0].isupper():
            return None
        if phrase is not None or reading.bits[head] & SINGULAR:
            usable = phrase is None or (phrase.first == head and phrase.kind == "one" and not phrase.claimed)
            single = (
                usable
                and not noun_follows(reading.sentence, head + 1)
                and reading.bits[head] & SINGULAR
                and not reading.bits[head] & PLURAL
            )
            return Phrase(head, head + 1, "one", 1, 1, 1, Basis.EXACT, head) if single else None
    return None
