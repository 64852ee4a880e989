"""Gradient-boosted small trees for :mod:`casualties.events.train`: numpy alone, and a form that is plain JSON."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Tree = list[Any]  # [feature, threshold, tree where less or equal, tree where more] or [value]


def grow(x: Matrix, gradient: Matrix, curvature: Matrix, depth: int, least: int, ridge: float) -> Tree:
    """One regression tree on the gradient of the logistic loss (Newton steps in the leaves)."""
    total, weight = gradient.sum(), curvature.sum()
    leaf: Tree = [float(total / (weight + ridge))]
    if depth == 0 or len(gradient) < 2 * least:
        return leaf
    best, chosen = 1e-6, None
    base = total * total / (weight + ridge)
    for column in range(x.shape[1]):
        values = x[:, column]
        cuts = np.unique(values)
        if len(cuts) < 2:
            continue
        cuts = (cuts[:-1] + cuts[1:]) / 2
        if len(cuts) > 12:
            cuts = cuts[np.linspace(0, len(cuts) - 1, 12).astype(int)]
        for cut in cuts:
            left = values <= cut
            count = int(left.sum())
            if count < least or len(values) - count < least:
                continue
            g, h = gradient[left].sum(), curvature[left].sum()
            gain = g * g / (h + ridge) + (total - g) ** 2 / (weight - h + ridge) - base
            if gain > best:
                best, chosen = gain, (column, float(cut))
    if chosen is None:
        return leaf
    column, cut = chosen
    left = x[:, column] <= cut
    return [
        column, cut,
        grow(x[left], gradient[left], curvature[left], depth - 1, least, ridge),
        grow(x[~left], gradient[~left], curvature[~left], depth - 1, least, ridge),
    ]  # fmt: skip


def predict(tree: Tree, x: Matrix) -> Matrix:
    """The value of a tree for each row."""
    if len(tree) == 1:
        return np.full(len(x), tree[0])
    left = x[:, tree[0]] <= tree[1]
    out = np.empty(len(x))
    out[left] = predict(tree[2], x[left])
    out[~left] = predict(tree[3], x[~left])
    return out


def boost(
    x: Matrix, y: Matrix, rounds: int, depth: int, rate: float, least: int, ridge: float, share: float
) -> list[Tree]:
    """Trees whose sum (times ``rate``, already within the leaves) is the log odds of ``y``."""
    random = np.random.default_rng(7)
    prior = float(np.log((y.mean() + 1e-3) / (1 - y.mean() + 1e-3)))
    trees: list[Tree] = [[prior]]
    score = np.full(len(y), prior)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-score))
        rows = random.random(len(y)) < share
        tree = _scaled(grow(x[rows], (y - p)[rows], (p * (1 - p))[rows], depth, least, ridge), rate)
        score += predict(tree, x)
        trees.append(tree)
    return trees


def _scaled(tree: Tree, rate: float) -> Tree:
    if len(tree) == 1:
        return [round(tree[0] * rate, 4)]
    return [tree[0], tree[1], _scaled(tree[2], rate), _scaled(tree[3], rate)]
