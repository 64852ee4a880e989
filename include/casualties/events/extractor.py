"""From title and text to events: the cascade from tokens to assembled events."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from casualties.events.among import stand_alone
from casualties.events.assembly import assemble
from casualties.events.confidence import confidence
from casualties.events.context import Context
from casualties.events.culprits import add_culprits
from casualties.events.dates import dateline_date
from casualties.events.denials import add_denials
from casualties.events.doers import doers_of
from casualties.events.drafts import Draft, Report, value
from casualties.events.earlier import mark_earlier
from casualties.events.gathering import gather
from casualties.events.judge import Models
from casualties.events.means import find_types, taken_up, tells_illness, type_near, type_of
from casualties.events.mentions import is_teaser, read
from casualties.events.noise import BY_FORCE, leave_out
from casualties.events.place_clues import pointed_at
from casualties.events.relations import mark_groups
from casualties.events.scope import is_of_two_countries, place_hit, scope_of
from casualties.events.setting import date_of, last_place, place_of
from casualties.events.tokens import SHORT_NEWS, Sentence, may_tell, split, tokenise
from casualties.events.told import Mention
from casualties.events.tolls import is_cumulative, is_rate, share_period, toll_rule
from casualties.events.who import Who, decide, weigh
from casualties.events.who_judge import WhoJudges
from casualties.events.wording import note_words
from casualties.events.words import tables
from casualties.events.wounds import HURT_LATER, count_the_dead, leave_out_the_dead
from casualties.model import Event, EventKind, Evidence, Figure, Place, Scope, Victim

EXTRACTOR_VERSION = "4"
_LISTS_FROM = 0.4  # the share of a text before which a label of other stories is a part of the story
MOST_FIGURES = 400  # and figures in them: a text without sentence ends has dozens in a piece
_BRIEF = 1000  # characters; a shorter text is read whole, whatever its words
_LEAST = 0.25  # an event that is less likely to be right is left out
_STORY = 600  # characters; what is shorter is a headline with its summary, and may well tell of no event
MOST = 150  # sentences with figures that are read of one article; what has more is a table or a collection


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


def settle(article: "Prepared", judges: Models | None = None, who_judges: WhoJudges | None = None) -> list[Explanation]:
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
    found = []
    for index, draft in enumerate(drafts):
        explanation = _with_who(told[index], whos[index])
        whole = drafts.index(draft.part_of) if draft.part_of else None
        event = replace(explanation.event, part_of=whole)
        found.append(replace(explanation, event=event))
    events = [explanation.event for explanation in found]
    return [_scoped(replace(e, event=_inherit(e.event, events)), article) for e in found]


def _likely(drafts: list[Draft], context: Context) -> list[Draft]:
    """The drafts that are likely enough to be events, with those that they are parts of; of a story one at least."""
    sure = [draft for draft in drafts if confidence(draft) >= _LEAST]
    if not sure and drafts and context.length > _STORY:
        sure = [max(drafts, key=confidence)]
    return [draft for draft in drafts if draft in sure or any(d.part_of is draft for d in sure)]


def _scoped(explanation: Explanation, article: "Prepared") -> Explanation:
    event = explanation.event
    spans = {(span.field, span.start) for span in event.evidence}
    own = [s for s in article.sentences if (s.field, s.start) in spans]
    title = next((s for s in article.sentences if s.field == "title"), None)
    told = [s.text for s in own]
    after = [s.text for s in article.sentences if any(s.index == o.index + 1 for o in own)]
    own_first = [*own, *(s for s in article.sentences if s not in own)]
    found = [(s, m) for s in own_first for m in article.context.places_in(s.field, s.start, s.end)]
    doers = [m for s, m in found if s.text[: m.start - s.start].lower().endswith(" by ")]
    place = place_hit(event, [m for _, m in found], doers)
    clues = explanation.clues
    if place != event.place:
        clues = tuple(c for c in clues if c.slot != "place")
        clues += (_place_clue(place, "not the home of those who did it"),) if place else ()
    event = replace(event, place=place)
    scope = (
        Scope.SUMMARY
        if is_of_two_countries(event, found)
        else scope_of(event, title.text if title else "", told, after)
    )
    event = replace(event, scope=scope)
    return Explanation(event=event, clues=clues)


def _place_clue(place: Place, rule: str) -> Clue:
    value = place.gazetteer_name or place.name or place.country or ""
    return Clue(slot="place", value=value, words=place.name or "", rule=rule)


def _inherit(event: Event, events: list[Event]) -> Event:
    """A part has the sources and perpetrators of its whole where it tells none."""
    if event.part_of is None:
        return event
    whole = events[event.part_of]
    return replace(event, sources=event.sources or whole.sources, actors=event.actors or whole.actors)


@dataclass(slots=True)
class Prepared:
    """An article read up to its reports, before any decision of which tell of one event."""

    sentences: list[Sentence]
    reports: list[Report]
    context: Context
    asides: list[Report]  # reports that only tell of victim groups


def prepare(title: str | None, text: str, published: date | None) -> Prepared | None:
    """Sentences, reports and context of an article; None where no sentence gives a figure."""
    short = len(text) < _BRIEF
    if not (short or may_tell(text) or may_tell(title or "")) or not _is_english(text):
        return None
    sentences = split(title, text)
    end = _end_of_story(text)
    found: list[tuple[Sentence, list[Mention]]] = []
    told = 0
    for sentence in sentences:
        if short or may_tell(sentence.text):
            mentions = [m for m in read(tokenise(sentence)) if not is_teaser(m)]
            if sentence.field == "text":
                mentions = [m for m in mentions if sentence.starts[m.first] < end]
            if mentions:
                found.append((sentence, mentions))
                told += len(mentions)
        if len(found) >= MOST or told >= MOST_FIGURES:
            break
    if not found:
        return None
    published = _written(text, published)
    context = Context.of(title or "", text, published, _stretches([s.index for s, _ in found], sentences))
    reports = [report for sentence, mentions in found for report in _reports(sentence, mentions, context, title or "")]
    stand_alone(reports, short)
    leave_out_the_dead(reports)
    count_the_dead(reports, sentences)
    reports = [report for report in reports if report.mentions]
    _give_causes(reports, sentences)
    reports = [r for r in reports if (not r.natural or r.type_strength == 2) and not _is_replaced(r, reports)]
    reports = leave_out(reports, sentences)
    mark_groups(reports)
    for report in reports:
        if report.where is None:
            report.where = pointed_at(report, sentences, context)
        if report.where is None:
            report.around = last_place(report.sentence.index, sentences, context)
    note_words(reports, title or "", text)
    asides = [report for report in reports if not report.outcomes]
    return Prepared(sentences, [report for report in reports if report.outcomes], context, asides)


def _written(text: str, published: date | None) -> date | None:
    """The day that the words of a text count from: that of its dateline, unless that is yet to come."""
    printed = dateline_date(text, published)
    return printed if printed is not None and (published is None or printed <= published) else published


def _end_of_story(text: str) -> int:
    """Where the story ends: before the first label of a list of other stories, if that stands well into the text."""
    label = tables().other_stories.search(text, int(_LISTS_FROM * len(text)))
    return label.start() if label else len(text)


def _is_replaced(report: Report, reports: list[Report]) -> bool:
    """Whether an earlier count is told that the article itself replaces by a higher one."""
    if not report.superseded:
        return False
    for mention in report.mentions:
        others = (
            m for r in reports if r is not report and not r.superseded and (m := r.of(mention.outcome)) is not None
        )
        if any(value(other) > value(mention) for other in others):
            return True
    return False


def _is_english(text: str) -> bool:
    """Whether a text of some length holds enough of the commonest words of English."""
    words = text[:3000].lower().split()
    return len(words) < 40 or sum(word in tables().sets["common"] for word in words) > 0.08 * len(words)


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


def _stretches(told: list[int], sentences: list[Sentence]) -> list[tuple[int, int]]:
    """The stretches of the text around the sentences that tell of casualties: three before, three after."""
    found: list[tuple[int, int]] = []
    for index in told:
        around = [s for s in sentences[max(0, index - 3) : index + 4] if s.field == "text"]
        if not around:
            continue
        start, end = around[0].start, around[-1].end
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _give_causes(reports: list[Report], sentences: list[Sentence]) -> None:
    told: dict[int, bool] = {}

    def tells(index: int) -> bool:
        if index not in told:
            told[index] = 0 <= index < len(sentences) and bool(find_types(tokenise(sentences[index])))
        return told[index]

    opening = [tells_illness(tokenise(sentence)) for sentence in sentences[:5]]
    about = opening[0] or sum(opening) >= 3
    short = len(sentences) <= SHORT_NEWS and any(opening)
    for report in reports:
        at = report.sentence.index
        report.cause = report.type_own or tells(at) or tells(0) or tells(at - 1) or tells(at + 1)
        alone = short and all(value(m) == 1 for m in report.mentions)
        hurt = all(m.outcome == "injured" and m.rule not in HURT_LATER for m in report.mentions)
        ill = tells_illness(report.sentence) and not hurt and not _is_by_force(report)
        report.natural = about or alone or ill


def _is_by_force(report: Report) -> bool:
    """ "The war has killed 900 people and brought famine": whoever kills is no illness, whatever else is told."""
    return all(
        m.rule in BY_FORCE and m.subject is not None and not tells_illness(m.sentence, m.subject[0], m.trigger)
        for m in report.mentions
    )


def _reports(sentence: Sentence, mentions: list[Mention], context: Context, title: str) -> list[Report]:
    reports = gather(mentions)
    cues = tables().cues
    types = find_types(sentence)
    for index, report in enumerate(reports):
        report.begin = reports[index - 1].end if index else 0
        report.end = reports[index + 1].first if index + 1 < len(reports) else len(sentence.low)
        own = " ".join(sentence.low[report.begin : report.end])
        report.when = context.date_of(report)
        where = context.place_of(report)
        report.where = where.mention if where else None
        report.rate = is_rate(" ".join(sentence.words[report.begin : report.end]).lower())
        kind = type_near(sentence, types, report.begin, report.end, report.first)
        report.type, report.type_own = (kind[0] if kind else "unknown"), kind is not None
        report.means_told, report.means_known, report.means_new = taken_up(
            sentence, types, report.begin, max(report.end, report.last)
        )
        report.type_words, report.type_strength = kind[1:] if kind else ("", 0)
        report.toll = toll_rule(report, own, report.when, title)
        report.cumulative = is_cumulative(report, own)
        low = sentence.low[report.begin : report.last]
        report.cues = frozenset(cues[word] for word in low if word in cues)
        report.doers = doers_of(report, context)
        report.sources = [
            m.name for m in context.sources_in(sentence.field, sentence.start, sentence.end) if not m.relay
        ]
        mark_earlier(report, context.published)
    for one, following in pairwise(reports):
        share_period(one, following)
    return [r for r in reports if not r.rate]


def _event(draft: Draft, drafts: list[Draft], article: Prepared) -> Explanation:
    sentences, context = article.sentences, article.context
    chosen = {outcome: lead for outcome, (_, lead) in draft.chosen.items()}
    evidence = []
    for report in draft.reports:
        span = Evidence(field=report.sentence.field, start=report.sentence.start, end=report.sentence.end)
        if span not in evidence:
            evidence.append(span)
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
        **_figures(draft),
    )
    clues = [
        Clue(
            slot=outcome, value=str(event_figure(event, outcome)), words=m.sentence.phrase(m.first, m.last), rule=m.rule
        )
        for outcome, m in chosen.items()
    ]
    toll = next((r.toll for r in draft.reports if r.toll), "")
    clues.append(Clue(slot="kind", value=event.kind, words=toll, rule="period or war" if toll else "no period told"))
    clues.append(Clue(slot="type", value=kind, words=type_words, rule=type_rule))
    if place is not None:
        clues.append(_place_clue(place, place_rule))
    if when is not None:
        clues.append(Clue(slot="date", value=f"{when.start}..{when.end}", words=when.phrase or "", rule=when_rule))
    return Explanation(event=event, clues=tuple(clues))


def event_of(draft: Draft, drafts: list[Draft], article: Prepared) -> Event:
    """A draft as an event, without who did it, who says so and what it is a part of."""
    return _event(draft, drafts, article).event


def _with_who(explanation: Explanation, who: Who) -> Explanation:
    clues = [Clue(slot="actors", value=a.name, words=a.name, rule=f"{a.role}, {a.status}") for a in who.actors]
    clues += [Clue(slot="sources", value=s, words=s, rule="attribution") for s in who.sources]
    clues += [Clue(slot="denials", value=d.by, words=d.by, rule="denial") for d in who.denials]
    event = replace(explanation.event, actors=tuple(who.actors), sources=tuple(who.sources), denials=tuple(who.denials))
    return Explanation(event=event, clues=(*explanation.clues, *clues))


def _figures(draft: Draft) -> dict[str, Any]:
    return {outcome: figure for outcome, (figure, _) in draft.chosen.items()}


def event_figure(event: Event, outcome: str) -> str:
    """A figure in few signs: 59, 59+, -20, 10-15."""
    figure: Figure | None = getattr(event, outcome)
    if figure is None:
        return ""
    if figure.low is None:
        return f"-{figure.high}"
    if figure.high is None:
        return f"{figure.low}+"
    return str(figure.low) if figure.low == figure.high else f"{figure.low}-{figure.high}"


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
