"""Which of the places that an article names is an event's: each is weighed by where and how it is told.

The weights (``place_weights.json``) are boosted trees over the features below, fitted by ``train_places.py``; no word
of an article is among them. The place that the rules of ``setting.py`` choose is one feature.
"""

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casualties.events.context import Context, PlaceTrees
from casualties.events.drafts import Draft, value
from casualties.events.features import Features
from casualties.events.forest import Forest
from casualties.events.gazetteer.fold import fold
from casualties.events.place_clues import add_clues
from casualties.events.place_relations import Candidate, Told, compare, story_of, told_of
from casualties.events.place_spans import words
from casualties.events.places import PlaceMention
from casualties.events.tokens import Sentence, tokenise
from casualties.events.tolls import WAR
from casualties.events.words import tables
from casualties.model import Place

WEIGHTS = Path(__file__).parent / "place_weights.json"
_NEAR = 8  # sentences before and after the event's own in which a place is looked for
_HEAD = 3  # sentences at the start of the article that are always looked at
_MOST = 16  # places weighed for one event
_CLAUSE, _OWN, _FAR = 0, 1, 9  # zones: in the clauses of the event, in its sentence; from 2 on, sentences off
_PLACED = frozenset(("in", "near", "between", "over", "to", "of", ""))
_VOWELS = re.compile(r"[aeiouy -]")
_LIST_AFTER = re.compile(r"\s*(?:,|,? and|&)\s+(?:the\s+)?(?:al-|[A-Z])")
_AND = frozenset(("and", "and the", ", and"))
_LIST = 9  # tokens before a name among which "the towns of" is looked for
_LISTING = frozenset(("and", ",", "", ", and", "&", "/", "or", "and the", "as well as"))


@dataclass(slots=True)
class _Around:
    """Where an event is told (spans and anchors of its clauses by sentence; its story), and where the others are."""

    own: dict[int, list[tuple[int, int, int]]]
    others: dict[int, list[tuple[int, int]]]
    first: int
    story: dict[int, int]


def trees_of(raw: dict[str, Any]) -> PlaceTrees:
    """Weights from their plain data."""
    return tuple(raw["names"]), Forest([raw["trees"]])


@cache
def _trees() -> PlaceTrees:
    return trees_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def choose(
    ruled: Place | None, draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context
) -> tuple[Place, float] | None:
    """The likeliest place of an event with its probability (0-1) among the places told; None where there is none.

    ``ruled`` is what the rules chose. A street or square is an address: where its town is told, the town is the place.
    A country is none, but tells that the address is no place of that name in another country.
    """
    found = candidates(ruled, draft, drafts, sentences, context)
    if not found:
        return None
    names, trees = context.place_trees or _trees()
    scores = [score for (score,) in trees.sums([[c.features.get(name, 0.0) for name in names] for c in found])]
    addresses = [c.features["street"] for c in found]
    best = max(range(len(found)), key=scores.__getitem__)
    own = found[best].closest.place.country
    near = [c.features["story"] or c.features["in title"] for c in found]
    home = [c.features["of country"] and c.closest.place.country == own for c in found]
    in_town = [k for k in range(len(found)) if near[k] and not addresses[k] and not home[k]]
    if addresses[best] and in_town:
        best = max(in_town, key=scores.__getitem__)
    return found[best].closest.place, 1 / sum(math.exp(score - scores[best]) for score in scores)


def candidates(
    ruled: Place | None, draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context
) -> list[Candidate]:
    """The places that may be an event's, each with its features."""
    around = _around(draft, drafts, sentences, context)
    starts = [s.start for s in sentences[1:]]
    groups: dict[object, Told] = {}
    lowest, highest = min(around.own) - _NEAR, max(around.own) + _NEAR
    for name, listed in context.by_field.items():
        for mention in listed:
            at = 0 if name == "title" else bisect_right(starts, mention.start)
            home = mention.place.precision == "country" and mention.place.country == context.places.country
            if mention.relation != "meeting" and (lowest <= at <= highest or at <= _HEAD or home):
                groups.setdefault(_key(mention), []).append((at, mention))
    acting = [key for key, told in groups.items() if all(_acts(m, sentences[at]) for at, m in told)]
    if len(acting) < len(groups):
        groups = {key: told for key, told in groups.items() if key not in acting}
    nearest = sorted(((_nearest(told, around), told) for told in groups.values()), key=lambda row: row[0])[:_MOST]
    found = [_candidate(row, told, around, sentences, context) for row, told in nearest]
    _compare(found, draft, drafts, context)
    _of_event(found, draft, ruled, around, context)
    compare(found, ruled, draft, drafts, context)
    add_clues(found, draft, drafts, around.story, sentences, context)
    return found


def _acts(mention: PlaceMention, sentence: Sentence) -> bool:
    """Whether a country is told as a state that does something, as in "Russia shells": not where it happened."""
    if mention.place.precision != "country":
        return False
    before = sentence.text[: mention.start - sentence.start]
    served = before.endswith(" for ") and not words().serving.isdisjoint(before.lower().split()[-2:-1])
    acts = words().acting.match(sentence.text, mention.end - sentence.start) is not None
    return served or before.endswith("-") or acts


def _key(mention: PlaceMention) -> object:
    """What is one place: a town and the province of its name are told as one, and spellings of one village."""
    name = mention.place.gazetteer_name
    return (name, mention.place.country) if name else _VOWELS.sub("", fold(mention.name)) or mention.name


def _around(draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context) -> _Around:
    own: dict[int, list[tuple[int, int, int]]] = {}
    others: dict[int, list[tuple[int, int]]] = {}
    for report in draft.reports:
        begin, end = report.sentence.offsets(report.begin, report.end)
        anchor = report.sentence.starts[report.mentions[0].trigger]
        own.setdefault(report.sentence.index, []).append((begin, end, anchor))
    for other in drafts:
        if other is not draft:
            for report in other.reports:
                span = report.sentence.offsets(report.begin, report.end)
                others.setdefault(report.sentence.index, []).append(span)
    story = story_of(set(own), set(others), sentences)
    return _Around(own, others, min((k for k in own if k), default=0), story)


# zone, whether it is told as no place of action, characters, sentences after (or before), sentence, which mention
_Row = tuple[int, bool, float, int, int, int]


def _nearest(told: Told, around: _Around) -> _Row:
    rows = []
    for k, (at, mention) in enumerate(told):
        zone, distance, signed = _zone(at, mention, around)
        rows.append((zone, mention.relation not in _PLACED, distance, signed, at, k))
    return min(rows)


def _zone(at: int, mention: PlaceMention, around: _Around) -> tuple[int, float, int]:
    if at in around.own:
        begin, end, anchor = min(around.own[at], key=lambda row: abs(mention.start - row[2]))
        inside = begin <= mention.start < end
        return _CLAUSE if inside else _OWN, float(abs(mention.start - anchor)), 0
    nearest = min(around.own, key=lambda own: (abs(own - at), own))
    return 1 + min(abs(at - nearest), _FAR - 1), 300.0, at - nearest


def _candidate(row: _Row, told: Told, around: _Around, sentences: list[Sentence], context: Context) -> Candidate:
    zone, _, distance, signed, at, k = row
    mention = told[k][1]
    at_all = [where for where, _ in told]
    last = max(around.own)
    features: Features = {
        "zone clause": zone == _CLAUSE,
        "sentences off": max(zone - 1, 0),
        "distance": min(distance / 60, 5.0),
        "next after": signed == 1,
        "in title": 0 in at_all,
        "told": math.log(len(told)),
        "earliest": min(min(at_all), 10),
        "from first": max(-_FAR, min(_FAR, at - around.first)) if at else 0,
        "own last told": last in at_all,
        "in others": sum(any(b <= m.start < e for b, e in around.others.get(where, ())) for where, m in told),
        "other between": _other_between(at, around) if zone > _OWN else 0,
        "is in": mention.relation == "in",
        "is agent": mention.relation in ("agent", "org"),
        "is from": mention.relation == "from" or mention.is_dateline,
        "ever in": any(m.relation == "in" for _, m in told),
        "of country": mention.place.precision == "country",
        "strength": min(max(m.strength for _, m in told), 8.0),
        "narrow": context.specificity(mention),
        "long name": mention.name.count(" "),
        "main country": mention.place.country == context.places.country,
        "country share": context.places.hints.get(mention.place.country or "", 0.0)
        / (sum(context.places.hints.values()) or 1.0),
        "in actor": any(
            a.start <= mention.start < a.end
            for a in context.actors_in(mention.field, mention.start - 60, mention.end)
        ),
    }  # fmt: skip
    features |= _in_sentence(mention, tokenise(sentences[at]), around, context)
    features |= told_of(mention, told, at, around.story, set(around.others), sentences, context)
    return Candidate(mention, zone, distance, told, features)


def _other_between(at: int, around: _Around) -> bool:
    """Whether another event is told between a sentence and the event's nearest one."""
    nearest = min(around.own, key=lambda own: abs(own - at))
    low, high = min(at, nearest), max(at, nearest)
    return any(low < k < high or k == at for k in around.others)


def _in_sentence(mention: PlaceMention, sentence: Sentence, around: _Around, context: Context) -> Features:
    """How the sentence of a mention tells it."""
    low, lexicon = sentence.low, words()
    here = max(bisect_right(sentence.starts, mention.start) - 1, 0)
    beyond = bisect_left(sentence.starts, mention.end)
    listed = context.places_in(mention.field, sentence.start, sentence.end)
    features: Features = {
        "street": low[beyond - 1] in lexicon.addresses or (beyond < len(low) and low[beyond] in lexicon.addresses),
        "origin": any(word in lexicon.origins for word in low[max(0, here - 4) : here]),
        "joined": _joined(mention, listed, sentence, context),
        "one of several": _one_of_several(low, here, beyond),
        "list after": _LIST_AFTER.match(sentence.text, mention.end - sentence.start) is not None,
        "places in sentence": min(len(listed), 8),
        "back reference": _refers_back(low[:here]),
    }
    if sentence.index in around.own:
        anchor = min((a for *_, a in around.own[sentence.index]), key=lambda a: abs(a - mention.start))
        at = max(bisect_right(sentence.starts, anchor) - 1, 0)
        features["tokens before"] = min(max(at - here, 0), 30)
        features["tokens after"] = min(max(here - at, 0), 30)
    return features


def _joined(mention: PlaceMention, listed: list[PlaceMention], sentence: Sentence, context: Context) -> int:
    """How many places stand beside a mention in one list; of two that hold one another only those that "and" joins."""
    found = 0
    for other in listed:
        if other is not mention and abs(other.start - mention.start) < 60:
            a, b = (mention, other) if mention.start < other.start else (other, mention)
            gap = sentence.text[a.end - sentence.start : b.start - sentence.start].strip().lower()
            told = " ".join(word for word in gap.split() if word not in words().types)
            beside = told in _LISTING and not context.contains(a, b) and not context.contains(b, a)
            found += beside or (told in _AND and gap != "")
    return found


def _one_of_several(low: list[str], first: int, beyond: int) -> bool:
    """Whether the words beside a name say that it is one of a list: "the towns of A and B", "A and B districts"."""
    types = words().types
    for k in range(first - 1, max(-1, first - 1 - _LIST), -1):
        if low[k] in types and low[k].endswith("s") and low[k][:-1] in types:
            return k + 1 < len(low) and low[k + 1] == "of"
    return beyond < len(low) and low[beyond] in types and low[beyond][:-1] in types


def _refers_back(before: list[str]) -> bool:
    """Whether the words before a place take up a deed told before: "the attack took place in"."""
    pointing, deeds = words().pointing, tables().type_words
    return any(
        word in pointing and any(w in deeds for w in before[k + 1 : k + 4]) for k, word in enumerate(before)
    )  # fmt: skip


def _compare(found: list[Candidate], draft: Draft, drafts: list[Draft], context: Context) -> None:
    """What the candidates are to each other and to the places of the reports."""
    near = [c for c in found if c.zone <= _OWN]
    located = [c for c in near if c.zone == _CLAUSE and c.closest.relation in ("in", "near")]
    own = [_key(r.where) for r in draft.reports if r.where is not None]
    elsewhere = [_key(r.where) for d in drafts if d is not draft for r in d.reports if r.where is not None]
    for candidate in found:
        f, here = candidate.features, candidate.closest
        holds = [c for c in found if c is not candidate and context.contains(here, c.closest)]
        closer = [c for c in found if (c.zone, c.distance) < (candidate.zone, candidate.distance)]
        key = _key(here)
        f["holds any"] = min(len(holds), 4)
        f["holds own"] = any(c.zone <= _OWN for c in holds)
        f["rivals located"] = sum(
            c is not candidate and c not in holds and not context.contains(c.closest, here) for c in located
        )
        f["closer"] = min(len(closer), 6)
        f["closer as narrow"] = any(c.features["narrow"] >= f["narrow"] for c in closer)
        f["narrower in own"] = sum(c.features["narrow"] > f["narrow"] for c in near)
        f["wider in own"] = sum(c.features["narrow"] < f["narrow"] for c in near)
        f["narrower next"] = sum(c.features["next after"] > 0 and c.features["narrow"] > f["narrow"] for c in found)
        f["of reports"] = min(own.count(key), 4)
        f["of others"] = min(elsewhere.count(key), 4)


def _of_event(found: list[Candidate], draft: Draft, ruled: Place | None, around: _Around, context: Context) -> None:
    """What is told of the event itself, which says something only together with what a candidate is."""
    people = math.log10(1 + max((value(m) for told in draft.figures.values() for m in told), default=0))
    pointed = _pointed_at(report.sentence.low for report in draft.reports)
    of_war = draft.toll and any(WAR.search(" ".join(r.sentence.low[r.begin : r.end])) for r in draft.reports)
    for candidate in found:
        f, mention = candidate.features, candidate.closest
        f["rule"] = ruled is not None and mention.name == ruled.name
        f["people"] = people
        f["people country"] = people * f["of country"]
        f["toll country"] = draft.toll * f["of country"]
        f["war country"] = of_war * f["of country"]
        f["reports"] = min(len(draft.reports), 5)
        f["events"] = len(around.others)
        f["of title event"] = 0 in around.own
        entry = context.gazetteer.entry(mention.id) if mention.id is not None else None
        f["pointed elsewhere"] = bool(pointed) and (entry.kind if entry else "city") not in pointed


def _pointed_at(sentences: Iterable[list[str]]) -> set[str]:
    """Kinds of places that the event's sentences speak of without a name: "in the town"."""
    types, pointing = words().types, words().pointing
    return {
        types[word]
        for low in sentences
        for i, word in enumerate(low)
        if word in types and any(w in pointing for w in low[max(0, i - 3) : i])
    }
