"""From title and text to events: the cascade from tokens to assembled events."""

from dataclasses import dataclass, replace
from datetime import date

from casualties.events.assembly import assemble, choose
from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.gathering import gather
from casualties.events.means import find_types, tells_illness, type_near
from casualties.events.mentions import read
from casualties.events.reading import Mention
from casualties.events.setting import date_of, place_of
from casualties.events.tokens import Sentence, may_tell, split, tokenise
from casualties.events.tolls import is_rate, toll_rule
from casualties.events.who import actors_of, denials_of, sources_of
from casualties.model import OUTCOMES, Event, EventKind, Evidence, Figure, Victim

EXTRACTOR_VERSION = "1"


def extract_events(title: str | None, text: str, published: date | None) -> list[Event]:
    """The casualty events and tolls that an article tells, the main event first.

    Offsets of evidence are code points into the title or the text. No figure without its words in the evidence.
    """
    article = prepare(title, text, published)
    if article is None:
        return []
    drafts = assemble(article.reports, article.context)
    denials = denials_of(drafts, article.context)
    events = []
    for index, draft in enumerate(drafts):
        event = _event(draft, drafts, article.sentences, article.context)
        whole = drafts.index(draft.part_of) if draft.part_of else None
        events.append(replace(event, part_of=whole, denials=tuple(denials.get(index, ()))))
    return [event if event.sources or event.part_of is None else replace(event, sources=events[event.part_of].sources) for event in events]


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


def _event(draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context) -> Event:
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
        place=place_of(draft, drafts, sentences, context),
        date=date_of(draft, drafts, sentences, context),
        victims=_victims(draft),
        actors=tuple(actors_of(draft, kind, sentences, context)),
        sources=tuple(sources_of(draft, context)),
        confidence=0.5,
        evidence=tuple(evidence),
        **figures,
    )


def _figure(mention: Mention) -> Figure:
    return Figure(
        low=mention.low,
        best=mention.best,
        high=mention.high,
        basis=mention.basis,
        phrase=mention.sentence.phrase(mention.first, mention.last),
    )


def _victims(draft: Draft) -> tuple[Victim, ...]:
    found: dict[tuple[str, str], Victim] = {}
    for report in draft.reports:
        for mention in report.mentions:
            for group, low, best, high in mention.groups:
                found.setdefault(
                    (mention.outcome, group),
                    Victim(outcome=mention.outcome, group=group, low=low, best=best, high=high),
                )
    return tuple(found.values())
