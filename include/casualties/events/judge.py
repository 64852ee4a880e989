"""Small models over features of reports, pairs and drafts; their weights are a data file made by ``train.py``."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casualties.events.features import Features
from casualties.events.forest import Forest

_CERTAIN = 0.985  # beyond this the trees are not asked

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A softmax regression, and boosted trees over the same features if there are any; their mean."""

    classes: tuple[str, ...]
    names: tuple[str, ...]
    linear: dict[str, list[float]]  # feature -> a weight for each class
    trees: Forest | None  # a group for each class

    def probabilities(self, features: Features) -> dict[str, float]:
        scores = [0.0] * len(self.classes)
        for name, row in self.linear.items():  # in one order, whatever that of the features: sums are to be the same
            if number := features.get(name):
                for k, weight in enumerate(row):
                    scores[k] += weight * number
        shares = _shares(scores)
        if max(shares) > _CERTAIN or self.trees is None:
            return dict(zip(self.classes, shares, strict=True))
        grown = _shares(self.trees.sums([[features.get(name, 0.0) for name in self.names]])[0])
        return {name: (a + b) / 2 for name, a, b in zip(self.classes, shares, grown, strict=True)}


def _shares(scores: list[float]) -> list[float]:
    """Probabilities from log likelihoods that lack a constant."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


Models = dict[str, Model]  # by what they judge: "report", "pair", "draft", "part"


def model_of(raw: dict[str, Any]) -> Model:
    """A model from its plain data."""
    classes = tuple(raw["classes"])
    trees = Forest([raw["trees"][c] for c in classes]) if raw["trees"] else None
    return Model(classes, tuple(raw["names"]), raw["linear"], trees)


@cache
def models() -> Models:
    """The models of the weights file: ``report``, ``pair``, ``draft`` and ``part``."""
    raw: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: model_of(raw[name]) for name in ("report", "pair", "draft", "part")}


@cache
def constants(name: str) -> dict[str, float]:
    """A plain table of the weights file."""
    raw: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return raw.get(name, {})
