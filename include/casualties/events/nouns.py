"""Rules that read figures off adjectives and nouns: "22 dead", "the death of", "the toll rose to", "no casualties"."""

from casualties.events.counted import is_count
from casualties.events.numbers import quantity_at
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group, Mention
from casualties.events.words import (
    ADVERB,
    AND,
    BE,
    BOUND,
    DETERMINER,
    HAVE,
    HYPOTHETICAL,
    MODAL,
    NUMBER,
    PERSON,
    PREPOSITION,
    QUANTITY,
    TRIGGER,
    Trigger,
)
from casualties.model import Basis


def is_natural(reading: Reading, t: int) -> bool:
    """Whether a death is by illness, age or the like: "died of cancer", "died peacefully"."""
    illness = reading.lexicon.sets["fatal.illness"]
    if _at_an_age(reading, t):
        return True
    for k in range(t + 1, min(t + 7, reading.size)):
        if reading.low[k] in illness:
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


def adjective(reading: Reading, t: int, trigger: Trigger) -> bool:
    """ "22 dead in raids", "six were wounded", "left four dead", "12 people are missing"."""
    if trigger.lemma in ("hostage", "captive"):
        return taken(reading, t)
    begin, be, _, negated, modal = reading.verb_group(t)
    if negated or modal:
        return False
    inside = reading.at[t]
    if inside is not None and inside.of_whole:
        return False
    if among(reading, t, trigger.outcome):
        return True
    if inside is not None and not (inside.last == t + 1 and inside.kind in ("those", "some")):
        return attributive(reading, t, inside, trigger)
    if inside is not None:
        return False
    following = reading.at[t + 1] if t + 1 < reading.size else None
    if following is not None and following.first == t + 1 and not be:
        return False
    if t and reading.low[t - 1] in ("go", "goes", "going", "gone", "went"):
        begin, be, *_ = reading.verb_group(t - 1)
        be = True
    if trigger.lemma == "dead" and reading.low[t + 1 : t + 3] == ["or", "missing"]:
        trigger = Trigger("missing", "adj", "adj", "missing")
        reading.used.add(t + 2)
    if t > 1 and reading.bits[t - 1] & AND and any(m.trigger == t - 2 for m in reading.mentions):
        known = next(m for m in reading.mentions if m.trigger == t - 2)
        if known.outcome != trigger.outcome and trigger.outcome == "missing":
            known.outcome = trigger.outcome
            return True
    if (
        t
        and reading.low[t - 1]
        in ("found", "left", "shot", "feared", "reported", "declared", "pronounced", "presumed", "dropped")
        and not be
    ):
        begin = t - 1
        while begin > 0 and reading.bits[begin - 1] & (BE | ADVERB) and reading.at[begin - 1] is None:
            begin -= 1
    group = reading.subject(begin)
    before = reading.at[t - 1] if t and begin == t and trigger.outcome == "missing" else None
    if group is not None and before is not None and before.kind == "one" and group.last < t - 1 and not before.claimed:
        group = Group([before])  # "the husband of a mother missing"
    if (
        trigger.outcome == "displaced"
        and group is not None
        and all(p.kind in ("some", "one", "pronoun") for p in group.phrases)
    ):
        return False
    if group is None or (
        max(p.last for p in group.phrases + group.parts) < begin
        and not be
        and begin == t
        and not all(
            reading.bits[k] & ADVERB or reading.low[k] in "-–—,"
            for k in range(max(p.last for p in group.phrases + group.parts), t)
        )
    ):
        if be and t - begin > 0 and begin > 0 and trigger.outcome in ("killed", "missing"):
            named = reading.named(begin)
            if named is not None and named.last - named.first > 1 and _be_word(reading, begin, t):
                return reading.tell(trigger.outcome, "adjective", t, Group([named])) is not None
        return False
    if trigger.outcome == "missing" and t + 1 < reading.size and reading.low[t + 1] in ("out", "the", "a"):
        return False
    if group.phrases[0].kind == "pronoun" and group.phrases[0].low is None:
        return False
    singular = any(w in ("was", "is") for w in reading.low[begin:t])
    if singular and group.phrases[-1].kind == "bare" and (group.phrases[-1].low or 0) != 1:
        return False
    return reading.tell(trigger.outcome, "adjective", t, group) is not None


def among(reading: Reading, t: int, outcome: str) -> bool:
    """ "Twelve children were among the dead, the killed": a victim group of a figure told elsewhere."""
    if t < 2 or reading.low[t - 1] not in ("the", "those") or reading.low[t - 2] not in ("among", "amongst", "of"):
        return False
    if reading.low[t - 2] == "of":
        return False
    k = t - 2
    begin, *_ = reading.verb_group(k)
    group = reading.subject(begin)
    if group is None or any(p.claimed for p in group.phrases):
        return False
    return reading.tell(outcome, "among the", t, group, breakdown=True) is not None


def _be_word(reading: Reading, begin: int, t: int) -> bool:
    return any(reading.low[k] in ("was", "is", "were", "are") for k in range(begin, t))


def attributive(reading: Reading, t: int, phrase: Phrase, trigger: Trigger) -> bool:
    """ "12 wounded soldiers", "one dead": the adjective stands inside the counted phrase."""
    if (
        phrase.claimed
        or phrase.kind not in ("count",)
        or (trigger.outcome in ("killed",) and phrase.head == t and phrase.last != t + 1)
    ):
        return False
    if trigger.outcome == "displaced" or phrase.definite:
        return False
    return reading.tell(trigger.outcome, "attributive", t, Group([phrase])) is not None


def noun(reading: Reading, t: int, trigger: Trigger) -> bool:
    """ "the death of a photographer", "the killing of six", "17 deaths", "12 fatalities"."""
    if trigger.lemma in ("hostages", "captives"):
        return taken(reading, t)
    low = reading.low
    if trigger.outcome in ("injured", "shot") and not reading.lexicon.sets["fatal.adjectives"].isdisjoint(
        low[max(0, t - 2) : t]
    ):
        trigger = Trigger("killed", trigger.form, trigger.voice, trigger.lemma)
    if trigger.outcome == "killed" and low[t] in ("bodies", "corpses"):
        return False
    of = _of(reading, t)
    if of and trigger.form != "count" and low[t] not in ("fatalities", "fatality"):
        if t and low[t - 1] in ("attempted", "alleged", "no"):
            return False
        group = reading.target(of + 1)
        if trigger.outcome == "displaced" and group is not None and not any(p.counted for p in group.phrases):
            return False
        if group is not None and any(p.kind != "pronoun" for p in group.phrases) and not is_natural(reading, t):
            counted = list(group.phrases)
            if any(p.definite and p.kind == "one" and reading.bits[p.head] & PERSON == 0 for p in counted):
                return False
            return reading.tell(trigger.outcome, "nominal", t, group, agent=None) is not None
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
            named = Phrase(begin, k, "named", 1, 1, 1, Basis.EXACT, begin)
            return reading.tell(trigger.outcome, "nominal", t, Group([named])) is not None
        return False
    if (
        reading.sentence.headline
        and low[t] in ("killing", "murder", "assassination", "slaying", "death")
        and t >= 2
        and reading.at[t - 1] is None
    ):
        named_before = reading.named(t)
        if named_before is not None and named_before.low == 1 and named_before.last - named_before.first >= 2:
            return reading.tell(trigger.outcome, "nominal", t, Group([named_before])) is not None
    if low[t] in reading.lexicon.sets["killed.count_nouns"] | reading.lexicon.sets["injured.count_nouns"] and low[
        t
    ] not in ("dead", "injured", "wounded"):
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
        while k >= 0 and t - k < 4 and not reading.bits[k] & (NUMBER | QUANTITY) and low[k].isalpha():
            k -= 1
        if k >= 0 and reading.bits[k] & (NUMBER | QUANTITY):
            start = k
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
                phrase = Phrase(
                    quantity.first, t + 1, "count", quantity.low, quantity.best, quantity.high, quantity.basis, t
                )
                return reading.tell(trigger.outcome, "count noun", t, Group([phrase])) is not None
    return False


def _of(reading: Reading, t: int) -> int:
    """Where the "of" of "the murder of" stands, also after "last week", "in prison", "by gunmen"; 0 for none."""
    low = reading.low
    if t + 1 < reading.size and low[t + 1] == "of":
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


def toll(reading: Reading, t: int) -> None:
    """ "the death toll rose to 17", "put the toll at 16", "with a toll of 12"."""
    low, verbs = reading.low, reading.lexicon.sets["idioms.toll_verbs"]
    outcome = "killed"
    before = reading.low[max(0, t - 3) : t]
    if any(w in ("injury", "injured", "wounded", "casualty") for w in before):
        outcome = "injured" if "casualty" not in before else "killed"
    best: tuple[int, Phrase] | None = None
    gap = 0
    for k in range(t + 1, min(t + 22, reading.size)):
        phrase = reading.at[k]
        if phrase is not None and phrase.first == k and phrase.kind in ("count", "bare") and not phrase.claimed:
            before_number = reading.low[k - 1]
            if (
                (before_number in ("from", "of") and best is None)
                or before_number in ("to", "at", "over", "past", "is", "was", "reached", "hit")
                or best is None
            ):
                best = (k, phrase)
            if before_number != "from":
                break
            continue
        if phrase is not None:
            continue
        if (
            reading.low[k] in (";", ".", "because", "as", "after", "when", "expected", "likely")
            or reading.bits[k] & TRIGGER
        ):
            break
        if reading.low[k] not in verbs and not reading.bits[k] & ADVERB:
            gap += 1
            if gap > (6 if low[t + 1 : t + 2] not in (["from"], ["of"], ["in"]) else 14):
                break
    if best is None:
        phrase = reading.at[t - 2] if t > 1 else None
        if phrase is not None and phrase.kind in ("bare",) and not phrase.claimed and reading.low[t - 1] == "death":
            best = (t - 2, phrase)
    if best is None:
        return
    phrase = best[1]
    if phrase.last < reading.size and reading.low[phrase.last] in ("injured", "wounded"):
        return
    reading.tell(outcome, "toll noun", t, Group([phrase]))


def listed(reading: Reading, t: int) -> None:
    """ "Killed: 12": a list entry."""
    phrase = reading.at[t + 2]
    trigger = next(iter(reading.lexicon.triggers.get(reading.low[t], ())), None)
    if phrase is not None and phrase.first == t + 2 and phrase.counted and not phrase.claimed and trigger is not None:
        reading.tell(trigger.outcome, "listed", t, Group([phrase]))


def number_of(reading: Reading, t: int) -> None:
    """ "the number of dead rose to 40", "brought to 49 the number killed"."""
    if t > 1 and reading.low[t - 1] == "the" and t + 1 < reading.size:
        phrase = reading.at[t - 2]
        if (
            phrase is not None
            and phrase.first > 1
            and reading.low[phrase.first - 1] == "to"
            and not phrase.claimed
            and phrase.counted
        ):
            for k in range(t + 1, min(t + 5, reading.size)):
                for trigger in reading.lexicon.triggers.get(reading.low[k], ()):
                    reading.tell(
                        "injured" if trigger.outcome == "shot" else trigger.outcome, "number of", t, Group([phrase])
                    )
                    return
    if t + 2 >= reading.size or reading.low[t + 1] != "of":
        return
    sets = reading.lexicon.sets
    outcome = ""
    for k in range(t + 2, min(t + 24, reading.size)):
        for trigger in reading.lexicon.triggers.get(reading.low[k], ()):
            outcome = outcome or trigger.outcome
        if reading.low[k] in ("victims", "casualties", "martyrs"):
            outcome = outcome or "killed"
        if outcome and reading.low[k] in sets["idioms.toll_verbs"]:
            for j in range(k, min(k + 7, reading.size)):
                phrase = reading.at[j]
                if (
                    phrase is not None
                    and phrase.first == j
                    and phrase.kind in ("count", "bare")
                    and not phrase.claimed
                    and reading.low[j - 1] != "from"
                ):
                    reading.tell("injured" if outcome == "shot" else outcome, "number of", k, Group([phrase]))
                    return
            return


def taken(reading: Reading, t: int) -> bool:
    """ "took 40 people hostage", "12 hostages are held", "was taken captive"."""
    low, takers = reading.low, reading.lexicon.sets["abducted.takers"]
    inside = reading.at[t]
    if low[t] in ("hostage", "captive"):
        before = reading.at[t - 1] if t else None
        if before is None and t > 1 and low[t - 1] in ("as", ","):
            aside = reading.subject(t - 1)
            before = aside.phrases[-1] if aside is not None else None
        if before is not None and before.kind == "some":
            return False
        usable = before is not None and not before.claimed and before.kind != "pronoun"
        if before is not None and usable and not takers.isdisjoint(low[max(0, before.first - 4) : before.first]):
            doer = (max(0, before.first - 14), before.first)
            return reading.tell("abducted", "taken hostage", t, Group([before]), subject=doer) is not None
        if t and low[t - 1] in takers:
            begin, _be, *_ = reading.verb_group(t - 1)
            group = reading.subject(begin)
            if (
                group is None
                or all(p.kind in ("some", "pronoun") for p in group.phrases)
                or any(
                    w in ("releases", "released", "freed", "frees") for w in low[max(0, group.first - 3) : group.first]
                )
            ):
                return False
            return (
                reading.tell("abducted", "taken hostage", t, group, agent=(t + 1, min(t + 12, reading.size)))
                is not None
            )
        return False
    if t > 1 and low[t - 1] == "as" and (seized := reading.at[t - 2]) is not None and seized.counted:
        if not seized.claimed and not takers.isdisjoint(low[max(0, seized.first - 3) : seized.first]):
            return reading.tell("abducted", "taken hostage", t, Group([seized])) is not None
        return False
    strives = reading.lexicon.sets["abducted.strives"]
    unreal = [k for k in range(max(0, t - 6), t) if reading.bits[k] & (HYPOTHETICAL | MODAL) and low[k] not in strives]
    if unreal and not any(low[k] in takers for k in range(t)):
        return False
    if inside is not None and inside.kind == "count" and not inside.claimed:
        near = low[max(0, inside.first - 6) : inside.first] + low[inside.last : inside.last + 8]
        asked = not {"call", "calls", "called", "calling", "demand", "demands", "urge", "urges"}.isdisjoint(
            low[max(0, inside.first - 6) : inside.first]
        )
        if low[max(0, inside.first - 2) : inside.first] == ["release", "of"] and not asked:
            return False
        if asked or not any(
            w in ("released", "freed", "rescued", "swap", "exchange", "swapped", "exchanged", "releases", "frees")
            for w in near
        ):
            return reading.tell("abducted", "hostages", t, Group([inside])) is not None
    return False


def tell_zero(reading: Reading, outcome: str, first: int, t: int) -> bool:
    """A stated none: "no one was hurt"."""
    if outcome not in ("killed", "injured"):
        return False
    first = max(0, first)
    reading.mentions.append(
        Mention(reading.sentence, outcome, "stated none", 0, 0, 0, Basis.EXACT, first, min(first + 1, t + 1), t, "zero")
    )
    return True


def read_zero(reading: Reading) -> None:
    """ "no casualties", "without injuries"; not "no reports of casualties"."""
    nouns = reading.lexicon.sets["idioms.no_casualty"]
    for t in range(1, reading.size):
        if reading.low[t] not in nouns:
            continue
        k = t - 1
        while (
            k > 0
            and t - k < 4
            and reading.low[k]
            in (
                "human",
                "civilian",
                "known",
                "other",
                "serious",
                "any",
                "loss",
                "or",
                "and",
                "deaths",
                "injuries",
                "fatalities",
                "casualties",
            )
        ):
            k -= 1
        if reading.low[k] in ("no", "without", "zero") and not any(
            w in ("report", "reports", "word", "information", "immediate") for w in reading.low[max(0, k - 2) : t]
        ):
            for outcome in (
                ("killed", "injured")
                if reading.low[t] in ("casualties", "casualty", "victims")
                else (("injured",) if reading.low[t] in ("injuries", "injury", "injured", "wounded") else ("killed",))
            ):
                reading.mentions.append(
                    Mention(reading.sentence, outcome, "stated none", 0, 0, 0, Basis.EXACT, k, t + 1, t, "zero")
                )
