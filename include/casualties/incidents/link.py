"""Which reports are one incident. That depends on the reports alone, not on the order in which they came."""

from collections.abc import Mapping, Sequence

import numpy as np

from casualties.incidents.cluster import Pairs
from casualties.incidents.compare import clues, scores
from casualties.incidents.filed import Mask, Rows
from casualties.incidents.gathering import gathered
from casualties.incidents.ids import settle
from casualties.incidents.mentions import Mentions
from casualties.incidents.records import Clue, LinkedReport, Linking, tells_incident
from casualties.model import EventReport

_AT_ONCE = 200_000  # pairs of which the best are chosen


def link(
    new: Sequence[EventReport],
    existing: Sequence[LinkedReport],
    *,
    terms: Mapping[str, frozenset[str]] | None = None,
    mentions: Mentions | None = None,
) -> Linking:
    """Attach new reports to incidents, or open new ones.

    ``existing`` holds every linked report that :func:`casualties.incidents.neighbourhood` finds for the new and the
    withdrawn ones, and these themselves; ``terms`` the terms of the new reports by report_id; ``mentions`` may hold
    some of them already. Tolls, summaries and history are left alone.
    """
    fresh = [
        LinkedReport(report=report, terms=(terms or {}).get(report.report_id, frozenset()))
        for report in new
        if tells_incident(report)
    ]
    reports = {linked.report.report_id: linked for linked in [*existing, *fresh]}
    mentions = mentions or Mentions()
    mentions.add(reports.values())
    current = sorted(report_id for report_id, linked in reports.items() if not linked.withdrawn)
    rows = mentions.rows(current)
    stirred = _stirred(reports)
    reached, pairs = _explore(mentions, rows, np.array([report_id in stirred for report_id in current], np.bool_))
    rows = rows[reached]
    cluster = gathered(mentions, rows, pairs)
    return settle(_groups(cluster, [mentions.ids[row] for row in rows]), reports, lambda moved: _best(mentions, moved))


def _explore(mentions: Mentions, rows: Rows, edge: Mask) -> tuple[Rows, Pairs]:
    """Which of ``rows`` are connected with those of the ``edge``, a mask over them, by matching pairs, in order; the
    pairs worth comparing among these, by their place there. What nothing new has touched stays as it is."""
    index = mentions.filed.index(rows)
    reached = np.zeros(len(mentions), np.bool_)
    looking = rows[edge]
    done = looking[:0]
    reached[looking] = True
    found: list[Pairs] = []
    while len(looking):
        met = [looking[:0]]
        for a, b in index.near(looking, done):
            told = scores(mentions, a, b)
            found.append(Pairs(a, b, told))
            met.append(b[told >= 0])
        done = np.concatenate([done, looking])
        looking = np.setdiff1d(np.concatenate(met), np.flatnonzero(reached))
        reached[looking] = True
    place = np.full(len(mentions), -1)
    within = np.flatnonzero(reached[rows])
    place[rows[within]] = np.arange(len(within))
    a, b, told = (np.concatenate(parts) for parts in zip((rows[:0], rows[:0], np.zeros(0)), *found, strict=True))
    inside = np.flatnonzero(reached[a] & reached[b])
    return within, Pairs(place[a[inside]], place[b[inside]], told[inside])


def _groups(cluster: Rows, report_ids: Sequence[str]) -> list[list[str]]:
    """The report_ids of each cluster, in order."""
    order = np.argsort(cluster, kind="stable")
    stops = np.flatnonzero(np.diff(cluster[order])) + 1
    return [[report_ids[at] for at in group] for group in np.split(order, stops)] if len(order) else []


def _best(mentions: Mentions, moved: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str | None, tuple[Clue, ...]]]:
    """The report that each matches best among the others of its group, of equals the last, with the clues."""
    told: list[tuple[str | None, tuple[Clue, ...]]] = [(None, ())] * len(moved)
    held: list[tuple[int, int, Rows]] = []
    waiting = 0
    group: Sequence[str] = ()
    for at, (report_id, others) in enumerate(moved):
        if len(others) < 2:
            continue
        if others is not group:
            group, rows = others, mentions.rows(others)
        held.append((at, mentions.row[report_id], rows))
        waiting += len(rows)
        if waiting >= _AT_ONCE:
            _choose(mentions, held, told)
            held, waiting = [], 0
    _choose(mentions, held, told)
    return told


def _choose(
    mentions: Mentions, held: Sequence[tuple[int, int, Rows]], told: list[tuple[str | None, tuple[Clue, ...]]]
) -> None:
    if not held:
        return
    sizes = np.array([len(rows) for _, _, rows in held])
    one = np.repeat(np.array([row for _, row, _ in held]), sizes)
    other = np.concatenate([rows for _, _, rows in held])
    of = np.repeat(np.arange(len(held)), sizes)
    place = np.arange(len(other))
    apart = one != other
    one, other, of, place = one[apart], other[apart], of[apart], place[apart]
    order = np.lexsort((place, scores(mentions, one, other), of))
    best = order[np.flatnonzero(np.diff(of[order], append=len(held)))]
    for (at, _, _), row, why in zip(held, other[best].tolist(), clues(mentions, one[best], other[best]), strict=True):
        told[at] = mentions.ids[row], why or ()


def _stirred(reports: Mapping[str, LinkedReport]) -> set[str]:
    """New reports, and those of an incident that has lost one."""
    robbed = {linked.incident_id for linked in reports.values() if linked.withdrawn}
    return {
        report_id for report_id, linked in reports.items() if linked.incident_id is None or linked.incident_id in robbed
    }
