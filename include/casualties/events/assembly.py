"""From reports to events: which reports tell of one event, which of a part of it, which of a toll."""

import math
from dataclasses import dataclass, field

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report, value
from casualties.events.features import magnitude, pair_features, report_features
from casualties.events.judge import Model, models
from casualties.events.told import Mention
from casualties.model import Basis

_NOISE = 0.45  # a report that is noise with more than this is dropped
_JOIN = 0.42  # a report joins the draft that it tells of with more than this
_PART = 0.25
_AROUND = 20  # reports on either side
_LOOK_BACK = 8  # reports of a draft that are compared


Models = dict[str, Model]


@dataclass(slots=True)
class Weigher:
    """What two reports are to each other, weighed once."""

    pair: Model
    context: Context
    known: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)

    def weigh(self, later: Report, earlier: Report, near: list[Report]) -> dict[str, float]:
        key = id(later), id(earlier)
        if key not in self.known:
            self.known[key] = self.pair.probabilities(pair_features(later, earlier, near, self.context))
        return self.known[key]

    def likelihood(self, draft: Draft, report: Report, near: list[Report]) -> float:
        """How likely a report tells of a draft's event: the mean over the draft's reports."""
        rows = [self.weigh(report, earlier, near)["same"] for earlier in draft.reports[-_LOOK_BACK:]]
        return sum(rows) / len(rows)

    def between(self, later: Draft, earlier: Draft, near: list[Report]) -> list[dict[str, float]]:
        return [
            self.weigh(b, a, near)
            for b in later.reports[:4]
            for a in earlier.reports[:4]
            if b.sentence.index >= a.sentence.index
        ]


def assemble(reports: list[Report], context: Context, judges: Models | None = None) -> list[Draft]:
    """Gather reports, in the order of the article, into drafts, and find which are parts of others.

    The article's main event comes first.
    """
    judges = judges or models()
    weigher = Weigher(judges["pair"], context)
    drafts: list[Draft] = []
    for k, report in enumerate(reports):
        report.rival, report.same = 0.0, 1.0
        near = _near(reports, k)
        kinds = judges["report"].probabilities(report_features(report, near, context))
        if kinds["noise"] > _NOISE:
            continue
        report.odds = math.log((kinds["toll"] + 1e-6) / (kinds["event"] + 1e-6))
        report.sure = 1 - kinds["noise"]
        best, chosen = _JOIN, None
        for draft in _candidates(drafts):
            same = weigher.likelihood(draft, report, near)
            report.rival = max(report.rival, same)
            if same > best:
                best, chosen = same, draft
        if chosen is None:
            if all(m.kind == "pronoun" for m in report.mentions):
                continue  # "he was killed" opens no story
            chosen = Draft()
            drafts.append(chosen)
        else:
            report.same = best
        chosen.add(report)
    for draft in drafts:
        draft.toll = _is_toll(draft)
    find_parts(drafts, reports, weigher)
    if len(drafts) > 1:
        main = max(drafts_of_events(drafts), key=_weight)
        drafts.sort(key=lambda draft: draft is not main)
    return drafts


def drafts_of_events(drafts: list[Draft]) -> list[Draft]:
    """The events among drafts that are no part of another, or all of them where there is none."""
    return [d for d in drafts if not d.toll and d.part_of is None] or drafts


def _weight(draft: Draft) -> float:
    """How much a draft is what the article is about: told in the title, told often, of many people, told early."""
    people = sum(
        max(value(m) for m in told) for outcome, told in draft.figures.items() if outcome in ("killed", "injured")
    )
    often = math.log(1 + len({r.sentence.index for r in draft.reports}))
    return (
        1.0 * draft.in_title + 0.6 * often + 0.8 * magnitude(people) - 0.03 * min(draft.reports[0].sentence.index, 20)
    )


def _near(reports: list[Report], k: int) -> list[Report]:
    """The reports that one is weighed against: the article's first ones, and those around it."""
    if len(reports) <= 2 * _AROUND:
        return reports
    return reports[:2] + reports[max(2, k - _AROUND) : k + _AROUND] if k >= 2 else reports[:_AROUND]


def _candidates(drafts: list[Draft]) -> list[Draft]:
    """The drafts that a report can belong to: the article's first ones, and the latest."""
    return drafts if len(drafts) <= 14 else drafts[:4] + drafts[-10:]


def _is_toll(draft: Draft) -> bool:
    """By the reports that tell a period, where there are such; a headline leaves it out."""
    told = [r.odds for r in draft.reports if r.toll] or [r.odds for r in draft.reports]
    return sum(told) > 0


def find_parts(drafts: list[Draft], reports: list[Report], weigher: Weigher) -> None:
    """Give each event the event whose figure includes it, where there is one."""
    events = [d for d in drafts if not d.toll]
    for j, later in enumerate(events):
        for earlier in _candidates(events[:j]):
            rows = weigher.between(later, earlier, reports)
            if not rows:
                continue
            part = sum(row["part"] for row in rows) / len(rows)
            whole = sum(row["whole"] for row in rows) / len(rows)
            if part > max(_PART, later.part_odds) and _fits(later, earlier):
                later.part_of, later.part_odds = earlier, part
            elif whole > max(_PART, earlier.part_odds) and _fits(earlier, later):
                earlier.part_of, earlier.part_odds = later, whole
    for draft in events:
        if draft.part_of is not None and draft.part_of.part_of is draft:
            draft.part_of = None


def _fits(part: Draft, whole: Draft) -> bool:
    """No part is larger than its whole."""
    for outcome, mentions in part.figures.items():
        if outcome in whole.figures and value(choose(mentions)) > value(choose(whole.figures[outcome])):
            return False
    return bool(set(part.figures) & set(whole.figures))


def choose(mentions: list[Mention]) -> Mention:
    """The mention whose figure an event takes: a vague word gives way to a number, a name to a count."""
    strong = [m for m in mentions if not m.weak] or mentions
    exact = [m for m in strong if m.basis != Basis.VAGUE] or strong
    return exact[0]
