"""Rules that read figures off adjectives: "22 dead in raids", "12 wounded soldiers", "left four dead"."""

from casualties.events import among, hostages
from casualties.events.passives import is_plural, turns_fatal
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import (
    ADVERB,
    AND,
    ARTICLE,
    BE,
    COLLECTIVE,
    DETERMINER,
    HAVE,
    MODIFIER,
    PREPOSITION,
    SINGULAR,
    Trigger,
)
from casualties.model import Basis


def adjective(reading: Reading, t: int, trigger: Trigger) -> bool:
    """ "22 dead in raids", "six were wounded", "left four dead", "12 people are missing"."""
    if trigger.lemma in ("hostage", "captive"):
        return hostages.taken(reading, t)
    begin, be, _, negated, modal = reading.verb_group(t)
    if negated or modal:
        return False
    inside = reading.at[t]
    if whose_kin(reading, t, trigger):
        return True
    if inside is not None and inside.of_whole:
        return False
    if among.tell(reading, t, trigger.outcome):
        return True
    if inside is not None and not (inside.last == t + 1 and inside.kind in ("those", "some")):
        return attributive(reading, t, inside, trigger)
    if inside is not None:
        return False
    following = reading.at[t + 1] if t + 1 < reading.size else None
    if following is not None and following.first == t + 1 and not be and not following.of_whole:
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
    brought_in = reading.low[max(0, t - 2) : t] == ["brought", "in"]
    if t and (brought_in or reading.low[t - 1] in reading.lexicon.sets["killed.made_known"]) and not be:
        begin = t - 1 - brought_in
        while begin > 0 and reading.bits[begin - 1] & (BE | HAVE | ADVERB) and reading.at[begin - 1] is None:
            begin -= 1
    group = reading.subject(begin)
    if group is not None and group.first and reading.low[group.first - 1] in ("if", "unless", "whether"):
        return False
    if group is not None and {"was", "is", "has"} & set(reading.low[begin:t]) and is_plural(reading, group):
        group = None
    before = reading.at[t - 1] if t and begin == t and trigger.outcome == "missing" else None
    if group is not None and before is not None and before.kind == "one" and group.last < t - 1 and not before.claimed:
        group = Group([before])  # "the husband of a mother missing"
    if (
        trigger.outcome == "displaced"
        and group is not None
        and all(p.kind in ("some", "one", "pronoun") for p in group.phrases)
    ):
        return False
    if group is None and trigger.lemma == "dead" and (be or begin < t) and turns_fatal(reading, begin):
        return True
    opened = reading.aside(t - 1) if t else 0
    if group is None or (
        max(p.last for p in group.phrases + group.parts) < begin
        and not be
        and begin == t
        and not all(
            reading.bits[k] & (ADVERB | COLLECTIVE)
            or reading.low[k] in ("-", "–", "—", ",", "aboard", "on", "board", "of", "one", "same")
            for k in range(max(p.last for p in group.phrases + group.parts), opened or t)
        )
    ):
        if be and t - begin > 0 and begin > 0 and trigger.outcome in ("killed", "missing"):
            named = reading.named(begin)
            if named is not None and named.first and reading.low[named.first - 1] in ("of", "in", "at", "from", "near"):
                return False  # "one in four people of West Park is missing"
            if named is not None and named.last - named.first > 1 and _be_word(reading, begin, t):
                return reading.tell(trigger.outcome, "adjective", t, Group([named])) is not None
        return False
    if trigger.outcome == "missing" and t + 1 < reading.size and reading.low[t + 1] in ("out", "the", "a"):
        return False
    absent = reading.lexicon.sets["missing.absent"]
    if (
        trigger.outcome == "missing"
        and reading.low[t + 1 : t + 2] == ["from"]
        and not absent.isdisjoint(reading.low[t + 2 : t + 4])
    ):
        return False
    if group.phrases[0].kind == "pronoun" and group.phrases[0].low is None:
        return False
    return reading.tell(trigger.outcome, "adjective", t, group) is not None


def _be_word(reading: Reading, begin: int, t: int) -> bool:
    return any(reading.low[k] in ("was", "is", "were", "are") for k in range(begin, t))


def whose_kin(reading: Reading, t: int, trigger: Trigger) -> bool:
    """ "Murdered woman's family", "the kidnapped boy's aunt": one, by those who are left."""
    if trigger.outcome not in ("killed", "missing", "abducted"):
        return False
    if t and not reading.bits[t - 1] & (DETERMINER | ARTICLE | PREPOSITION) and reading.words[t - 1][0].isalpha():
        return False
    k = t + 1
    while k < reading.size and k < t + 3 and reading.bits[k] & MODIFIER and not reading.bits[k] & SINGULAR:
        k += 1
    if k >= reading.size or not reading.bits[k] & SINGULAR or not reading.words[k].endswith(("'s", "’s")):
        return False
    kin = reading.at[t] or reading.at[k]  # "the murdered woman's parents": neither of them was murdered
    if kin is not None:
        if kin.claimed or kin.head <= k:
            return False
        kin.claimed = True
    owner = Phrase(t, k + 1, "one", 1, 1, 1, Basis.EXACT, k)
    return reading.tell(trigger.outcome, "attributive", t, Group([owner])) is not None


def attributive(reading: Reading, t: int, phrase: Phrase, trigger: Trigger) -> bool:
    """ "12 wounded soldiers", "one dead": the adjective stands inside the counted phrase."""
    if (
        phrase.claimed
        or phrase.kind not in ("count",)
        or (trigger.outcome in ("killed",) and phrase.head == t and phrase.last != t + 1)
    ):
        return False
    if phrase.definite or (trigger.outcome == "displaced" and phrase.low is None):
        return False
    return reading.tell(trigger.outcome, "attributive", t, Group([phrase])) is not None
