"""From reports to events: which reports tell of one event, which of a part of it, which of a toll.

A first division goes through the article's reports in order. Then single changes are tried (a report dropped, moved,
split off; two drafts joined or one left out), and the best is kept as long as the drafts as a whole gain by it: a
draft counts as much as it is likely to be an event that an annotator would write down, with every figure right.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report, value
from casualties.events.judge import Models, models
from casualties.events.weighing import Cluster, State, Table, weight
from casualties.events.words import INCLUDE
from casualties.model import Basis

_NOISE = 0.45  # a report that is noise with more than this is dropped at first
_JOIN = 0.42  # a report joins the draft that it tells of with more than this
_PART = 0.4  # the share of what may be right above which an event is a part
_OWN = 0.5  # and what is an event of its own with more than this is none
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


def find_parts(drafts: list[Draft], table: Table) -> None:
    """Give each event that is likely a part the event whose figure most likely includes it."""
    events = [d for d in drafts if not d.toll]
    main = max(events, key=weight, default=None)
    for draft in events:
        if (whole := _stated_whole(draft, events)) is not None:
            draft.part_of = whole
            continue
        if draft is main or draft.own > _OWN or draft.right - draft.own < _PART * draft.right:
            continue
        wholes = [d for d in events if d is not draft and d.part_of is not draft and _fits(draft, d)]
        draft.part_of = max(wholes, key=lambda whole: table.includes(whole, draft), default=None)


def _stated_whole(draft: Draft, events: list[Draft]) -> Draft | None:
    """The event that a sentence says to include this one: "killed 18, including eight in X", "ten of them in X"."""
    for report in draft.reports:
        sentence = report.sentence
        for mention in report.mentions:
            including = any(bits & INCLUDE for bits in sentence.bits[max(0, mention.first - 2) : mention.first])
            some = mention.rule == "gapping" and "of" in sentence.low[mention.first : mention.last]
            if including or some:
                for whole in events:
                    told = [m for r in whole.reports if r.sentence is sentence for m in r.mentions]
                    before = any(m.outcome == mention.outcome and m.last <= mention.first for m in told)
                    if before and whole is not draft and whole.part_of is not draft and _fits(draft, whole):
                        return whole
    return None


def _fits(part: Draft, whole: Draft) -> bool:
    """No part is larger than its whole."""
    shared = part.figures.keys() & whole.figures.keys()
    return bool(shared) and all(_size(part, outcome) <= _size(whole, outcome) for outcome in shared)


def _size(draft: Draft, outcome: str) -> int:
    """The figure of an outcome, the first number told: a vague word gives way to a number, a name to a count."""
    mentions = draft.figures[outcome]
    strong = [m for m in mentions if not m.weak] or mentions
    return value(next((m for m in strong if m.basis != Basis.VAGUE), strong[0]))
