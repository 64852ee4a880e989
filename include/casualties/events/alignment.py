"""Which annotated event a report tells of: what the learned decisions are fitted on."""

from typing import Any

from casualties.events.drafts import Report, value
from casualties.events.relations import YOUNG
from casualties.events.told import Mention
from casualties.model import Basis

Gold = list[dict[str, Any]]


def align(report: Report, events: Gold) -> int | None:
    """The annotated event that a report tells of, by figures, sentence and place; None for noise."""
    best, chosen = 0.0, None
    sentence = report.sentence.text.strip()
    for index, event in enumerate(events):
        score = 0.0
        for mention in report.mentions:
            if mention.breakdown:
                continue
            want = event.get(mention.outcome)
            if want is None or want == [None, None]:
                score -= 1.0
            elif _equals(mention, want):
                score += 4.0 + (mention.low is None or mention.low > 2)
            elif _roughly(mention, want):
                score += 1.7
            else:
                score -= 2.0
        if score <= 0:
            continue
        evidence = (event.get("evidence") or "").strip()
        if evidence and (evidence in sentence or sentence in evidence or evidence[:60] in sentence):
            score += 2.0
        place = event.get("place")
        if place and report.where is not None:
            score += (
                1.5
                if place.lower() in report.where.name.lower() or report.where.name.lower() in place.lower()
                else -0.7
            )
        if (event["kind"] == "toll") == bool(report.toll):
            score += 0.7
        when = event.get("date")
        if when and report.when is not None:
            score += 1.0 if str(report.when.span.start) <= when[1] and when[0] <= str(report.when.span.end) else -0.5
        if score > best:
            best, chosen = score, index
    return chosen if chosen is not None else _rival(report, events)


def _rival(report: Report, events: Gold) -> int | None:
    """The first event for a headline or a lead whose number later text replaces."""
    if report.sentence.index > 3 or report.toll:
        return None
    for mention in report.mentions:
        if (
            mention.breakdown
            or mention.kind not in ("count", "bare")
            or (mention.groups[:1] and mention.groups[0][0] in YOUNG)
        ):
            continue
        for index, event in enumerate(events):
            want = event.get(mention.outcome)
            number = want and (want[0] if want[0] is not None else want[1])
            whole = event["kind"] == "event" and event.get("part_of") is None
            if whole and number and number > 3 and 0.5 <= value(mention) / number <= 2.5:
                return index
    return None


def _equals(mention: Mention, want: list[int | None]) -> bool:
    told = {mention.low, mention.best, mention.high} - {None}
    if mention.basis == Basis.VAGUE:
        return mention.low == want[0]
    return bool(told & set(want))


def _roughly(mention: Mention, want: list[int | None]) -> bool:
    """A rounding, a vaguer word, or a rival within the annotated range."""
    low, high = want
    number = value(mention)
    if low is not None and high is not None and low < number < high:
        return True
    if low is not None and high is None and low < number <= 2 * low and mention.basis == Basis.AT_LEAST:
        return True
    exact = low if low is not None else high
    if exact is None:
        return False
    if mention.basis == Basis.VAGUE:
        return mention.low is not None and mention.low <= exact < 10 * mention.low
    return (
        mention.basis in (Basis.APPROXIMATE, Basis.AT_LEAST)
        and number % 5 == 0
        and 0.85 * exact <= number <= 1.1 * exact
    )


def relation(later: int | None, earlier: int | None, events: Gold) -> str:
    if later == earlier:
        return "same"
    if later is not None and events[later].get("part_of") == earlier:
        return "part"
    if earlier is not None and events[earlier].get("part_of") == later:
        return "whole"
    return "other"
