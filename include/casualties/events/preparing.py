"""From title and text to reports: which sentences tell figures, and what is told around each of them."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casualties.events.among import stand_alone
from casualties.events.context import Context
from casualties.events.dates import dateline_date
from casualties.events.doers import doers_of
from casualties.events.drafts import Report, value
from casualties.events.earlier import mark_earlier
from casualties.events.gathering import gather
from casualties.events.means import Means, find_types, taken_up, tells_illness, type_near
from casualties.events.mentions import is_teaser, read
from casualties.events.noise import BY_FORCE, leave_out
from casualties.events.place_clues import pointed_at
from casualties.events.relations import mark_groups
from casualties.events.setting import last_place
from casualties.events.tokens import SHORT_NEWS, Sentence, may_tell, split, tokenise
from casualties.events.told import Mention
from casualties.events.tolls import is_cumulative, is_rate, share_period, toll_rule
from casualties.events.wording import note_words
from casualties.events.words import tables
from casualties.events.wounds import HURT_LATER, count_the_dead, leave_out_the_dead

_MOST_SENTENCES = 150  # with figures that are read of one article; what has more is a table or a collection
_MOST_FIGURES = 400  # in them: a text without sentence ends has dozens in a piece
_BRIEF = 1000  # characters; a shorter text is read whole, whatever its words
_LISTS_FROM = 0.4  # the share of a text before which a label of other stories is a part of the story
_AROUND = 3  # sentences before and after one with a figure in which dates, actors and sources are looked for
_ENGLISH = 0.08  # the share of the commonest words that a text in English has at least
_A_FEW_WORDS = 40  # of which that share says nothing


@dataclass(slots=True)
class Prepared:
    """An article read up to its reports, before any decision of which tell of one event."""

    sentences: list[Sentence]
    reports: list[Report]
    context: Context
    asides: list[Report]  # reports that only tell of victim groups


def prepare(title: str | None, text: str, published: date | None) -> Prepared | None:
    """Sentences, reports and context of an article; None where no sentence gives a figure."""
    short, title = len(text) < _BRIEF, title or ""
    if not (short or may_tell(text) or may_tell(title)) or not _is_english(text):
        return None
    sentences = split(title, text)
    told = _figures(sentences, _end_of_story(text), read_all=short)
    if not told:
        return None
    stretches = _stretches([sentence.index for sentence, _ in told], sentences)
    context = Context.of(title, text, _written(text, published), stretches)
    reports = [report for sentence, mentions in told for report in _reports(sentence, mentions, context, title)]
    stand_alone(reports, short)
    leave_out_the_dead(reports)
    count_the_dead(reports, sentences)
    reports = [report for report in reports if report.mentions]
    _give_causes(reports, sentences)
    reports = [r for r in reports if (not r.natural or r.type_strength == 2) and not _is_replaced(r, reports)]
    reports = leave_out(reports, sentences)
    mark_groups(reports)
    _place(reports, sentences, context)
    note_words(reports, title, text)
    asides = [report for report in reports if not report.outcomes]
    return Prepared(sentences, [report for report in reports if report.outcomes], context, asides)


def _figures(sentences: list[Sentence], end: int, read_all: bool) -> list[tuple[Sentence, list[Mention]]]:
    """The sentences that tell figures, and these, up to the end of the story."""
    found: list[tuple[Sentence, list[Mention]]] = []
    told = 0
    for sentence in sentences:
        if read_all or may_tell(sentence.text):
            mentions = [m for m in read(tokenise(sentence)) if not is_teaser(m)]
            if sentence.field == "text":
                mentions = [m for m in mentions if sentence.starts[m.first] < end]
            if mentions:
                found.append((sentence, mentions))
                told += len(mentions)
        if len(found) >= _MOST_SENTENCES or told >= _MOST_FIGURES:
            break
    return found


def _place(reports: list[Report], sentences: list[Sentence], context: Context) -> None:
    """Where reports happened whose own stretch tells no place: what their clause points at, or where we were last."""
    for report in reports:
        if report.where is None:
            report.where = pointed_at(report, sentences, context)
        if report.where is None:
            report.around = last_place(report.sentence.index, sentences, context)


def _is_english(text: str) -> bool:
    """Whether a text of some length holds enough of the commonest words of English."""
    words = text[:3000].lower().split()
    return len(words) < _A_FEW_WORDS or sum(word in tables().sets["common"] for word in words) > _ENGLISH * len(words)


def _written(text: str, published: date | None) -> date | None:
    """The day that the words of a text count from: that of its dateline, unless that is yet to come."""
    printed = dateline_date(text, published)
    return printed if printed is not None and (published is None or printed <= published) else published


def _end_of_story(text: str) -> int:
    """Where the story ends: before the first label of a list of other stories, if that stands well into the text."""
    label = tables().other_stories.search(text, int(_LISTS_FROM * len(text)))
    return label.start() if label else len(text)


def _stretches(told: list[int], sentences: list[Sentence]) -> list[tuple[int, int]]:
    """The stretches of the text around the sentences that tell of casualties."""
    found: list[tuple[int, int]] = []
    for index in told:
        around = [s for s in sentences[max(0, index - _AROUND) : index + _AROUND + 1] if s.field == "text"]
        if not around:
            continue
        start, end = around[0].start, around[-1].end
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _reports(sentence: Sentence, mentions: list[Mention], context: Context, title: str) -> list[Report]:
    """What a sentence tells of each event: the figures that go together, with what its own stretch says of them."""
    reports = gather(mentions)
    types = find_types(sentence)
    for index, report in enumerate(reports):
        report.begin = reports[index - 1].end if index else 0
        report.end = reports[index + 1].first if index + 1 < len(reports) else len(sentence.low)
        report.when = context.date_of(report)
        where = context.place_of(report)
        report.where = where.mention if where else None
        _tell_means(report, types)
        _tell_kind(report, title)
        cues = tables().cues
        report.cues = frozenset(cues[word] for word in sentence.low[report.begin : report.last] if word in cues)
        report.doers = doers_of(report, context)
        told = context.sources_in(sentence.field, sentence.start, sentence.end)
        report.sources = [source.name for source in told if not source.relay]
        mark_earlier(report, context.published)
    for one, following in pairwise(reports):
        share_period(one, following)
    return [report for report in reports if not report.rate]


def _tell_means(report: Report, types: list[Means]) -> None:
    kind = type_near(report.sentence, types, report.begin, report.end, report.first)
    report.type_own = kind is not None
    report.type, report.type_words, report.type_strength = kind or ("unknown", "", 0)
    report.means_told, report.means_known, report.means_new = taken_up(
        report.sentence, types, report.begin, max(report.end, report.last)
    )


def _tell_kind(report: Report, title: str) -> None:
    """Whether a report's figures are a rate, a toll, or of more than one event."""
    own = report.sentence.low[report.begin : report.end]
    report.rate = is_rate(" ".join(report.sentence.words[report.begin : report.end]).lower())
    report.toll = toll_rule(report, " ".join(own), report.when, title)
    report.cumulative = is_cumulative(report, " ".join(own))


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


def _is_replaced(report: Report, reports: list[Report]) -> bool:
    """Whether an earlier count is told that the article itself replaces by a higher one."""
    current = [r for r in reports if r is not report and not r.superseded]
    return report.superseded and any(
        (newer := other.of(mention.outcome)) is not None and value(newer) > value(mention)
        for mention in report.mentions
        for other in current
    )
