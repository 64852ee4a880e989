"""From reports to events: which reports tell of one event, which of a part of it, which of a toll."""

from dataclasses import dataclass

from casualties.events.context import Context
from casualties.events.dates import DateMention
from casualties.events.drafts import Draft, Report, compatible, value
from casualties.events.reading import Mention
from casualties.model import Basis


@dataclass(slots=True)
class Likeness:
    """How a report stands to a draft, before any decision."""

    equal: int = 0  # outcomes with the same figure, of a figure that says something (3 and more)
    equal_small: int = 0
    close: int = 0  # vaguer or rounded forms of each other
    less: int = 0
    more: int = 0
    fresh: int = 0  # outcomes that only the report has
    place: str = "unknown"  # same | inside | around | apart | unknown
    date: str = "unknown"  # same | apart | unknown
    type: str = "unknown"  # same | apart | unknown
    distance: int = 0  # sentences since the draft's last report


def likeness(draft: Draft, report: Report, context: Context) -> Likeness:
    found = Likeness()
    for mention in report.mentions:
        if mention.breakdown:
            continue
        known = draft.figures.get(mention.outcome)
        if not known:
            found.fresh += 1
        elif any((mention.low, mention.high) == (o.low, o.high) or mention.best is not None and mention.best == o.best for o in known):
            if value(mention) > 2:
                found.equal += 1
            else:
                found.equal_small += 1
        elif any(compatible(mention, o) for o in known):
            found.close += 1
        elif value(mention) < max(value(o) for o in known):
            found.less += 1
        else:
            found.more += 1
    found.place = place_relation(draft, report, context)
    found.date = date_relation(draft, report)
    kinds = {r.type for r in draft.reports if r.type_own}
    if kinds and report.type_own:
        found.type = "same" if report.type in kinds else "apart"
    found.distance = report.sentence.index - max(r.sentence.index for r in draft.reports)
    return found


def place_relation(draft: Draft, report: Report, context: Context) -> str:
    here = report.where
    if here is None:
        return "unknown"
    relations = set()
    for other in draft.reports:
        there = other.where
        if there is None:
            continue
        if context.same_place(here, there):
            return "same"
        if context.contains(there, here):
            relations.add("inside")
        elif context.contains(here, there):
            relations.add("around")
        else:
            relations.add("apart")
    for relation in ("inside", "around", "apart"):
        if relation in relations:
            return relation
    return "unknown"


def date_relation(draft: Draft, report: Report) -> str:
    if report.when is None:
        return "unknown"
    told = [r.when.span for r in draft.reports if r.when is not None]
    if not told:
        return "unknown"
    span = report.when.span
    return "same" if any(span.start <= t.end and t.start <= span.end for t in told) else "apart"


def score_same(found: Likeness, draft: Draft, report: Report) -> float:
    """How strongly a report tells of the draft's event; above 0 it joins."""
    score = 2.4 * found.equal + 1.0 * found.equal_small + 1.4 * found.close - 2.0 * found.less - 2.2 * found.more + 0.5 * found.fresh
    score += {"same": 0.9, "inside": 0.2, "around": 0.4, "apart": -2.4, "unknown": 0.0}[found.place]
    score += {"same": 0.6, "apart": -2.5, "unknown": 0.0}[found.date]
    score += {"same": 0.3, "apart": -0.8, "unknown": 0.0}[found.type]
    score -= 0.06 * min(found.distance, 10)
    if report.separate:
        score -= 0.8
    if report.weak or all(m.definite for m in report.mentions if not m.breakdown):
        score += 0.7
    return score


def assemble(reports: list[Report], context: Context) -> list[Draft]:
    """Gather reports, in the order of the article, into drafts."""
    drafts: list[Draft] = []
    for report in reports:
        if not report.outcomes:
            if drafts:
                drafts[-1].reports.append(report)
            continue
        best, chosen = 0.0, None
        for draft in drafts:
            if draft.toll != bool(report.toll):
                continue
            score = score_same(likeness(draft, report, context), draft, report)
            if score > best:
                best, chosen = score, draft
        if chosen is not None:
            chosen.add(report)
            continue
        if report.weak and any(not d.toll and d.figures.get(o) for d in drafts for o in report.outcomes):
            continue
        draft = Draft(toll=bool(report.toll))
        draft.add(report)
        drafts.append(draft)
    return drafts


def choose(mentions: list[Mention]) -> Mention:
    """The mention whose figure an event takes: a vague word gives way to a number, a name to a count."""
    strong = [m for m in mentions if not m.weak] or mentions
    exact = [m for m in strong if m.basis != Basis.VAGUE] or strong
    return exact[0]


def date_of(draft: Draft) -> DateMention | None:
    return next((r.when for r in draft.reports if r.when is not None), None)
