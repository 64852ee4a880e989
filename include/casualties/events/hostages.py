"""Rules that read who is held: "took 40 people hostage", "12 hostages are held"."""

from casualties.events import among
from casualties.events.reading import Reading
from casualties.events.tokens import Sentence
from casualties.events.told import Group
from casualties.events.words import ADVERB, BE, HAVE, HYPOTHETICAL, MODAL, PREPOSITION, tables

_LET_GO = frozenset(
    ("released", "freed", "rescued", "swap", "exchange", "swapped", "exchanged", "releases", "frees"),
)
_ASIDE = 3  # tokens from "released" to the recording, or back: "a new video", "video of 12 hostages"


def _are_killed(reading: Reading, k: int) -> bool:
    """ "50 hostages killed", "two hostages have been found dead": a figure of the dead."""
    while k < reading.size and (reading.bits[k] & (BE | HAVE | ADVERB) or reading.low[k] == "found"):
        k += 1
    told = reading.lexicon.triggers.get(reading.low[k], ()) if k < reading.size else ()
    return any(trigger.outcome == "killed" and trigger.form in ("past", "part", "adj") for trigger in told)


def is_recording(sentence: Sentence, k: int) -> bool:
    """Whether what is released at k is a recording: "released a new video", "the footage that was released"."""
    low, recordings = sentence.low, tables().sets["abducted.recordings"]
    before = k - 1
    while before > 0 and (sentence.bits[before] & (BE | HAVE) or low[before] in ("that", "which")):
        before -= 1
    if before >= 0 and low[before] in recordings:
        return True
    for at in range(before - 1, max(-1, before - _ASIDE - 1), -1):
        if not low[at + 1][0].isalnum():
            break
        if low[at] in recordings and low[at + 1] == "of":
            return True  # "a video of 12 hostages was released"
    for after in range(k + 1, min(k + 1 + _ASIDE, len(low))):
        if sentence.bits[after] & PREPOSITION or not low[after][0].isalnum():
            break
        if low[after] in recordings:
            return True
    return False


def _is_let_go(reading: Reading, first: int, last: int) -> bool:
    """Whether people are released between two tokens, and not a video of them."""
    told = (k for k in range(max(0, first), min(last, reading.size)) if reading.low[k] in _LET_GO)
    return any(not is_recording(reading.sentence, k) for k in told)


def taken(reading: Reading, t: int) -> bool:
    """ "took 40 people hostage", "12 hostages are held", "was taken captive"."""
    low, takers = reading.low, reading.lexicon.sets["abducted.takers"]
    inside = reading.at[t]
    if low[t] in ("hostages", "captives") and among.tell(reading, t, "abducted"):
        return True
    if low[t] in ("hostage", "captive"):
        before = reading.at[t - 1] if t else None
        if before is None and t > 1 and low[t - 1] in ("as", ","):
            aside = reading.subject(t - 1)
            before = aside.phrases[-1] if aside is not None else None
        if before is not None and (before.kind == "some" or low[before.first] == "those"):
            return False
        usable = before is not None and not before.claimed and before.kind != "pronoun"
        if before is not None and usable and not takers.isdisjoint(low[max(0, before.first - 4) : before.first]):
            doer = (max(0, before.first - 14), before.first)
            return reading.tell("abducted", "taken hostage", t, Group([before]), subject=doer) is not None
        if t and low[t - 1] in takers:
            begin, _be, *_ = reading.verb_group(t - 1)
            group = reading.subject(begin)
            if group is not None and (speaker := reading.speaker(group.phrases[0])) is not None:
                group = Group([speaker])
            if (
                group is None
                or all(p.kind in ("some", "pronoun") for p in group.phrases)
                or any(
                    w in ("releases", "released", "freed", "frees") for w in low[max(0, group.first - 3) : group.first]
                )
            ):
                return False
            return (
                reading.tell("abducted", "taken hostage", t, group, agent=(t + 1, min(t + 12, reading.size)))
                is not None
            )
        return False
    if t > 1 and low[t - 1] == "as" and (seized := reading.at[t - 2]) is not None and seized.counted:
        if not seized.claimed and not takers.isdisjoint(low[max(0, seized.first - 3) : seized.first]):
            return reading.tell("abducted", "taken hostage", t, Group([seized])) is not None
        return False
    begin, be, *_ = reading.verb_group(t)
    if be and (inside is None or not inside.counted) and (group := reading.subject(begin)) is not None:
        held = all(p.kind == "count" and not p.claimed for p in group.phrases)
        return held and reading.tell("abducted", "hostages", t, group) is not None  # "eight nurses are still hostages"
    strives = reading.lexicon.sets["abducted.strives"]
    unreal = [k for k in range(max(0, t - 6), t) if reading.bits[k] & (HYPOTHETICAL | MODAL) and low[k] not in strives]
    if unreal and not any(low[k] in takers for k in range(t)):
        return False
    if inside is not None and _are_killed(reading, inside.last):
        return False
    if inside is not None and inside.kind == "count" and not inside.claimed:
        asked = not {"call", "calls", "called", "calling", "demand", "demands", "urge", "urges"}.isdisjoint(
            low[max(0, inside.first - 6) : inside.first]
        )
        if low[max(0, inside.first - 2) : inside.first] == ["release", "of"] and not asked:
            return False
        around = (inside.first - 6, inside.first), (inside.last, inside.last + 8)
        of = low[max(0, inside.first - 1) : inside.first] == ["of"]
        shown = of and reading.is_in(inside.first - 2, "abducted.recordings")
        if asked or shown or not any(_is_let_go(reading, *span) for span in around):
            return reading.tell("abducted", "hostages", t, Group([inside])) is not None
    return False
