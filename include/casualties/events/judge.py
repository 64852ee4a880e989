"""Small linear models over :mod:`casualties.events.features`; their weights are a data file made by ``train.py``."""

import json
import math
from functools import cache
from pathlib import Path

from casualties.events.features import Features

WEIGHTS = Path(__file__).parent / "weights.json"


@cache
def weights(model: str) -> dict[str, dict[str, float]]:
    """Of one model: for each class the weight of each feature."""
    loaded: dict[str, dict[str, dict[str, float]]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return loaded[model]


def judge(model: str, features: Features) -> dict[str, float]:
    """The probability of each class of a model."""
    scores = {
        name: sum(row.get(key, 0.0) * x for key, x in features.items() if x) for name, row in weights(model).items()
    }
    top = max(scores.values())
    powers = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}
