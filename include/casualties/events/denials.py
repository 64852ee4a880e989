"""Who denies it, and which events a denial goes to: those that the denier is blamed for, near the denial."""

from bisect import bisect_right
from collections.abc import Sequence

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.events.gazetteer.names import demonyms
from casualties.events.name_phrases import tables
from casualties.events.names import DenialMention
from casualties.events.players import Key, home_of, key_of
from casualties.events.tokens import Sentence
from casualties.events.who import Who
from casualties.model import Actor, Denial

_FAR = 3  # sentences between an event and the denial of somebody who is not told to have done it
_BEHIND = 300  # characters before "its spokesman" in which it is told whose


def add_denials(drafts: Sequence[Draft], whos: Sequence[Who], sentences: Sequence[Sentence], context: Context) -> None:
    """Give each denial to the nearest event of those the denier is blamed for, to what includes it and to its parts.

    Who denies what nobody else is named for has been accused of it.
    """
    starts = [s.start for s in sentences if s.field == "text"]
    home = home_of(context)
    for mention in context.denials:
        at = bisect_right(starts, mention.start)
        by, keys = _denier(mention, context, home)
        blamed = [k for k, who in enumerate(whos) if not drafts[k].toll and keys & set(who.keys)]
        nearest = _nearest(at, blamed, drafts)
        if nearest is None:
            nearest = _nearest(at, [k for k, d in enumerate(drafts) if not d.toll], drafts, _FAR)
            if nearest is None:
                continue
            if keys and not whos[nearest].actors:
                whos[nearest].actors.append(Actor(name=by, role="perpetrator", status="accused"))
                whos[nearest].keys += keys
        for k in _family(nearest, drafts):
            if k == nearest or keys & set(whos[k].keys) or not whos[k].actors:
                _add(whos[k], by)


def _denier(mention: DenialMention, context: Context, home: str) -> tuple[str, set[Key]]:
    """What the denier is called, and which player it is: a spokesman whom he speaks for, "the group" who was told."""
    inside = context.actors_in("text", mention.start, mention.end)
    words = mention.by.lower().split()
    speaks = words[0] in tables().raw["called"]["person"]["by"]
    # "he", "the group": for whoever was told last
    stands = speaks or (len(words) == 1 and words[0] in tables().pronouns | tables().calling)
    if not inside and stands:
        inside = context.actors_in("text", mention.start - _BEHIND, mention.start)[-1:]
    by = inside[-1].name if inside and stands else mention.by
    keys = {key_of(actor, home) for actor in inside}
    if not keys:  # "the Russian ministry of defence"
        keys = {("state", demonyms()[word]) for word in words if word in demonyms()}
    return by, keys


def _nearest(at: int, indexes: Sequence[int], drafts: Sequence[Draft], most: int | None = None) -> int | None:
    """The event told last before a sentence, else first after it."""
    best: tuple[int, int] | None = None
    for k in indexes:
        for report in drafts[k].reports:
            gap = at - report.sentence.index
            distance = gap if gap >= 0 else 2 - gap
            if (most is None or distance <= most) and (best is None or distance < best[0]):
                best = distance, k
    return best[1] if best else None


def _family(index: int, drafts: Sequence[Draft]) -> list[int]:
    """An event with what includes it and the parts of that."""
    whole = drafts[index].part_of or drafts[index]
    return [k for k, draft in enumerate(drafts) if draft is whole or draft.part_of is whole]


def _add(who: Who, by: str) -> None:
    words = set(by.lower().split())
    if all(not (words <= (told := set(d.by.lower().split())) or told <= words) for d in who.denials):
        who.denials.append(Denial(by=by, actor=by if _is_actor(who, by) else None))


def _is_actor(who: Who, by: str) -> bool:
    return any(actor.name == by for actor in who.actors)
