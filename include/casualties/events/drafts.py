"""What one sentence tells of one event (a report), and the events that reports are gathered into (drafts)."""

from dataclasses import dataclass, field

from casualties.events.dates import DateMention
from casualties.events.places import PlaceMention
from casualties.events.tokens import Sentence
from casualties.events.told import Mention
from casualties.model import Basis, Figure

_EXODUS = 500_000  # so many do not flee in a day or two
_DAYS = 2  # a movement of people that takes longer is counted like a toll


@dataclass(slots=True)
class Report:
    """The mentions of one sentence that tell of one event, with the slots found around them.

    ``begin`` and ``end`` are the tokens of the sentence that belong to it, mentions and circumstances.
    """

    sentence: Sentence
    mentions: list[Mention]
    begin: int = 0
    end: int = 0
    where: PlaceMention | None = None  # in its own sentence
    when: DateMention | None = None  # in its own sentence
    toll: str = ""  # the rule that makes it a toll, or empty
    cumulative: bool = False  # its figure is certainly of more than an event: "since Saturday"
    rate: bool = False
    type: str = "unknown"
    type_own: bool = False
    type_words: str = ""
    type_strength: int = 0
    means_told: bool = False
    means_known: bool = False  # "the blast"
    means_new: bool = False  # "a blast", "another one"
    sources: list[str] = field(default_factory=list)
    cues: frozenset[str] = frozenset()  # which words set it apart from or tie it to what was told before
    around: PlaceMention | None = None  # the place told last before it, where it has none of its own
    doers: frozenset[str] = frozenset()  # who is said to do something in its sentence
    superseded: bool = False  # "an earlier toll"
    cause: bool = False  # a means is told in its sentence, the title or next to it
    odds: float = 0.0  # log odds of toll against event
    sure: float = 1.0  # probability that it is no noise
    follows: bool = False  # it tells of an earlier event, which that of the title came after
    bygone: bool = False  # its own date is years before publication
    natural: bool = False  # illness, age or the like is told in its sentence
    words: dict[str, float] = field(default_factory=dict)  # of its part of the sentence, and how rare in the article
    victims: frozenset[str] = frozenset()  # the words that say who they are
    titled: float = 0.0  # how much of the title its words are

    @property
    def first(self) -> int:
        return min(m.first for m in self.mentions)

    @property
    def last(self) -> int:
        return max(max(m.last, m.trigger + 1) for m in self.mentions)

    @property
    def fleeing(self) -> bool:
        """Whether all it tells is that people flee, or have left in a day or two: not all who are displaced."""
        days = None if self.when is None else (self.when.span.end - self.when.span.start).days
        lasts = (days is not None and days > _DAYS) or any(value(m) >= _EXODUS for m in self.mentions)
        rules = () if lasts else ("subject",) if days is None else ("subject", "left homes")
        return all(m.outcome == "displaced" and m.rule in rules for m in self.mentions)

    @property
    def is_bare(self) -> bool:
        """Whether it tells a figure and nothing of its own besides: "the agency gave a toll of 12 dead"."""
        return self.where is None and self.when is None and not self.means_new and not self.type_own

    def of(self, outcome: str) -> Mention | None:
        return next((m for m in self.mentions if m.outcome == outcome and not m.breakdown), None)

    @property
    def outcomes(self) -> set[str]:
        return {m.outcome for m in self.mentions if not m.breakdown}

    @property
    def weak(self) -> bool:
        return all(m.weak or m.breakdown for m in self.mentions)


Chosen = dict[str, tuple[Figure, Mention]]  # for each outcome its figure, and the mention that it rests on


@dataclass(slots=True, eq=False)
class Draft:
    """An event in the making: the reports that tell of it, the first one leading."""

    reports: list[Report] = field(default_factory=list)
    toll: bool = False
    part_of: "Draft | None" = None
    figures: dict[str, list[Mention]] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=dict)
    in_title: bool = False
    right: float = 0.0  # probability that an annotator has it so
    own: float = 0.0  # and as no part of another
    members: tuple[int, ...] = ()  # its reports by their place in the article
    asides: list[Report] = field(default_factory=list)  # victim groups told in a sentence of their own

    def add(self, report: Report) -> None:
        self.reports.append(report)
        for mention in report.mentions:
            if not mention.breakdown:
                self.figures.setdefault(mention.outcome, []).append(mention)
        self.in_title = self.in_title or report.sentence.field == "title"


def value(mention: Mention) -> int:
    """A single number for comparing figures."""
    for number in (mention.best, mention.low, mention.high):
        if number is not None:
            return number
    return 0


def compatible(a: Mention, b: Mention) -> bool:
    """Whether two figures can be one number told twice: equal, or one a vaguer form of the other."""
    if (a.low, a.high) == (b.low, b.high) or (a.best is not None and a.best == b.best):
        return True
    for loose, exact in ((a, b), (b, a)):
        if loose.basis == Basis.VAGUE and loose.low is not None and exact.basis != Basis.VAGUE:
            return 0.8 * loose.low <= value(exact) < 40 * loose.low
        if loose.best and exact.best and loose.best != exact.best:
            if (
                loose.basis == Basis.APPROXIMATE
                and loose.best % 5 == 0
                and abs(loose.best - exact.best) <= 0.12 * loose.best
            ):
                return True
            if (
                loose.basis == Basis.AT_LEAST
                and loose.best % 10 == 0
                and loose.best >= 20
                and loose.best < exact.best <= 1.25 * loose.best
            ):
                return True
    return a.basis == b.basis == Basis.VAGUE
