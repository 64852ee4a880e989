"""What an article's reports and drafts are to each other: every probability is asked for once."""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from casualties.events.context import Context
from casualties.events.draft_features import figures_beside, main_features, own_features
from casualties.events.drafts import Draft, Report, value
from casualties.events.features import Features, report_features
from casualties.events.figures import figure_of
from casualties.events.judge import Models
from casualties.events.pair_features import pair_features
from casualties.events.relations import magnitude
from casualties.events.wording import likeness
from casualties.model import OUTCOMES

_AROUND = 20  # reports on either side
_FAR = 30  # reports further apart than this are taken for two stories
_WAR_DEAD = 1000  # a figure from which it may be that of a whole war
_YEAR = 365  # days
_FLED = 500  # times as many have fled as an attack's victims are: the displaced of a war
_NOTHING = -0.35  # what it is worth to find nothing where figures were read: a doubtful event is better than none
_COST = 0.4  # what a draft must be worth: F1 gains by one that is right with more than half of F1


class Cluster(NamedTuple):
    """Reports, by their place in the article, that are taken for one event or toll."""

    members: tuple[int, ...]
    toll: bool


State = tuple[Cluster, ...]


class Likeness(NamedTuple):
    """Means over the pairs of two drafts' reports, and what the likest pair has in common."""

    same: float
    most: float
    part: float
    whole: float
    rare: float  # weight of the words that two share
    alike: float  # cosine of their words
    victims: bool  # the same words say who was hit


@dataclass(slots=True)
class Table:
    """The weighed reports of one article."""

    reports: list[Report]
    context: Context
    judges: Models
    kinds: list[dict[str, float]] = field(default_factory=list)
    pairs: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)
    made: dict[Cluster, tuple[Draft, Features]] = field(default_factory=dict)
    likenesses: dict[tuple[Cluster, Cluster], Likeness] = field(default_factory=dict)
    judgements: dict[State, list[dict[str, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for k, report in enumerate(self.reports):
            features = report_features(report, self.near(k), self.context)
            kind = self.judges["report"].probabilities(features)
            report.odds = math.log((kind["toll"] + 1e-6) / (kind["event"] + 1e-6))
            report.sure = 1 - kind["noise"]
            self.kinds.append(kind)

    def near(self, k: int) -> list[Report]:
        """The reports that one is weighed against: the article's first ones, and those around it."""
        if len(self.reports) <= 2 * _AROUND:
            return self.reports
        first = self.reports[:2] if k >= 2 else []
        return first + self.reports[max(len(first), k - _AROUND) : k + _AROUND]

    def noise(self, k: int) -> float:
        return self.kinds[k]["noise"]

    def odds(self, members: tuple[int, ...] | list[int]) -> float:
        """Log odds of toll against event, by the reports that tell a period where there are such."""
        told = [self.reports[k] for k in members]
        chosen = [r.odds for r in told if r.toll] or [r.odds for r in told]
        return sum(chosen) / len(chosen)

    def is_toll(self, members: tuple[int, ...] | list[int]) -> bool:
        told = [self.reports[k] for k in members]
        if any(r.type == "disaster" and r.type_own for r in told) and not any(r.toll for r in told):
            return False  # the dead of a flood are counted for weeks, and are of one event
        if all(r.fleeing for r in told) and not any(r.toll for r in told):
            return False
        return self.odds(members) > 0 or any(r.cumulative for r in told)

    def cluster(self, members: tuple[int, ...]) -> Cluster:
        ordered = tuple(sorted(members))
        return Cluster(ordered, self.is_toll(ordered))

    def weigh(self, later: int, earlier: int) -> dict[str, float]:
        """Whether two reports tell of the same event, of a part and its whole, or of two."""
        key = later, earlier
        if key not in self.pairs:
            if later - earlier > _FAR:
                return {"same": 0.0, "part": 0.0, "whole": 0.0, "other": 1.0}
            a, b = self.reports[later], self.reports[earlier]
            self.pairs[key] = self.judges["pair"].probabilities(pair_features(a, b, self.near(later), self.context))
            if _of_two_kinds(a, b) or _of_two_times(a, b):
                self.pairs[key] = self.pairs[key] | {"same": 0.0}
        return self.pairs[key]

    def same(self, a: int, b: int) -> float:
        return self.weigh(max(a, b), min(a, b))["same"]

    def part(self, a: int, b: int) -> float:
        """How likely report a tells of a part of what b tells."""
        return self.weigh(a, b)["part"] if a > b else self.weigh(b, a)["whole"]

    def same_as(self, k: int, members: tuple[int, ...]) -> float:
        return sum(self.same(k, i) for i in members) / len(members)

    def beside(self, one: Cluster, other: Cluster) -> Likeness:
        key = one, other
        if key not in self.likenesses:
            pairs = [(a, b) for a in one.members for b in other.members]
            same = [self.same(a, b) for a, b in pairs]
            self.likenesses[key] = Likeness(
                sum(same) / len(pairs),
                max(same),
                sum(self.part(a, b) for a, b in pairs) / len(pairs),
                sum(self.part(b, a) for a, b in pairs) / len(pairs),
                *(max(told) for told in zip(*(self.wording(a, b) for a, b in pairs), strict=True)),
            )
        return self.likenesses[key]

    def wording(self, a: int, b: int) -> tuple[float, float, bool]:
        """What the words of two reports have in common."""
        one, other = self.reports[a], self.reports[b]
        return *likeness(one.words, other.words), bool(one.victims & other.victims)

    def make(self, cluster: Cluster) -> tuple[Draft, Features]:
        """A cluster's draft, with its figures, and its own features."""
        if cluster not in self.made:
            draft = Draft(toll=cluster.toll)
            for k in cluster.members:
                draft.add(self.reports[k])
            draft.chosen = {o: figure_of(draft.figures[o], self.context) for o in OUTCOMES if o in draft.figures}
            features = own_features(draft, self.reports, self.context)
            members = cluster.members
            if len(members) > 1:
                links = {(a, b): self.same(a, b) for a in members for b in members if a < b}
                closest = [max(p for pair, p in links.items() if k in pair) for k in members]
                features |= {
                    "same_least": min(links.values()),
                    "same_mean": sum(links.values()) / len(links),
                    "link_least": min(closest),
                }
            else:
                features |= {"same_least": 1.0, "same_mean": 1.0, "link_least": 1.0}
            self.made[cluster] = draft, features
        return self.made[cluster]

    def main_of(self, state: State) -> Cluster:
        return max([c for c in state if not c.toll] or state, key=lambda c: weight(self.make(c)[0]))

    def features(self, cluster: Cluster, state: State, main: Cluster) -> Features:
        """What tells whether a draft is right as it stands among the others."""
        draft, own = self.make(cluster)
        others = [c for c in state if c is not cluster]
        placed = {k for c in state for k in c.members}
        dropped = [k for k in range(len(self.reports)) if k not in placed]
        beside = [self.beside(cluster, c) for c in others]
        f = own | figures_beside(draft.chosen, [self.make(c)[0].chosen for c in others])
        f |= {
            "rival_mean": max((b.same for b in beside), default=0.0),
            "rival_most": max((b.most for b in beside), default=0.0),
            "part": max((b.part for b in beside), default=0.0),
            "whole": max((b.whole for b in beside), default=0.0),
            "dropped_same": max((self.same_as(k, cluster.members) for k in dropped), default=0.0),
            "dropped": float(min(len(dropped), 5)),
            "drafts": float(min(len(state), 10)),
        }
        if cluster is main:
            return f | {"is_main": 1.0}
        f |= main_features(draft, self.make(main)[0], self.context)
        shared = self.beside(cluster, main)
        return f | {
            "main_same": shared.same,
            "main_part": shared.part,
            "main_words_rare": shared.rare,
            "main_words_alike": shared.alike,
            "main_victims": float(shared.victims),
        }

    def score(self, state: State) -> float:
        """How much a division is worth: drafts that are likely right, less what each of them costs."""
        if not state:
            return _NOTHING
        return sum(1 - kind["wrong"] - _COST for kind in self.judged(state))

    def judged(self, state: State) -> list[dict[str, float]]:
        """For each draft how likely an annotator has it: as an event of its own, as a part of another, not at all."""
        if not state:
            return []
        if state not in self.judgements:
            judge, main = self.judges["draft"], self.main_of(state)
            self.judgements[state] = [judge.probabilities(self.features(c, state, main)) for c in state]
        return self.judgements[state]

    def drafts_of(self, state: State) -> list[Draft]:
        """The drafts of a division, in the order of the article, with how sure each is."""
        found = []
        for cluster, kind in zip(state, self.judged(state), strict=True):
            draft, _ = self.make(cluster)
            draft.right, draft.own = 1 - kind["wrong"], kind["own"]
            draft.members = cluster.members
            found.append(draft)
        return found


def _of_two_kinds(a: Report, b: Report) -> bool:
    """Whether one tells of so many who fled that it is no matter of the attack that the other tells of."""
    if a.sentence is b.sentence or (a.outcomes == {"displaced"}) == (b.outcomes == {"displaced"}):
        return False
    fled, hit = (a, b) if a.outcomes == {"displaced"} else (b, a)
    dead = max(value(m) for m in hit.mentions)
    return "displaced" not in hit.outcomes and dead < _WAR_DEAD and max(map(value, fled.mentions)) > _FLED * (dead + 1)


def _of_two_times(a: Report, b: Report) -> bool:
    """Whether one tells of what was years before the other, or of what the other's event followed."""
    if {(m.outcome, value(m)) for m in a.mentions} & {(m.outcome, value(m)) for m in b.mentions}:
        return False
    if a.follows is not b.follows and "title" in (a.sentence.field, b.sentence.field):
        return True
    if a.when is None or b.when is None:
        old, new = (a, b) if a.bygone else (b, a)
        more = max(map(value, old.mentions)) > max(map(value, new.mentions))
        return old.bygone and not new.bygone and new.sentence.field == "title" and more
    return abs((a.when.span.start - b.when.span.start).days) > _YEAR and not (a.toll or b.toll)


def weight(draft: Draft) -> float:
    """How much a draft is what the article is about: told in the title, told often, of many people, told early."""
    people = sum(
        max(value(m) for m in told) for outcome, told in draft.figures.items() if outcome in ("killed", "injured")
    )
    often = math.log(1 + len({r.sentence.index for r in draft.reports}))
    return (
        1.0 * draft.in_title + 0.6 * often + 0.8 * magnitude(people) - 0.03 * min(draft.reports[0].sentence.index, 20)
    )
