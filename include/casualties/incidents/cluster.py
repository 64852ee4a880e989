"""Which reports belong together, given how well each pair matches: the same result in whatever order they came.

Clusters grow by average linkage: the two whose pairs match best on average are joined first, until the best average is
below 0. A cluster holds at most one event of an article, and no pair that cannot be one incident.
"""

import heapq
from collections.abc import Callable, Iterable
from itertools import combinations

Pair = tuple[str, str]


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


def agglomerate(group: list[str], score: Callable[[str, str], float | None]) -> list[list[str]]:
    """Average-linkage clusters of one component; ``score`` is None for a pair that cannot be one incident."""
    members = {node: [node] for node in group}
    links: dict[str, dict[str, tuple[float, int] | None]] = {node: {} for node in group}
    for a, b in combinations(group, 2):
        value = score(a, b)
        links[a][b] = links[b][a] = None if value is None else (value, 1)
    heap = [(-link[0], a, b) for a in group for b, link in links[a].items() if a < b and link and link[0] >= 0]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        link = links[a].get(b) if a in members and b in members else None
        if link is None or -link[0] / link[1] != negative:
            continue  # of a state that is no more
        members[a] += members.pop(b)
        del links[a][b]
        for other, second in links.pop(b).items():
            if other == a:
                continue
            del links[other][b]
            first = links[a][other]
            joined = None if first is None or second is None else (first[0] + second[0], first[1] + second[1])
            links[a][other] = links[other][a] = joined
            if joined and joined[0] >= 0:
                heapq.heappush(heap, (-joined[0] / joined[1], *pair(a, other)))
    return [sorted(cluster) for cluster in members.values()]
