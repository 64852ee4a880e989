"""Features of a place that may be an event's: how the story tells it, and what it is to the other places."""

import math
from bisect import bisect_right
from dataclasses import dataclass, field

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.events.features import Features
from casualties.events.place_spans import words
from casualties.events.places import PlaceMention
from casualties.events.tokens import Sentence, tokenise
from casualties.events.words import tables
from casualties.model import Place

_STORY = 4  # sentences after one of an event's own that may go on telling it
_NARROW = 2.2  # specificity from which on a place is a town, a village or a quarter
_KINDS = {"country": 0, "admin1": 1, "water": 1, "region": 2, "admin2": 3, "city": 4, "district": 5, "site": 6}
_UNLISTED = 7  # the kind of a place that no gazetteer has
_LOCATED = frozenset(("in", "near", "over", "to", "of", "between", ""))
_BREAKS = frozenset(("apart", "meanwhile", "another", "time"))  # cues at a sentence's start that end a story


@dataclass(slots=True)
class Candidate:
    """A place of the article; ``closest`` is the mention of it that stands nearest to the event."""

    closest: PlaceMention
    zone: int  # 0 in the clauses of the event, 1 in its sentences, from 2 on sentences off
    distance: float
    told: "Told"
    features: Features = field(default_factory=dict)


Told = list[tuple[int, PlaceMention]]  # the mentions of one place, each with its sentence


def story_of(own: set[int], taken: set[int], sentences: list[Sentence]) -> dict[int, int]:
    """The sentences that tell an event (``own``) or go on telling it, each with how many it stands after an own one.

    A story ends where another event is told (``taken``), or with "meanwhile", "elsewhere", "earlier".
    """
    story = dict.fromkeys(own, 0)
    for start in sorted(own):
        for k in range(start + 1, min(start + 1 + _STORY, len(sentences))):
            if k in taken or k in story or _breaks(tokenise(sentences[k])):
                break
            story[k] = k - start
    return story


def _breaks(sentence: Sentence) -> bool:
    cues = tables().cues
    return any(cues.get(word) in _BREAKS for word in sentence.low[:4])


def _takes_up(sentence: Sentence) -> bool:
    """Whether a sentence speaks of a deed told before: "the blast", "the attack"."""
    pointing, deeds, low = words().pointing, tables().type_words, sentence.low
    return any(w in pointing and not deeds.isdisjoint(low[k + 1 : k + 4]) for k, w in enumerate(low))


def told_of(
    here: PlaceMention,
    told: Told,
    at: int,
    story: dict[int, int],
    taken: set[int],
    sentences: list[Sentence],
    context: Context,
) -> Features:
    """How an event's story tells a place: ``here`` is the closest mention, in sentence ``at``."""
    sentence = tokenise(sentences[at])
    own = {k for k, off in story.items() if off == 0}
    nearest = min(own, key=lambda k: (abs(k - at), k))
    between = range(nearest + 1, at + 1) if at > nearest else range(at, nearest)
    located = [k for k, m in told if m.relation in _LOCATED and not m.is_dateline]
    entry = context.gazetteer.entry(here.id) if here.id is not None else None
    return {
        "story": math.log(1 + sum(k in story for k in located)),
        "story strict": math.log(1 + sum(k in story and m.relation in ("in", "near") for k, m in told)),
        "story off": min((story[k] for k in located if k in story), default=9),
        "located own": len(own.intersection(located)) / len(own),
        "told located": math.log(1 + len(located)),
        "unlocated": 1 - len(located) / len(told),
        "taken up": any(k not in own and k not in taken and _takes_up(tokenise(sentences[k])) for k in set(located)),
        "others between": sum(k in taken for k in between),
        "others here": at in taken,
        "kind": _KINDS.get(entry.kind, 4) if entry else _UNLISTED,
        "population": math.log10(1 + entry.population) if entry else 0.0,
        "called": called(here, sentence),
        "is near": here.relation == "near",
    }


def called(here: PlaceMention, sentence: Sentence) -> int:
    """What kind of place the words beside a name say it is, -1 where they say nothing."""
    low, types = sentence.low, words().types
    first = max(bisect_right(sentence.starts, here.start) - 1, 0)
    last = max(bisect_right(sentence.starts, here.end - 1) - 1, 0)
    before = first - 2 if first > 1 and low[first - 1] in ("of", "in") else first - 1
    beside = [low[k] for k in (before, last + 1) if 0 <= k < len(low)]
    return max((_KINDS.get(types[word], 4) for word in beside if word in types), default=-1)


def compare(found: list[Candidate], ruled: Place | None, draft: Draft, drafts: list[Draft], context: Context) -> None:
    """Add to the candidates what each is to the others, to what the rules chose, and to the places of parts."""
    inside, specificity = context.contains, context.specificity
    near = [c for c in found if c.zone <= 1]
    located = [c for c in near if c.features["located own"]]
    tale = [c for c in found if c.features["story"]]
    narrow = [c for c in tale if specificity(c.closest) >= _NARROW]
    top = max((specificity(c.closest) for c in tale), default=0.0)
    taken_up = max((specificity(c.closest) for c in found if c.features["taken up"]), default=0.0)
    titled = [c for c in found if c.features["in title"]]
    rule = next((c for c in found if ruled is not None and c.closest.name == ruled.name), None)
    most = max((c.features["told"] for c in found), default=0.0)
    parts = [d for d in drafts if d.part_of is draft]
    of_parts = [r.where for d in parts for r in d.reports[:3] if r.where is not None]
    own = {(r.where.place.gazetteer_name or r.where.name) for r in draft.reports if r.where is not None}
    around = {(r.around.place.gazetteer_name or r.around.name) for r in draft.reports if r.around is not None}

    for candidate in found:
        f, here = candidate.features, candidate.closest
        name = here.place.gazetteer_name or here.name

        def holding(listed: list[Candidate], here: PlaceMention = here) -> bool:
            return any(c.closest is not here and inside(c.closest, here) for c in listed)

        def held(listed: list[Candidate], here: PlaceMention = here) -> int:
            return sum(c.closest is not here and inside(here, c.closest) for c in listed)

        f["story narrowest"] = f["story"] > 0 and f["narrow"] >= top
        f["story narrow"] = len(narrow)
        f["story rivals"] = sum(
            c is not candidate and not inside(c.closest, here) and not inside(here, c.closest) for c in narrow
        )
        f["taken up narrowest"] = f["taken up"] and f["narrow"] >= taken_up
        f["over rule"] = f["narrow"] - (specificity(rule.closest) if rule is not None else 0.0)
        f["in rule"] = rule is not None and holding([rule])
        f["in title place"] = holding(titled)
        f["in located"] = holding(located)
        f["holds located"] = held(located)
        f["holds joined"] = held([c for c in near if c.features["joined"]])
        f["holds parts"] = sum(inside(here, m) or (m.place.gazetteer_name or m.name) == name for m in of_parts) / max(
            len(of_parts), 1
        )
        f["parts"] = min(len(parts), 4)
        f["around"] = name in around
        f["own places"] = min(len(own), 4)
        f["told share"] = f["told"] - most
        f["toll"] = draft.toll
        f["at"] = min(*(r.sentence.index for r in draft.reports), 12)
        f["candidates"] = len(found)
    _mark_closest_inside(found)


def _mark_closest_inside(found: list[Candidate]) -> None:
    """Mark the one nearest to the event of those inside a place that the event's own sentences name."""
    within = [c for c in found if c.features["in located"]]
    closest = min(within, key=lambda c: (c.zone, -c.features["narrow"]), default=None)
    for candidate in found:
        candidate.features["closest inside"] = candidate is closest
