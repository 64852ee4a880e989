"""Which reports belong together, given how well each pair matches: the same result in whatever order they came.

Clusters grow by average linkage: the two whose pairs match best on average are joined first, until the best average is
below 0. A cluster holds at most one event of an article, and no pair that cannot be one incident.
"""

import heapq
from collections.abc import Callable, Iterable
from math import inf

Pair = tuple[str, str]
VETO = -inf


def pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def components(nodes: Iterable[str], matching: Iterable[Pair]) -> list[list[str]]:
    """The nodes in groups that are connected by matching pairs, each sorted."""
    parent = {node: node for node in nodes}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for a, b in matching:
        parent[root(a)] = root(b)
    groups: dict[str, list[str]] = {}
    for node in sorted(parent):
        groups.setdefault(root(node), []).append(node)
    return list(groups.values())


def agglomerate(
    group: Iterable[str], pairs: Iterable[Pair], score: Callable[[str, str], float | None]
) -> list[list[str]]:
    """Average-linkage clusters of one component.

    ``pairs`` are the pairs worth comparing within it, ``score`` is None for two that cannot be one incident. Pairs
    that are not in ``pairs`` are scored only where a merge would bring them together.
    """
    members = {node: [node] for node in group}
    if len(members) <= 2:
        return [sorted(members)]  # a pair that is connected matches
    links: dict[str, dict[str, float]] = {node: {} for node in members}  # sum of the scores between two clusters
    for a, b in pairs:
        value = score(a, b)
        links[a][b] = links[b][a] = VETO if value is None else value
    heap = [(-value, a, b) for a in links for b, value in links[a].items() if a < b and value >= 0]
    heapq.heapify(heap)

    def between(one: str, other: str) -> float:
        total = 0.0
        for a in members[one]:
            for b in members[other]:
                value = score(a, b)
                if value is None:
                    return VETO
                total += value
        return total

    def together(one: str, two: str, other: str) -> float:
        # What is known first: a veto spares the scoring of pairs that nobody has compared yet.
        first, second = links[one].get(other), links[two].get(other)
        if VETO in (first, second):
            return VETO
        if first is None:
            first = between(one, other)
        if second is None:
            second = between(two, other)
        return first + second

    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or -links[a][b] / (len(members[a]) * len(members[b])) != negative:
            continue  # of a state that is no more
        joined = {other: together(a, b, other) for other in links[a].keys() | links[b].keys() if other not in (a, b)}
        members[a] += members.pop(b)
        for other in links.pop(b):
            links[other].pop(b)
        links[a] = joined
        for other, value in joined.items():
            links[other][a] = value
            if value >= 0:
                size = len(members[a]) * len(members[other])
                heapq.heappush(heap, (-value / size, *pair(a, other)))
    return [sorted(cluster) for cluster in members.values()]
