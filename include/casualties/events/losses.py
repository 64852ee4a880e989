"""Rules for losses: "lost 12 soldiers", "with the loss of three men", "loses both sons in a rocket attack"."""

from casualties.events.fighters import FIGHTERS, are_fighters
from casualties.events.means import find_types
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import ARTICLE, POSSESSIVE
from casualties.model import Basis

_SUBJECT = 7  # tokens, at most, that name the side that lost


def lost(reading: Reading, t: int) -> None:
    """ "lost 12 soldiers", "loses 19 family members"; and "captured 210 people" among civilians."""
    begin, be, _, negated, modal = reading.verb_group(t)
    if not (be or negated or modal) and (_kin(reading, t, begin) or _limb(reading, t, begin)):
        return
    group = reading.target(t + 1)
    if group is not None and len(group.phrases) > 1:
        group.phrases = [p for p in group.phrases if p.kind != "some"]  # "24 of its citizens, mostly builders"
    if be or negated or modal or group is None or any(p.definite for p in group.phrases):
        return
    if reading.is_in(t, "abducted.capturing"):
        civilian = all(p.group not in FIGHTERS and p.kind == "count" for p in group.phrases)
        if civilian:
            reading.tell("abducted", "captured", t, group, subject=(max(0, begin - 14), begin))
    elif _are_dead(reading, group, begin):
        reading.tell("killed", "lost", t, group, subject=(max(0, begin - 14), begin))


def _are_dead(reading: Reading, group: Group, begin: int) -> bool:
    """Whether those who were lost are dead: it may be followers, or a match.

    Of a side that fights ("ISIS lost 40 of its members", "the rebels lost 13") fewer words have to say so.
    """
    last, head = group.last, group.phrases[0].head
    ends = last == reading.size or reading.is_in(last, "idioms.lost_for_good")
    of_staff = reading.low[last : last + 1] == ["of"] and reading.is_in(last + 1, "idioms.lost_alive")
    if of_staff or any(p.kind not in ("count", "bare") for p in group.phrases):
        return False
    to = reading.low[last : last + 1] == ["to"]
    left = to and not reading.lexicon.sets["idioms.lost_to"].isdisjoint(reading.low[last + 1 : last + 5])
    if all(p.kind == "count" for p in group.phrases):
        kin = "family" in (reading.low[head - 1], reading.low[max(0, begin - 1)])
        alive = reading.is_in(head, "idioms.lost_alive") and not kin
        if ends and not alive and not left:
            return True
        ends = ends or reading.is_in(last, "calendar") or reading.is_in(last, "prepositions")
    elif reading.low[last : last + 3] == ["in", "a", "row"]:
        return False
    return ends and not left and _fights(reading, begin)


def _fights(reading: Reading, end: int) -> bool:
    """Whether the side named right before ``end`` fights: "the rebels", "its own side", "ISIS"; "it", after deaths."""
    first = max(0, end - _SUBJECT)
    if reading.low[end - 1 : end] in (["it"], ["they"], ["side"]) or reading.low[max(0, end - 1)] in (",", "and"):
        if any(m.outcome == "killed" for m in reading.mentions):
            return True
        first = 0  # "the police said that it lost 13"
    return are_fighters(reading.sentence, first, end)


def loss(reading: Reading, t: int) -> None:
    """ "The army suffered the loss of 20 soldiers", "with the loss of three men", "at a cost of five soldiers"."""
    low = reading.low
    if (low[t - 1] not in ("the", "a") and low[t] != "losses") or low[t + 1 : t + 2] != ["of"]:
        return
    group, paid = reading.target(t + 2), low[max(0, t - 2)] in ("for", "with", "at")
    if group is None or (low[t] == "cost" and not paid) or any(p.kind != "count" or p.claimed for p in group.phrases):
        return
    told = paid and any(m.outcome == "killed" for m in reading.mentions)
    lost_alive = any(reading.is_in(p.head, "idioms.lost_alive") for p in group.phrases)
    own = low[group.last - 1] == "own" or (low[t] == "losses" and _fights(reading, t))
    if (told and not lost_alive) or own or all(p.group in FIGHTERS for p in group.phrases):
        reading.tell("killed", "lost", t, group)


def cost(reading: Reading, t: int) -> None:
    """ "The battle cost the army 12 soldiers"; not "cost nine officers their jobs"."""
    if reading.low[t - 1] in ("the", "a"):
        return loss(reading, t)
    begin, be, _, negated, modal = reading.verb_group(t)
    whom = reading.at[t + 1] if t + 1 < reading.size else None
    if whom is None and reading.low[t + 1 : t + 2] != ["the"]:
        return
    for k in range(t + 1, min(t + 6, reading.size)):
        phrase = reading.at[k]
        if phrase is None or phrase.first != k or phrase.kind != "count":
            continue
        group = reading.target(k)
        dear = group is not None and all(p.group in FIGHTERS and not p.claimed for p in group.phrases)
        if group is not None and dear and k > t + 1 and not (be or negated or modal):
            jobs = reading.low[group.last : group.last + 1] == ["their"]
            if not jobs:
                reading.tell("killed", "lost", t, group, subject=(max(0, begin - 14), begin))
        return


def _kin(reading: Reading, t: int, begin: int) -> bool:
    """ "Loses both sons in a rocket attack": where a means is told, they are dead."""
    kin, low = reading.lexicon.sets["idioms.kin"], reading.low
    if t + 1 >= reading.size or not low[t].startswith("los") or not _tells_means(reading):
        return False
    group = reading.target(t + 1)
    if group is None and reading.bits[t + 1] & POSSESSIVE and low[t + 2 : t + 3] in (["family"], ["relatives"]):
        group = Group([Phrase(t + 1, t + 3, "count", 2, None, None, Basis.VAGUE, t + 2)])
    if group is None or any(p.claimed or p.low is None or low[p.head] not in kin for p in group.phrases):
        return False
    return reading.tell("killed", "lost", t, group, subject=(max(0, begin - 14), begin)) is not None


def _limb(reading: Reading, t: int, begin: int) -> bool:
    """ "Surfer loses leg in shark attack", "two boys lost an eye"."""
    k = t + 1
    aside = ("both", "part", "of", "right", "left", "lower", "upper")
    while k < reading.size and (reading.bits[k] & (POSSESSIVE | ARTICLE) or reading.low[k] in aside):
        k += 1
    limb = k < reading.size and reading.low[k] in reading.lexicon.sets["injured.limbs"]
    if not limb or not reading.low[t].startswith("los") or reading.low[k + 1 : k + 2] == ["of"]:
        return False  # "lost a leg of the tie"
    if not find_types(reading.sentence) and not reading.mentions:
        return False
    group = reading.subject(begin)
    if group is None or any(p.claimed or not p.counted for p in group.phrases):
        return False
    told = any(m.outcome == "injured" for m in reading.mentions) and group.phrases[0].of_whole
    return reading.tell("injured", "suffered", t, group, breakdown=told) is not None


def _tells_means(reading: Reading) -> bool:
    return any(strength == 2 for *_, strength in find_types(reading.sentence))
