"""What the words of an event's sentences point at: "the city", "several towns", "a raid on X"."""

from bisect import bisect_right
from dataclasses import dataclass

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.place_relations import Candidate, called
from casualties.events.place_spans import words
from casualties.events.places import PlaceMention
from casualties.events.tokens import Sentence, tokenise
from casualties.events.words import tables

_BACK = 3  # words between "the" and the kind of place: "the besieged rebel-held suburb"
_DEED = 6  # words between a deed and its place: "strikes by warplanes on X"
_BESIDE, _OF = 4, 6  # characters between a common noun and the name that goes with it
_FITS = {  # kinds of places that a word takes up besides its own
    "city": ("city",),
    "district": ("district",),
    "admin1": ("admin1", "region"),
    "admin2": ("admin2", "district", "admin1", "city"),
    "region": ("region", "admin1", "admin2", "district", "city", "site"),
    "site": ("site", "district"),
}
_UNLISTED = {"city": (4,), "district": (5,), "admin2": (3, 5), "region": (2, 4, 5), "admin1": (1,), "site": (6,)}
_NO_SCENE = ("agent", "org", "meeting")
_CITY = 80_000  # people in what is called a city rather than a town


@dataclass(frozen=True, slots=True)
class Pointer:
    """A kind of place that a sentence speaks of without a name."""

    word: str
    kind: str
    start: int
    several: bool


def add_clues(
    found: list[Candidate], draft: Draft, drafts: list[Draft], story: dict[int, int], sentences: list[Sentence],
    context: Context,
) -> None:  # fmt: skip
    """Add to the candidates what the event's own sentences and those that go on telling it point at."""
    own = [tokenise(sentences[k]) for k, off in story.items() if off == 0]
    pointers = [(s, p) for s in own for p in pointers_of(s, context)]
    taken_up = [c for s, p in pointers if not p.several and (c := _antecedent(s, p, found, sentences, context))]
    several = sum(p.several for _, p in pointers)
    siblings = _siblings(draft, drafts)
    located = _located(found)
    plural = sum(r.type_words.lower().endswith("s") for r in draft.reports if r.type_own) / len(draft.reports)
    for candidate in found:
        f, here = candidate.features, candidate.closest
        name = here.place.gazetteer_name or here.name
        f["pointed at"] = min(taken_up.count(candidate), 3)
        f["pointed at others"] = sum(c is not candidate for c in taken_up)
        f["pointers"] = min(len(pointers) - several, 3)
        f["several"] = min(several, 3)
        deeds = {at for at, m in candidate.told if _after_deed(m, tokenise(sentences[at]))}
        f["deed"] = not deeds.isdisjoint(story)
        f["deed own"] = any(story.get(at) == 0 for at in deeds)
        f["deed title"] = 0 in deeds
        f["of sibling"] = name in siblings
        f["several deeds"] = plural
        f["part"] = draft.part_of is not None
        inside = [c for c in located if c is candidate or context.contains(here, c.closest)]
        f["covered"] = len(inside) / len(located) if located else 0.0
        f["located"] = min(len(located), 6)


def pointed_at(report: Report, sentences: list[Sentence], context: Context) -> PlaceMention | None:
    """The place that the clause of a figure takes up: "killed in the city", "a village east of the town"."""
    sentence = report.sentence
    begin, end = sentence.offsets(report.begin, report.end)
    pointers = [p for p in pointers_of(sentence, context) if not p.several and begin <= p.start < end]
    for before in reversed(sentences[: sentence.index + 1]) if pointers else ():
        for mention in reversed(context.places_in(before.field, before.start, before.end)):
            if mention.relation not in _NO_SCENE and any(
                (before is not sentence or mention.start < pointer.start) and _fits(pointer, mention, before, context)
                for pointer in pointers
            ):
                return mention
    return None


def pointers_of(sentence: Sentence, context: Context) -> list[Pointer]:
    """The kinds of places that a sentence takes up or counts without naming one."""
    listed = context.places_in(sentence.field, sentence.start, sentence.end)
    found = []
    for i, written in enumerate(sentence.low):
        word = _common_noun(sentence, i)
        start, end = sentence.starts[i], sentence.ends[i]
        if word is None or _is_named(start, end, listed):
            continue
        several = written in words().several
        before = sentence.low[max(0, i - _BACK) : i]
        if several or (any(w in words().pointing for w in before) and not sentence.words[i - 1][:1].isupper()):
            found.append(Pointer(word, words().types.get(word, ""), start, several))
    return found


def _is_named(start: int, end: int, listed: list[PlaceMention]) -> bool:
    """Whether a place's name stands right beside a common noun: "the city of X", "X province"."""
    return any(
        -_BESIDE < start - m.end < _BESIDE or m.start <= start < m.end or 0 < m.start - end < _OF for m in listed
    )


def _common_noun(sentence: Sentence, i: int) -> str | None:
    """The kind of place that a word means, "the citys outskirts" of a feed without apostrophes too."""
    word, types = sentence.low[i], words().types
    after = sentence.low[i + 1] if i + 1 < len(sentence.low) else ""
    if word not in types and word.endswith("s") and after.isalpha() and after not in words().relations:
        word = word[:-1]
    named = sentence.words[i][:1].isupper() or word in words().vague
    return word if (word in types or word in words().several) and not named else None


def _antecedent(
    sentence: Sentence, pointer: Pointer, found: list[Candidate], sentences: list[Sentence], context: Context
) -> Candidate | None:
    """The candidate told last before a pointer that is of its kind, unless the sentence itself names a narrower one."""
    best: tuple[tuple[int, int], Candidate] | None = None
    for candidate in found:
        for at, mention in candidate.told:
            place = (at, mention.start)
            if place >= (sentence.index, pointer.start) or (best is not None and place <= best[0]):
                continue
            if mention.relation in ("agent", "org") or not _fits(pointer, mention, sentences[at], context):
                continue
            best = place, candidate
    if best is None:
        return None
    narrow = context.specificity(best[1].closest)
    named = context.places_in(sentence.field, sentence.start, sentence.end)
    if any(m.relation in ("in", "near") and context.specificity(m) > narrow for m in named):
        return None
    return best[1]


def _fits(pointer: Pointer, mention: PlaceMention, sentence: Sentence, context: Context) -> bool:
    """Whether a place can be what a common noun takes up."""
    entry = context.gazetteer.entry(mention.id) if mention.id is not None else None
    if pointer.word == "city":
        return entry is not None and entry.kind == "city" and entry.population >= _CITY
    kind = pointer.kind
    if entry is None:
        named = called(mention, tokenise(sentence))
        if named == -1:
            return kind in ("city", "district", "region") and mention.relation in ("in", "near")
        return named in _UNLISTED.get(kind, ())
    if pointer.word == "suburb":
        return entry.kind in ("city", "district", "region") and entry.population < _CITY
    if entry.kind == "city" and entry.population >= _CITY and kind == "city":
        return False
    return entry.kind in _FITS.get(kind, ()) or (
        kind == "admin1" and mention.place.gazetteer_name == mention.place.admin1
    )


def _after_deed(mention: PlaceMention, sentence: Sentence) -> bool:
    """Whether a deed stands right before a place: "an air strike on X", "clashes near X", "targeted X"."""
    deeds, relations = tables().type_words, words().relations
    here = max(bisect_right(sentence.starts, mention.start) - 1, 0)
    return any(w in deeds or relations.get(w) == "hit" for w in sentence.low[max(0, here - _DEED) : here])


def _places(draft: Draft) -> set[str]:
    return {r.where.place.gazetteer_name or r.where.name for r in draft.reports if r.where is not None}


def _siblings(draft: Draft, drafts: list[Draft]) -> set[str]:
    """Where the other parts of the event's whole are."""
    if draft.part_of is None:
        return set()
    return {name for d in drafts if d is not draft and d.part_of is draft.part_of for name in _places(d)}


def _located(found: list[Candidate]) -> list[Candidate]:
    """The narrowest places that the event's own sentences tell as such."""
    return [c for c in found if c.features["located own"] and c.features["narrow"] >= 2.0]
