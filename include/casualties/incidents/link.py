"""Which reports are one incident, and under which id.

The clusters depend on the reports alone, not on the order in which they came. Ids do: an incident keeps its id for
ever, a merge keeps the one that was opened first, a split leaves the id with the report that opened it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from casualties.incidents.blocks import file, lookup_keys
from casualties.incidents.cluster import Pair, agglomerate, components, pair
from casualties.incidents.compare import compare, total
from casualties.incidents.mention import Mention, mention
from casualties.incidents.records import Clue, LinkedReport, Linking, NewLink
from casualties.model import EventKind, EventReport, key


def link(
    new: Sequence[EventReport],
    existing: Sequence[LinkedReport],
    now: datetime,
    *,
    terms: Mapping[str, frozenset[str]] | None = None,
) -> Linking:
    """Attach new reports to incidents, or open new ones.

    ``existing`` holds every linked report that :func:`casualties.incidents.neighbourhood` finds for the new and the
    withdrawn ones, and these themselves; ``terms`` the terms of the new reports by report_id. Tolls are left alone.
    """
    fresh = [
        LinkedReport(report=report, terms=(terms or {}).get(report.report_id, frozenset()))
        for report in new
        if report.kind == EventKind.EVENT
    ]
    reports = {linked.report.report_id: linked for linked in [*existing, *fresh]}
    mentions = {report_id: mention(linked) for report_id, linked in reports.items()}
    current = [report_id for report_id, linked in reports.items() if not linked.withdrawn]
    scores = Scores(mentions)
    reached, pairs = _explore(mentions, current, _stirred(reports), scores)
    groups: list[list[str]] = []
    for group, within in _split(components(reached, (p for p in pairs if scores.of(*p) >= 0)), pairs):
        groups += agglomerate(group, within, scores.or_veto)
    return _name(groups, reports, scores)


def _explore(
    mentions: Mapping[str, Mention], current: Sequence[str], stirred: set[str], scores: "Scores"
) -> tuple[set[str], list[Pair]]:
    """The current reports connected with the stirred ones by matching pairs, and the pairs worth comparing among them.

    What nothing new has touched stays as it is.
    """
    filed = file(mentions[report_id] for report_id in current)
    reached = stirred & set(current)
    edge = sorted(reached)
    pairs: set[Pair] = set()
    while edge:
        report_id = edge.pop()
        near = {other for block in lookup_keys(mentions[report_id]) for other in filed.get(block, ())} - {report_id}
        for other in near:
            pairs.add(pair(report_id, other))
            if other not in reached and scores.of(report_id, other) >= 0:
                reached.add(other)
                edge.append(other)
    return reached, [(a, b) for a, b in sorted(pairs) if a in reached and b in reached]


def _split(groups: list[list[str]], pairs: Iterable[Pair]) -> Iterable[tuple[list[str], list[Pair]]]:
    at = {node: index for index, group in enumerate(groups) for node in group}
    within: list[list[Pair]] = [[] for _ in groups]
    for a, b in pairs:
        if at[a] == at[b]:
            within[at[a]].append((a, b))
    return zip(groups, within, strict=True)


class Scores:
    """Scores of pairs, worked out once."""

    def __init__(self, mentions: Mapping[str, Mention]) -> None:
        self._mentions = mentions
        self._known: dict[Pair, float | None] = {}

    def clues(self, a: str, b: str) -> tuple[Clue, ...]:
        return compare(self._mentions[a], self._mentions[b]) or ()

    def or_veto(self, a: str, b: str) -> float | None:
        at = pair(a, b)
        if at not in self._known:
            clues = compare(self._mentions[a], self._mentions[b])
            self._known[at] = None if clues is None else total(clues)
        return self._known[at]

    def of(self, a: str, b: str) -> float:
        score = self.or_veto(a, b)
        return float("-inf") if score is None else score


def _stirred(reports: Mapping[str, LinkedReport]) -> set[str]:
    """New reports, and those of an incident that has lost one."""
    robbed = {linked.incident_id for linked in reports.values() if linked.withdrawn}
    return {
        report_id for report_id, linked in reports.items() if linked.incident_id is None or linked.incident_id in robbed
    }


def _name(groups: list[list[str]], reports: Mapping[str, LinkedReport], scores: Scores) -> Linking:
    heirs = _heirs(groups, reports)
    claims = _claims(groups, reports, heirs)
    links: list[NewLink] = []
    ended = {report_id for report_id, linked in reports.items() if linked.withdrawn and linked.incident_id}
    touched = {linked.incident_id for linked in reports.values() if linked.withdrawn and linked.incident_id}
    merged: dict[str, str] = {}
    opened = {linked.incident_id: linked.opened_at for linked in reports.values() if linked.incident_id}
    for index, group in enumerate(groups):
        claimed = sorted(claims[index], key=lambda i: (opened[i] is None, opened[i], i))
        incident_id = claimed[0] if claimed else key("incident", _first(group, reports))
        merged |= dict.fromkeys(claimed[1:], incident_id)
        for report_id in group:
            old = reports[report_id].incident_id
            if old == incident_id:
                continue
            touched |= {incident_id} | ({old} if old else set())
            if old:
                ended.add(report_id)
            best = max((o for o in group if o != report_id), key=lambda o: (scores.of(report_id, o), o), default=None)
            links.append(
                NewLink(
                    report_id=report_id,
                    incident_id=incident_id,
                    matched=best,
                    clues=scores.clues(report_id, best) if best else (),
                )
            )
    touched |= set(merged) | set(merged.values())
    return Linking(
        links=tuple(sorted(links, key=lambda new: new.report_id)),
        ended=tuple(sorted(ended)),
        merged=merged,
        touched=frozenset(touched),
    )


def _first(group: Sequence[str], reports: Mapping[str, LinkedReport]) -> str:
    def age(report_id: str) -> tuple[bool, float, str]:
        published = reports[report_id].report.published
        return published is None, published.timestamp() if published else 0.0, report_id

    return min(group, key=age)


def _heirs(groups: list[list[str]], reports: Mapping[str, LinkedReport]) -> dict[str, str]:
    """Which report of an article took the place of a withdrawn one: withdrawn report_id -> current report_id."""
    told: dict[str, list[EventReport]] = defaultdict(list)
    for report_id in (r for group in groups for r in group):
        if reports[report_id].incident_id is None:
            told[reports[report_id].report.article_id].append(reports[report_id].report)
    heirs: dict[str, str] = {}
    gone = sorted(
        (linked.report for linked in reports.values() if linked.withdrawn), key=lambda r: (r.ordinal, r.report_id)
    )
    pairs = sorted(
        ((_unlike(old, new), old.report_id, new.report_id) for old in gone for new in told.get(old.article_id, ())),
    )
    taken: set[str] = set()
    for unlike, old_id, new_id in pairs:
        if unlike is not None and unlike[0] < _STRANGER and old_id not in heirs and new_id not in taken:
            heirs[old_id] = new_id
            taken.add(new_id)
    return heirs


_STRANGER = 3


def _unlike(old: EventReport, new: EventReport) -> tuple[int, int]:
    """How unlike two tellings of one article are: place, day, type and killed, then the place in the list."""
    place = (old.place.name if old.place else None) != (new.place.name if new.place else None)
    day = (old.date.start if old.date else None) != (new.date.start if new.date else None)
    killed = (old.killed.low if old.killed else None) != (new.killed.low if new.killed else None)
    return sum((place, day, killed, old.type != new.type)), abs(old.ordinal - new.ordinal)


def _claims(
    groups: list[list[str]], reports: Mapping[str, LinkedReport], heirs: Mapping[str, str]
) -> dict[int, set[str]]:
    """Which clusters may bear which known ids. An id goes to the cluster that holds the report that opened the
    incident, else to the one with most of its reports."""
    at = {report_id: index for index, group in enumerate(groups) for report_id in group}
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for report_id, linked in reports.items():
        holder = at.get(heirs.get(report_id, report_id))
        if linked.incident_id is None or holder is None:
            continue
        opener = key("incident", report_id) == linked.incident_id
        votes[linked.incident_id][holder] += len(reports) if opener else 1
    claims: dict[int, set[str]] = defaultdict(set)
    for incident_id, counted in votes.items():
        winner = min(counted, key=lambda index: (-counted[index], groups[index][0]))
        claims[winner].add(incident_id)
    return claims
