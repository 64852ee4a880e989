"""Small linear models over :mod:`casualties.events.features`; their weights are a data file made by ``train.py``."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casualties.events.features import Features

Tree = list[Any]  # [feature, threshold, tree where less or equal, tree where more] or [value]

_CERTAIN = 0.985  # beyond this the trees are not asked

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A softmax regression and boosted trees over the same features; their probabilities are averaged."""

    classes: tuple[str, ...]
    names: tuple[str, ...]
    linear: dict[str, list[float]]  # feature -> a weight for each class
    trees: tuple[tuple[Tree, ...], ...]  # for each class

    def probabilities(self, features: Features) -> dict[str, float]:
        scores = [0.0] * len(self.classes)
        for name, number in features.items():
            row = self.linear.get(name)
            if row is not None and number:
                for k, weight in enumerate(row):
                    scores[k] += weight * number
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        if 1 / total > _CERTAIN:
            return {name: powers[k] / total for k, name in enumerate(self.classes)}
        values = [features.get(name, 0.0) for name in self.names]
        grown = [1 / (1 + math.exp(-sum([_walk(tree, values) for tree in trees]))) for trees in self.trees]
        whole = sum(grown)
        return {name: (powers[k] / total + grown[k] / whole) / 2 for k, name in enumerate(self.classes)}


def _walk(tree: Tree, values: list[float]) -> float:
    while len(tree) > 1:
        tree = tree[2] if values[tree[0]] <= tree[1] else tree[3]
    return float(tree[0])


def model_of(raw: dict[str, Any]) -> Model:
    """A model from its plain data."""
    classes = tuple(raw["classes"])
    return Model(classes, tuple(raw["names"]), raw["linear"], tuple(tuple(raw["trees"][c]) for c in classes))


@cache
def models() -> dict[str, Model]:
    """The models of the weights file: ``report`` and ``pair``."""
    raw: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: model_of(raw[name]) for name in ("report", "pair")}


@cache
def constants(name: str) -> dict[str, float]:
    """A plain table of the weights file."""
    raw: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return raw.get(name, {})
