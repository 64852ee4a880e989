"""Rules that count the object of a verb: "a blast killed six people and wounded 32"."""

from dataclasses import replace

from casualties.events.fighters import FIGHTERS
from casualties.events.finding import names_listed
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import (
    ADVERB,
    AND,
    BE,
    COLLECTIVE,
    HAVE,
    MODAL,
    MODIFIER,
    NUMBER,
    PERSON,
    POSSESSIVE,
    PREPOSITION,
    QUANTITY,
    REPORT,
    SINGULAR,
    TRIGGER,
    Trigger,
)
from casualties.model import Basis


def active(
    reading: Reading, t: int, begin: int, after: int, outcome: str, trigger: Trigger, right: Group, rule: str
) -> bool:
    """ "A blast killed six people and wounded 32": the object is counted."""
    whom = overpowered(reading, t, right.phrases[0])
    if whom is not None:
        right, outcome = Group([whom]), "killed" if outcome == "shot" else outcome
    if outcome == "killed":  # "shot dead six colleagues and himself": who did it is not counted
        others = [p for p in right.phrases if not is_reflexive(reading, p.first)]
        right = Group(others or right.phrases, right.parts)
    if right.phrases[0].kind == "pronoun" and reading.low[right.first] in (
        *reading.lexicon.sets["reflexive"],
        "he",
        "she",
        "they",
        "we",
    ):
        return False
    if trigger.voice == "fighters" and not any(p.kind == "count" and p.group in FIGHTERS for p in right.phrases):
        return False
    if _figurative(reading, right, after):
        return False
    some = all(p.kind == "some" and not p.other for p in right.phrases) and rule != "present"
    if (trigger.outcome == "abducted" and some) or (
        trigger.outcome == "displaced" and all(p.kind != "count" and p.kind != "bare" for p in right.phrases)
    ):
        return False
    end = right.last
    if outcome != "killed" and (
        reading.low[end : end + 1] == ["dead"]
        or reading.low[end : end + 2] == ["to", "death"]
        or reading.low[end : end + 1] == ["fatally"]
    ):
        outcome = "killed"
        reading.used.update((end, end + (reading.low[end] == "to")))
    subject = (max(0, begin - 14), begin)
    return reading.tell(outcome, rule, t, right, subject=subject, perfect=rule == "perfect") is not None


def overpowered(reading: Reading, t: int, pronoun: Phrase) -> Phrase | None:
    """ "rounded up 14 villagers and executed them", "abducted a teacher and shot him": whom the pronoun stands for."""
    kinds = {"them": ("count",), "him": ("one",), "her": ("one",)}.get(reading.low[pronoun.first])
    if kinds is None:
        return None
    for phrase in reversed(reading.phrases):
        if phrase.last <= t and phrase.kind in kinds and not phrase.thing:
            before = range(max(0, phrase.first - 4), phrase.first)
            done = any(reading.is_in(k, "wounds.overpowered") for k in before)
            return replace(phrase, claimed=False) if done and "and" in reading.low[phrase.last : t] else None
    return None


def kin_of_named(reading: Reading, after: int) -> Phrase | None:
    """ "guilty of killing the film star's nephew": one, by whose kin it is."""
    for k in range(after, min(after + 5, reading.size - 1)):
        if reading.words[k].endswith(("'s", "’s")):
            kin = reading.bits[k + 1]
            single = kin & PERSON and kin & SINGULAR and not kin & COLLECTIVE
            return Phrase(k + 1, k + 2, "one", 1, 1, 1, Basis.EXACT, k + 1) if single else None
        if reading.bits[k] & (PREPOSITION | BE | HAVE | MODAL | TRIGGER | NUMBER) or not reading.words[k][0].isalpha():
            return None
    return None


def _figurative(reading: Reading, right: Group, after: int) -> bool:
    last = right.phrases[-1].last
    return (
        last < reading.size
        and right.phrases[0].kind in ("some", "one")
        and reading.low[last] in reading.lexicon.sets["fatal.figurative_subjects"]
    )


def named_object(reading: Reading, after: int, single: bool = False) -> Phrase | None:
    """ "killed Jane Doe": a capitalised name right after the verb; of one word only where ``single``."""
    k = reading.skip_right(after)
    begin = k
    while k < reading.size and _is_name_word(reading, k):
        k += 1
    if k == begin or (k - begin < 2 and not single) or (reading.sentence.headline and k - begin > 4):
        return None
    if any(reading.low[j] in reading.lexicon.sets["institutions"] for j in range(begin, k)):
        return None
    if k - begin == 1 and (
        reading.words[begin].isupper() or (k < reading.size and reading.words[k][0].islower() and not reading.bits[k])
    ):
        return None
    return Phrase(begin, k, "named", 1, 1, 1, Basis.EXACT, begin)


def _is_name_word(reading: Reading, k: int) -> bool:
    if (
        not reading.words[k][0].isupper()
        or reading.at[k] is not None
        or reading.low[k] in reading.lexicon.sets["calendar"]
    ):
        return False
    return not reading.bits[k] & (PREPOSITION | BE | HAVE | MODAL | AND | ADVERB | MODIFIER | NUMBER)


def beside(reading: Reading, after: int, outcome: str) -> Group | None:
    """ "injuring himself and two soldiers" is three; a bomber who dies with three others is not counted."""
    group = reading.beside(after)
    if group is not None and outcome == "killed":
        group.phrases = group.phrases[1:]
    return group


def and_kin(reading: Reading, named: Phrase) -> Group:
    """ "John Doe, his wife, son and two nephews", "John Doe along with his sons": a name and who is listed after it."""
    names, end = names_listed(reading.sentence, named.first)
    if names > 1:
        return Group([Phrase(named.first, end, "named", names, names, names, Basis.EXACT, named.first)])
    group = Group([named])
    following = _after_apposition(reading, named) or reading.target_after(named)
    if following is not None and reading.bits[following.phrases[0].first] & (POSSESSIVE | NUMBER | QUANTITY):
        group.phrases += following.phrases
        group.parts += following.parts
    return group


def _has_verb(reading: Reading, kin: Phrase) -> bool:
    return reading.has_own_verb(kin) or (kin.last < reading.size and bool(reading.bits[kin.last] & REPORT))


def _after_apposition(reading: Reading, named: Phrase) -> Group | None:
    """ "Doe, the Bishop of Reed, and his aide": who is listed after what the named one is."""
    told = reading.at[named.last + 1] if reading.low[named.last : named.last + 1] == [","] else None
    if told is None or told.kind != "one" or told.first != named.last + 1 or reading.bits[told.first] & POSSESSIVE:
        return None
    for k in range(told.last, min(told.last + 5, reading.size - 2)):
        if reading.low[k : k + 2] == [",", "and"]:
            kin = reading.at[k + 2]
            if kin is None or not reading.bits[kin.first] & POSSESSIVE or kin.claimed or _has_verb(reading, kin):
                return None
            return Group([kin])
        if reading.bits[k] & (BE | HAVE | MODAL | TRIGGER) or reading.low[k] == ",":
            return None
    return None


def complement(reading: Reading, t: int, after: int, trigger: Trigger) -> tuple[str, int]:
    """The outcome and the end of the verb with what follows it: "shot dead", "stabbed to death", "shot and wounded"."""
    low = reading.low
    rest = low[after : after + 3]
    if rest[:1] == ["and"] and after + 2 < reading.size and reading.bits[after + 1] & ADVERB:
        rest = [rest[0], low[after + 2]]  # "shot and lightly wounded"
    if rest[:1] == ["dead"] or rest[:2] == ["to", "death"]:
        reading.used.update((after, after + (rest[0] != "dead")))
        return "killed", after + (1 if rest[0] == "dead" else 2)
    if (
        rest[:1] == ["and"]
        and rest[1:2] in (["killed"], ["wounded"], ["injured"])
        and trigger.outcome in ("shot", "injured")
    ):
        end = low.index(rest[1], after)
        reading.used.update((after, end))
        return ("killed" if rest[1] == "killed" else "injured"), end + 1
    if rest[:1] == ["fatally"] or (t > 0 and low[t - 1] in ("fatally", "mortally")):
        return "killed", after + (rest[:1] == ["fatally"])
    return trigger.outcome, after


def shared_verb(reading: Reading, after: int, trigger: Trigger) -> int:
    """ "killed or wounded dozens", "the killing and wounding of ten": the object comes after the second verb."""
    k = after
    if k < reading.size and (reading.bits[k] & AND or reading.low[k] == "/"):
        k += 1
    if (
        k < reading.size
        and reading.bits[k] & TRIGGER
        and any(
            t.form in ("past", "ing") and t.voice == "trans" for t in reading.lexicon.triggers.get(reading.low[k], ())
        )
    ) and (k > after or trigger.form == "past"):
        return k + 1
    return after


def is_reflexive(reading: Reading, k: int) -> bool:
    return k < reading.size and reading.low[k] in reading.lexicon.sets["reflexive"]
