"""All casualty figures of one sentence: every rule tried at every word that can tell of one."""

from functools import cache
from itertools import pairwise

from casualties.events import adjectives, hurt, idioms, losses, nouns, verbs, zeros
from casualties.events.gapping import each, gapping
from casualties.events.reading import Reading
from casualties.events.tokens import Sentence
from casualties.events.told import Mention
from casualties.events.words import (
    TRIGGER,
    Trigger,
    tables,
)
from casualties.model import Basis

_LATER = frozenset(("after", "before", "follows", "followed", "since"))  # "a raid after one which also killed nine"


def read(sentence: Sentence) -> list[Mention]:
    """All casualty figures of a tokenised sentence."""
    telling = _telling_words()
    if telling.isdisjoint(sentence.low):
        return []
    reading = Reading(sentence)
    for t, word in enumerate(reading.low):
        if word not in telling or t in reading.used:
            continue
        if reading.bits[t] & TRIGGER:
            for trigger in reading.lexicon.triggers.get(word, ()):
                if read_trigger(reading, t, t + 1, trigger):
                    break
        for second, trigger in reading.lexicon.two_word_triggers.get(word, ()):
            if t + 1 < reading.size and reading.low[t + 1] == second:
                read_trigger(reading, t, t + 2, trigger)
        if word in reading.lexicon.sets["idioms.losing"]:
            losses.lost(reading, t)
        idioms.read_at(reading, t)
    gapping(reading)
    each(reading)
    _share(reading)
    _leave_out_added(reading)
    _take_into_whole(reading)
    _add_those_also_killed(reading)
    hurt.casualties(reading)
    zeros.read_zero(reading)
    return reading.mentions


@cache
def _telling_words() -> frozenset[str]:
    """The words at which a rule can start."""
    lexicon = tables()
    starts = (lexicon.triggers, lexicon.two_word_triggers, lexicon.sets["idioms.losing"], idioms.rules())
    return frozenset[str]().union(*starts, lexicon.sets["idioms.no_casualty"])


def _share(reading: Reading) -> None:
    """ "25 were killed or wounded": the number is of both together, so each is anything from none to it.

    A vague word with "and" keeps its least number for both.
    """
    told = {(m.first, m.last): m for m in reading.mentions if m.outcome == "killed"}
    for other in reading.mentions:
        one = told.get((other.first, other.last))
        if one is None or other.outcome not in ("injured", "shot") or one.low == one.high == 1:
            continue
        between = reading.low[min(one.trigger, other.trigger) : max(one.trigger, other.trigger)]
        if one.basis == Basis.VAGUE and "or" not in between:
            continue
        for mention in (one, other):
            mention.low, mention.best, mention.basis, mention.groups = 0, None, Basis.RANGE, []


def _leave_out_added(reading: Reading) -> None:
    """ "the toll rose to 20 after two men died": the two are among the 20."""
    rising = reading.lexicon.sets["idioms.rising"]
    for toll in [m for m in reading.mentions if m.rule in ("toll noun", "number of")]:
        if rising.isdisjoint(reading.low[toll.trigger : toll.first]):
            continue
        for added in [m for m in reading.mentions if m.first > toll.last and m.outcome == toll.outcome]:
            since = reading.low[toll.last : added.first]
            if {"after", "when", "as"} & set(since) and (added.low or 0) < (toll.low or 0):
                reading.mentions.remove(added)


def _take_into_whole(reading: Reading) -> None:
    """ "Thirty people, nine of whom have wounds, were hospitalised": the nine are among the thirty."""
    for part in [m for m in reading.mentions if m.of_whole and not m.breakdown]:
        wholes = (m for m in reading.mentions if m.outcome == part.outcome and m.last <= part.first)
        part.breakdown = any(m.trigger > part.trigger for m in wholes)


def _add_those_also_killed(reading: Reading) -> None:
    """ "The mayor was shot in an attack that also killed two guards": three died in it."""
    dead = [m for m in reading.mentions if m.outcome == "killed" and m.low == m.high and m.low and not m.breakdown]
    for one, more in pairwise(dead):
        between = range(max(one.last, one.trigger), max(more.trigger, more.first))
        joined = any(reading.low[k] == "which" or (reading.low[k : k + 2] == ["that", "also"]) for k in between)
        joined = joined and _LATER.isdisjoint(reading.low[k] for k in between)
        if joined and "also" in reading.low[max(0, more.trigger - 3) : more.trigger] and one in reading.mentions:
            one.addends = (one.low or 0, more.low or 0)
            one.low = one.best = one.high = sum(one.addends)
            one.groups, one.kind, one.basis = one.groups + more.groups, "count", Basis.SUM
            reading.mentions.remove(more)


def is_teaser(mention: Mention) -> bool:
    """Whether a figure stands in a headline of another story that a feed ran into this one's text.

    Its verb has a capital in the midst of a sentence that otherwise is written as a sentence.
    """
    sentence, t = mention.sentence, mention.trigger
    word = sentence.words[t]
    if sentence.headline or sentence.field == "title" or not t or not word[0].isupper() or word.isupper():
        return False
    letters = [w for w in sentence.words if w[0].isalpha()]
    small = sum(w[0].islower() for w in letters)
    return len(letters) > 15 and small >= 0.4 * len(letters)


def read_trigger(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """Apply the rules for one trigger word; whether one of them found a figure."""
    if trigger.form in ("past", "part") or (trigger.form == "base" and trigger.lemma in ("hurt",)):
        found = verbs.participle(reading, t, after, trigger)
    elif trigger.form == "adj":
        found = adjectives.adjective(reading, t, trigger)
    elif trigger.form in ("noun", "count"):
        found = nouns.noun(reading, t, trigger)
    elif trigger.form == "ing":
        found = verbs.gerund(reading, t, after, trigger) or (
            trigger.voice == "trans" and nouns.noun(reading, t, trigger)
        )
    else:
        found = verbs.present(reading, t, after, trigger)
    return found
