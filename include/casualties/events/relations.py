"""What two reports are to each other by figure, group of victims, place and date."""

import math

from casualties.events.context import Context
from casualties.events.drafts import Report, value
from casualties.events.told import Mention

YOUNG = frozenset(("children", "women"))
_SEVERAL = 3  # fewer may be another event's


def magnitude(number: int) -> float:
    return math.log10(number + 1)


def outcome_value(later: Report, earlier: Report) -> tuple[int, int]:
    for mention in later.mentions:
        known = earlier.of(mention.outcome)
        if known is not None and not mention.breakdown:
            return value(mention), value(known)
    return 0, 0


def groups_differ(later: Report, earlier: Report) -> bool:
    for mention in later.mentions:
        known = earlier.of(mention.outcome)
        if known is not None and mention.groups and known.groups:
            return not {g[0] for g in mention.groups} & {g[0] for g in known.groups}
    return False


def adds_up(part: Report, whole: Report, reports: list[Report]) -> bool:
    """Whether a run of reports, this one among them, sums to the figure of the other."""
    for mention in whole.mentions:
        total = value(mention)
        if total < 4 or mention.breakdown:
            continue
        told = [(r, value(m)) for r in reports if r is not whole and (m := r.of(mention.outcome)) and value(m) < total]
        at = next((k for k, (r, _) in enumerate(told) if r is part), None)
        if at is None:
            continue
        for first in range(max(0, at - 4), at + 1):
            running = 0
            for k in range(first, min(first + 5, len(told))):
                running += told[k][1]
                if running == total and k >= at and k > first:
                    return True
                if running >= total:
                    break
    return False


def place_relation(later: Report, earlier: Report, context: Context, guess: bool = False) -> tuple[str, bool]:
    """same, inside (the later in the earlier), around, apart or unknown; and whether both are precise.

    ``guess``: a report without a place of its own has the one told last before it.
    """
    here, there = later.where, earlier.where
    if guess:
        here, there = here or later.around, there or earlier.around
    if here is None or there is None:
        return "unknown", False
    precise = here.place.precision in ("exact", "near") and there.place.precision in ("exact", "near")
    if context.same_place(here, there):
        return "same", precise
    if context.contains(there, here):
        return "inside", precise
    if context.contains(here, there):
        return "around", precise
    return "apart", precise


def date_relation(later: Report, earlier: Report) -> str:
    if later.when is None or earlier.when is None:
        return "unknown"
    a, b = later.when.span, earlier.when.span
    return "same" if a.start <= b.end and b.start <= a.end else "apart"


def group_told(mention: Mention, reports: list[Report], own: Report) -> bool:
    """Whether another report tells this figure as a group of its victims: "fifteen people, eleven of them children"."""
    if not mention.groups:
        return False
    group = mention.groups[0][0]
    return any(
        told.outcome == mention.outcome
        and value(told) > value(mention)
        and any(name == group and (best or low) == value(mention) for name, low, best, _ in told.groups)
        for report in reports
        if report is not own
        for told in report.mentions
    )


def mark_groups(reports: list[Report]) -> None:
    """Take "killed 11 children" for a group of victims where another sentence tells of 15, 11 of them children."""
    groups = [
        mention
        for report in reports
        for mention in report.mentions
        if not mention.breakdown
        and mention.groups
        and mention.groups[0][0] in YOUNG
        and value(mention) >= _SEVERAL
        and group_told(mention, reports, report)
    ]
    for mention in groups:
        mention.breakdown = True


def capitals(report: Report) -> float:
    """The share of capitalised words around a figure: high in a headline of another story that ran into the text."""
    around = report.sentence.words[max(0, report.first - 8) : report.last + 8]
    words = [w for w in around if w[0].isalpha() and len(w) > 3]
    return sum(w[0].isupper() for w in words) / len(words) if words else 0.0
