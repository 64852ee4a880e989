"""Rules for what is lost: "lost 12 soldiers", "loses both sons in a rocket attack", "loses leg"."""

from casualties.events.means import find_types
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group
from casualties.events.words import ARTICLE, POSSESSIVE
from casualties.model import Basis


def lost(reading: Reading, t: int) -> None:
    """ "lost 12 soldiers", "loses 19 family members"; and "captured 210 people" among civilians."""
    begin, be, _, negated, modal = reading.verb_group(t)
    if not (be or negated or modal) and (_kin(reading, t, begin) or _limb(reading, t, begin)):
        return
    group = reading.target(t + 1)
    if group is not None and len(group.phrases) > 1:
        group.phrases = [p for p in group.phrases if p.kind != "some"]  # "24 of its citizens, mostly builders"
    if be or negated or modal or group is None or any(p.kind != "count" or p.definite for p in group.phrases):
        return
    if reading.is_in(t, "abducted.capturing"):
        if all(p.group in ("", "civilians", "women", "children", "medics", "journalists") for p in group.phrases):
            reading.tell("abducted", "captured", t, group, subject=(max(0, begin - 14), begin))
        return
    last = group.last
    if last == reading.size or reading.is_in(last, "idioms.lost_for_good"):
        head = reading.low[group.phrases[0].head]
        if head not in reading.lexicon.sets["idioms.lost_alive"] or reading.low[group.phrases[0].head - 1] == "family":
            reading.tell("killed", "lost", t, group, subject=(max(0, begin - 14), begin))


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
    """ "Surfer loses leg in shark attack"."""
    k = t + 1
    while k < reading.size and (reading.bits[k] & (POSSESSIVE | ARTICLE) or reading.low[k] in ("both", "part", "of")):
        k += 1
    limb = k < reading.size and reading.low[k] in reading.lexicon.sets["injured.limbs"]
    if not limb or not reading.low[t].startswith("los") or not _tells_means(reading):
        return False
    group = reading.subject(begin)
    if group is None or any(p.claimed or not p.counted for p in group.phrases):
        return False
    return reading.tell("injured", "suffered", t, group) is not None


def _tells_means(reading: Reading) -> bool:
    return any(strength == 2 for *_, strength in find_types(reading.sentence))
