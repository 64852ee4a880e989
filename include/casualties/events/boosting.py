"""Gradient-boosted small trees for :mod:`casualties.events.train`: numpy alone, and a form that is plain JSON."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Tree = list[Any]  # [feature, threshold, tree where less or equal, tree where more] or [value]


_CUTS = 10  # thresholds tried for a feature, at most


def cuts_of(x: Matrix) -> list[tuple[int, float]]:
    """Feature and threshold pairs worth trying: midpoints between the values that occur."""
    found = []
    for column in range(x.shape[1]):
        values = np.unique(x[:, column])
        middles = (values[:-1] + values[1:]) / 2
        if len(middles) > _CUTS:
            middles = middles[np.linspace(0, len(middles) - 1, _CUTS).astype(int)]
        found += [(column, float(cut)) for cut in middles]
    return found


def grow(
    above: Matrix,
    cuts: list[tuple[int, float]],
    gradient: Matrix,
    curvature: Matrix,
    depth: int,
    least: int,
    ridge: float,
) -> Tree:
    """One regression tree on the gradient of the logistic loss (Newton steps in the leaves).

    ``above``: rows by cuts, 1 where the row's feature is above the threshold.
    """
    total, weight, count = gradient.sum(), curvature.sum(), len(gradient)
    leaf: Tree = [float(total / (weight + ridge))]
    if depth == 0 or count < 2 * least:
        return leaf
    g, h, n = gradient @ above, curvature @ above, above.sum(axis=0)
    gain = g * g / (h + ridge) + (total - g) ** 2 / (weight - h + ridge) - total * total / (weight + ridge)
    gain[(n < least) | (count - n < least)] = -1
    best = int(gain.argmax())
    if gain[best] <= 1e-6:
        return leaf
    right = above[:, best] > 0
    column, cut = cuts[best]
    return [
        column,
        cut,
        grow(above[~right], cuts, gradient[~right], curvature[~right], depth - 1, least, ridge),
        grow(above[right], cuts, gradient[right], curvature[right], depth - 1, least, ridge),
    ]


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
    cuts = cuts_of(x)
    above = np.stack([x[:, column] > cut for column, cut in cuts], axis=1).astype(float)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-score))
        rows = random.random(len(y)) < share
        tree = scaled(grow(above[rows], cuts, (y - p)[rows], (p * (1 - p))[rows], depth, least, ridge), rate)
        score += predict(tree, x)
        trees.append(tree)
    return trees


def scaled(tree: Tree, rate: float) -> Tree:
    if len(tree) == 1:
        return [round(tree[0] * rate, 4)]
    return [tree[0], tree[1], scaled(tree[2], rate), scaled(tree[3], rate)]
