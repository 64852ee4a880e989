"""From title and text to events: the cascade from tokens to assembled events."""

from dataclasses import dataclass, replace
from datetime import date

from casualties.events.assembly import assemble, choose, date_of
from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.gathering import gather
from casualties.events.means import find_types, tells_illness, type_near
from casualties.events.mentions import read
from casualties.events.places import PlaceMention
from casualties.events.reading import Mention
from casualties.events.tokens import Sentence, may_tell, split, tokenise
from casualties.events.tolls import is_rate, toll_rule
from casualties.model import OUTCOMES, Event, EventKind, Evidence, Figure, Place, Victim

EXTRACTOR_VERSION = "1"


def extract_events(title: str | None, text: str, published: date | None) -> list[Event]:
    """The casualty events and tolls that an article tells, the main event first.

    Offsets of evidence are code points into the title or the text. No figure without its words in the evidence.
    """
    article = prepare(title, text, published)
    if article is None:
        return []
    drafts = assemble(article.reports, article.context)
    events = [_event(draft, article.sentences, article.context) for draft in drafts]
    return [replace(event, part_of=drafts.index(draft.part_of) if draft.part_of else None) for event, draft in zip(events, drafts, strict=True)]


@dataclass(slots=True)
class Prepared:
    """An article read up to its reports, before any decision of which tell of one event."""

    sentences: list[Sentence]
    reports: list[Report]
    context: Context


def prepare(title: str | None, text: str, published: date | None) -> Prepared | None:
    """Sentences, reports and context of an article; None where no sentence gives a figure."""
    sentences = split(title, text)
    found = [(s, mentions) for s in sentences if may_tell(s) and (mentions := read(tokenise(s)))]
    if not found:
        return None
    context = Context.of(title or "", text, published)
    reports = [report for sentence, mentions in found for report in _reports(sentence, mentions, context)]
    _give_causes(reports, sentences)
    return Prepared(sentences, reports, context)


def _give_causes(reports: list[Report], sentences: list[Sentence]) -> None:
    told: dict[int, bool] = {}

    def tells(index: int) -> bool:
        if index not in told:
            told[index] = 0 <= index < len(sentences) and bool(find_types(tokenise(sentences[index])))
        return told[index]

    for report in reports:
        at = report.sentence.index
        report.cause = report.type_own or tells(at) or tells(0) or tells(at - 1) or tells(at + 1)
        report.natural = tells_illness(report.sentence)


def _reports(sentence: Sentence, mentions: list[Mention], context: Context) -> list[Report]:
    reports = gather(mentions)
    types = find_types(sentence)
    for index, report in enumerate(reports):
        report.begin = reports[index - 1].end if index else 0
        report.end = reports[index + 1].first if index + 1 < len(reports) else len(sentence.low)
        own = " ".join(sentence.low[report.begin : report.end])
        report.when = context.date_of(report)
        report.toll = toll_rule(report, own, report.when)
        where = context.place_of(report)
        report.where = where.mention if where else None
        report.rate = is_rate(own)
        kind = type_near(types, report.begin, report.end, report.first)
        report.type, report.type_own = kind or "unknown", kind is not None
    return [r for r in reports if r.outcomes and not r.rate]


def _place(draft: Draft, sentences: list[Sentence], context: Context) -> Place | None:
    best: PlaceMention | None = None
    for report in draft.reports:
        here = report.where
        if here is not None and (best is None or context.contains(best, here)):
            best = here
    if best is None:
        best = _place_around(draft.reports[0], sentences, context)
    if best is not None:
        return best.place
    country = context.places.country
    return Place(name=None, country=country, precision="country") if country else None


def _place_around(report: Report, sentences: list[Sentence], context: Context) -> PlaceMention | None:
    """The last located place told before a report that has none, else the first told after."""
    at = report.sentence.index
    for sentence in [*reversed(sentences[max(0, at - 3) : at]), *sentences[at : at + 3]]:
        found = [m for m in context.places_in(sentence.field, sentence.start, sentence.end) if m.relation in ("in", "near", "over", "to", "of", "") and not m.is_dateline]
        if found:
            best = found[0]
            for mention in found:
                if context.contains(best, mention):
                    best = mention
            return best
    return None


def _event(draft: Draft, sentences: list[Sentence], context: Context) -> Event:
    figures = {outcome: _figure(choose(draft.figures[outcome])) for outcome in OUTCOMES if outcome in draft.figures}
    evidence = []
    for report in draft.reports:
        span = Evidence(field=report.sentence.field, start=report.sentence.start, end=report.sentence.end)
        if span not in evidence:
            evidence.append(span)
    kind = next((r.type for r in draft.reports if r.type_own), "unknown")
    return Event(
        kind=EventKind.TOLL if draft.toll else EventKind.EVENT,
        type=kind,
        place=_place(draft, sentences, context),
        date=when.span if (when := date_of(draft)) else None,
        victims=_victims(draft),
        confidence=0.5,
        evidence=tuple(evidence),
        **figures,
    )


def _figure(mention: Mention) -> Figure:
    return Figure(low=mention.low, best=mention.best, high=mention.high, basis=mention.basis, phrase=mention.sentence.phrase(mention.first, mention.last))


def _victims(draft: Draft) -> tuple[Victim, ...]:
    found: dict[tuple[str, str], Victim] = {}
    for report in draft.reports:
        for mention in report.mentions:
            for group, low, best, high in mention.groups:
                found.setdefault((mention.outcome, group), Victim(outcome=mention.outcome, group=group, low=low, best=best, high=high))
    return tuple(found.values())
