"""Boosted trees as arrays: all thresholds of all trees are tested at once, and no tree is walked.

QuickScorer (Lucchese et al. 2015, doi:10.1145/2766462.2767733): a row that is above a fork's threshold cannot end in a
leaf on the fork's other side. Of the leaves that no fork rules out, the first is the one that a walk would reach.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np


class Forest:
    """Groups of trees: one for each class of a model, or one alone. What a group says is the sum of its trees.

    A tree is plain data: ``[value]`` for a leaf, else ``[feature, threshold, tree where less or equal, tree where
    more]``; it has 64 leaves at most.
    """

    def __init__(self, groups: Sequence[Sequence[Any]]) -> None:
        longest = max(map(len, groups), default=0)
        self._shape = len(groups), longest
        tests: dict[tuple[int, float], int] = {}
        forks: list[list[tuple[int, int]]] = []  # of each tree: its test, and the leaves that it rules out where passed
        leaves: list[list[float]] = []
        for group in groups:
            for tree in [*group, *[[0.0]] * (longest - len(group))]:
                forks.append([])
                leaves.append([])
                _fell(tree, tests, forks[-1], leaves[-1])
        most = max(map(len, leaves), default=1)
        bits: type[np.unsignedinteger[Any]] = np.uint8 if most <= 8 else np.uint16 if most <= 16 else np.uint64
        self._features = np.array([feature for feature, _ in tests], np.intp)
        self._thresholds = np.array([threshold for _, threshold in tests], np.float64)
        width = max(map(len, forks), default=0)
        self._tests = np.zeros((width, len(forks)), np.intp)
        self._spared = np.full((width, len(forks)), -1).astype(bits)
        for tree_at, told in enumerate(forks):
            for at, (test, lost) in enumerate(told):
                self._tests[at, tree_at] = test
                self._spared[at, tree_at] ^= bits(lost)
        self._first = np.cumsum([0, *map(len, leaves)])[:-1]
        self._values = np.array([value for told in leaves for value in told], np.float64)

    def sums(self, rows: Sequence[Sequence[float]]) -> list[list[float]]:
        """For each row of features what each group says: its leaves, added up in the order of the trees."""
        above = np.array(rows, np.float64).take(self._features, axis=1) > self._thresholds
        unless = above.astype(self._spared.dtype) - 1  # no bit where the test is passed, else all
        open_leaves = np.bitwise_and.reduce(unless.take(self._tests, axis=1) | self._spared, axis=1)
        leaf = np.bitwise_count((open_leaves & -open_leaves) - 1)
        grown = self._values.take(leaf + self._first).reshape(len(rows), *self._shape)
        totals: list[list[float]] = grown.cumsum(axis=2)[:, :, -1].tolist()
        return totals


def _fell(tree: Any, tests: dict[tuple[int, float], int], forks: list[tuple[int, int]], leaves: list[float]) -> None:
    if len(tree) == 1:
        leaves.append(float(tree[0]))
        return
    feature, threshold, less, more = tree
    first = len(leaves)
    _fell(less, tests, forks, leaves)
    lost = (1 << len(leaves)) - (1 << first)
    forks.append((tests.setdefault((feature, threshold), len(tests)), lost))
    _fell(more, tests, forks, leaves)
