"""Under which ids clusters of reports go on: an incident keeps its id for ever, a merge keeps the one that was opened
first, a split leaves the id with the report that opened it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from casualties.incidents.records import Clue, LinkedReport, Linking, NewLink
from casualties.model import EventReport, key

# A newer telling of an article is another event when this much of place, day, type and number killed differs.
_STRANGER = 3

Best = Callable[[Sequence[tuple[str, Sequence[str]]]], Sequence[tuple[str | None, tuple[Clue, ...]]]]


def settle(groups: Sequence[Sequence[str]], reports: Mapping[str, LinkedReport], best: Best) -> Linking:
    """What changes when ``groups`` of report_ids are the incidents. ``best`` names for reports, each with its group,
    which other one of it they match best, None for those alone, with the clues."""
    claims = _claims(groups, reports, _heirs(groups, reports))
    opened = {linked.incident_id: linked.opened_at for linked in reports.values() if linked.incident_id}
    moved: list[tuple[str, Sequence[str]]] = []
    joins: list[str] = []
    merged: dict[str, str] = {}
    for group, claimed in zip(groups, claims, strict=True):
        known = sorted(claimed, key=lambda i: (opened[i] is None, opened[i], i))
        incident_id = known[0] if known else key("incident", _first(group, reports))
        merged |= dict.fromkeys(known[1:], incident_id)
        for report_id in group:
            if reports[report_id].incident_id != incident_id:
                moved.append((report_id, group))
                joins.append(incident_id)
    links = [
        NewLink(report_id=report_id, incident_id=incident_id, matched=matched, clues=clues)
        for (report_id, _), incident_id, (matched, clues) in zip(moved, joins, best(moved), strict=True)
    ]
    withdrawn = {report_id for report_id, linked in reports.items() if linked.withdrawn}
    ended = withdrawn | {new.report_id for new in links if reports[new.report_id].incident_id}
    left = {reports[report_id].incident_id for report_id in ended}
    return Linking(
        links=tuple(sorted(links, key=lambda new: new.report_id)),
        ended=tuple(sorted(ended)),
        merged=merged,
        touched=frozenset({*merged, *merged.values(), *(new.incident_id for new in links), *filter(None, left)}),
    )


def _first(group: Sequence[str], reports: Mapping[str, LinkedReport]) -> str:
    def age(report_id: str) -> tuple[bool, float, str]:
        published = reports[report_id].report.published
        return published is None, published.timestamp() if published else 0.0, report_id

    return min(group, key=age)


def _heirs(groups: Sequence[Sequence[str]], reports: Mapping[str, LinkedReport]) -> dict[str, str]:
    """Which report of an article took the place of a withdrawn one: withdrawn report_id -> current report_id."""
    gone = [linked.report for linked in reports.values() if linked.withdrawn]
    told: dict[str, list[EventReport]] = defaultdict(list)
    for report_id in (r for group in groups for r in group if gone):
        if reports[report_id].incident_id is None:
            told[reports[report_id].report.article_id].append(reports[report_id].report)
    pairs = sorted((_unlike(old, new), old.report_id, new.report_id) for old in gone for new in told[old.article_id])
    heirs: dict[str, str] = {}
    for (differences, _), old_id, new_id in pairs:
        if differences < _STRANGER and old_id not in heirs and new_id not in heirs.values():
            heirs[old_id] = new_id
    return heirs


def _unlike(old: EventReport, new: EventReport) -> tuple[int, int]:
    """How unlike two tellings of one article are: place, day, type and killed, then the place in the list."""
    place = (old.place.name if old.place else None) != (new.place.name if new.place else None)
    day = (old.date.start if old.date else None) != (new.date.start if new.date else None)
    killed = (old.killed.low if old.killed else None) != (new.killed.low if new.killed else None)
    return sum((place, day, killed, old.type != new.type)), abs(old.ordinal - new.ordinal)


def _claims(
    groups: Sequence[Sequence[str]], reports: Mapping[str, LinkedReport], heirs: Mapping[str, str]
) -> list[set[str]]:
    """The known ids that each group may bear. An id goes to the group that holds the report which opened the incident,
    else to the one with most of its reports."""
    at = {report_id: index for index, group in enumerate(groups) for report_id in group}
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for report_id, linked in reports.items():
        holder = at.get(heirs.get(report_id, report_id))
        if linked.incident_id is None or holder is None:
            continue
        opener = key("incident", report_id) == linked.incident_id
        votes[linked.incident_id][holder] += len(reports) if opener else 1
    claims: list[set[str]] = [set() for _ in groups]
    for incident_id, counted in votes.items():
        winner = min(counted, key=lambda index: (-counted[index], groups[index][0]))
        claims[winner].add(incident_id)
    return claims
