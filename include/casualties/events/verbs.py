"""Rules that read figures off verbs and participles: which voice they have, and whom they count."""

from dataclasses import replace

from casualties.events import adjectives, among, nouns, toll_nouns, zeros
from casualties.events.actives import (
    active,
    and_kin,
    beside,
    complement,
    is_reflexive,
    kin_of_named,
    named_object,
    shared_verb,
)
from casualties.events.passives import passive
from casualties.events.reading import Reading
from casualties.events.told import Group, Mention
from casualties.events.words import (
    AND,
    BE,
    DETERMINER,
    HAVE,
    HYPOTHETICAL,
    MODAL,
    NUMBER,
    POSSESSIVE,
    TRIGGER,
    Trigger,
    is_other_sense,
)


def participle(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """Past forms: passive, perfect, headline, active; which one, the words around decide."""
    inside = reading.at[t]
    if adjectives.whose_kin(reading, t, trigger):
        return True
    if among.tell(reading, t, "injured" if trigger.outcome == "shot" else trigger.outcome):
        return True
    if inside is not None and inside.of_whole:
        return False
    if inside is not None and inside.head > t:
        return adjectives.attributive(reading, t, inside, trigger)
    if t and _is_modified(reading, t - 1):
        return False  # "the wounded man", "his shot": no verb
    begin, be, have, negated, modal = reading.verb_group(t)
    outcome, after = complement(reading, t, after, trigger)
    if be and t > 2 and reading.low[t - 2] == "to" and toll_nouns.nth(reading, t - 2, outcome):
        return True
    if negated or modal or _is_hypothetical(reading, begin):
        return False
    intransitive = trigger.voice == "intrans" or (trigger.voice == "both" and reading.target(after) is None)
    if intransitive and nouns.is_natural(reading, t):
        return False
    if trigger.outcome == "abducted" and "stretcher" in reading.low[after : after + 4]:
        return False  # "carried off on a stretcher"
    joined_begin = _earlier_passive(reading, t - 1) if not (be or have) and t and reading.bits[t - 1] & AND else 0
    if (
        trigger.outcome == "shot"
        and not (be or joined_begin)
        and after < reading.size
        and reading.low[after] in ("on", "at", "down", "up", "off")
        and not _shot_on_street(reading, t, after)
    ):
        return False
    if be and outcome == "killed" and "being" in reading.low[begin:t] and {"is", "are"} & set(reading.low[begin:t]):
        return False  # "is being strangled": it has not happened
    if be:
        return passive(reading, t, begin, after, outcome, trigger, "passive")
    if joined_begin:
        if outcome == "shot" and any(reading.is_in(k, "wounds.overpowered") for k in range(joined_begin, t)):
            outcome = "killed"  # "were lined up and shot"
        return passive(reading, t, joined_begin, after, outcome, trigger, "passive")
    if _is_no_one(reading, after) and not intransitive:
        return zeros.tell(reading, outcome, after, after)
    after = shared_verb(reading, after, trigger)
    back = t - 2 if t > 1 and reading.low[t - 1] == "," and reading.sentence.headline else t - 1
    if t and (known := next((m for m in reading.mentions if m.trigger == back), None)) and known.last <= back:
        return _repeat_subject(reading, t, known, outcome, adjacent=True)  # "25 killed, injured" without its comma
    joined = _joined_passive(reading, t)
    if joined is not None and trigger.voice == "fighters" and _counts_between(reading, joined.trigger, t):
        return False  # "240 were hurt and 30 houses damaged or destroyed"
    right = None if intransitive else reading.target(after) or kinsfolk(reading, after, outcome)
    if joined is not None and right is None:
        listed = reading.low[t - 1] == "," and joined.trigger == t - 2  # "hundreds killed, abducted and injured"
        if listed or reading.low[t - 1] in ("and", "or", "/"):
            return _repeat_subject(reading, t, joined, outcome, adjacent=listed)
        if reading.at[t - 1] is not None:
            return passive(reading, t, t, after, outcome, trigger, "passive continued")
    if right is not None and _counts(right) and not have and _headline_chain(reading, t, right):
        return passive(reading, t, begin, after, outcome, trigger, "headline")
    if right is not None and _is_listed_number(reading, t):
        return passive(reading, t, t, after, outcome, trigger, "reduced passive")
    if right is not None and not intransitive and not is_reflexive(reading, after):
        return active(reading, t, begin, after, outcome, trigger, right, "perfect" if have else "active")
    if intransitive:
        return passive(reading, t, begin, after, outcome, trigger, "subject")
    if right is None and (whom := _whom(reading, begin)) is not None:
        return active(reading, t, begin, after, outcome, trigger, whom, "perfect" if have else "active")
    if have:
        named = named_object(reading, after)
        return bool(named and active(reading, t, begin, after, outcome, trigger, and_kin(reading, named), "perfect"))
    others = beside(reading, after, outcome) if is_reflexive(reading, after) else None
    if others is not None:
        return active(reading, t, begin, after, outcome, trigger, others, "active")
    if is_reflexive(reading, after):
        if not _by_mishap(reading, t, after, trigger):
            return False
        return passive(reading, t, t, after + 1, outcome, trigger, "subject")
    left = reading.at[t - 1] if t else None
    if left is not None and left.first and reading.is_in(left.first - 1, "idioms.leave"):
        return passive(reading, t, begin, after, outcome, trigger, "reduced passive")
    named = named_object(reading, after, single=not reading.sentence.headline)
    if named is not None and left is not None and left.kind == "bare" and not left.claimed:
        named = None  # "12 dead and 30 injured Doe says", without its comma
    if named is not None and active(reading, t, begin, after, outcome, trigger, and_kin(reading, named), "active"):
        return True
    return passive(reading, t, begin, after, outcome, trigger, "reduced passive")


def _whom(reading: Reading, begin: int) -> Group | None:
    """ "the 12 men whom the militia killed": the object stands before the verb."""
    for k in range(begin - 1, max(0, begin - 6), -1):
        if reading.low[k] == "whom":
            before = k - 2 if reading.low[k - 1] == "," else k - 1
            phrase = reading.at[before] if before >= 0 else None
            usable = phrase is not None and phrase.kind in ("count", "one") and not phrase.claimed
            return Group([phrase]) if phrase is not None and usable else None
    return None


def _is_modified(reading: Reading, k: int) -> bool:
    """Whether the word at k makes a noun or adjective of the next: "the", "his", "John's"; not "the raid that"."""
    if reading.low[k] in ("that", "it"):
        return False
    determined = reading.bits[k] & (DETERMINER | POSSESSIVE) and reading.at[k] is None
    return bool(determined) or reading.words[k].endswith(("'s", "’s"))


def _is_no_one(reading: Reading, k: int) -> bool:
    return reading.low[k : k + 2] == ["no", "one"] or reading.low[k : k + 1] == ["nobody"]


def _shot_on_street(reading: Reading, t: int, after: int) -> bool:
    """ "Four men shot on Elm Street", "Five shot at party", not "the men shot on sight", "shot at"."""
    before = reading.at[t - 1] if t else None
    named = after + 1 < reading.size and (
        reading.words[after + 1][0].isupper() or reading.words[after + 1][0].isdigit()
    )
    somewhere = reading.sentence.headline and reading.low[after] == "at" and reading.target(after + 1) is None
    where = somewhere or (reading.low[after] == "on" and named)
    return where and before is not None and before.counted and not before.claimed


def _by_mishap(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """ "accidentally shot himself", "shot herself in the foot"."""
    if trigger.outcome not in ("shot", "injured"):
        return False
    where = reading.low[after + 1 : after + 5]
    in_limb = where[:1] == ["in"] and not reading.lexicon.sets["injured.limbs"].isdisjoint(where)
    return in_limb or "accidentally" in reading.low[max(0, t - 3) : t]


def _earlier_passive(reading: Reading, k: int) -> int:
    """ "were rounded up and executed": where the auxiliary of a participle joined by "and" begins, or 0."""
    for j in range(k - 1, max(0, k - 7), -1):
        if reading.low[j].endswith(("ed", "en", "ught")) and not reading.bits[j] & TRIGGER:
            begin, be, *_ = reading.verb_group(j)
            return begin if be else 0
        if reading.at[j] is not None or reading.bits[j] & (BE | HAVE | MODAL | TRIGGER):
            return 0
    return 0


def _is_hypothetical(reading: Reading, begin: int) -> bool:
    """Whether what governs the verb keeps it from having happened: "to be killed", "if", "threatened to"."""
    return begin > 0 and reading.low[begin - 1] in ("if", "unless", "whether")


def _counts(group: Group) -> bool:
    return any(p.low is not None or p.high is not None for p in group.phrases)


def _headline_chain(reading: Reading, t: int, right: Group) -> bool:
    """ "Six killed, dozens hurt in blast": the right number has its own participle, the left one is the subject."""
    left = reading.at[t - 1] if t else None
    if left is None or not left.counted or left.claimed or (left.kind == "one" and not reading.sentence.headline):
        return False
    return reading.has_own_verb(right.phrases[-1])


def _is_listed_number(reading: Reading, t: int) -> bool:
    """ "82 dead in all and 140 wounded "mostly civilians"": no number wounds anyone."""
    left = reading.at[t - 1] if t else None
    if left is None or left.kind != "bare" or left.claimed or not left.first or reading.sentence.headline:
        return False
    return reading.low[left.first - 1] == "and" and any(m.last < left.first for m in reading.mentions)


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
                listed = "and" in between or "or" in between or "," in between
                return last if listed and last.rule.startswith(("passive", "reduced", "headline")) else None
        k, steps = k - 1, steps + 1
    return None


def _counts_between(reading: Reading, begin: int, end: int) -> bool:
    return any(reading.bits[k] & NUMBER for k in range(begin + 1, end))


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


def gerund(reading: Reading, t: int, after: int, trigger: Trigger) -> bool:
    """ "killing at least ten and wounding dozens": the object is counted."""
    if trigger.voice == "intrans" and trigger.outcome != "displaced":
        return False
    before = reading.at[t - 1] if t else None
    fleeing = trigger.voice == "intrans" and reading.sentence.headline
    if fleeing and before is not None and before.counted and not before.claimed:
        return passive(reading, t, t, after, trigger.outcome, trigger, "subject")  # "thousands fleeing the town"
    outcome, after = complement(reading, t, after, trigger)
    after = shared_verb(reading, after, trigger)
    none = _is_no_one(reading, after)
    anyone = reading.low[after : after + 1] in (["anyone"], ["anybody"])
    if none or (anyone and reading.low[max(0, t - 1) : t] == ["without"]):
        return zeros.tell(reading, outcome, after, after)
    if after < reading.size and reading.low[after] == "of" and after > t + 1:
        after += 1
    right = reading.target(after) or kinsfolk(reading, after, outcome)
    if right is not None and is_reflexive(reading, after):
        right = beside(reading, after, outcome)
    if right is None:
        named = (
            named_object(reading, after)
            if trigger.lemma in ("kill", "murder", "assassinate", "behead", "execute", "kidnap")
            else None
        )
        named = named or kin_of_named(reading, after)
        if named is None:
            return False
        right = and_kin(reading, named)
    if reading.low[right.first] in ("victims", "survivors", "suspects", "suspect"):
        return False  # "the shooting victims"
    if t and (
        reading.low[t - 1] in ("without", "not", "avoid")
        or (reading.bits[t - 1] & HYPOTHETICAL and reading.low[t - 1] not in ("used",))
    ):
        return False
    if _future_clause(reading, t):
        return False
    return active(reading, t, t, after, outcome, trigger, right, "gerund")


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
        if not {"let", "lets"}.isdisjoint(reading.low[max(0, t - 3) : t]):
            return False  # "don't let me die"
        if before == "to" and among.tell(reading, t, trigger.outcome):
            return True
        if before == "to" and toll_nouns.nth(reading, t - 1, trigger.outcome):
            return True
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
    outcome, after = complement(reading, t, after, trigger)
    if trigger.voice == "intrans" or (trigger.voice == "both" and reading.target(after) is None):
        if nouns.is_natural(reading, t) or (
            trigger.form == "base" and trigger.outcome == "displaced" and t and reading.low[t - 1] == "to"
        ):
            return False
        return passive(reading, t, t, after, outcome, trigger, "subject")
    if t + 1 < reading.size and is_other_sense(reading.low[t], reading.low[t + 1]):
        return False  # "doubt hangs over 64 of them"
    right = reading.target(after) or kinsfolk(reading, after, outcome)
    if is_reflexive(reading, after) and _by_mishap(reading, t, after, trigger):
        return passive(reading, t, t, after + 1, outcome, trigger, "subject")
    if right is None or is_reflexive(reading, after):
        named = named_object(reading, after) if trigger.form == "s" else None
        if named is None:
            return False
        right = and_kin(reading, named)
    return active(reading, t, t, after, outcome, trigger, right, "present")


def kinsfolk(reading: Reading, after: int, outcome: str) -> Group | None:
    """ "killed the family of a baker", "kidnapped John Roe's family"."""
    return nouns.family(reading, after) if outcome in ("killed", "abducted") else None


def _to_another(reading: Reading, t: int) -> bool:
    """ "carried out another raid to kill another 20": beside those already told, so it came about."""
    right = reading.target(t + 1)
    new = right is not None and right.phrases[0].other and right.phrases[0].kind == "count"
    return bool(new) and not any(reading.bits[k] & (HYPOTHETICAL | MODAL) for k in range(max(0, t - 12), t - 1))
