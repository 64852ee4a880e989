"""Where and when of an event: what its own sentences say, else what stands around them."""

import re
from dataclasses import replace
from datetime import date

from casualties.events.context import Context
from casualties.events.date_roles import is_printed, is_since, of_hearing, of_statement
from casualties.events.date_rules import vocabulary
from casualties.events.date_windows import window
from casualties.events.dates import DateMention
from casualties.events.drafts import Draft, Report, value
from casualties.events.means import find_types
from casualties.events.place_choice import choose
from casualties.events.place_spans import words
from casualties.events.places import PlaceMention
from casualties.events.tokens import Sentence, tokenise
from casualties.events.tolls import lasted
from casualties.model import DateSpan, Place

_STARTED = re.compile(r"\b(?:since|began|begun|started|erupted|broke out|start of|beginning of|outbreak|evolved)\b")
_SHORT = ("day", "week")
_HAS = re.compile(r"\b(?:has|have)\b")
_LATER = re.compile(r"\b(?:days|weeks|months|years|a (?:day|week|month|year)) after\b")
_LOCATED = frozenset(("in", "near", "over", "to", "of", "between", ""))
_COARSE = frozenset(("country", "admin1", "admin2", None))
_SHARP = frozenset(("exact", "near", "admin2"))
_DOUBTFUL = 0.5  # a place less likely than this is known to its province only
_OF_A_COUNTRY = 10_000  # a toll of so many people without a place of its own is of no town
_LONG_AGO = 31  # days
_AROUND = 2  # sentences looked at on either side
_BEFORE = 3  # sentences back to an event whose day one without a day shares


def place_of(
    draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context
) -> tuple[Place | None, str]:
    """The place of an event, with the name of the rule that chose it.

    Rules choose one; the places told around it are then weighed against it. Where none of them is likely, the precision
    says that the point may be elsewhere in the province.
    """
    ruled, rule = ruled_place(draft, drafts, sentences, context)
    weighed = choose(ruled, draft, drafts, sentences, context)
    if weighed is None:
        return ruled, rule
    place, likely = weighed
    if place.precision in _SHARP and draft.toll and _people(draft) >= _OF_A_COUNTRY and not _has_own_place(draft):
        return ruled, rule
    if (outer := _around_all(place, sentences, context)) is not None:
        return outer, "the smallest area that holds the places told"
    if likely < _DOUBTFUL and place.precision in _SHARP:
        place = replace(place, precision="admin1")
    return place, rule if ruled is not None and ruled.name == place.name else "weighed against the places around"


def _around_all(place: Place, sentences: list[Sentence], context: Context) -> Place | None:
    """The smallest area told that holds a place which is only told as one of several: "in the A, B and C regions"."""
    told = [m for m in context.places.mentions if m.place == place and m.relation in _LOCATED]
    text = {field: [s for s in sentences if s.field == field] for field in {m.field for m in told}}
    for mention in told:
        home = next((s for s in text[mention.field] if s.start <= mention.start < s.end), None)
        if home is None or not words().one_of.match(home.text, mention.end - home.start):
            return None
    if not told:
        return None
    outer = context.container(told[0])
    return outer.place if outer is not None else Place(name=None, country=place.country, precision="country")


def ruled_place(
    draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context
) -> tuple[Place | None, str]:
    """The most specific place of an event, of its own sentences first; a toll without one is of the country."""
    best: PlaceMention | None = None
    rule = "in its own sentences"
    told = [r.where for r in sorted(draft.reports, key=lambda r: r.sentence.headline) if r.where is not None]
    for here in told:
        if best is None or (
            context.specificity(here) > context.specificity(best) and here.place.country == best.place.country
        ):
            best = here
    if draft.toll:
        if (
            best is None
            and draft.reports[0].toll != "war"
            and _people(draft) < _OF_A_COUNTRY
            and (before := last_place(draft.reports[0].sentence.index, sentences, context))
        ):
            return before.place, "told last before"
        return (best.place, rule) if best is not None else (_country(context), "country of the article")
    if best is None and draft.part_of is None:
        best, rule = last_place(draft.reports[0].sentence.index, sentences, context), "told last before"
    if best is None or best.place.precision in _COARSE or best.place.precision == "exact":
        closer = _closer(best, draft, drafts, sentences, context)
        rule = rule if closer is best else "a closer place told after"
        best = closer
    if (
        best is not None
        and context.is_listed(best)
        and (outer := context.container(best))
        and outer.place.precision != "country"
    ):
        return outer.place, "the smallest area that holds the places told"
    if best is not None:
        return best.place, rule
    if draft.part_of is not None:
        return ruled_place(draft.part_of, drafts, sentences, context)
    return _country(context), "country of the article"


def _has_own_place(draft: Draft) -> bool:
    return any(report.where is not None for report in draft.reports)


def _people(draft: Draft) -> int:
    return max((value(m) for told in draft.figures.values() for m in told), default=0)


def _country(context: Context) -> Place | None:
    code = context.places.country
    if code is None:
        return None
    for mention in context.places.mentions:
        if (
            mention.place.precision == "country"
            and mention.place.country == code
            and mention.name == mention.place.gazetteer_name
        ):
            return mention.place
    return Place(name=None, country=code, precision="country")


def _usable(sentence: Sentence, context: Context) -> list[PlaceMention]:
    told = context.sources_in(sentence.field, sentence.start, sentence.end)
    return [
        m
        for m in context.places_in(sentence.field, sentence.start, sentence.end)
        if m.relation in _LOCATED
        and not m.is_dateline
        and not any(s.start <= m.start < s.end for s in told)
        and not any(
            a.start <= m.start < a.end and a.deed for a in context.actors_in(sentence.field, m.start - 40, m.end)
        )
    ]


def last_place(at: int, sentences: list[Sentence], context: Context) -> PlaceMention | None:
    """The place told last before a sentence."""
    for sentence in reversed(sentences[max(0, at - 3) : at]):
        found = _usable(sentence, context)
        if found:
            best = found[0]
            for mention in found:
                if context.contains(best, mention):
                    best = mention
            return best
    return None


def _closer(
    best: PlaceMention | None, draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context
) -> PlaceMention | None:
    """A place inside the one found, named in the sentences after the event's first ones and before another event's."""
    taken = {r.sentence.index for d in drafts if d is not draft for r in d.reports}
    own = {r.sentence.index for r in draft.reports}
    for start in sorted(own)[:3]:
        for index in range(start + 1, min(start + 1 + _AROUND, len(sentences))):
            if index in taken:
                break
            if index in own:
                continue
            for mention in _usable(sentences[index], context):
                if mention.relation in ("in", "near", "over", "to", "of") and (
                    best is None or context.contains(best, mention)
                ):
                    return mention
    return best


# ---------------------------------------------------------------- dates


def date_of(
    draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context
) -> tuple[DateSpan | None, str]:
    """When an event was, or the period of a toll, with the name of the rule that chose it."""
    told = [r for r in draft.reports if r.when is not None]
    if draft.toll:
        own = next((r.when for r in told), None)
        return _period(draft, own, sentences, context), "period of the toll"
    for report in told:
        if (
            report.when is not None
            and report.when.kind not in ("since", "so_far")
            and not is_since(report.sentence, report.when)
            and not _of_a_later_event(report)
        ) and (draft.part_of is None or report.when.span.precision == "day"):
            return report.when.span, "in its own sentences"
    if draft.part_of is not None:
        return date_of(draft.part_of, drafts, sentences, context)
    return (
        _around(draft, drafts, sentences, context) or _of_parts(draft, drafts) or _before(draft, drafts),
        "shared with what is told around it",
    )


def _of_a_later_event(report: Report) -> bool:
    """Whether the day told is of what came after: "shook the coast on Friday, days after 900 died in another"."""
    if report.when is None or report.when.end > report.sentence.starts[report.first]:
        return False
    between = report.sentence.text[
        report.when.end - report.sentence.start : report.sentence.starts[report.first] - report.sentence.start
    ]
    return _LATER.search(between) is not None


def _period(draft: Draft, own: DateMention | None, sentences: list[Sentence], context: Context) -> DateSpan | None:
    if own is None:
        at = draft.reports[0].sentence.index
        for index in (at + 1, at - 1, at + 2, at - 2):
            if 0 < index < len(sentences):
                near = sentences[index]
                if _STARTED.search(near.text.lower()):
                    found = [
                        m
                        for m in context.dates_in(near.field, near.start, near.end)
                        if m.span.precision in ("month", "year", "period")
                    ]
                    if found:
                        return _until(found[0].span, context.published)
        return _of_length(draft.reports[0], context.published)
    text = draft.reports[0].sentence.text.lower()
    if own.kind in ("point", "relative") and (_STARTED.search(text) or is_since(draft.reports[0].sentence, own)):
        return _until(own.span, context.published)
    return own.span


def _of_length(report: Report, published: date | None) -> DateSpan | None:
    """The stretch up to publication over which a toll has been counted: "six days of clashes have killed 90"."""
    text = " ".join(report.sentence.low[report.begin : report.end])
    told = lasted(text)
    if told is None or published is None or not _HAS.search(text) or (told.adjective and told.unit not in _SHORT):
        return None  # a "20-month war" is told in round numbers, and so is none that says since when
    found = window(0, 0, told.unit, told.number, published)
    if found is None:
        return None
    return DateSpan(start=found.start, end=found.end, precision=found.precision, phrase=told.words)


def _until(span: DateSpan, published: date | None) -> DateSpan:
    if published is None or published < span.start:
        return span
    return replace(span, end=published, precision="period")


def _around(draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context) -> DateSpan | None:
    """The date of the sentences around those that tell of an event, no other event being told in them."""
    taken = {r.sentence.index for d in drafts if d is not draft for r in d.reports}
    hearings = vocabulary()["words"]["hearings"]
    judged = any(word in hearings for report in draft.reports for word in report.sentence.low)
    for report in draft.reports[:2]:
        at = report.sentence.index
        for index in (*range(at + 1, at + 1 + _AROUND), at - 1, at - 2, at - 3):
            if not 0 <= index < len(sentences) or index in taken:
                continue
            near = tokenise(sentences[index])
            kinds = {kind for _, _, kind, _ in find_types(near)}
            if report.type_strength > 1 and report.type not in kinds:
                kinds = set()  # the clash of Monday is not the crash told some sentences after it
            if index < at - 1 and not kinds:
                continue
            for mention in context.dates_in(near.field, near.start, near.end):
                if (
                    mention.kind in ("point", "relative")
                    and (
                        (mention.span.end - mention.span.start).days <= 1
                        or _is_past(mention, judged, context)
                        or (index == at - 1 and mention.span.precision == "month" and kinds)
                    )
                    and not mention.aftermath
                    and not of_statement(near, mention)
                    and not is_printed(near, mention)
                    and not of_hearing(near, mention)
                ):
                    return mention.span
    return None


def _is_past(mention: DateMention, judged: bool, context: Context) -> bool:
    """Whether a month or a year is that of a deed which is judged or remembered now."""
    return judged and context.published is not None and (context.published - mention.span.end).days > _LONG_AGO


def _own_day(draft: Draft) -> DateSpan | None:
    told = next((r.when for r in draft.reports if r.when is not None), None)
    return told.span if told is not None and told.span.precision == "day" else None


def _of_parts(draft: Draft, drafts: list[Draft]) -> DateSpan | None:
    """The days over which the parts of an event are told to have been."""
    days = [day for d in drafts if d.part_of is draft and (day := _own_day(d)) is not None]
    if not days:
        return None
    first, last = min(days, key=lambda day: day.start), max(days, key=lambda day: day.end)
    return first if (last.end - first.start).days <= 1 else None


def _before(draft: Draft, drafts: list[Draft]) -> DateSpan | None:
    """The day of the event told right before."""
    at = draft.reports[0].sentence.index
    told = [
        (r.sentence.index, d)
        for d in drafts
        if d is not draft and not d.toll
        for r in d.reports
        if r.sentence.index <= at
    ]
    if not told:
        return None
    index, neighbour = max(told, key=lambda pair: pair[0])
    if at - index > _BEFORE:
        return None
    if (day := _own_day(neighbour)) is None and neighbour.part_of not in (None, draft):
        day = _own_day(neighbour.part_of)
    if day is None and neighbour.reports[0].sentence.index < at:
        return _before(neighbour, drafts)
    return day
