"""Rules that read the injured off what is told of them: hospital, wounds, condition, being hit."""

from casualties.events import verbs
from casualties.events.means import find_types
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import TRIGGER, Trigger


def hospital(reading: Reading, t: int) -> None:
    """ "sent four people to hospital", "three were taken to hospital"."""
    low, sent = reading.low, reading.lexicon.sets["idioms.sent"]
    before = reading.at[t - 2] if t > 1 and low[t - 1] == "in" else None
    one = before is not None and (before.kind == "one" or (before.kind in ("bare", "count") and not before.definite))
    if reading.sentence.headline and before is not None and one and not before.claimed:
        reading.tell("injured", "hospital", t, Group([before]))  # "man dies, woman in hospital"
        return
    if low[max(0, t - 2) : t] in (["are", "in"], ["were", "in"], ["remain", "in"]):
        lying = reading.subject(t - 2)
        new = lying is not None and not any(p.claimed or p.definite or p.of_whole for p in lying.phrases)
        if lying is not None and new and lying.last == t - 2 and all(p.counted for p in lying.phrases):
            reading.tell("injured", "hospital", t, lying)
        return
    for k in range(t - 1, max(-1, t - 14), -1):
        if low[k] in (";", ".", ":"):
            return
        if low[k] in sent:
            if any(m.trigger == k for m in reading.mentions):
                return
            begin, be, _, negated, modal = reading.verb_group(k)
            if negated or modal:
                return
            group = reading.target(k + 1)
            if group is None or (not be and group.phrases[0].kind == "pronoun"):
                group = reading.subject(begin) if be else group
            if be:
                group = reading.subject(begin)
            before = reading.at[k - 1]
            if group is None and low[k][-1] in "tdn" and before is not None and before.kind in ("count", "bare"):
                group = reading.subject(k)  # "five people sent to hospitals"
            if be and "was" in low[begin:k] and group is not None and group.phrases[-1].kind == "some":
                return
            if (
                group is not None
                and all(p.kind != "pronoun" for p in group.phrases)
                and not any(p.claimed for p in group.phrases)
            ):
                reading.tell("injured", "hospital", k, group)
            return


def harm(reading: Reading, t: int) -> None:
    """ "ten people suffered burns", "two men with gunshot wounds"."""
    low, suffer = reading.low, reading.lexicon.sets["injured.suffer"]
    for k in range(t - 1, max(-1, t - 7), -1):
        if reading.at[k] is not None or low[k] in (";", "."):
            break
        if low[k] in suffer:
            begin, _, _, negated, modal = reading.verb_group(k)
            if negated or modal:
                return
            group = reading.subject(begin)
            if low[k] in ("have", "has") and low[t - 1] not in ("gunshot", "stab", "bullet", "shrapnel", "serious"):
                return
            if group is None and low[k] not in ("with", "had", "has", "have", "received"):
                named = reading.named(begin)
                group = Group([named]) if named else None
            if group is None or any(p.claimed or p.kind == "pronoun" for p in group.phrases):
                return
            if low[k] == "with" and group.last != k and low[t - 1] not in ("gunshot", "stab", "bullet", "shrapnel"):
                return
            if low[k] == "with" and (low[t] in ("symptoms", "breathing") or low[max(0, group.first - 1)] == "to"):
                return  # "back to the doctor with symptoms"
            if low[t] == "shock" and low[t - 1] not in ("for", "in", "from", "severe"):
                return  # "suffered a shock defeat"
            reading.tell("injured", "suffered", k, group)
            return


def condition(reading: Reading, t: int) -> None:
    """ "two are in critical condition", "another is in intensive care", "is fighting for his life", "1 critical"."""
    low = reading.low
    if low[t] == "critical":
        before = reading.at[t - 1] if t else None
        after = low[t + 1] if t + 1 < reading.size else ","
        counted = before is not None and before.kind in ("bare", "count") and not before.claimed
        if before is not None and counted and after in ("in", "after", ",", "following"):
            _tell(reading, t, Group([before]))
        return
    k = t - 1
    while k > 0 and t - k < 5 and low[k] in reading.lexicon.sets["injured.condition"]:
        k -= 1
    if low[t] == "life":
        k = t - 2 if low[t - 1] == "for" else t - 3
        if k < 0 or low[k + 1] != "for" or low[k] not in ("fighting", "fights", "battling", "fight"):
            return
        if low[k - 1] == "to" and low[k - 2] in ("continue", "continues", "continuing"):
            k -= 2
    elif k == t - 1 or low[k] != "in":
        return
    begin, _, _, negated, modal = reading.verb_group(k)
    while begin > 0 and low[begin - 1] in ("listed", "hospitalized", "hospitalised", "reported", "left", "including"):
        begin = reading.verb_group(begin - 1)[0]
    group = reading.subject(begin)
    if negated or modal or group is None or any(p.claimed or p.kind in ("pronoun", "those") for p in group.phrases):
        return
    if begin - max(p.last for p in group.phrases) <= 1:
        _tell(reading, t, group)


def _tell(reading: Reading, t: int, group: Group) -> None:
    """A figure of its own, or some of those already told: "eight shot, two in serious condition"."""
    told = max((m.low or 0 for m in reading.mentions if m.outcome in ("shot", "injured")), default=0)
    inside = group.phrases[0].of_whole or (
        told > (group.phrases[0].low or 0) and not any(p.other for p in group.phrases)
    )
    reading.tell("injured", "condition", t, group, breakdown=inside)


def treated(reading: Reading, t: int) -> None:
    """ "18 people are under treatment", "six needed hospital treatment", "nine are being treated"; not the sick."""
    low, sets = reading.low, reading.lexicon.sets
    following = low[t + 1 : t + 7]
    k = t
    if low[t] == "treated":
        placed = not following or not following[0].isalpha() or following[0] in ("after", "at", "by", "in", "there")
        if not placed or "hospital" in following:
            return
    else:
        k -= 1
        while k > 0 and low[k] in ("emergency", "hospital", "medical"):
            k -= 1
        sick = following[:1] == ["for"] and sets["injured.harms"].isdisjoint(following)
        if sick or low[k] not in sets["injured.under"]:
            return
    begin, be, _, negated, modal = reading.verb_group(k)
    active = not be and low[k] in ("given", "treated", "under")
    group = None if negated or modal or active else reading.subject(begin)
    if group is None or any(p.claimed or p.definite or not p.counted for p in group.phrases):
        return
    harmed = find_types(reading.sentence) or any(m.outcome in ("killed", "injured", "shot") for m in reading.mentions)
    if harmed and begin - max(p.last for p in group.phrases) <= 1:
        _tell(reading, t, group)


def struck(reading: Reading, t: int) -> None:
    """ "children were struck by stray bullets", "the driver was hit in the leg", "hitting a girl in the arm"."""
    low, sets = reading.low, reading.lexicon.sets
    for k in range(t + 1, min(t + 9, reading.size)):
        if low[k] in sets["injured.missiles"] or (low[k] in sets["injured.body"] and "in" in low[t + 1 : k]):
            hit = Trigger("shot", "ing" if low[t].endswith("ing") else "past", "trans", "hit")
            if hit.form == "ing":
                verbs.gerund(reading, t, t + 1, hit)
            else:
                verbs.participle(reading, t, t + 1, hit)
            return
        if low[k] in (",", ";", ".") or reading.bits[k] & TRIGGER:
            return


def casualties(reading: Reading) -> None:
    """ "The rebels inflicted 18 casualties": taken for hurt, where nobody is told to be dead or hurt beside."""
    if any(m.outcome in ("killed", "injured", "shot") for m in reading.mentions):
        return
    for phrase in reading.phrases:
        if phrase.kind == "count" and not phrase.claimed and reading.low[phrase.head] == "casualties":
            dealt = reading.is_in(phrase.first - 1, "injured.dealing")
            ended = reading.low[phrase.first - 1] == "in" and reading.is_in(phrase.first - 2, "injured.ending")
            begin = reading.verb_group(phrase.first - 1 - ended)
            if (dealt or ended) and not (begin[3] or begin[4]):
                reading.tell("injured", "suffered", phrase.head, Group([phrase]))
