"""The learned part of who did it and who says so: boosted trees; their weights are a data file of ``who_train.py``."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from casualties.events.features import Features
from casualties.events.forest import Forest

WEIGHTS = Path(__file__).parent / "who_weights.json"


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of small trees over named features."""

    names: tuple[str, ...]
    trees: Forest

    def probabilities(self, told: Sequence[Features]) -> list[float]:
        """For each of several candidates how likely it is."""
        rows = [[features.get(name, 0.0) for name in self.names] for features in told]
        return [1 / (1 + exp(-score)) for (score,) in self.trees.sums(rows)] if rows else []


@dataclass(frozen=True, slots=True)
class WhoJudges:
    """Whether a teller is an event's source, and whether a player did it."""

    teller: Trees
    player: Trees


def judges_of(raw: dict[str, Any]) -> WhoJudges:
    """The judges from their plain data."""
    made = {name: Trees(tuple(raw[name]["names"]), Forest([raw[name]["trees"]])) for name in ("teller", "player")}
    return WhoJudges(**made)


@cache
def who_judges() -> WhoJudges:
    """Those of the weights file."""
    return judges_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))
