"""Which reports are one incident. That depends on the reports alone, not on the order in which they came."""

from collections.abc import Iterable, Mapping, Sequence

from casualties.incidents.blocks import Filed
from casualties.incidents.cluster import Pair, agglomerate, components, pair
from casualties.incidents.compare import kills_very_many, of_one_attack
from casualties.incidents.ids import settle
from casualties.incidents.mention import Mention
from casualties.incidents.records import LinkedReport, Linking, tells_incident
from casualties.incidents.scores import Scores
from casualties.model import EventReport


def link(
    new: Sequence[EventReport],
    existing: Sequence[LinkedReport],
    *,
    terms: Mapping[str, frozenset[str]] | None = None,
    scores: Scores | None = None,
) -> Linking:
    """Attach new reports to incidents, or open new ones.

    ``existing`` holds every linked report that :func:`casualties.incidents.neighbourhood` finds for the new and the
    withdrawn ones, and these themselves; ``terms`` the terms of the new reports by report_id; ``scores`` what finding
    the neighbourhood has worked out already. Tolls, summaries and what is history are left alone.
    """
    fresh = [
        LinkedReport(report=report, terms=(terms or {}).get(report.report_id, frozenset()))
        for report in new
        if tells_incident(report)
    ]
    reports = {linked.report.report_id: linked for linked in [*existing, *fresh]}
    scores = scores or Scores()
    mentions = {report_id: scores.add(linked) for report_id, linked in reports.items()}
    current = [report_id for report_id, linked in reports.items() if not linked.withdrawn]
    reached, pairs = _explore(mentions, current, _stirred(reports), scores)
    groups: list[list[str]] = []
    for group, within in _split(components(reached, (p for p in pairs if scores.of(*p) >= 0)), pairs):
        satellites = _satellites(group, mentions)
        core = agglomerate(group - satellites.keys(), (p for p in within if not satellites.keys() & p), scores.or_veto)
        groups += _gather(core, satellites, scores)
    return settle(groups, reports, scores.best)


def _explore(
    mentions: Mapping[str, Mention], current: Sequence[str], stirred: set[str], scores: Scores
) -> tuple[set[str], list[Pair]]:
    """The current reports connected with the stirred ones by matching pairs, and the pairs worth comparing among them.

    What nothing new has touched stays as it is.
    """
    filed = Filed(mentions[report_id] for report_id in current)
    reached = stirred & set(current)
    edge = sorted(reached)
    pairs: set[Pair] = set()
    while edge:
        report_id = edge.pop()
        for other in filed.near(mentions[report_id]):
            pairs.add(pair(report_id, other))
            if other not in reached and scores.of(report_id, other) >= 0:
                reached.add(other)
                edge.append(other)
    return reached, [(a, b) for a, b in pairs if a in reached and b in reached]


def _satellites(group: Iterable[str], mentions: Mapping[str, Mention]) -> dict[str, set[str]]:
    """Reports of one group of an attack's victims, or of what was first told of them, with the reports that tell of
    the great number. They match these, but hardly each other."""
    great = [report_id for report_id in group if kills_very_many(mentions[report_id])]
    around = {
        report_id: {other for other in great if of_one_attack(mentions[report_id], mentions[other])}
        for report_id in (group if great else ())
        if report_id not in great
    }
    return {report_id: others for report_id, others in around.items() if others}


def _gather(core: list[list[str]], satellites: Mapping[str, set[str]], scores: Scores) -> list[list[str]]:
    """The clusters with each satellite added to the one whose great number it matches best, if it does."""
    joining: dict[int, list[str]] = {}
    alone: list[list[str]] = []
    for satellite, great in sorted(satellites.items()):
        told = {at: great.intersection(cluster) for at, cluster in enumerate(core)}
        fits = [(max(scores.of(satellite, other) for other in others), -at) for at, others in told.items() if others]
        best, at = max(fits)
        if best >= 0:
            joining.setdefault(-at, []).append(satellite)
        else:
            alone.append([satellite])
    return [sorted([*cluster, *joining.get(at, ())]) for at, cluster in enumerate(core)] + alone


def _split(groups: list[list[str]], pairs: Iterable[Pair]) -> Iterable[tuple[set[str], list[Pair]]]:
    at = {node: index for index, group in enumerate(groups) for node in group}
    within: list[list[Pair]] = [[] for _ in groups]
    for a, b in pairs:
        if at[a] == at[b]:
            within[at[a]].append((a, b))
    return zip(map(set, groups), within, strict=True)


def _stirred(reports: Mapping[str, LinkedReport]) -> set[str]:
    """New reports, and those of an incident that has lost one."""
    robbed = {linked.incident_id for linked in reports.values() if linked.withdrawn}
    return {
        report_id for report_id, linked in reports.items() if linked.incident_id is None or linked.incident_id in robbed
    }
