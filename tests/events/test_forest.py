"""Trees that are not walked say what walking them would."""

import random
from typing import Any

import pytest

from casualties.events.forest import Forest

FEATURES = 6


def grown(draw: random.Random, leaves: int) -> list[Any]:
    """A tree of up to so many leaves, of any shape, some of its thresholds those of others."""
    if leaves < 2 or draw.random() < 0.05:
        return [round(draw.uniform(-1, 1), 4)]
    left = draw.randint(1, leaves - 1)
    return [draw.randrange(FEATURES), draw.randint(-2, 2) / 2, grown(draw, left), grown(draw, leaves - left)]


def walked(tree: list[Any], row: list[float]) -> float:
    while len(tree) > 1:
        tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
    return float(tree[0])


@pytest.mark.parametrize("leaves", [1, 8, 16, 64])
def test_sums_are_those_of_the_leaves_that_a_walk_would_reach(leaves):
    draw = random.Random(leaves)
    groups = [[grown(draw, leaves) for _ in range(count)] for count in (9, 4, 7)]
    rows = [[draw.randint(-4, 4) / 2 for _ in range(FEATURES)] for _ in range(50)]
    expected = [[sum((walked(tree, row) for tree in trees), 0.0) for trees in groups] for row in rows]
    assert Forest(groups).sums(rows) == expected


def test_a_row_on_a_threshold_goes_where_less_or_equal_goes():
    assert Forest([[[0, 0.5, [1.0], [2.0]]]]).sums([[0.5], [0.6]]) == [[1.0], [2.0]]
