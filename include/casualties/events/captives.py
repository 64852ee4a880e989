"""Rules that read whom captors carry off or hold: "took three farmers with them", "are holding 130 villagers"."""

from casualties.events import verbs
from casualties.events.actives import overpowered
from casualties.events.fighters import names_armed_group
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import ADVERB, BE, PREPOSITION, REPORT, TRIGGER, Trigger

_NAME = 5  # tokens, at most, that name captors
_CLAUSE = 30  # tokens from captors to what they do
_PLACE = 9  # tokens between "taken" and "by"
_TAKE = Trigger("abducted", "part", "trans", "take")


def take(reading: Reading, t: int) -> None:
    """ "The gunmen took 15 clerks from the station", "a dancer taken by rebels", "were taken from their post by"."""
    begin, be, _, negated, modal = reading.verb_group(t)
    if negated or modal:
        return
    if be or _stands_after(reading, t):
        led_by = reading.low[t] == "led" and not reading.is_in(t + 1, "abducted.away")
        if _by_captors(reading, t + 1) and not (led_by or _is_one_name(reading, begin)):
            verbs.participle(reading, t, t + 1, _TAKE)
        return
    if not reading.is_in(t, "abducted.carrying"):
        return
    off = reading.is_in(t + 1, "abducted.away")
    group = reading.target(t + 1 + off)
    if group is not None and (whom := overpowered(reading, t, group.phrases[0])) is not None:
        group = Group([whom], []) if off or _are_gone(reading, group.last) else None
        off = True
    if group is not None and _may_be_captives(reading, group) and (off or _are_gone(reading, group.last)):
        _tell(reading, t, begin, group)


def hold(reading: Reading, t: int) -> None:
    """ "Rebels are holding 130 villagers", "12 nuns are still held in the town by gunmen", "200 are still held"."""
    low = reading.low
    begin, _, _, negated, modal = reading.verb_group(t)
    group = reading.target(t + 1) if low[t] != "captive" and not (negated or modal) else None
    if group is None or (low[t] == "held" and _stands_after(reading, t)):
        take(reading, t)
        _still_held(reading, t)
    elif _may_be_captives(reading, group) and all(
        p.kind == "count" and not _are_at_war(reading, p) for p in group.phrases
    ):
        after = low[group.last : group.last + 2]
        if after[:1] not in (["hostage"], ["captive"], ["prisoner"], ["back"]) and after != ["at", "gunpoint"]:
            _tell(reading, t, begin, group)


def make_off(reading: Reading, t: int) -> None:
    """ "Gunmen shot a guard, then drove off with four others"."""
    if not reading.is_in(t - 1, "abducted.going") or reading.low[t + 1 : t + 2] != ["with"]:
        return
    begin, be, _, negated, modal = reading.verb_group(t - 1)
    group = None if negated or modal or be else reading.target(t + 2)
    if group is not None and _may_be_captives(reading, group):
        _tell(reading, t, begin, group)


def in_hands(reading: Reading, t: int) -> None:
    """ "Twelve pilgrims remain in the hands of the gunmen"."""
    low = reading.low
    if low[max(0, t - 2) : t] != ["in", "the"] or low[t + 1 : t + 2] != ["of"] or not _names_captors(reading, t + 2):
        return
    begin, be, _, negated, modal = reading.verb_group(t - 2)
    group = reading.subject(begin) if be and not (negated or modal) else None
    if group is not None and group.phrases[0].of_whole and reading.low[group.first - 1] == ",":
        group = reading.subject(group.first - 1)  # "four clerks, two of them nurses, are"
    if group is None or reading.low[max(0, group.first - 1)] == "of":
        return  # "a town of 90,000 people is"
    counted = all(p.kind in ("count", "bare") and not (p.claimed or p.thing) for p in group.phrases)
    if counted and not any(_are_at_war(reading, p) for p in group.phrases):
        reading.tell("abducted", "hostages", t, group)


def _still_held(reading: Reading, t: int) -> None:
    """ "Four hostages freed, more than 200 still held"."""
    kept = t - 1 - bool(t > 2 and reading.bits[t - 2] & BE)
    before = reading.at[kept - 1] if t > 1 and reading.is_in(t - 1, "abducted.kept") else None
    told = not reading.lexicon.sets["abducted.of_hostages"].isdisjoint(reading.low)
    if told and before is not None and before.kind in ("bare", "count") and not before.claimed:
        reading.tell("abducted", "hostages", t, Group([before]))


def _tell(reading: Reading, t: int, begin: int, group: Group) -> None:
    if _captors_do(reading, begin):
        reading.tell("abducted", "carried off", t, group, subject=(max(0, begin - 14), begin))


def _stands_after(reading: Reading, t: int) -> bool:
    """Whether a participle stands right after those whom it tells of: "a dancer taken by", "twelve, still held by"."""
    k = t - 1
    while k > 0 and reading.bits[k] & ADVERB and reading.at[k] is None:
        k -= 1
    by = reading.low[t + 1 : t + 2] == ["by"]
    return (
        k >= 0
        and (reading.at[k] is not None or (by and (bool(reading.bits[k] & BE) or reading.low[k] == ",")))
        and (by or _by_captors(reading, t + 1))
    )


def _may_be_captives(reading: Reading, group: Group) -> bool:
    """Whether it is persons who are taken, and neither prisoners nor the wounded nor the dead."""
    others = reading.lexicon.sets["abducted.no_captives"]
    return all(
        p.kind in ("count", "one") and not p.claimed and not p.thing and reading.low[p.head] not in others
        for p in group.phrases
    )


def _are_at_war(reading: Reading, phrase: Phrase) -> bool:
    """Whether those who are held would be prisoners of war."""
    return phrase.group == "combatants" or reading.is_in(phrase.head, "abducted.at_war")


def _is_one_name(reading: Reading, end: int) -> bool:
    """Whether nothing but one capitalised word stands before ``end``: it may be a town."""
    named = reading.named(end) if end and reading.at[end - 1] is None else None
    return named is not None and named.last - named.first == 1


def _are_gone(reading: Reading, k: int) -> bool:
    """What follows those who were taken away: "from their homes", "with them", "to an unknown place", "into a car"."""
    low = reading.low
    if low[k : k + 1] == ["of"]:
        k += 1
        while k < reading.size and not reading.bits[k] & PREPOSITION and not reading.is_in(k, "abducted.away"):
            k += 1
    if low[k : k + 1] == ["from"] or low[k : k + 2] == ["with", "them"] or reading.is_in(k, "abducted.away"):
        return True
    into = low[k : k + 1] in (["into"], ["to"])
    return into and any(reading.is_in(j, "abducted.away_to") for j in range(k + 1, k + 4))


def _by_captors(reading: Reading, k: int) -> bool:
    for j in range(k, min(k + _PLACE, reading.size)):
        if reading.low[j] == "by":
            return _names_captors(reading, j + 1)
        if reading.low[j] in (",", ";") or reading.bits[j] & (TRIGGER | REPORT):
            return False
    return False


def _names_captors(reading: Reading, first: int) -> bool:
    last = min(first + _NAME, reading.size)
    return any(_is_captor(reading, k) for k in range(first, last)) or names_armed_group(reading.sentence, first, last)


def _is_captor(reading: Reading, k: int) -> bool:
    """ "Gunmen", "masked men"."""
    team = k > 0 and reading.words[k][0].isupper() and not reading.sentence.headline  # "the Pirates"
    if team and not reading.is_in(k, "abducted.armed_groups"):
        return False
    masked = reading.is_in(k - 1, "abducted.masked") and reading.low[k] in ("men", "man", "people", "group", "groups")
    return masked or reading.is_in(k, "abducted.captors")


def _captors_do(reading: Reading, begin: int) -> bool:
    """Whether the subject of the verb at ``begin`` are captors, also of one that shares it: "killed two and took"."""
    k = begin - 1
    while k > 0 and reading.bits[k] & ADVERB and reading.at[k] is None:
        k -= 1
    joined = k >= 0 and reading.low[k] in (",", "and", "then", "before")
    if not joined and k > 0 and names_armed_group(reading.sentence, max(0, k + 1 - _NAME), k + 1):
        return True
    for j in range(k, max(-1, k - _CLAUSE), -1):
        if reading.low[j] in (";", ":"):
            return False
        phrase = reading.at[j]
        if _is_captor(reading, j):
            return _opens(reading, phrase.first if phrase is not None else j)
        if phrase is not None and not joined and not phrase.claimed and reading.low[j] != "they":
            return False
    return False


def _opens(reading: Reading, first: int) -> bool:
    """Whether a phrase can be the subject of its clause: no verb or preposition right before it."""
    if first > 1 and reading.low[first - 1] == "of" and reading.low[first - 2] in ("group", "gang", "band", "groups"):
        return True
    before = reading.low[first - 1] if first else ","
    opening = ("that", "when", "where", "after", "as", "because", "while", "and", "but", "before")
    return (
        before in opening
        or not before[0].isalpha()
        or bool(reading.bits[first - 1] & (ADVERB | REPORT))
        or (reading.words[first - 1][0].isupper() and not (reading.bits[first - 1] & PREPOSITION))
    )
