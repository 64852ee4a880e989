"""What is fitted comes back from plain JSON as it was."""

import json
import random

import numpy as np
import pytest

pytest.importorskip("lightgbm")

from casualties.events.fitting import fit, fit_ranking
from casualties.events.forest import Forest
from casualties.events.judge import model_of


def _rows() -> list[tuple[dict[str, float], str]]:
    """Two features that decide, one that does not."""
    draw = random.Random(3)
    rows = []
    for _ in range(400):
        features = {"size": draw.random(), "told": float(draw.random() < 0.5), "idle": draw.random()}
        rows.append((features, "far" if features["size"] > 0.6 else "near" if features["told"] else "none"))
    return rows


def test_a_fitted_model_decides_as_its_examples_do() -> None:
    classes = ["near", "far", "none"]
    plain = json.loads(json.dumps(fit(_rows(), classes, penalty=1.0)))
    model = model_of(plain)
    right = 0
    for features, label in _rows():
        told = model.probabilities(features)
        assert sum(told.values()) == pytest.approx(1.0)
        right += max(told, key=told.__getitem__) == label
    assert right > 380


def test_a_rare_answer_keeps_its_rarity_where_nothing_tells() -> None:
    """The first trees hold the priors: without them, trees alone would say one half."""
    rows = [({"idle": float(k % 2)}, "rare" if k % 20 < 2 else "common") for k in range(400)]
    model = model_of(fit(rows, ["rare", "common"], penalty=1.0))
    assert model.probabilities({"idle": 1.0})["rare"] == pytest.approx(0.1, abs=0.05)


def test_a_ranking_finds_what_is_largest_in_its_group() -> None:
    """What is right depends on the group's other rows: no threshold alone gives it."""
    draw = np.random.default_rng(5)
    groups = [draw.random((draw.integers(2, 6), 2)) + draw.random() for _ in range(300)]
    right = np.concatenate([g[:, 0] == g[:, 0].max() for g in groups])
    forest = Forest([fit_ranking(np.concatenate(groups), right, [len(g) for g in groups])])
    found = [np.argmax(forest.sums(g.tolist())) == g[:, 0].argmax() for g in groups]
    assert sum(found) > 270
