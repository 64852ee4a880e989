"""Why an incident has a new row: the words of ``change`` in its history."""

from dataclasses import replace

from casualties.model import Figure, Incident


def change(previous: Incident | None, state: Incident, *, updated: bool = False, corrected: bool = False) -> str:
    """The reasons, joined by commas; "" where nothing has changed.

    opened | merged | split | withdrawn | corrected | updated | report added | report withdrawn | figure raised |
    figure lowered | part of another | no longer part | details

    Where a newer version of an article took the place of an older one (``updated``), the reason is ``corrected`` if
    that version says so (``corrected``) or tells fewer.
    """
    if previous is None:
        return "opened"
    if same(previous, state):
        return ""
    if state.merged_into:
        return "merged"
    if state.reports == 0:
        return "withdrawn"
    if previous.merged_into:
        return "split"
    moves = {_move(getattr(previous, outcome), getattr(state, outcome)) for outcome in ("killed", "injured")}
    reasons = []
    if updated or corrected:
        reasons.append("corrected" if corrected or "lowered" in moves else "updated")
    if state.reports != previous.reports:
        reasons.append("report added" if state.reports > previous.reports else "report withdrawn")
    reasons += [f"figure {move}" for move in ("raised", "lowered") if move in moves]
    if state.part_of != previous.part_of:
        reasons.append("part of another" if state.part_of else "no longer part")
    return ", ".join(reasons or ["details"])


def same(previous: Incident, state: Incident) -> bool:
    """Whether two states differ in nothing but when and why they were written."""
    return replace(previous, known_from=state.known_from, change=state.change) == state


def _move(before: Figure | None, after: Figure | None) -> str:
    old, new = _number(before), _number(after)
    if old is None or new is None or old == new:
        return ""
    return "raised" if new > old else "lowered"


def _number(figure: Figure | None) -> int | None:
    if figure is None:
        return None
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)
