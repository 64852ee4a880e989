"""The learned part of who did it and who says so: boosted trees; their weights are a data file of ``who_train.py``."""

import json
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from casualties.events.features import Features

WEIGHTS = Path(__file__).parent / "who_weights.json"


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of small trees over named features; a tree is [feature, threshold, less or equal, more] or [value]."""

    names: tuple[str, ...]
    trees: list[Any]

    def probability(self, features: Features) -> float:
        values = [features.get(name, 0.0) for name in self.names]
        total = 0.0
        for node in self.trees:
            while len(node) > 1:
                node = node[2] if values[node[0]] <= node[1] else node[3]
            total += node[0]
        return 1 / (1 + exp(-total))


@dataclass(frozen=True, slots=True)
class WhoJudges:
    """Whether a teller is an event's source, and whether a player did it."""

    teller: Trees
    player: Trees


def judges_of(raw: dict[str, Any]) -> WhoJudges:
    """The judges from their plain data."""
    made = {name: Trees(tuple(raw[name]["names"]), raw[name]["trees"]) for name in ("teller", "player")}
    return WhoJudges(**made)


@cache
def who_judges() -> WhoJudges:
    """Those of the weights file."""
    return judges_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))
