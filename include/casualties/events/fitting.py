"""Fit softmax regressions and boosted trees, and give them a form that is plain JSON.

LightGBM grows the trees. It is needed here alone: whoever extracts reads the weights file.
"""

from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from casualties.events.features import Features

Matrix = NDArray[np.float64]
Rows = list[tuple[Features, str]]
Tree = list[Any]  # [feature, threshold, tree where less or equal, tree where more] or [value]

_TREES: dict[str, Any] = {
    "learning_rate": 0.1,
    "num_leaves": 8,
    "min_data_in_leaf": 10,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.4,
    "lambda_l2": 3.0,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}
_ROUNDS = 80
_SEEDS = (7, 11, 23)
_RANKING: dict[str, Any] = {
    "learning_rate": 0.15,
    "num_leaves": 12,
    "feature_fraction": 0.5,
    "lambda_l2": 4.0,
    "bagging_freq": 0,
    "extra_trees": True,
}
_RANKING_ROUNDS = 80


def matrix(rows: list[Features], names: list[str]) -> Matrix:
    """Rows by features."""
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for r, features in enumerate(rows):
        for name, number in features.items():
            if name in column:
                x[r, column[name]] = number
    return x


def fit(rows: Rows, classes: list[str], penalty: float, weights: list[float] | None = None) -> dict[str, Any]:
    """A softmax regression with an L2 penalty and boosted trees for the same decision, as plain data."""
    names = sorted({name for features, _ in rows for name in features})
    x = matrix([features for features, _ in rows], names)
    y = np.array([classes.index(label) for _, label in rows])
    weight = np.ones(len(rows)) if weights is None else np.array(weights) / np.mean(weights)
    w = _softmax(x, np.eye(len(classes))[y], weight, penalty)
    linear = {name: [round(float(v), 3) for v in w[k]] for k, name in enumerate(names) if np.abs(w[k]).max() > 0.01}
    return {"classes": classes, "names": names, "linear": linear, "trees": _boosted(x, y, weight, classes)}


def _softmax(x: Matrix, y: Matrix, weight: Matrix, penalty: float, rounds: int = 400) -> Matrix:
    w = np.zeros((x.shape[1], y.shape[1]))
    step = np.zeros_like(w)
    for _ in range(rounds):
        scores = x @ w
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ ((p - y) * weight[:, None]) / len(x) + penalty * w / len(x)
        step = 0.9 * step - 0.15 * gradient
        w += step
    return w


def _boosted(x: Matrix, y: NDArray[np.int64], weight: Matrix, classes: list[str]) -> dict[str, list[Tree]]:
    """Trees whose sums are the log likelihoods of the classes, but for a constant: the mean of several fits."""
    settings = _TREES | {"objective": "multiclass", "num_class": len(classes)}
    trees: dict[str, list[Tree]] = {name: [] for name in classes}
    for seed in _SEEDS:
        data = lightgbm.Dataset(x, y, weight=weight)
        grown = lightgbm.train(settings | {"seed": seed}, data, _ROUNDS).dump_model()["tree_info"]
        for k, info in enumerate(grown):
            trees[classes[k % len(classes)]].append(_shrunk(_plain(info["tree_structure"]), len(_SEEDS)))
    return trees


def fit_ranking(x: Matrix, right: NDArray[np.bool_], sizes: list[int], seeds: int = 6) -> list[Tree]:
    """Trees whose sum ranks the rows of each group, fitted on the softmax within it.

    ``right``: which rows are answers, of which each group has one at least; ``sizes``: rows in each group, in order.
    Thresholds are drawn at random, which with few groups does better than the best ones; ``seeds`` fits are averaged.
    """
    group = np.repeat(np.arange(len(sizes)), sizes)

    def gradients(score: Matrix, _: lightgbm.Dataset) -> tuple[Matrix, Matrix]:
        powers = np.exp(score - score.max())
        share = _within(powers, group)
        return share - _within(np.where(right, powers, 0.0), group), np.maximum(share * (1 - share), 1e-6)

    trees: list[Tree] = []
    for seed in range(seeds):
        settings = _TREES | _RANKING | {"objective": gradients, "seed": seed}
        grown = lightgbm.train(settings, lightgbm.Dataset(x, right.astype(float)), _RANKING_ROUNDS).dump_model()
        trees += [_shrunk(_plain(info["tree_structure"]), seeds) for info in grown["tree_info"]]
    return trees


def _within(powers: Matrix, group: NDArray[np.int64]) -> Matrix:
    shares: Matrix = powers / np.bincount(group, powers)[group]
    return shares


def _shrunk(tree: Tree, by: int) -> Tree:
    if len(tree) == 1:
        return [round(tree[0] / by, 4)]
    return [tree[0], tree[1], _shrunk(tree[2], by), _shrunk(tree[3], by)]


def _plain(node: dict[str, Any]) -> Tree:
    if "leaf_value" in node:
        return [round(float(node["leaf_value"]), 4)]
    left, right = _plain(node["left_child"]), _plain(node["right_child"])
    return [int(node["split_feature"]), round(float(node["threshold"]), 6), left, right]


def fit_logistic(rows: list[tuple[Features, bool]], penalty: float = 2.0) -> dict[str, float]:
    """A logistic regression of something being so, as a weight for each feature."""
    names = sorted({name for features, _ in rows for name in features})
    x = matrix([features for features, _ in rows], names)
    y = np.array([float(right) for _, right in rows])
    w = np.zeros(len(names))
    step = np.zeros_like(w)
    for _ in range(3000):
        gradient = x.T @ (1 / (1 + np.exp(-(x @ w))) - y) / len(rows) + penalty * w / len(rows)
        step = 0.9 * step - 0.1 * gradient
        w += step
    return {name: round(float(v), 3) for name, v in zip(names, w, strict=True)}
