"""Which reports belong together, given how well each pair matches: the same result in whatever order they came.

Clusters grow by average linkage: the two whose pairs match best on average are joined first, until the best average is
below 0. A cluster holds at most one event of an article, and no pair that cannot be one incident.

All clusters grow at once, in rounds. Two that match each other better than any third are joined; what else is joined
before, elsewhere, cannot come between them, since the average over a union lies between those over its parts. Of equal
averages the one between the reports with the lowest numbers counts.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from casualties.incidents.compare import VETO
from casualties.incidents.filed import Mask, Rows, ranges
from casualties.incidents.sides import Amounts

Scorer = Callable[[Rows, Rows], Amounts]


class Pairs(NamedTuple):
    """Pairs of numbered reports, none twice, and how well they match: whole numbers, or VETO."""

    a: Rows
    b: Rows
    scores: Amounts

    def at(self, where: Rows) -> "Pairs":
        return Pairs(self.a[where], self.b[where], self.scores[where])


def clusters(count: int, pairs: Pairs, score: Scorer) -> Rows:
    """Of each of ``count`` reports the lowest number in its cluster.

    ``pairs`` are those worth comparing; others are scored only where a merge brings them together.
    """
    component = components(count, pairs)
    within = np.flatnonzero(component[pairs.a] == component[pairs.b])
    growth = _Growth(count, component, pairs.at(within), score)
    while growth.join_the_best():
        pass
    return growth.cluster


def components(count: int, pairs: Pairs) -> Rows:
    """Of each of ``count`` reports the number of the component in which matching pairs connect it with others."""
    matching = pairs.scores >= 0
    graph = csr_array((np.ones(int(matching.sum())), (pairs.a[matching], pairs.b[matching])), shape=(count, count))
    component: Rows = connected_components(graph, directed=False)[1]
    return component


class _Growth:
    """The state between two rounds. A pair of clusters is known when all pairs of their reports have been scored."""

    def __init__(self, count: int, component: Rows, pairs: Pairs, score: Scorer) -> None:
        self.cluster = np.arange(count)  # by report; a cluster bears its lowest number
        self._component, self._score = component, score
        self._size = np.ones(count, np.int64)
        self._reports = np.arange(count)  # of components that still grow
        # Of each known pair of clusters, the lower number first, the sum of the scores.
        self._a, self._b = np.minimum(pairs.a, pairs.b), np.maximum(pairs.a, pairs.b)
        self._total = pairs.scores

    def join_the_best(self) -> bool:
        """One round; whether there was anything to join."""
        average = self._total / (self._size[self._a] * self._size[self._b])
        open_ = average >= 0
        if not open_.any():
            return False
        self._forget_the_grown(open_)
        a, b, average = self._a, self._b, self._total / (self._size[self._a] * self._size[self._b])
        order = np.lexsort((b, a, -average))[: int((average >= 0).sum())]
        rank = np.full(len(self.cluster), len(order))
        np.minimum.at(rank, a[order], np.arange(len(order)))
        np.minimum.at(rank, b[order], np.arange(len(order)))
        mutual = order[(rank[a[order]] == np.arange(len(order))) & (rank[b[order]] == np.arange(len(order)))]
        self._join(a[mutual], b[mutual])
        return True

    def _forget_the_grown(self, open_: Mask) -> None:
        """Leave out the components in which nothing can be joined any more."""
        growing = np.zeros(len(self.cluster), np.bool_)
        growing[self._component[self._a[open_]]] = True
        kept = growing[self._component[self._a]]
        self._a, self._b, self._total = self._a[kept], self._b[kept], self._total[kept]
        self._reports = self._reports[growing[self._component[self._reports]]]

    def _join(self, kept: Rows, lost: Rows) -> None:
        count = len(self.cluster)
        partner = np.arange(count)  # the other part of what is joined now
        partner[kept], partner[lost] = lost, kept
        into = np.arange(count)
        into[lost] = kept
        a, b = into[self._a], into[self._b]
        inside = a == b
        touched = np.flatnonzero(((partner[self._a] != self._a) | (partner[self._b] != self._b)) & ~inside)
        still = np.flatnonzero((partner[self._a] == self._a) & (partner[self._b] == self._b))
        joined = self._unions(into, partner, touched)
        self._a = np.concatenate([self._a[still], joined.a])
        self._b = np.concatenate([self._b[still], joined.b])
        self._total = np.concatenate([self._total[still], joined.scores])
        self._size[kept] += self._size[lost]
        self.cluster[self._reports] = into[self.cluster[self._reports]]

    def _unions(self, into: Rows, partner: Rows, touched: Rows) -> Pairs:
        """The pairs of clusters after a round of which a part has been joined, with their sums."""
        count = len(into)
        known_a, known_b, total = self._a[touched], self._b[touched], self._total[touched]
        # What a veto forbids already needs no more scores.
        union = _number(into[known_a], into[known_b], count)
        unions, at = np.unique(union, return_inverse=True)
        vetoed = np.zeros(len(unions), np.bool_)
        vetoed[at[total == VETO]] = True
        parts = np.unique(
            np.concatenate(
                [_number(x, y, count) for x in (known_a, partner[known_a]) for y in (known_b, partner[known_b])]
            )
        )
        missing = np.setdiff1d(parts, _number(known_a, known_b, count), assume_unique=True)
        a, b = missing // count, missing % count
        needed = ~vetoed[np.searchsorted(unions, _number(into[a], into[b], count))]
        a, b = a[needed], b[needed]
        sums = np.bincount(at, np.where(total == VETO, 0.0, total), len(unions)).astype(np.float64)
        place = np.searchsorted(unions, _number(into[a], into[b], count))
        np.add.at(sums, place, self._between(a, b))
        sums[vetoed] = VETO
        return Pairs(unions // count, unions % count, sums)

    def _between(self, a: Rows, b: Rows) -> Amounts:
        """The sums of the scores between pairs of clusters that nobody has compared yet."""
        if not len(a):
            return np.zeros(0)
        members = self._reports[np.argsort(self.cluster[self._reports], kind="stable")]
        owners = self.cluster[members]
        size = self._size
        # Each report of the one with each of the other.
        first = np.searchsorted(owners, a)
        one = ranges(first, first + size[a])
        pair = np.repeat(np.arange(len(a)), size[a])
        start = np.searchsorted(owners, b)[pair]
        other = ranges(start, start + size[b][pair])
        of = np.repeat(np.arange(len(one)), size[b][pair])
        scores = self._score(members[one][of], members[other])
        return np.bincount(pair[of], scores, len(a)).astype(np.float64)


def _number(a: Rows, b: Rows, count: int) -> Rows:
    numbers: Rows = np.minimum(a, b) * count + np.maximum(a, b)
    return numbers
