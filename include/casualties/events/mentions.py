"""All casualty figures of one sentence: every rule tried at every word that can tell of one."""

from functools import cache

from casualties.events import adjectives, idioms, nouns, verbs, zeros
from casualties.events.reading import Reading
from casualties.events.tokens import Sentence
from casualties.events.told import Group, Mention
from casualties.events.words import (
    AND,
    BE,
    HAVE,
    MODAL,
    TRIGGER,
    Trigger,
    tables,
)
from casualties.model import Basis


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
            _lost(reading, t)
        idioms.read_at(reading, t)
    gapping(reading)
    _share(reading)
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


def gapping(reading: Reading) -> None:
    """ "30 were killed around A and another five outside B": a number that shares the verb of the one before."""
    for phrase in reading.phrases:
        if (
            phrase.claimed
            or phrase.kind not in ("count", "bare")
            or phrase.thing
            or phrase.first < 2
            or phrase.last + 1 >= reading.size
        ):
            continue
        if (
            not (reading.bits[phrase.first - 1] & AND or reading.low[phrase.first - 1] in (",", "plus") or phrase.other)
            or phrase.of_whole
        ):
            continue
        if reading.low[phrase.last] not in ("in", "near", "outside", "at", "around", "inside") or (
            not reading.words[phrase.last + 1][0].isupper()
            and reading.low[phrase.last + 1]
            not in ("the", "another", "a", "nearby", "central", "northern", "southern", "eastern", "western")
        ):
            continue
        before = [
            m
            for m in reading.mentions
            if m.last <= phrase.first
            and phrase.first - max(m.last, m.trigger) < 14
            and m.outcome in ("killed", "injured", "shot")
        ]
        if not before or phrase.low is None:
            continue
        model = before[-1]
        between = range(max(model.last, model.trigger + 1), phrase.first)
        if any(
            reading.bits[k] & (BE | HAVE | MODAL) or reading.low[k] in (";", "said", "that", "when") for k in between
        ):
            continue
        reading.tell(model.outcome, "gapping", phrase.first, Group([phrase]))


def _lost(reading: Reading, t: int) -> None:
    """ "lost 12 soldiers", "loses 19 family members"; and "captured 210 people" among civilians."""
    begin, be, _, negated, modal = reading.verb_group(t)
    group = reading.target(t + 1)
    if be or negated or modal or group is None or any(p.kind != "count" or p.definite for p in group.phrases):
        return
    if reading.low[t] in ("captured", "captures", "seized", "captured", "capturing"):
        if all(p.group in ("", "civilians", "women", "children", "medics", "journalists") for p in group.phrases):
            reading.tell("abducted", "captured", t, group, subject=(max(0, begin - 14), begin))
        return
    last = group.last
    if (
        last < reading.size and reading.low[last] in ("to", "in", "on", "after", "during", "since", ".", ",", "from")
    ) or last == reading.size:
        head = reading.low[group.phrases[0].head]
        if (
            head
            not in (
                "players",
                "fans",
                "customers",
                "supporters",
                "voters",
                "lives",
                "delegates",
                "staff",
                "employees",
                "workers",
                "members",
            )
            or reading.low[group.phrases[0].head - 1] == "family"
        ):
            reading.tell("killed", "lost", t, group, subject=(max(0, begin - 14), begin))
