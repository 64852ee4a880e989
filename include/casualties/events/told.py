"""What rules find: a figure with its outcome, and the coordinated phrases it was counted from."""

from dataclasses import dataclass, field

from casualties.events.phrases import Phrase
from casualties.events.tokens import Sentence
from casualties.model import Basis


@dataclass(slots=True)
class Mention:
    """One figure with its outcome, as one rule read it in one sentence."""

    sentence: Sentence
    outcome: str
    rule: str
    low: int | None
    best: int | None
    high: int | None
    basis: Basis
    first: int  # tokens of the figure's phrase
    last: int
    trigger: int
    kind: str = "count"
    groups: list[tuple[str, int | None, int | None, int | None]] = field(default_factory=list)
    definite: bool = False
    other: bool = False
    of_whole: bool = False
    breakdown: bool = False
    addends: tuple[int, ...] = ()  # what a sum was made of
    hit: bool = False  # told only as being shot: may be among the dead
    perfect: bool = False  # "have been killed", "has killed"
    subject: tuple[int, int] | None = None  # tokens that may name who did it
    agent: tuple[int, int] | None = None

    @property
    def weak(self) -> bool:
        """A single person without a number: a name, a pronoun."""
        return self.kind in ("pronoun", "named")


@dataclass(slots=True)
class Group:
    """Coordinated phrases that together are one argument, and the breakdown told within them."""

    phrases: list[Phrase]
    parts: list[Phrase] = field(default_factory=list)

    @property
    def first(self) -> int:
        return min(p.first for p in self.phrases)

    @property
    def last(self) -> int:
        return max(p.last for p in self.phrases)
