"""Rules that read figures off verbs and participles: which voice they have, and whom they count."""

from dataclasses import replace

from casualties.events import nouns
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group, Mention
from casualties.events.words import (
    ADVERB,
    AND,
    BE,
    DETERMINER,
    HAVE,
    HYPOTHETICAL,
    MODAL,
    MODIFIER,
    NEGATION,
    NUMBER,
    POSSESSIVE,
    PREPOSITION,
    QUANTITY,
    TRIGGER,
    Trigger,
)
from casualties.model import Basis


def participle(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """Past forms: passive, perfect, headline, active; which one, the words around decide."""
    inside = reading.at[t]
    if nouns.among(reading, t, "injured" if trigger.outcome == "shot" else trigger.outcome):
        return True
    if inside is not None and (inside.of_whole or trigger.outcome == "displaced"):
        return False
    if inside is not None and inside.head > t:
        return nouns.attributive(reading, t, inside, trigger)
    if t and _is_modified(reading, t - 1):
        return False  # "the wounded man", "his shot": no verb
    begin, be, have, negated, modal = reading.verb_group(t)
    outcome, after = _complement(reading, t, after, trigger)
    if negated or modal or _is_hypothetical(reading, begin):
        return False
    intransitive = trigger.voice == "intrans"
    if intransitive and nouns.is_natural(reading, t):
        return False
    if (
        trigger.outcome == "shot"
        and not be
        and after < reading.size
        and reading.low[after] in ("on", "at", "down", "up", "off")
        and not _shot_on_street(reading, t, after)
    ):
        return False
    if be and outcome == "killed" and "being" in reading.low[begin:t] and {"is", "are"} & set(reading.low[begin:t]):
        return False  # "is being strangled": it has not happened
    if be:
        return _passive(reading, t, begin, after, outcome, trigger, "passive")
    if not have and t and reading.bits[t - 1] & AND and _earlier_passive(reading, t - 1):
        return _passive(reading, t, _earlier_passive(reading, t - 1), after, outcome, trigger, "passive")
    after = _shared_verb(reading, after, trigger)
    back = t - 2 if t > 1 and reading.low[t - 1] == "," and reading.sentence.headline else t - 1
    if t and (known := next((m for m in reading.mentions if m.trigger == back), None)) and known.last <= back:
        return _repeat_subject(reading, t, known, outcome, adjacent=True)  # "25 killed, injured" without its comma
    joined = _joined_passive(reading, t)
    right = None if intransitive else reading.target(after)
    if joined is not None and right is None:
        if reading.low[t - 1] in ("and", "or", "/"):
            return _repeat_subject(reading, t, joined, outcome)
        if reading.at[t - 1] is not None:
            return _passive(reading, t, t, after, outcome, trigger, "passive continued")
    if right is not None and _counts(right) and not have and _headline_chain(reading, t, right):
        return _passive(reading, t, begin, after, outcome, trigger, "headline")
    if right is not None and not intransitive and not _reflexive(reading, after):
        return _active(reading, t, begin, after, outcome, trigger, right, "perfect" if have else "active")
    if intransitive:
        return _passive(reading, t, begin, after, outcome, trigger, "subject")
    if have:
        named = _named_object(reading, after)
        return bool(named and _active(reading, t, begin, after, outcome, trigger, _and_kin(reading, named), "perfect"))
    beside = _beside(reading, after, outcome) if _reflexive(reading, after) else None
    if beside is not None:
        return _active(reading, t, begin, after, outcome, trigger, beside, "active")
    if _reflexive(reading, after):
        if not _by_mishap(reading, t, after, trigger):
            return False
        return _passive(reading, t, t, after + 1, outcome, trigger, "subject")
    named = _named_object(reading, after, single=not reading.sentence.headline)
    if named is not None and _active(reading, t, begin, after, outcome, trigger, _and_kin(reading, named), "active"):
        return True
    return _passive(reading, t, begin, after, outcome, trigger, "reduced passive")


def _is_modified(reading: Reading, k: int) -> bool:
    """Whether the word at k makes a noun or adjective of the next: "the", "his", "John's"; not "the raid that"."""
    if reading.low[k] in ("that", "it"):
        return False
    determined = reading.bits[k] & (DETERMINER | POSSESSIVE) and reading.at[k] is None
    return bool(determined) or reading.words[k].endswith(("'s", "’s"))


def _shot_on_street(reading: Reading, t: int, after: int) -> bool:
    """ "Four men shot on Elm Street", not "the men shot on sight", "shot at"."""
    before = reading.at[t - 1] if t else None
    named = after + 1 < reading.size and (
        reading.words[after + 1][0].isupper() or reading.words[after + 1][0].isdigit()
    )
    return reading.low[after] == "on" and named and before is not None and before.counted and not before.claimed


def _by_mishap(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """ "accidentally shot himself", "shot herself in the foot"."""
    if trigger.outcome not in ("shot", "injured"):
        return False
    where = reading.low[after + 1 : after + 5]
    in_limb = where[:1] == ["in"] and not reading.lexicon.sets["injured.limbs"].isdisjoint(where)
    return in_limb or "accidentally" in reading.low[max(0, t - 3) : t]


def _complement(reading: Reading, t: int, after: int, trigger: Trigger) -> tuple[str, int]:
    """The outcome and the end of the verb with what follows it: "shot dead", "stabbed to death", "shot and wounded"."""
    low = reading.low
    rest = low[after : after + 3]
    if rest[:1] == ["dead"] or rest[:2] == ["to", "death"]:
        reading.used.update((after, after + (rest[0] != "dead")))
        return "killed", after + (1 if rest[0] == "dead" else 2)
    if (
        rest[:1] == ["and"]
        and rest[1:2] in (["killed"], ["wounded"], ["injured"])
        and trigger.outcome in ("shot", "injured")
    ):
        reading.used.update((after, after + 1))
        return ("killed" if rest[1] == "killed" else "injured"), after + 2
    if rest[:1] == ["fatally"] or (t > 0 and low[t - 1] in ("fatally", "mortally")):
        return "killed", after + (rest[:1] == ["fatally"])
    return trigger.outcome, after


def _earlier_passive(reading: Reading, k: int) -> int:
    """ "were rounded up and executed": where the auxiliary of a participle joined by "and" begins, or 0."""
    for j in range(k - 1, max(0, k - 5), -1):
        if reading.low[j].endswith(("ed", "en", "ught")) and not reading.bits[j] & TRIGGER:
            begin, be, *_ = reading.verb_group(j)
            return begin if be else 0
        if reading.at[j] is not None or reading.bits[j] & (BE | HAVE | MODAL | TRIGGER):
            return 0
    return 0


def _shared_verb(reading: Reading, after: int, trigger: Trigger) -> int:
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


def _is_hypothetical(reading: Reading, begin: int) -> bool:
    """Whether what governs the verb keeps it from having happened: "to be killed", "if", "threatened to"."""
    return begin > 0 and reading.low[begin - 1] in ("if", "unless", "whether")


def _counts(group: Group) -> bool:
    return any(p.low is not None or p.high is not None for p in group.phrases)


def _reflexive(reading: Reading, k: int) -> bool:
    return k < reading.size and reading.low[k] in reading.lexicon.sets["reflexive"]


def _headline_chain(reading: Reading, t: int, right: Group) -> bool:
    """ "Six killed, dozens hurt in blast": the right number has its own participle, the left one is the subject."""
    left = reading.at[t - 1] if t else None
    if left is None or not left.counted or left.claimed or (left.kind == "one" and not reading.sentence.headline):
        return False
    return reading._has_own_verb(right.phrases[-1])


def _joined_passive(reading: Reading, t: int) -> Mention | None:
    """The mention of a passive that this participle continues: "were killed and (20) wounded"."""
    k, steps = t - 1, 0
    while k >= 0 and steps < 12:
        if reading.bits[k] & (BE | HAVE | MODAL):
            return None
        if reading.bits[k] & TRIGGER:
            last = next((m for m in reversed(reading.mentions) if m.trigger == k), None)
            if last is not None:
                between = reading.low[k + 1 : t]
                return (
                    last
                    if last.rule.startswith(("passive", "reduced", "headline"))
                    and ("and" in between or "or" in between or "," in between)
                    else None
                )
        k, steps = k - 1, steps + 1
    return None


def _repeat_subject(reading: Reading, t: int, mention: Mention, outcome: str, adjacent: bool = False) -> bool:
    """ "Dozens were killed or wounded": one figure for both."""
    if (not adjacent and reading.low[t - 1] not in ("and", "or", "/")) or outcome == mention.outcome:
        return False
    if mention.outcome == "shot" and outcome in ("killed", "injured"):
        mention.outcome = outcome
        return True
    copy = replace(mention, outcome=outcome, rule="passive continued", trigger=t, groups=list(mention.groups))
    reading.mentions.append(copy)
    return True


def _agent(reading: Reading, after: int) -> tuple[int, int] | None:
    for k in range(after, min(after + 8, reading.size)):
        if reading.low[k] == "by":
            return k + 1, min(k + 12, reading.size)
        if reading.low[k] in (",", ";") or reading.bits[k] & TRIGGER:
            return None
    return None


def _passive(reading: Reading, t: int, begin: int, after: int, outcome: str, trigger: Trigger, rule: str) -> bool:
    """ "Three soldiers and two civilians were killed by a mine": the subject is counted."""
    group = _name_before(reading, begin) or reading.subject(begin)
    aux = reading.low[begin:t]
    singular_verb = "was" in aux or "is" in aux or ("has" in aux and "been" in aux)
    if group is not None and singular_verb and group.phrases[-1].kind == "bare" and (group.phrases[-1].low or 0) != 1:
        group = None
    if rule == "reduced passive" and group is not None and not _adjacent(reading, group, t):
        before = reading.at[t - 1]
        group = Group([before]) if before is not None and before.counted and not before.claimed else None
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
        return nouns.tell_zero(reading, outcome, begin - 1, t)
    if group is None:
        named = reading.named(begin)
        if named is None or (
            rule == "reduced passive"
            and not reading.sentence.headline
            and after < reading.size
            and reading.low[after] not in ("in", "by", "on", "after", "during", "at", "when")
        ):
            return False
        group = Group([named])
    if group.first and reading.low[group.first - 1] in ("if", "unless", "whether"):
        return False
    if rule == "reduced passive" and after < reading.size and reading.bits[after] & (DETERMINER | POSSESSIVE):
        return False  # "voters killed the plan"
    if outcome == "displaced" and not any(p.kind in ("count", "bare") for p in group.phrases):
        return False
    if rule == "reduced passive" and trigger.voice == "fighters" and not any(p.group for p in group.phrases):
        return False  # "people in destroyed houses"
    if group.phrases[0].low is not None and _is_counted(reading, group.first):
        return False  # "the number of civilians killed"
    if rule == "reduced passive" and group.phrases[0].of_whole:
        return False  # "nine of those killed were women": a group of a figure told elsewhere
    if rule == "subject" and trigger.lemma in ("die", "perish"):
        rule = "died"
    group = _with_name(reading, group)
    if rule in ("passive", "died", "subject") and (along := reading.along(after)) is not None:
        group.phrases += along.phrases  # "22 children were killed along with six teachers"
    if trigger.voice == "fighters" and not any(
        p.group in ("combatants", "security_forces") or p.kind == "count" for p in group.phrases
    ):
        return False
    return (
        reading.tell(outcome, rule, t, group, agent=_agent(reading, after), perfect="have" in aux or "has" in aux)
        is not None
    )


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


def _beside(reading: Reading, after: int, outcome: str) -> Group | None:
    """ "injuring himself and two soldiers" is three; a bomber who dies with three others is not counted."""
    group = reading.beside(after)
    if group is not None and outcome == "killed":
        group.phrases = group.phrases[1:]
    return group


def _and_kin(reading: Reading, named: Phrase) -> Group:
    """ "John Doe, his wife, son and two nephews", "John Doe along with his sons": a name and who is listed after it."""
    group = Group([named])
    following = reading.target_after(named)
    if following is not None and reading.bits[following.phrases[0].first] & (POSSESSIVE | NUMBER | QUANTITY):
        group.phrases += following.phrases
        group.parts += following.parts
    return group


def _with_name(reading: Reading, group: Group) -> Group:
    """ "Jane Doe and three others", "Jane Doe, her son and two nephews": the named one counts too."""
    first = group.phrases[0]
    kin = bool(reading.bits[first.first] & POSSESSIVE)
    if kin and first.first > 1 and (reading.low[first.first - 1] == "and" or len(group.phrases) > 1):
        named = reading.named(first.first - (reading.low[first.first - 1] in (",", "and")))
        if named is not None and named.low == 1 and named.last - named.first >= 2:
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


def _adjacent(reading: Reading, group: Group, t: int) -> bool:
    """Whether the phrase stands before its participle with nothing but adverbs or a short addition between."""
    last = max([p.last for p in [*group.phrases, *group.parts]])
    gap = t - last
    if gap <= 0:
        return True
    if all(reading.bits[k] & ADVERB or reading.low[k] == "found" for k in range(last, t)):
        return True
    if group.phrases[0].kind not in ("count", "bare", "one") or gap > 8:
        return False
    return (
        not any(
            reading.bits[k] & (BE | HAVE | MODAL | TRIGGER) or reading.low[k] in (",", ";", ":", "-")
            for k in range(last, t)
        )
        and reading.bits[last] & PREPOSITION > 0
    )


def _active(
    reading: Reading, t: int, begin: int, after: int, outcome: str, trigger: Trigger, right: Group, rule: str
) -> bool:
    """ "A blast killed six people and wounded 32": the object is counted."""
    if right.phrases[0].kind == "pronoun" and reading.low[right.first] in (
        *reading.lexicon.sets["reflexive"],
        "he",
        "she",
        "they",
        "we",
    ):
        return False
    if trigger.voice == "fighters" and not any(
        p.kind == "count" and p.group in ("combatants", "security_forces") for p in right.phrases
    ):
        return False
    if _figurative(reading, right, after):
        return False
    if (trigger.outcome == "abducted" and all(p.kind == "some" and not p.other for p in right.phrases)) or (
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


def _figurative(reading: Reading, right: Group, after: int) -> bool:
    last = right.phrases[-1].last
    return (
        last < reading.size
        and right.phrases[0].kind in ("some", "one")
        and reading.low[last] in reading.lexicon.sets["fatal.figurative_subjects"]
    )


def _named_object(reading: Reading, after: int, single: bool = False) -> Phrase | None:
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


def _to_another(reading: Reading, t: int) -> bool:
    """ "carried out another raid to kill another 20": beside those already told, so it came about."""
    right = reading.target(t + 1)
    new = right is not None and right.phrases[0].other and right.phrases[0].kind == "count"
    return bool(new) and not any(reading.bits[k] & (HYPOTHETICAL | MODAL) for k in range(max(0, t - 12), t - 1))


def gerund(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """ "killing at least ten and wounding dozens": the object is counted."""
    if trigger.voice == "intrans" and trigger.outcome != "displaced":
        return False
    outcome, after = _complement(reading, t, after, trigger)
    after = _shared_verb(reading, after, trigger)
    if after < reading.size and reading.low[after] == "of" and after > t + 1:
        after += 1
    right = reading.target(after)
    if right is not None and _reflexive(reading, after):
        right = _beside(reading, after, outcome)
    if right is None:
        named = (
            _named_object(reading, after)
            if trigger.lemma in ("kill", "murder", "assassinate", "behead", "execute", "kidnap")
            else None
        )
        if named is None:
            return False
        right = _and_kin(reading, named)
    if t and (
        reading.low[t - 1] in ("without", "not", "avoid")
        or (reading.bits[t - 1] & HYPOTHETICAL and reading.low[t - 1] not in ("used",))
    ):
        return False
    if _future_clause(reading, t):
        return False
    return _active(reading, t, t, after, outcome, trigger, right, "gerund")


def _future_clause(reading: Reading, t: int) -> bool:
    return any(reading.bits[k] & MODAL for k in range(max(0, t - 8), t)) and not any(
        reading.low[k] in (",", ";") for k in range(max(0, t - 8), t)
    )


def present(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """ "Raids kill dozens", "blast kills six"; "to kill" and "could kill" only where it came about."""
    if trigger.form == "base":
        before = reading.low[t - 1] if t else ""
        if before in ("and", "or") and "to" in reading.low[max(0, t - 4) : t - 1]:
            return False  # "to kidnap and kill"
        if before == "to":
            governor = reading.low[max(0, t - 3) : t - 1]
            if not any(word in reading.lexicon.sets["succeeds"] for word in governor) and not _to_another(reading, t):
                return False
        elif t and (
            reading.bits[t - 1] & (MODAL | HYPOTHETICAL)
            or before in ("not", "n't", "never")
            or any(reading.bits[k] & MODAL for k in range(max(0, t - 3), t))
        ):
            return False
    outcome, after = _complement(reading, t, after, trigger)
    if trigger.voice == "intrans" or (trigger.voice == "both" and reading.target(after) is None):
        if nouns.is_natural(reading, t) or (
            trigger.form == "base" and trigger.outcome == "displaced" and t and reading.low[t - 1] == "to"
        ):
            return False
        return _passive(reading, t, t, after, outcome, trigger, "subject")
    right = reading.target(after)
    if _reflexive(reading, after) and _by_mishap(reading, t, after, trigger):
        return _passive(reading, t, t, after + 1, outcome, trigger, "subject")
    if right is None or _reflexive(reading, after):
        named = _named_object(reading, after) if trigger.form == "s" else None
        if named is None:
            return False
        right = _and_kin(reading, named)
    return _active(reading, t, t, after, outcome, trigger, right, "present")
