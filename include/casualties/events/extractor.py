"""From title and text to events: the cascade from tokens to assembled events."""

from datetime import date

from casualties.events.assembly import assemble, choose, gather, settle_shot
from casualties.events.drafts import Draft, Report
from casualties.events.means import find_types, type_near
from casualties.events.mentions import read
from casualties.events.reading import Mention
from casualties.events.tokens import Sentence, may_tell, split, tokenise
from casualties.events.tolls import is_rate, toll_rule
from casualties.model import OUTCOMES, Event, EventKind, Evidence, Figure, Victim

EXTRACTOR_VERSION = "1"


def extract_events(title: str | None, text: str, published: date | None) -> list[Event]:
    """The casualty events and tolls that an article tells, the main event first.

    Offsets of evidence are code points into the title or the text. No figure without its words in the evidence.
    """
    sentences = split(title, text)
    reports: list[Report] = []
    for sentence in sentences:
        if may_tell(sentence):
            reports.extend(_reports(tokenise(sentence)))
    return _events(assemble(reports))


def _reports(sentence: Sentence) -> list[Report]:
    mentions = read(sentence)
    if not mentions:
        return []
    reports = gather(mentions)
    types = find_types(sentence)
    for index, report in enumerate(reports):
        settle_shot(report)
        if not report.mentions:
            continue
        report.begin = reports[index - 1].end if index else 0
        report.end = reports[index + 1].first if index + 1 < len(reports) else len(sentence.low)
        own = " ".join(sentence.low[report.begin : report.end])
        report.toll = toll_rule(report, own)
        report.rate = is_rate(own)
        kind = type_near(types, report.begin, report.end, report.first)
        report.type, report.type_own = kind or "unknown", kind is not None
    return [r for r in reports if r.mentions and not r.rate]


def _events(drafts: list[Draft]) -> list[Event]:
    return [_event(draft) for draft in drafts]


def _event(draft: Draft) -> Event:
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
