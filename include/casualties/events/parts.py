"""Which events of an article are parts of others: whose figure another event's already includes."""

import math

from casualties.events.draft_features import number_of
from casualties.events.drafts import Draft, value
from casualties.events.features import Features
from casualties.events.relations import date_relation, magnitude, place_relation
from casualties.events.weighing import Cluster, Table, weight
from casualties.events.words import INCLUDE
from casualties.model import Basis

_LIKELY = 0.4
_SUMMED = 8  # addends of a sum, at most


def find_parts(drafts: list[Draft], table: Table) -> None:
    """Give each event that is likely a part the event that most likely includes it."""
    judge = table.judges["part"]
    events = [d for d in drafts if not d.toll]
    main = max(events, key=weight, default=None)
    told = [
        (judge.probabilities(part_features(draft, whole, main, events, table))["part"], -i, -j)
        for i, draft in enumerate(events)
        for j, whole in enumerate(events)
        if may_include(whole, draft)
    ]
    for likely, i, j in sorted(told, reverse=True):
        draft, whole = events[-i], events[-j]
        if likely > _LIKELY and draft.part_of is None and not _is_within(whole, draft):
            draft.part_of = whole


def _is_within(one: Draft, other: Draft) -> bool:
    """Whether one is a part of another, or a part of its parts."""
    above = one
    while above.part_of is not None:
        above = above.part_of
        if above is other:
            return True
    return False


def may_include(whole: Draft, part: Draft) -> bool:
    """No part is larger than its whole."""
    shared = part.figures.keys() & whole.figures.keys()
    return part is not whole and bool(shared) and all(_size(part, o) <= _size(whole, o) for o in shared)


def _size(draft: Draft, outcome: str) -> int:
    """The figure of an outcome, the first number told: a vague word gives way to a number, a name to a count."""
    mentions = draft.figures[outcome]
    strong = [m for m in mentions if not m.weak] or mentions
    return value(next((m for m in strong if m.basis != Basis.VAGUE), strong[0]))


def part_features(draft: Draft, whole: Draft, main: Draft | None, events: list[Draft], table: Table) -> Features:
    """What tells whether an event is a part of another, as they stand among the events of their article.

    ``main`` is the one of them that the article is about.
    """
    context = table.context
    outcome = next(o for o in draft.chosen if o in whole.chosen)
    mine, theirs = draft.chosen[outcome], whole.chosen[outcome]
    small, large = number_of(mine[0]), number_of(theirs[0])
    likeness = table.beside(Cluster(draft.members, draft.toll), Cluster(whole.members, whole.toll))
    here, there = draft.reports[0], whole.reports[0]
    first, second = min(r.sentence.index for r in draft.reports), min(r.sentence.index for r in whole.reports)
    f: Features = {
        "bias": 1.0,
        "own": draft.own,
        "right": draft.right,
        "share": draft.own / max(draft.right, 1e-3),
        "whole_own": whole.own,
        "likely_part": likeness.part,
        "likely_whole": likeness.whole,
        "likely_same": likeness.same,
        "most_same": likeness.most,
        "ratio": small / max(large, 1),
        "log_ratio": magnitude(small) - magnitude(large),
        "equal": float(small == large),
        "small": float(min(small, 10)),
        "large": magnitude(large),
        "events": float(min(len(events), 8)),
        "stated": float(_is_stated(draft, whole)),
        "main": float(whole is main),
        "title": float(draft.in_title),
        "whole_title": float(whole.in_title),
        "after": float(first >= second),
        "distance": max(-6, min(first - second, 12)) / 12,
        "same_sentence": float(any(a.sentence is b.sentence for a in draft.reports for b in whole.reports)),
        "of_whole": float(mine[1].of_whole),
        "other": float(mine[1].other),
        "definite": float(mine[1].definite),
        "period": float(bool(there.toll)),
        "several": float(any("series" in r.cues for r in whole.reports)),
        "basis_open": float(mine[0].basis == Basis.AT_LEAST),
        "whole_open": float(theirs[0].basis == Basis.AT_LEAST),
        "vague": float(mine[0].basis == Basis.VAGUE),
        "whole_vague": float(theirs[0].basis == Basis.VAGUE),
        f"kind_{mine[1].kind}": 1.0,
        f"rule_{mine[1].rule.split()[0]}": 1.0,
        f"whole_rule_{theirs[1].rule.split()[0]}": 1.0,
        "source_same": float(bool(set(here.sources) & set(there.sources))),
        "source": float(bool(here.sources)),
        "type_same": float(here.type_own and there.type_own and here.type == there.type),
        "type_apart": float(here.type_own and there.type_own and here.type != there.type),
        "doers_same": float(bool(here.doers & there.doers)),
        "doers_apart": float(bool(here.doers) and bool(there.doers) and not here.doers & there.doers),
        "victims_same": float(likeness.victims),
    }
    for cue in here.cues:
        f[f"cue_{cue}"] = 1.0
    for cue in there.cues:
        f[f"whole_cue_{cue}"] = 1.0
    one, two = ({n for n, *_ in m.groups[:1]} for _, m in (mine, theirs))
    f["groups_apart"] = float(bool(one and two) and not one & two)
    placed = next((r for r in draft.reports if r.where), here), next((r for r in whole.reports if r.where), there)
    dated = next((r for r in draft.reports if r.when), here), next((r for r in whole.reports if r.when), there)
    f[f"place_{place_relation(*placed, context)[0]}"] = 1.0
    f[f"around_{place_relation(*placed, context, guess=True)[0]}"] = 1.0
    f[f"date_{date_relation(*dated)}"] = 1.0
    return f | _sums(draft, whole, outcome, events)


def _sums(draft: Draft, whole: Draft, outcome: str, events: list[Draft]) -> Features:
    """Whether the figures of events told one after another, this one among them, make up that of the whole."""
    large = number_of(whole.chosen[outcome][0])
    beside = [d for d in events if d is not whole and outcome in d.chosen]
    beside.sort(key=lambda d: d.reports[0].sentence.index)
    told = [number_of(d.chosen[outcome][0]) for d in beside]
    at = beside.index(draft)
    exact = near = False
    for first in range(max(0, at - _SUMMED), at + 1):
        for last in range(max(at, first + 1), min(len(told), first + _SUMMED)):
            total = sum(told[first : last + 1])
            exact = exact or total == large
            near = near or 0.9 * large <= total < large
    alike = sum(n <= large for n in told)
    return {
        "sum": float(exact),
        "sum_near": float(near),
        "sum_all": float(sum(told) == large and len(told) > 1),
        "sum_over": math.log((sum(told) + 1) / (large + 1)),
        "candidates": float(min(alike, 6)),
        "running": float(large == number_of(draft.chosen[outcome][0]) + sum(told[:at])),
    }


def _is_stated(draft: Draft, whole: Draft) -> bool:
    """Whether a sentence says that the whole includes it: "killed 18, including eight in X", "ten of them in X"."""
    for report in draft.reports:
        sentence = report.sentence
        for mention in report.mentions:
            including = any(bits & INCLUDE for bits in sentence.bits[max(0, mention.first - 2) : mention.first])
            some = mention.rule == "gapping" and "of" in sentence.low[mention.first : mention.last]
            if including or some:
                told = [m for r in whole.reports if r.sentence is sentence for m in r.mentions]
                if any(m.outcome == mention.outcome and m.last <= mention.first for m in told):
                    return True
    return False
