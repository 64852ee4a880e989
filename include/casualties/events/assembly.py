"""From reports to events: which reports tell of one event, which of a part of it, which of a toll.

A first division goes through the article's reports in order. Then single changes are tried (a report dropped, moved,
split off; two drafts joined or one left out), and the best is kept as long as the drafts as a whole gain by it: a
draft counts as much as it is likely to be an event that an annotator would write down, with every figure right.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.judge import Models, models
from casualties.events.parts import find_parts
from casualties.events.weighing import Cluster, State, Table, weight

_NOISE = 0.45  # a report that is noise with more than this is dropped at first
_JOIN = 0.42  # a report joins the draft that it tells of with more than this
_LOOK_BACK = 8  # reports of a draft that are compared
_DOUBT = 0.12  # what is less likely than this is not tried
_GAIN = 0.12  # the least gain of a change: the scores are estimates, and the best of many is an overestimate
_STEPS = 4
_MOST_REPORTS = 30  # longer articles keep their first division
_MOST_CHANGES = 120  # tried at a step


def assemble(reports: list[Report], context: Context, judges: Models | None = None) -> list[Draft]:
    """Gather reports into drafts, and find which are parts of others. The article's main event comes first."""
    table = Table(reports, context, judges or models())
    state = divide(table)
    if len(reports) <= _MOST_REPORTS:
        state = improve(table, state)
    drafts = table.drafts_of(state)
    find_parts(drafts, table)
    if len(drafts) > 1:
        main = max(drafts_of_events(drafts), key=weight)
        drafts.sort(key=lambda draft: draft is not main)
    return drafts


def divide(table: Table, shake: Callable[[], float] = lambda: 0.0) -> State:
    """The first division: each report, in order, joins the draft that it most likely tells of, or opens one.

    ``shake`` is added to every probability, for those who want to see other divisions.
    """
    found: list[list[int]] = []
    for k, report in enumerate(table.reports):
        if table.noise(k) + shake() > _NOISE:
            continue
        best, chosen = _JOIN, None
        for members in found if len(found) <= 14 else found[:4] + found[-10:]:
            same = table.same_as(k, tuple(members[-_LOOK_BACK:])) + shake()
            if same > best:
                best, chosen = same, members
        if chosen is not None:
            chosen.append(k)
        elif _opens(report):
            found.append([k])
    return tuple(Cluster(tuple(members), table.is_toll(members)) for members in found)


def improve(table: Table, state: State) -> State:
    """Change a division step by step, each time by the change that gains most."""
    best = table.score(state)
    for _ in range(_STEPS):
        others = dict.fromkeys(islice(changes(table, state), _MOST_CHANGES))
        tried = {changed: table.score(changed) for changed in others}
        chosen = max(sorted(tried), key=tried.__getitem__, default=None)
        if chosen is None or tried[chosen] <= best + _GAIN:
            break
        state, best = chosen, tried[chosen]
    return state


def changes(table: Table, state: State) -> Iterator[State]:
    """All divisions that differ from one by a single decision which is in doubt."""
    home = {k: cluster for cluster in state for k in cluster.members}
    for k in range(len(table.reports)):
        mine = home.get(k)
        left = tuple(i for i in mine.members if i != k) if mine else ()
        rest = [cluster for cluster in state if cluster is not mine]
        base = rest + ([table.cluster(left)] if left else [])
        opens = _opens(table.reports[k])
        if mine is None and opens and table.noise(k) < 1 - _DOUBT:
            yield _ordered([*base, table.cluster((k,))])
        if mine is not None and (table.noise(k) > _DOUBT or not left):
            yield _ordered(base)
        if left and opens and table.same_as(k, left) < 1 - _DOUBT:
            yield _ordered([*base, table.cluster((k,))])
        for other in rest:
            if table.same_as(k, other.members) > _DOUBT:
                joined = table.cluster((*other.members, k))
                yield _ordered([joined if cluster is other else cluster for cluster in base])
    for j, later in enumerate(state):
        for earlier in state[:j]:
            if table.beside(later, earlier).same > _DOUBT:
                rest = [cluster for cluster in state if cluster not in (later, earlier)]
                yield _ordered([*rest, table.cluster(earlier.members + later.members)])
        rest = [cluster for cluster in state if cluster is not later]
        if len(later.members) > 1:
            yield _ordered(rest)


def _opens(report: Report) -> bool:
    """Whether a report can be all that is told of an event: "he was killed" is not."""
    return not all(m.kind == "pronoun" for m in report.mentions)


def _ordered(clusters: list[Cluster]) -> State:
    return tuple(sorted(clusters))


def drafts_of_events(drafts: list[Draft]) -> list[Draft]:
    """The events among drafts that are no part of another, or all of them where there is none."""
    return [d for d in drafts if not d.toll and d.part_of is None] or drafts
