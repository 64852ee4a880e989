"""Rules that read figures off words for a count: "the death toll rose to 17", "the number of dead", "Killed: 12"."""

from casualties.events.counted import noun_follows
from casualties.events.fighters import are_fighters
from casualties.events.numbers import ordinal
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import ADVERB, ARTICLE, BE, DETERMINER, HAVE, PERSON, PREPOSITION, TRIGGER
from casualties.model import Basis


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
    if phrase.last < reading.size and reading.low[phrase.last] in ("injured", "wounded", "hurt", "missing"):
        return
    reached = reading.low[phrase.first - 1 : phrase.first + 2] in (["is", "up", "to"], ["now", "up", "to"])
    if reached and phrase.low is None:  # "the toll is up to 40": so many it has reached
        phrase.low, phrase.best, phrase.basis = phrase.high, phrase.high, Basis.EXACT
    reading.tell(outcome, "toll noun", t, Group([phrase]))


def listed(reading: Reading, t: int) -> None:
    """ "Killed: 12": a list entry; "put the dead at 12"."""
    owned = t > 0 and (reading.low[t - 1] == "the" or reading.words[t - 1].endswith(("'s", "’s")))
    if (reading.low[t] == "dead" and owned) or (reading.low[t] == "losses" and _are_of_fighters(reading, t)):
        _number_of_dead(reading, t)
    put = t > 1 and {"put", "puts", "putting"} & set(reading.low[max(0, t - 4) : t])
    if put and reading.low[t + 1 : t + 2] != [":"]:
        return _put_at(reading, t)
    if t + 2 >= reading.size or reading.low[t + 1] != ":":
        return
    phrase = reading.at[t + 2]
    trigger = next(iter(reading.lexicon.triggers.get(reading.low[t], ())), None)
    if phrase is not None and phrase.first == t + 2 and phrase.counted and not phrase.claimed and trigger is not None:
        reading.tell(trigger.outcome, "listed", t, Group([phrase]))


def _put_at(reading: Reading, t: int) -> None:
    """ "puts the dead at 12", "put civilian deaths in that raid at 28", "put the rebels' losses at 30"."""
    for k in range(t + 1, min(t + 7, reading.size - 1)):
        if reading.low[k] == "at":
            phrase, trigger = reading.at[k + 1], next(iter(reading.lexicon.triggers.get(reading.low[t], ())), None)
            if phrase is None or phrase.first != k + 1 or not phrase.counted or phrase.claimed:
                return
            if trigger or (_are_of_fighters(reading, t) and not noun_follows(reading.sentence, phrase.last)):
                reading.tell(trigger.outcome if trigger else "killed", "listed", t, Group([phrase]))
            return
        if reading.bits[k] & TRIGGER or not reading.low[k][0].isalpha():
            return


def _are_of_fighters(reading: Reading, t: int) -> bool:
    """ "The rebels' losses", "the losses of the army": not those of a firm or a team."""
    of = reading.low[t + 1 : t + 2] == ["of"]
    first, last = (t + 2, min(t + 5, reading.size)) if of else (max(0, t - 3), t)
    return are_fighters(reading.sentence, first, last)


def deaths_top(reading: Reading, t: int) -> bool:
    """ "Quake deaths top 2,000", "deaths rise to 40", "deaths in the camp have risen to 22"."""
    for k in range(t + 1, min(t + 9, reading.size - 1)):
        rises = reading.is_in(k, "idioms.rising") and reading.low[k + 1] == "to" and k > t + 1
        if rises or (reading.is_in(k, "idioms.topping") and k == t + 1):
            k += 1 + (reading.low[k + 1] in ("to", "past", "above"))
            phrase = reading.at[k] if k < reading.size else None
            if phrase is not None and phrase.first == k and phrase.kind == "bare" and not phrase.claimed:
                return reading.tell("killed", "toll noun", t, Group([phrase])) is not None
            return False
        if reading.at[k] is not None or reading.bits[k] & TRIGGER or not reading.low[k][0].isalpha():
            return False
    return False


def _number_of_dead(reading: Reading, t: int) -> None:
    """ "The dead number 45", "the day's dead in the town were at least 55", "its losses are put at 30"."""
    for k in range(t + 1, min(t + 9, reading.size - 1)):
        if reading.low[k] in ("number", "numbered", "were", "are", "totalled", "totaled"):
            k += 1 + 2 * (reading.low[k + 1 : k + 3] in (["put", "at"], ["estimated", "at"], ["given", "as"]))
            phrase = reading.at[k] if k < reading.size else None
            if phrase is not None and phrase.first == k and phrase.kind == "bare" and not phrase.claimed:
                reading.tell("killed", "listed", t, Group([phrase]))
            return
        if reading.bits[k] & TRIGGER or not reading.low[k][0].isalpha():
            return


def amount(reading: Reading, t: int) -> None:
    """ "The killings this month add up to 62", "the dead amount to 19"."""
    low, telling = reading.low, reading.lexicon.sets["idioms.counting"]
    k = t + 1 if low[t + 1 : t + 3] == ["up", "to"] else t + 2
    phrase = reading.at[k] if "to" in low[k - 1 : k + 2] and k < reading.size else None
    if phrase is None or phrase.first != k or phrase.kind != "bare" or phrase.claimed:
        return
    for j in range(t - 1, max(-1, t - 10), -1):
        if low[j] in (",", ";", ":") or reading.bits[j] & (BE | HAVE):
            return
        if low[j] in telling:
            before = j - 1 - bool(j and reading.bits[j - 1] & (ARTICLE | DETERMINER))
            if before > 0 and reading.bits[before] & PREPOSITION and low[before - 1] not in ("number", "total", "toll"):
                return  # "the damages for the victims amount to 62"
            outcome = "injured" if low[j] in reading.lexicon.sets["injured.count_nouns"] else "killed"
            reading.tell(outcome, "listed", t, Group([phrase]))
            return


def figure(reading: Reading, t: int) -> None:
    """ "reported 42 dead but the figure climbed to 68"."""
    rising, low = reading.lexicon.sets["idioms.rising"], reading.low
    if not reading.mentions or low[max(0, t - 1) : t] not in (["the"], ["this"], ["that"]):
        return
    for k in range(t + 1, min(t + 5, reading.size - 2)):
        if low[k] in rising and low[k + 1] == "to":
            phrase = reading.at[k + 2]
            if phrase is not None and phrase.first == k + 2 and phrase.counted and not phrase.claimed:
                reading.tell(reading.mentions[-1].outcome, "toll noun", t, Group([phrase]))
            return


def total_of(reading: Reading, t: int) -> None:
    """ "bringing the total of deaths to 141", "took the total injured in the floods to 610"."""
    low = reading.low
    if low[t + 1 : t + 2] and low[t + 1] in reading.lexicon.sets["idioms.toll_number"]:
        to = low.index("to", t + 2, t + 8) if "to" in low[t + 2 : t + 8] else 0
        phrase = reading.at[to + 1] if to and to + 1 < reading.size else None
        if phrase is not None and phrase.first == to + 1 and phrase.counted and not phrase.claimed:
            outcome = reading.lexicon.triggers.get(low[t + 1], ())
            reading.tell(outcome[0].outcome if outcome else "killed", "toll noun", t + 1, Group([phrase]))
            reading.used.add(t + 1)
            return
    if reading.low[max(0, t - 1) : t] == ["the"] and reading.low[t + 2 : t + 3] in (
        ["deaths"],
        ["dead"],
        ["fatalities"],
    ):
        number_of(reading, t)


def number_of(reading: Reading, t: int) -> None:
    """ "the number of dead rose to 40", "the number killed reached 12", "brought to 27 the number killed"."""
    if _brought_to(reading, t) or t + 2 >= reading.size:
        return
    opens = reading.low[t + 1] in ("of", "who") or reading.low[t + 1] in reading.lexicon.sets["idioms.toll_number"]
    if not opens or "a" in reading.low[max(0, t - 2) : t] or "an" in reading.low[max(0, t - 2) : t]:
        return  # "a number of men"
    given = reading.at[t - 3] if t > 2 and reading.low[t - 2 : t] == ["as", "the"] else None
    if given is not None and given.counted and not given.claimed:  # "gave 40 as the number of dead"
        for k in range(t + 2, min(t + 6, reading.size)):
            for trigger in reading.lexicon.triggers.get(reading.low[k], ()):
                reading.tell(trigger.outcome, "number of", t, Group([given]))
                return
    outcome = ""
    for k in range(t + 1, min(t + 26, reading.size)):
        outcome = outcome or _outcome_of(reading, k)
        if reading.low[k] in (";", ":"):
            return
        if not outcome or not reading.is_in(k, "idioms.toll_verbs") or reading.is_in(k, "idioms.toll_links"):
            linked = outcome and reading.low[k] in ("at", "to", "as")  # "put the number of dead at nine"
            phrase = reading.at[k + 1] if linked and k + 1 < reading.size else None
            if phrase is None or phrase.first != k + 1 or phrase.claimed:
                continue
            if phrase.kind != "bare" and not (phrase.kind == "count" and (reading.low[k] == "at" or phrase.of_whole)):
                continue
            reading.tell(outcome, "number of", k, Group([phrase]))
            return
        if reading.low[k + 1 : k + 2] in (["not"], ["unknown"], ["unclear"]):
            return
        for j in range(k, min(k + 7, reading.size)):
            phrase = reading.at[j]
            if (
                phrase is not None
                and phrase.first == j
                and phrase.kind in ("count", "bare")
                and not phrase.claimed
                and reading.low[j - 1] != "from"
            ):
                reading.tell(outcome, "number of", k, Group([phrase]))
                return
        return


def _brought_to(reading: Reading, t: int) -> bool:
    """ "brought to 27 the number killed", "to 41 including nine children the number of dead"."""
    phrase = reading.at[t - 2] if t > 1 and reading.low[t - 1] == "the" and t + 1 < reading.size else None
    if phrase is not None and phrase.first > 2 and reading.low[phrase.first - 1] == "including":
        phrase = reading.at[phrase.first - 2]
    if phrase is None or phrase.first < 2 or phrase.claimed or not phrase.counted:
        return False
    if reading.low[phrase.first - 1] != "to":
        return False
    for k in range(t + 1, min(t + 14, reading.size)):
        outcome = _outcome_of(reading, k)
        known = any(m.outcome == "killed" for m in reading.mentions)
        if not outcome and reading.low[k] == "lost" and known and reading.low[t + 1] != "of":
            outcome = "killed"  # "taking to 67 the number it has lost"
        if outcome:
            reading.used.add(k)
            return reading.tell(outcome, "number of", t, Group([phrase])) is not None
    return False


def _outcome_of(reading: Reading, k: int) -> str:
    """What the word at k says of those whose number is told: killed, injured, displaced; else nothing."""
    for trigger in reading.lexicon.triggers.get(reading.low[k], ()):
        return "injured" if trigger.outcome == "shot" else trigger.outcome
    lives = reading.low[k] in ("lives", "life") and reading.is_in(k - 2, "idioms.lives_verbs")
    losses = reading.low[k] == "losses" and _are_of_fighters(reading, k)
    return "killed" if lives or losses or reading.low[k] in ("victims", "casualties", "martyrs") else ""


def count(reading: Reading, t: int) -> None:
    """ "the death count stood at 43", "the body count is 12"."""
    if t and reading.is_in(t - 1, "idioms.count_of"):
        toll(reading, t)


def nth(reading: Reading, to: int, outcome: str) -> bool:
    """ "the fifth to die", "the 38th person to be murdered": ``to`` is the token before the verb."""
    k = to - 1
    if k > 1 and reading.bits[k] & PERSON:
        k -= 1
    number = ordinal(reading.low[k]) if k > 0 and reading.low[k - 1] == "the" else None
    if number is None:
        return False
    phrase = Phrase(k, to, "count", number, number, number, Basis.EXACT, k)
    return reading.tell(outcome, "toll noun", to + 1, Group([phrase])) is not None
