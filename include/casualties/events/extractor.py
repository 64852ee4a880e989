"""From title and text to events: what is prepared of an article is assembled, and every slot of an event settled."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from casualties.events.assembly import assemble
from casualties.events.confidence import confidence
from casualties.events.context import Context
from casualties.events.culprits import add_culprits
from casualties.events.denials import add_denials
from casualties.events.drafts import Draft, Report
from casualties.events.judge import Models
from casualties.events.means import type_of
from casualties.events.preparing import Prepared, prepare
from casualties.events.scope import is_of_two_countries, place_hit, scope_of
from casualties.events.setting import date_of, place_of
from casualties.events.who import Who, decide, weigh
from casualties.events.who_judge import WhoJudges
from casualties.model import Event, EventKind, Evidence, Figure, Place, Scope, Victim

EXTRACTOR_VERSION = "5"
_LEAST = 0.25  # an event that is less likely to be right is left out
_STORY = 600  # characters; what is shorter is a headline with its summary


class Extractor(Protocol):
    """What turns an article into events; the grammar is one, another engine can stand beside it.

    Whatever the engine: no figure without its words, verbatim, in the evidence.
    """

    version: str

    def extract(self, title: str | None, text: str, published: date | None) -> list[Event]:
        """The events and tolls of an article, the main event first."""
        ...


class GrammarExtractor:
    """The extractor of this package."""

    version = EXTRACTOR_VERSION

    def extract(self, title: str | None, text: str, published: date | None) -> list[Event]:
        return extract_events(title, text, published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """Why a slot has its value: the words of the article that it came from, and the name of the rule."""

    slot: str
    value: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An event with the clues of its slots."""

    event: Event
    clues: tuple[Clue, ...]


def extract_events(title: str | None, text: str, published: date | None) -> list[Event]:
    """The casualty events and tolls that an article tells, the main event first.

    Offsets of evidence are code points into the title or the text. No figure without its words in the evidence.
    """
    return [explanation.event for explanation in explain(title, text, published)]


def explain(title: str | None, text: str, published: date | None) -> list[Explanation]:
    """The events of :func:`extract_events`, each with the words and the rule behind every slot."""
    article = prepare(title, text, published)
    if article is None:
        return []
    return settle(article)


def settle(article: Prepared, judges: Models | None = None, who_judges: WhoJudges | None = None) -> list[Explanation]:
    """The events of a prepared article; ``judges`` and ``who_judges`` stand in for the models of the weights files."""
    drafts = _likely(assemble(article.reports, article.context, judges), article.context)
    _place_asides(drafts, article.asides)
    told = [_event(draft, drafts, article) for draft in drafts]
    kinds = [e.event.type for e in told]
    countries = [e.event.place.country if e.event.place else None for e in told]
    weighed = weigh(drafts, kinds, countries, article.sentences, article.context)
    whos = decide(weighed, drafts, kinds, who_judges)
    add_culprits(drafts, kinds, whos, article.sentences, article.context)
    add_denials(drafts, kinds, whos, weighed, article.sentences, article.context)
    found = [_with_who(explanation, who) for explanation, who in zip(told, whos, strict=True)]
    wholes = [drafts.index(draft.part_of) if draft.part_of else None for draft in drafts]
    events = [replace(e.event, part_of=whole) for e, whole in zip(found, wholes, strict=True)]
    return [
        _scoped(replace(explanation, event=_inherit(event, events)), article)
        for explanation, event in zip(found, events, strict=True)
    ]


def event_of(draft: Draft, drafts: list[Draft], article: Prepared) -> Event:
    """A draft as an event, without who did it, who says so and what it is a part of."""
    return _event(draft, drafts, article).event


def _likely(drafts: list[Draft], context: Context) -> list[Draft]:
    """The drafts of a story that are likely enough to be events, with those that they are parts of; one at least.

    What a headline with its summary tells stays, however doubtful: there is nothing else to tell it from.
    """
    if context.length <= _STORY or not drafts:
        return drafts
    sure = [draft for draft in drafts if confidence(draft) >= _LEAST] or [max(drafts, key=confidence)]
    return [draft for draft in drafts if draft in sure or any(d.part_of is draft for d in sure)]


def _place_asides(drafts: list[Draft], asides: list[Report]) -> None:
    """Give "Twelve children were among the dead" to the event told last before it."""
    for aside in asides:
        outcomes = {m.outcome for m in aside.mentions}
        before = [
            (report.sentence.index, -k, draft)
            for k, draft in enumerate(drafts)
            if outcomes & draft.figures.keys()
            for report in draft.reports
            if report.sentence.index <= aside.sentence.index
        ]
        if before:
            max(before, key=lambda row: row[:2])[2].asides.append(aside)


def _event(draft: Draft, drafts: list[Draft], article: Prepared) -> Explanation:
    sentences, context = article.sentences, article.context
    figures: dict[str, Any] = {outcome: figure for outcome, (figure, _) in draft.chosen.items()}
    told = [report.sentence for report in draft.reports]
    evidence = dict.fromkeys(Evidence(field=s.field, start=s.start, end=s.end) for s in told)
    kind, type_words, type_rule = type_of(draft, drafts, sentences, context)
    place, place_rule = place_of(draft, drafts, sentences, context)
    when, when_rule = date_of(draft, drafts, sentences, context)
    event = Event(
        kind=EventKind.TOLL if draft.toll else EventKind.EVENT,
        type=kind,
        place=place,
        date=when,
        victims=_victims(draft),
        confidence=confidence(draft),
        evidence=tuple(evidence),
        **figures,
    )
    clues = [
        Clue(slot=outcome, value=_in_few_signs(figure), words=m.sentence.phrase(m.first, m.last), rule=m.rule)
        for outcome, (figure, m) in draft.chosen.items()
    ]
    toll = next((r.toll for r in draft.reports if r.toll), "")
    clues.append(Clue(slot="kind", value=event.kind, words=toll, rule="period or war" if toll else "no period told"))
    clues.append(Clue(slot="type", value=kind, words=type_words, rule=type_rule))
    if place is not None:
        clues.append(_place_clue(place, place_rule))
    if when is not None:
        clues.append(Clue(slot="date", value=f"{when.start}..{when.end}", words=when.phrase or "", rule=when_rule))
    return Explanation(event=event, clues=tuple(clues))


def _victims(draft: Draft) -> tuple[Victim, ...]:
    found: dict[tuple[str, str], Victim] = {}
    for report in (*draft.reports, *draft.asides):
        for mention in report.mentions:
            for group, low, best, high in mention.groups:
                found.setdefault(
                    (mention.outcome, group),
                    Victim(outcome=mention.outcome, group=group, low=low, best=best, high=high),
                )
    return tuple(found.values())


def _in_few_signs(figure: Figure) -> str:
    """A figure as 59, 59+, -20 or 10-15."""
    if figure.low is None:
        return f"-{figure.high}"
    if figure.high is None:
        return f"{figure.low}+"
    return str(figure.low) if figure.low == figure.high else f"{figure.low}-{figure.high}"


def _with_who(explanation: Explanation, who: Who) -> Explanation:
    clues = [Clue(slot="actors", value=a.name, words=a.name, rule=f"{a.role}, {a.status}") for a in who.actors]
    clues += [Clue(slot="sources", value=s, words=s, rule="attribution") for s in who.sources]
    clues += [Clue(slot="denials", value=d.by, words=d.by, rule="denial") for d in who.denials]
    event = replace(explanation.event, actors=tuple(who.actors), sources=tuple(who.sources), denials=tuple(who.denials))
    return Explanation(event=event, clues=(*explanation.clues, *clues))


def _inherit(event: Event, events: list[Event]) -> Event:
    """A part has the sources and perpetrators of its whole where it tells none."""
    if event.part_of is None:
        return event
    whole = events[event.part_of]
    return replace(event, sources=event.sources or whole.sources, actors=event.actors or whole.actors)


def _scoped(explanation: Explanation, article: Prepared) -> Explanation:
    """An event with its scope, and no longer at the home of those who did it."""
    event, clues = explanation.event, explanation.clues
    spans = {(span.field, span.start) for span in event.evidence}
    own = [s for s in article.sentences if (s.field, s.start) in spans]
    after = [s for s in article.sentences if any(s.index == o.index + 1 for o in own)]
    own_first = [*own, *(s for s in article.sentences if s not in own)]
    found = [(s, m) for s in own_first for m in article.context.places_in(s.field, s.start, s.end)]
    doers = [m for s, m in found if s.text[: m.start - s.start].lower().endswith(" by ")]
    place = place_hit(event, [m for _, m in found], doers)
    if place != event.place:
        clues = tuple(c for c in clues if c.slot != "place")
        clues += (_place_clue(place, "not the home of those who did it"),) if place else ()
    event = replace(event, place=place)
    scope: str = Scope.SUMMARY
    if not is_of_two_countries(event, found):
        title = next((s.text for s in article.sentences if s.field == "title"), "")
        scope = scope_of(event, title, [s.text for s in own], [s.text for s in after])
    return Explanation(event=replace(event, scope=scope), clues=clues)


def _place_clue(place: Place, rule: str) -> Clue:
    value = place.gazetteer_name or place.name or place.country or ""
    return Clue(slot="place", value=value, words=place.name or "", rule=rule)
