"""Rules that count the subject of a verb: "three soldiers and two civilians were killed by a mine"."""

from casualties.events import zeros
from casualties.events.fighters import FIGHTERS
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import (
    ADVERB,
    AND,
    BE,
    COLLECTIVE,
    DETERMINER,
    HAVE,
    MODAL,
    MODIFIER,
    NEGATION,
    NUMBER,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    QUANTITY,
    SINGULAR,
    TRIGGER,
    Trigger,
)
from casualties.model import Basis

_DEAD = frozenset(("bodies", "dead", "victims"))


def passive(reading: Reading, t: int, begin: int, after: int, outcome: str, trigger: Trigger, rule: str) -> bool:
    """ "Three soldiers and two civilians were killed by a mine": the subject is counted."""
    if rule == "reduced passive" and begin and reading.low[begin - 1] == "who":
        return False  # "two helpers of the man who murdered M-19 leader Doe"
    group = _name_before(reading, begin) or reading.subject(begin)
    aux = reading.low[begin:t]
    singular_verb = "was" in aux or "is" in aux or ("has" in aux and "been" in aux)
    if group is not None and singular_verb and is_plural(reading, group):
        group = None
    plural_verb = not {"were", "are", "have"}.isdisjoint(aux)
    if group is not None and plural_verb:
        group = _before_apposition(reading, group, begin) or group
    if group is None and "being" in aux:
        group = _controller(reading, begin)
    if group is not None and outcome != "killed" and (speaker := reading.speaker(group.phrases[0])) is not None:
        group = Group([speaker])
    by_phrase = group is not None and "by" in reading.low[max(0, group.first - 2) : group.first]
    if group is not None and singular_verb and by_phrase and group.phrases[-1].kind == "one":
        group = Group(group.phrases[-1:])  # "was fired on by gunmen and a girl was hurt"
    if rule == "reduced passive" and group is not None and not _adjacent(reading, group, t):
        before = reading.at[t - 1]
        group = Group([before]) if before is not None and before.counted and not before.claimed else None
    inner = _spoken_for(reading, group, t) if group is not None and rule == "reduced passive" else None
    if inner is not None:
        group = Group([inner])
    if (
        group is not None
        and outcome == "killed"
        and inner is None
        and (family := _family_of(reading, group)) is not None
    ):
        group = Group([family])
    if (
        rule in ("subject", "passive")
        and group is not None
        and trigger.voice == "fighters"
        and not any(p.group for p in group.phrases)
    ):
        return False
    negative = (
        begin > 0
        and any(reading.bits[k] & NEGATION for k in range(max(0, begin - 4), begin))
        and reading.low[begin - 1] in ("one", "nobody", "none")
    )
    if negative or reading.low[max(0, begin - 2) : begin] == ["no", "one"]:
        return zeros.tell(reading, outcome, begin - 1, t)
    if group is not None and group.first and reading.low[group.first - 1] == "not" and group.phrases[0].low == 1:
        return zeros.tell(reading, outcome, group.first - 1, t)  # "not one villager was hurt"
    gone = any(m.outcome in ("missing", "abducted") for m in reading.mentions)  # "a girl reported missing was murdered"
    again = reading.sentence.headline or "been" in aux or gone
    if group is None and outcome == "killed" and again and turns_fatal(reading, begin):
        return True
    if group is None and outcome == "killed" and begin and reading.low[begin - 1] in ("family", "relatives"):
        group = Group([Phrase(begin - 1, begin, "some", 2, None, None, Basis.VAGUE, begin - 1)])
    if group is None:
        end = begin
        while end > 1 and reading.bits[end - 1] & ADVERB:
            end -= 1  # "Man, 62, seriously hurt"
        named = reading.named(end)
        if named is None or (
            rule == "reduced passive"
            and not reading.sentence.headline
            and after < reading.size
            and reading.low[after] not in ("in", "by", "on", "after", "during", "at", "when")
        ):
            return False
        governor = reading.low[named.first - 1] if named.first else ""
        if governor in reading.lexicon.sets["placing"] or (rule == "reduced passive" and governor in ("of", "from")):
            return False  # "man at fair in West Park shot", "a million in Gold disappeared": no person
        group = Group([named])
    if group.first and reading.low[group.first - 1] in ("if", "unless", "whether"):
        return False
    if rule == "reduced passive" and after < reading.size and reading.bits[after] & (DETERMINER | POSSESSIVE):
        return False  # "voters killed the plan"
    if rule == "reduced passive" and trigger.lemma.endswith("gunned") and reading.low[after : after + 1] == ["a"]:
        return False  # "rebels machine-gunned a bus"
    counts = after < reading.size and reading.bits[after] & (NUMBER | QUANTITY)
    if rule == "reduced passive" and trigger.voice == "fighters" and counts:
        return False  # "troops destroyed four vehicles"
    if outcome == "shot" and group.phrases[0].of_whole and reading.low[group.phrases[0].head] in _DEAD:
        return False  # "35 of the victims were found shot"
    if outcome == "displaced" and not any(p.kind in ("count", "bare") for p in group.phrases):
        return False
    if outcome == "displaced" and all(p.group in FIGHTERS for p in group.phrases):
        return False  # "hundreds of soldiers fled"
    if rule == "reduced passive" and trigger.voice == "fighters" and not any(p.group for p in group.phrases):
        return False  # "people in destroyed houses"
    if group.phrases[0].low is not None and _is_counted(reading, group.first):
        return False  # "the number of civilians killed"
    first = group.phrases[0]
    if rule == "reduced passive" and first.of_whole and not _has_owner(reading, first):
        return False  # "nine of those killed were women": a group of a figure told elsewhere
    if rule == "subject" and trigger.lemma in ("die", "perish"):
        rule = "died"
    group = _with_name(reading, group, plural_verb)
    if not singular_verb and trigger.voice in ("trans", "intrans") and (more := _one_more(reading, group, begin)):
        group.phrases.append(more)
    if rule in ("passive", "died", "subject") and (along := reading.along(after)) is not None:
        group.phrases += along.phrases  # "22 children were killed along with six teachers"
    if trigger.voice == "fighters" and not any(p.group in FIGHTERS or p.kind == "count" for p in group.phrases):
        return False
    return (
        reading.tell(outcome, rule, t, group, agent=_agent(reading, after), perfect="have" in aux or "has" in aux)
        is not None
    )


def _controller(reading: Reading, begin: int) -> Group | None:
    """ "A dancer sued the theatre after being hurt": the subject of the whole sentence."""
    first = reading.phrases[0] if reading.phrases else None
    if reading.low[begin - 1 : begin] != ["after"] or first is None or first.last >= begin:
        return None
    return Group([first]) if first.first < 2 and first.kind in ("one", "count") and not first.claimed else None


def is_plural(reading: Reading, group: Group) -> bool:
    """Whether a group cannot be the subject of "was": a number, "gunmen"."""
    last = group.phrases[-1]
    if last.kind == "bare":
        return (last.low or 0) != 1
    many = last.kind == "some" and len(group.phrases) == 1 and not group.parts
    return many and bool(reading.bits[last.head] & PLURAL) and not reading.bits[last.head] & (SINGULAR | COLLECTIVE)


def _spoken_for(reading: Reading, group: Group, t: int) -> Phrase | None:
    """ "Mother of man killed by police wants answers": the man, since she has a verb of her own."""
    inner = reading.at[t - 1] if t else None
    if inner is None or inner.kind != "one" or inner.claimed or inner.last != t or not reading.sentence.headline:
        return None
    of = inner.first - 1
    kin = reading.lexicon.sets["idioms.kin"] | {"family", "widow", "widower", "families"}
    if of < 1 or reading.low[of] != "of" or reading.low[of - 1] not in kin:
        return None
    speaks = reading.lexicon.sets["speaks"]
    later = range(t + 1, min(t + 14, reading.size))
    return inner if any(reading.low[k] in speaks for k in later) else None


def _family_of(reading: Reading, group: Group) -> Phrase | None:
    """ "Family of a reporter killed": not the reporter."""
    of = group.first - 1
    while of > 0 and group.first - of < 4 and reading.words[of][0].isupper():
        of -= 1  # a name before a bare noun: "family of Radio Nord reporter"
    if len(group.phrases) > 1 or (group.phrases[0].counted and group.phrases[0].kind != "one"):
        return None
    if of < 1 or reading.low[of] != "of" or reading.low[of - 1] not in ("family", "relatives"):
        return None
    return Phrase(of - 1, of, "some", 2, None, None, Basis.VAGUE, of - 1)


def _has_owner(reading: Reading, phrase: Phrase) -> bool:
    """ "two of its men": some of a body's people, not of those already told."""
    return any(reading.bits[k] & POSSESSIVE for k in range(phrase.first, phrase.last))


def turns_fatal(reading: Reading, begin: int) -> bool:
    """ "Woman hit by a bus dies", "Boy missing since Monday is dead": the one told before is the one who died."""
    if len(reading.mentions) != 1:
        return False
    told = reading.mentions[0]
    opens = told.first == 0 or reading.low[told.first - 1] == ":"
    gone = told.outcome in ("missing", "abducted") and told.low == told.high  # "six pupils abducted on bus found dead"
    single = opens and (gone or told.low == told.high == 1)
    if not single or told.outcome not in ("injured", "shot", "missing", "abducted") or told.trigger >= begin:
        return False
    told.outcome, told.rule, told.hit = "killed", "died", False
    return True


def _agent(reading: Reading, after: int) -> tuple[int, int] | None:
    for k in range(after, min(after + 8, reading.size)):
        if reading.low[k] == "by":
            return k + 1, min(k + 12, reading.size)
        if reading.low[k] in (",", ";") or reading.bits[k] & TRIGGER:
            return None
    return None


def _is_counted(reading: Reading, first: int) -> bool:
    return reading.low[max(0, first - 2) : first] == ["number", "of"] and reading.low[first - 3 : first - 2] == ["the"]


def _name_before(reading: Reading, begin: int) -> Group | None:
    """ "Officers believe Jane Doe was killed": a name right before the verb is its subject."""
    if (
        not begin
        or reading.at[begin - 1] is not None
        or not reading.words[begin - 1][0].isupper()
        or reading.words[begin - 1].isupper()
    ):
        return None
    if not any(w in ("was", "is", "died", "dies") for w in reading.low[begin : begin + 2]):
        return None
    named = reading.named(begin)
    if named is None or named.low != 1 or named.last - named.first < 2:
        return None
    before = reading.low[named.first - 1] if named.first else ""
    if named.first and (
        reading.bits[named.first - 1] & (PREPOSITION | DETERMINER)
        or before in (",", "and")
        or reading.at[named.first - 1] is not None
    ):
        return None
    return Group([named])


def _before_apposition(reading: Reading, group: Group, begin: int) -> Group | None:
    """ "Jane Doe and her aide John Roe, a member of the union, were": of two, the second is told more of."""
    told = group.phrases[0]
    comma = told.first - 1
    single = len(group.phrases) == 1 and told.kind == "one" and reading.low[told.first] in ("a", "an")
    if not single or comma < 1 or reading.low[comma] != "," or reading.low[begin - 1] != ",":
        return None
    pair = reading.subject(comma)
    if pair is not None and all(reading.words[k][0].isupper() for k in range(pair.last, comma)):
        return pair if all(p.counted and not p.claimed for p in pair.phrases) else None
    named = reading.named(comma)
    return Group([named]) if named is not None and (named.low or 0) > 1 else None


def _with_name(reading: Reading, group: Group, plural_verb: bool) -> Group:
    """ "Jane Doe and three others", "Jane Doe, her son and two nephews": the named one counts too."""
    first = group.phrases[0]
    kin = bool(reading.bits[first.first] & POSSESSIVE)
    if kin and first.first and (reading.low[first.first - 1] == "and" or len(group.phrases) > 1):
        named = reading.named(first.first - (reading.low[first.first - 1] in (",", "and")))
        opens = named is not None and (named.first == 0 or reading.low[named.first - 1] == ",")
        if named is not None and named.low == 1 and (named.last - named.first >= 2 or (plural_verb and opens)):
            return Group([named, *group.phrases], group.parts)
    if (
        first.other
        and first.first >= 2
        and reading.bits[first.first - 1] & AND
        and reading.low[first.first - 1] != "or"
    ):
        k = first.first - 1
        if reading.low[k - 1] == ",":
            k -= 1
        named = reading.named(k)
        if named is not None and not (named.first and reading.bits[named.first - 1] & PREPOSITION):
            named.low = named.best = named.high = 1
            return Group([named, *group.phrases], group.parts)
    kin = first.kind == "one" and first.last < reading.size and reading.words[first.last][0].isupper()
    if (first.kind == "count" or kin) and first.first >= 3 and reading.low[first.first - 1] == "and":
        named = reading.named(first.first - 1)
        if named is not None and named.low == 1 and named.last - named.first >= 2 and named.first == 0:
            return Group([named, *group.phrases], group.parts)
    return group


def _one_more(reading: Reading, group: Group, begin: int) -> Phrase | None:
    """ "Two sisters and a falafel seller were killed": a person whom no lexicon has, by what stands beside."""
    last = group.phrases[-1].last
    words = range(last + 2, begin)
    if last + 1 >= begin or reading.low[last] != "and" or reading.low[last + 1] not in ("a", "an"):
        return None
    other = MODIFIER | SINGULAR | PLURAL
    animals = reading.lexicon.sets["fatal.animals"]
    plain = all(not reading.bits[k] & ~other and reading.words[k][0].isalpha() for k in words)
    if not 1 <= len(words) <= 3 or not plain or reading.low[begin - 1] in animals:
        return None
    return Phrase(last + 1, begin, "one", 1, 1, 1, Basis.EXACT, begin - 1)


def _adjacent(reading: Reading, group: Group, t: int) -> bool:
    """Whether the phrase stands before its participle with nothing but adverbs or a short addition between."""
    last = max(p.last for p in [*group.phrases, *group.parts])
    if opened := reading.aside(t - 1):
        t = max(last, opened) if group.phrases[0].kind == "count" else t
    gap = t - last
    if gap <= 0:
        return True
    aged = reading.low[last : last + 1] == [","] and reading.low[t - 1] == "," and gap == 3
    if aged and reading.low[last + 1].isdecimal():
        return True  # "six villagers including boy, 15, killed"
    quotes = reading.lexicon.sets["quotes"]
    if all(reading.bits[k] & ADVERB or reading.low[k] == "found" or reading.low[k] in quotes for k in range(last, t)):
        return True
    if group.phrases[0].kind not in ("count", "bare", "one") or gap > 8:
        return False
    return not any(
        reading.bits[k] & (BE | HAVE | MODAL | TRIGGER) or reading.low[k] in (",", ";", ":", "-")
        for k in range(last, t)
    ) and (reading.bits[last] & PREPOSITION > 0 or (reading.sentence.headline and reading.low[last].endswith("ing")))
