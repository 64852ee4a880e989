"""Where and when of an article's sentences: places and dates found once for the article, asked for by stretch."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from casualties.events.article_places import ArticlePlaces, is_common, joined, quarters
from casualties.events.date_roles import day_of_deed, is_led_in, is_printed, of_hearing, of_statement
from casualties.events.dates import DateMention, find_dates
from casualties.events.drafts import Report
from casualties.events.forest import Forest
from casualties.events.gazetteer import Gazetteer
from casualties.events.names import ActorMention, DenialMention, SourceMention, find_actors, find_denials, find_sources
from casualties.events.places import PlaceMention, read_places
from casualties.events.tellers import acronyms_of
from casualties.events.tokens import Sentence
from casualties.events.words import load

_LONG = 15_000  # characters of a text that is read for actors and sources in stretches only
_SPECIFIC = {"exact": 3.0, "near": 2.6, "admin2": 2.2, "admin1": 1.4, "country": 0.0, None: 1.0}
_RELATION = {"in": 2.4, "near": 1.8, "between": 1.4, "over": 1.2, "to": 1.0, "of": 0.9, "": 0.9, "from": 0.2}

M = TypeVar("M", DateMention, ActorMention, SourceMention, DenialMention)
PlaceTrees = tuple[tuple[str, ...], Forest]  # names of features, and trees over them


class Where(NamedTuple):
    """A chosen place mention with how well it fitted."""

    mention: PlaceMention
    score: float


@cache
def default_gazetteer() -> Gazetteer:
    return Gazetteer.open()


@dataclass(slots=True, kw_only=True)
class Context(ArticlePlaces):
    """Where, when, who and by whose word of one article."""

    dates: dict[str, list[DateMention]]
    actors: dict[str, list[ActorMention]]
    sources: dict[str, list[SourceMention]]
    denials: list[DenialMention]
    published: date | None
    length: int
    acronyms: dict[str, str]  # that the text explains, with the names they stand for
    story: dict[str, float] = field(default_factory=dict)  # what features say of the whole article, made once
    place_trees: PlaceTrees | None = None  # stand in for the weights file, for an article that those have seen

    @classmethod
    def of(
        cls,
        title: str,
        text: str,
        published: date | None,
        stretches: list[tuple[int, int]] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> "Context":
        """Everything found once; dates, and of a long text actors and sources, in the given stretches alone."""
        gazetteer = gazetteer or default_gazetteer()
        places = read_places(title, text, gazetteer)
        by_field: dict[str, list[PlaceMention]] = {"title": [], "text": []}
        for mention in places.mentions:
            if not is_common(mention):
                by_field[mention.field].append(mention)
        told = {"title": title, "text": text}
        parts = [(start, text[start:end]) for start, end in stretches or [(0, len(text))]]
        named = parts if len(text) > _LONG else [(0, text)]
        return cls(
            places=places,
            by_field=by_field,
            dates=_found(partial(find_dates, published=published), title, parts),
            actors=_found(find_actors, title, named),
            sources=_found(find_sources, title, named),
            denials=[*find_denials(title, "title"), *find_denials(text)],
            gazetteer=gazetteer,
            listed=joined(by_field, told),
            quarters=quarters(by_field, told, gazetteer),
            published=published,
            length=len(text),
            acronyms=acronyms_of(text),
        )

    def actors_in(self, name: str, start: int, end: int) -> list[ActorMention]:
        return [m for m in self.actors[name] if start <= m.start < end]

    def sources_in(self, name: str, start: int, end: int) -> list[SourceMention]:
        return [m for m in self.sources[name] if start <= m.start < end]

    def place_of(self, report: Report, whole_sentence: bool = False) -> Where | None:
        """The best place for a report in its stretch of the sentence: located, specific, near."""
        sentence = report.sentence
        start, end = (sentence.start, sentence.end) if whole_sentence else sentence.offsets(report.begin, report.end)
        anchor = sentence.starts[report.mentions[0].trigger] if sentence.starts else sentence.start
        best: Where | None = None
        told = self.sources_in(sentence.field, sentence.start, sentence.end)
        monitors = load("deeds")["monitors"]
        for mention in self.places_in(sentence.field, start, end):
            before = sentence.text[: mention.start - sentence.start].rstrip().lower()
            if mention.name.lower() in monitors or before.endswith(("border with", "bordering", "borders")):
                continue
            own = bool(sentence.starts) and mention.start == sentence.starts[report.first]  # "in each of A and B"
            relation = "in" if own and mention.relation == "and" else mention.relation
            if relation not in _RELATION or mention.is_dateline or any(s.start <= mention.start < s.end for s in told):
                continue
            distance = abs(mention.start - anchor) / 60
            score = (
                _RELATION[relation]
                + 0.6 * (3.0 if mention.id is None else _SPECIFIC[mention.place.precision])
                - min(distance, 4) * 0.35
            )
            if mention.start < anchor:
                score -= 0.2
            if best is None or score > best.score:
                best = Where(mention, score)
        if best is None:
            return None
        return self._deepest(best, sentence, start, end)

    def _deepest(self, chosen: Where, sentence: Sentence, start: int, end: int) -> Where:
        """A place inside the chosen one that the same stretch names right beside it."""
        current = chosen
        for mention in self.places_in(sentence.field, start, end):
            if (
                mention.relation in _RELATION
                and not mention.is_dateline
                and self.contains(current.mention, mention)
                and abs(mention.start - current.mention.start) < 90
            ):
                current = Where(mention, chosen.score)
        return current

    def dates_in(self, name: str, start: int, end: int) -> list[DateMention]:
        return [m for m in self.dates[name] if start <= m.start < end]

    def date_of(self, report: Report, whole_sentence: bool = False) -> DateMention | None:
        """The date of a report: the nearest of its stretch that does not date a statement."""
        sentence = report.sentence
        start, end = (sentence.start, sentence.end) if whole_sentence else sentence.offsets(report.begin, report.end)
        anchor = sentence.starts[report.mentions[0].trigger]
        best: tuple[float, DateMention] | None = None
        for mention in self.dates_in(sentence.field, start, end):
            if of_statement(sentence, mention) or is_printed(sentence, mention):
                continue
            if of_hearing(sentence, mention) or (mention.aftermath and not is_led_in(sentence, mention, anchor)):
                continue
            distance = abs(mention.start - anchor) + (20 if mention.start < anchor else 0)
            if best is None or distance < best[0]:
                best = (distance, mention)
        return day_of_deed(report, best[1], self.published) if best else None


def _found(find: Callable[[str], list[M]], title: str, parts: list[tuple[int, str]]) -> dict[str, list[M]]:
    """What is found in the title, and in parts of the text that begin at the given offsets."""
    return {"title": find(title), "text": [_moved(m, start) for start, part in parts for m in find(part)]}


def _moved(mention: M, by: int) -> M:
    """A mention of a stretch, with its offsets into the whole text."""
    if not by:
        return mention
    changes: dict[str, Any] = {"start": mention.start + by, "end": mention.end + by}
    for name in ("sentence_start", "sentence_end", "anchor"):
        if getattr(mention, name, None) is not None:
            changes[name] = getattr(mention, name) + by
    return replace(mention, **changes)
