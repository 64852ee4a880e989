"""What tells whether a draft, as it stands among the others, is an event that an annotator would write down."""

import math
from statistics import fmean

from casualties.events.context import Context
from casualties.events.drafts import Chosen, Draft, Report, value
from casualties.events.features import Features, article_features
from casualties.events.relations import (
    YOUNG,
    capitals,
    date_relation,
    group_told,
    magnitude,
    place_relation,
)
from casualties.model import Basis, Figure

_BASES: dict[str | None, int] = {Basis.EXACT: 0, Basis.AT_LEAST: 1, Basis.APPROXIMATE: 2, Basis.VAGUE: 3}


def number_of(figure: Figure) -> int:
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), 0)


def own_features(draft: Draft, reports: list[Report], context: Context) -> Features:
    """What a draft is, whatever stands beside it."""
    told, chosen = draft.reports, draft.chosen
    outcome, (_, lead) = next(iter(chosen.items()))
    of_lead = next(r for r in told if any(m is lead for m in r.mentions))
    odds = fmean(r.odds for r in told)
    f: Features = article_features(reports, context) | {
        "bias": 1.0,
        "reports": math.log(len(told)),
        "toll": float(draft.toll),
        "title": float(draft.in_title),
        "first": min(told[0].sentence.index, 20) / 20,
        "noise_mean": fmean(1 - r.sure for r in told),
        "noise_most": max(1 - r.sure for r in told),
        "noise_least": min(1 - r.sure for r in told),
        "odds": odds,
        "odds_size": abs(odds),
        "kind_doubt": abs(odds) if (odds > 0) == draft.toll else -abs(odds),
        "outcomes": float(len(chosen)),
        "magnitude": magnitude(number_of(chosen[outcome][0])),
        "figure": float(min(number_of(chosen[outcome][0]), 6)),
        f"kind_{lead.kind}": 1.0,
        f"rule_{lead.rule.split()[0]}": 1.0,
        "other": float(lead.other),
        "definite": float(lead.definite),
        "of_whole": float(lead.of_whole),
        "group_told": float(group_told(lead, reports, of_lead)),
        "young": float(bool(lead.groups) and lead.groups[0][0] in YOUNG),
        "capitals": max((capitals(r) for r in told if not r.sentence.headline), default=0.0),
        "where": float(any(r.where is not None for r in told)),
        "when": float(any(r.when is not None for r in told)),
        "type": float(any(r.type_own for r in told)),
        "superseded": float(any(r.superseded for r in told)),
        "period": float(any(r.toll for r in told)),
        "sources": float(any(r.sources for r in told)),
        "means_known": float(any(r.means_known for r in told)),
        "means_new": float(any(r.means_new for r in told)),
        "titled": max(r.titled for r in told),
        "conflicting": float(any(figure.basis == Basis.CONFLICTING for figure, _ in chosen.values())),
    }
    for name, (figure, mention) in chosen.items():
        mentions = draft.figures[name]
        values = {value(m) for m in mentions if not m.weak}
        often = sum(value(m) == value(mention) for m in mentions)
        f[f"outcome_{name}"] = 1.0
        f[f"values_{name}"] = float(min(len(values), 4))
        f[f"share_{name}"] = often / len(mentions)
        f[f"times_{name}"] = float(min(often, 5))
        f[f"basis_{name}"] = float(_BASES.get(figure.basis, 4))
    for report in told:
        f[f"period_{report.toll or 'none'}"] = 1.0
        if report.when is not None:
            f[f"when_{report.when.kind}"] = 1.0
            f[f"when_{report.when.span.precision}"] = 1.0
    f["perfect"] = fmean(any(m.perfect for m in r.mentions) for r in told)
    f["thousands"] = float(number_of(chosen[outcome][0]) >= 1000)
    f["several_values"] = float(any(f[f"values_{name}"] > 1 for name in chosen))
    return f


def figures_beside(mine: Chosen, others: list[Chosen]) -> Features:
    """How a draft's figure stands to those of the other drafts: equal, larger, their sum, a part of a sum."""
    outcome = next(iter(mine))
    number = number_of(mine[outcome][0])
    beside = [number_of(other[outcome][0]) for other in others if outcome in other]
    in_sum = False
    for total in {n for n in beside if n > number}:
        rest = [*beside, number]
        rest.remove(total)
        in_sum = in_sum or _is_run(rest, total)
    return {
        "equal": float(beside.count(number)),
        "larger": float(min(sum(n > number for n in beside), 4)),
        "smaller": float(min(sum(n < number for n in beside), 4)),
        "is_sum": float(number > 3 and _is_run(beside, number)),
        "in_sum": float(in_sum),
    }


def _is_run(numbers: list[int], total: int) -> bool:
    return any(
        sum(numbers[first:last]) == total
        for first in range(len(numbers))
        for last in range(first + 2, min(first + 5, len(numbers)) + 1)
    )


def main_features(draft: Draft, main: Draft, context: Context) -> Features:
    """How a draft stands to the article's main one."""
    f: Features = {}
    mine, theirs = draft.chosen, main.chosen
    here, there = _located(draft), _located(main)
    f[f"main_place_{place_relation(here, there, context, guess=True)[0]}"] = 1.0
    f[f"main_date_{date_relation(_dated(draft), _dated(main))}"] = 1.0
    outcome = next(iter(mine))
    if outcome in theirs:
        a, b = number_of(mine[outcome][0]), number_of(theirs[outcome][0])
        f["main_ratio"] = magnitude(a) - magnitude(b)
        f["main_equal"] = float(a == b)
    f["main_distance"] = min(abs(draft.reports[0].sentence.index - main.reports[0].sentence.index), 12) / 12
    f["main_shared"] = float(bool(mine.keys() & theirs.keys()))
    return f


def _located(draft: Draft) -> Report:
    return next((r for r in draft.reports if r.where is not None), draft.reports[0])


def _dated(draft: Draft) -> Report:
    return next((r for r in draft.reports if r.when is not None), draft.reports[0])
