"""Rules that read deaths off what is told of surviving: "did not survive", "succumbed to his wounds"."""

from casualties.events import verbs
from casualties.events.means import find_types
from casualties.events.reading import Reading
from casualties.events.words import ARTICLE, DETERMINER, POSSESSIVE, Trigger

_DENIED = (["did", "not"], ["have", "not"], ["has", "not"])
_DEADLY = frozenset(("accident", "attack", "crash", "fall", "impact", "journey", "night", "ordeal", "war"))


def survive(reading: Reading, t: int) -> None:
    """ "The driver and two passengers did not survive"; not "did not survive the vote"."""
    begin = t - 2 if reading.low[max(0, t - 2) : t] in _DENIED else t - 1
    if begin < 1 or (begin == t - 1 and reading.low[begin] != "didn't"):
        return
    if _outlasted(reading, t + 1):
        return
    group = reading.subject(begin)
    if group is not None and all(p.counted and not p.claimed for p in group.phrases):
        reading.tell("killed", "died", t, group)


def _outlasted(reading: Reading, k: int) -> bool:
    """Whether something is told at k that takes no life: "the vote"; "the crash", "the fall", "his wounds" do."""
    if k >= reading.size or not reading.bits[k] & (ARTICLE | DETERMINER | POSSESSIVE):
        return False
    words = reading.lexicon.sets
    told = any(first < k + 4 and last > k for first, last, *_ in find_types(reading.sentence))
    deadly = words["injured.harms"] | words["killed.falling"] | _DEADLY
    return not told and deadly.isdisjoint(reading.low[k + 1 : k + 4])


def succumb(reading: Reading, t: int) -> None:
    """ "A policeman succumbed to his wounds"; not to an illness."""
    harms = reading.lexicon.sets["injured.harms"]
    if reading.low[t + 1 : t + 2] == ["to"] and not harms.isdisjoint(reading.low[t + 2 : t + 6]):
        verbs.participle(reading, t, t + 1, Trigger("killed", "past", "intrans", "succumb"))
