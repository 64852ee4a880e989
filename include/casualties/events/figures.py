"""One figure of an event out of all that an article tells of it, by the codebook."""

import re
from collections import Counter

from casualties.events.context import Context
from casualties.events.drafts import compatible, value
from casualties.events.fighters import FIGHTERS
from casualties.events.told import Mention
from casualties.model import Basis, Figure

_UPDATE = re.compile(
    r"\b(?:rose|risen|rises|climbed|climbs|rising|revised|updated|increased|jumped|raised|now stands|soared"
    r"|surpass(?:es|ed)|(?:bring|brings|bringing|brought|raises|raising|taking) (?:the |its |overall |total |death )*"
    r"(?:toll|number|total|count))\b"
)
_SUBSET = 0.5
_ALSO = frozenset(("also", "too"))
_EARLIER = re.compile(r"\b(?:earlier|previous|previously|initial|initially)\b")


def figure_of(mentions: list[Mention], context: Context) -> tuple[Figure, Mention]:
    """The figure of one outcome, and the mention that it mainly rests on.

    A vague or rounded word gives way to a compatible exact number; a number told both open and exact stays open; an
    updated count replaces the older; rivals of different sources widen low and high.
    """
    strong = [m for m in mentions if not m.weak] or mentions
    told = [m for m in strong if m.basis != Basis.VAGUE and m.kind != "zero"] or strong
    if all(m.basis == Basis.VAGUE for m in told):
        lead = max(told, key=value)
        return _plain(lead), lead
    told = [m for m in told if m.basis != Basis.VAGUE]
    kept = [m for m in told if not any(_is_rounded(m, other) for other in told)] or told
    counted = [m for m in kept if not (m.kind == "one" and any(value(o) > 1 for o in kept))] or kept
    values = list(dict.fromkeys(value(m) for m in counted))
    if len(values) > 1:
        updated = [m for m in counted if _UPDATE.search(m.sentence.text.lower())]
        if updated:
            return _opened(updated[-1], counted)
        current = [m for m in counted if not _EARLIER.search(m.sentence.text.lower())] or counted
        values = list(dict.fromkeys(value(m) for m in current))
        top = max(value(m) for m in current)
        current = [m for m in current if value(m) >= _SUBSET * top]  # less than that is a group or a place of it
        if len({value(m) for m in current}) > 1 and _many_sources(current, context):
            return _rivals(current)
        counted = current
    frequency = Counter(value(m) for m in counted)
    lead = max(counted, key=lambda m: (frequency[value(m)], m.sentence.field != "title", -m.sentence.index))
    added = [m for m in strong if _is_added(m, lead)]
    if len({value(m) for m in added}) == 1:
        return _with(added[0], *_opened(lead, counted))
    return _opened(lead, counted)


def _is_added(mention: Mention, lead: Mention) -> bool:
    """ "One civilian was also killed", after 20 militants: those of another side are not among them."""
    one, two = {name for name, *_ in lead.groups}, {name for name, *_ in mention.groups}
    if mention.basis == Basis.VAGUE and lead.basis != Basis.VAGUE:
        return False  # "the army said rebels were also killed"
    if not one or not two or mention.sentence.index <= lead.sentence.index or mention.low is None or mention.of_whole:
        return False
    around = mention.sentence.low[max(0, mention.first - 3) : max(mention.last, mention.trigger) + 1]
    apart = one.isdisjoint(two) and bool((one | two) & FIGHTERS)
    return apart and not _ALSO.isdisjoint(around)


def _with(added: Mention, figure: Figure, lead: Mention) -> tuple[Figure, Mention]:
    more = (added.low or 0, added.best, added.high)
    low, best, high = (
        None if a is None or b is None else a + b
        for a, b in zip((figure.low, figure.best, figure.high), more, strict=True)
    )
    return Figure(low=low, best=best, high=high, basis=Basis.SUM, phrase=figure.phrase), lead


def _is_rounded(mention: Mention, other: Mention) -> bool:
    """Whether ``other`` tells the number of ``mention`` more exactly, or adds to it."""
    if value(mention) in other.addends and not mention.addends and value(mention) < value(other):
        return True  # "two tourists", and then "two tourists and their guide"
    if value(mention) == value(other) or not compatible(mention, other):
        return False
    if (mention.basis == Basis.AT_LEAST and value(other) < value(mention)) or (
        value(other) % 10 == 0 and value(mention) % 10
    ):
        return False
    return mention.basis in (Basis.APPROXIMATE, Basis.AT_LEAST) and value(mention) % 5 == 0


def _many_sources(mentions: list[Mention], context: Context) -> bool:
    by_value: dict[int, set[str]] = {}
    for m in mentions:
        told = {s.name.lower() for s in context.sources_in(m.sentence.field, m.sentence.start, m.sentence.end)}
        by_value.setdefault(value(m), set()).update(told)
    named = [names for names in by_value.values() if names]
    return (len(named) > 1 and not set.intersection(*named)) or (
        len(by_value) > 1 and bool(named) and len(named) < len(by_value)
    )


def _rivals(mentions: list[Mention]) -> tuple[Figure, Mention]:
    low = min((m.low for m in mentions if m.low is not None), default=None)  # "up to ten" gives none
    top = max(mentions, key=value)
    lead = min(mentions, key=value)
    return Figure(low=low, best=lead.best, high=top.high, basis=Basis.CONFLICTING, phrase=_phrase(lead)), lead


def _opened(lead: Mention, mentions: list[Mention]) -> tuple[Figure, Mention]:
    same = [m for m in mentions if value(m) == value(lead)]
    opened = next((m for m in same if m.basis == Basis.AT_LEAST), None)
    lead = opened or lead
    return _plain(lead), lead


def _plain(m: Mention) -> Figure:
    return Figure(low=m.low, best=m.best, high=m.high, basis=m.basis, phrase=_phrase(m))


def _phrase(m: Mention) -> str:
    return m.sentence.phrase(m.first, m.last)
