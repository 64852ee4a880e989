"""One figure from many reports: whose count, what range, and whether the sources disagree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from casualties.model import OUTCOMES, Basis, EventReport, Figure

# Reports this close to the latest one count as telling of the same state of knowledge.
_SAME_TIME = timedelta(hours=24)
# A higher number is a rising toll, not a disagreement, when it is told this much later or is only so much higher.
_TIME_TO_RISE = timedelta(hours=6)
_STEP = 1.5
_TWICE = 2
_FEWER = 5  # what is a fifth of the number told before is another's part, not a correction


def independent(reports: Sequence[EventReport]) -> list[EventReport]:
    """The reports without copies, oldest first as given: of each text one, the original where it is there.

    A later copy that tells more than the original is that source's update, taken into a story that was reprinted: it is
    kept with the higher figures alone, as a report of the original's publisher. One that tells fewer repeats an older
    version; corrections come with the original itself.
    """
    originals = {r.article_id for r in reports if r.copy_of is None}
    kept: list[EventReport] = []
    speaker: dict[str, EventReport] = {}  # by the article that is copied
    for report in reports:
        if report.copy_of is None:
            kept.append(report)
            speaker[report.article_id] = report
        elif report.copy_of in speaker:
            if higher := _higher_figures(speaker[report.copy_of], report):
                figures: dict[str, Any] = dict.fromkeys(OUTCOMES) | higher
                kept.append(replace(report, publisher=speaker[report.copy_of].publisher, **figures))
                speaker[report.copy_of] = replace(speaker[report.copy_of], **higher)
        elif report.copy_of not in originals:
            kept.append(report)
            speaker[report.copy_of] = report
    return kept


def _higher_figures(original: EventReport, copy: EventReport) -> dict[str, Any]:
    pairs = {outcome: (getattr(original, outcome), getattr(copy, outcome)) for outcome in OUTCOMES}
    return {
        outcome: after
        for outcome, (before, after) in pairs.items()
        if after and (before is None or (_floor(after) or 0) > (_ceiling(before) or 0))
    }


def latest(reports: Sequence[EventReport], outcome: str) -> list[tuple[EventReport, Figure]]:
    """Each publisher's latest figure, oldest first. A vague word does not replace a number that it admits."""
    held: dict[str, tuple[EventReport, Figure]] = {}
    for report in reports:
        figure = getattr(report, outcome)
        if figure is None:
            continue
        before = held.get(report.publisher)
        if before and _vague(figure) and not _vague(before[1]) and _admits(figure, before[1]):
            continue
        held.pop(report.publisher, None)
        held[report.publisher] = (report, figure)
    return list(held.values())


def combine(reports: Sequence[EventReport], outcome: str) -> Figure | None:
    """The figure of an incident for one outcome, over independent reports in the order of publication.

    low and high are the lowest and the highest that a publisher's latest figure says (high is None where the highest
    is open upwards); best is what most publishers say among those who reported within a day of the latest.
    """
    told = _standing(latest(reports, outcome))
    if not told:
        return None
    figures = [figure for _, figure in told]
    # A vague word that admits the numbers of others widens nothing.
    firm = [figure for figure in figures if not _vague(figure)]
    counted = [f for f in figures if not _vague(f) or not any(_admits(f, other) for other in firm)]
    low = min((n for f in counted if (n := _floor(f)) is not None), default=None)
    top = max(counted, key=lambda f: (_ceiling(f) or 0, f.high is None))
    best = _best([(report, figure) for report, figure in told if figure.best is not None])
    return Figure(
        low=low,
        best=best.best if best else None,
        high=top.high,
        basis=_basis(reports, outcome, counted, best),
        phrase=(best or figures[-1]).phrase,
    )


def _standing(told: Sequence[tuple[EventReport, Figure]]) -> Sequence[tuple[EventReport, Figure]]:
    """The figures that are not outdated: without what was told to be twice as many a day later, and without what a day
    before was told to be five times as many, or twice as many where it is "more than"."""

    def outdated(at: int) -> bool:
        report, figure = told[at]
        floor, ceiling = _floor(figure) or 0, _ceiling(figure) or 0
        if _vague(figure) or not ceiling:  # that nobody died is a claim of its own
            return False
        most = max((_floor(other) or 0 for then, other in told[:at] if _later(then, report)), default=0)
        if most >= _FEWER * ceiling or (figure.high is None and most >= _TWICE * floor):
            return True
        return any((_floor(other) or 0) >= _TWICE * ceiling and _later(report, then) for then, other in told[at + 1 :])

    return [pair for at, pair in enumerate(told) if not outdated(at)] or told


def _later(report: EventReport, then: EventReport) -> bool:
    return bool(report.published and then.published and then.published - report.published >= _SAME_TIME)


def disagree(reports: Sequence[EventReport], outcome: str) -> bool:
    """Whether two publishers' latest figures cannot both hold, and the later is not simply a risen toll."""
    told = latest(reports, outcome)
    if any(figure.basis == Basis.CONFLICTING for _, figure in told):
        return True
    for at, (earlier, first) in enumerate(told):
        for later, second in told[at + 1 :]:
            if _admits(first, second) or _admits(second, first):
                continue
            was, now = _ceiling(first) or 0, _floor(second) or 0
            apart = later.published - earlier.published if later.published and earlier.published else timedelta(0)
            if not (now > was and (apart >= _TIME_TO_RISE or now <= _STEP * was)):
                return True
    return False


def _best(told: Sequence[tuple[EventReport, Figure]]) -> Figure | None:
    if not told:
        return None
    times = [report.published for report, _ in told if report.published]
    since = max(times) - _SAME_TIME if times else None
    recent = [(report, f) for report, f in told if since is None or (report.published and report.published >= since)]
    # "at least 21" gives way to the 28 that another tells later.
    standing = [
        f
        for at, (_, f) in enumerate(recent)
        if f.high is not None or all((g.best or 0) <= (f.best or 0) for _, g in recent[at + 1 :])
    ]
    counted = Counter(figure.best for figure in standing)
    return max(enumerate(standing), key=lambda numbered: (counted[numbered[1].best], numbered[0]))[1]


def _basis(reports: Sequence[EventReport], outcome: str, counted: Sequence[Figure], best: Figure | None) -> str:
    if disagree(reports, outcome):
        return Basis.CONFLICTING
    if best is None:
        return Basis.VAGUE if all(map(_vague, counted)) else Basis.RANGE
    numbers = {figure.best for figure in counted if figure.best is not None}
    return best.basis if len(numbers) == 1 else Basis.RANGE


def _vague(figure: Figure) -> bool:
    return figure.best is None and figure.high is None


def _floor(figure: Figure) -> int | None:
    return next((n for n in (figure.low, figure.best, figure.high) if n is not None), None)


def _ceiling(figure: Figure) -> int | None:
    return next((n for n in (figure.high, figure.best, figure.low) if n is not None), None)


def _admits(wide: Figure, narrow: Figure) -> bool:
    low, high = wide.low or 0, wide.high
    floor, ceiling = _floor(narrow) or 0, _ceiling(narrow) or 0
    return floor >= low and (high is None or ceiling <= high)
