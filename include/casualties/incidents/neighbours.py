"""The linked reports that a batch of new ones may touch."""

from collections.abc import Callable, Iterable

import numpy as np

from casualties.incidents.compare import scores
from casualties.incidents.mentions import Mentions
from casualties.incidents.records import LinkedReport

_ROUNDS = 6  # a chain of matches longer than this is cut; each round is one query


def neighbourhood(
    seeds: Iterable[LinkedReport],
    fetch: Callable[[set[str]], Iterable[LinkedReport]],
    mentions: Mentions | None = None,
) -> list[LinkedReport]:
    """All linked reports that are connected with the seeds by matching pairs.

    ``fetch`` gives the current linked reports filed under any of some keys; ``mentions`` keeps what is made of them.
    """
    mentions = mentions or Mentions()
    known: dict[str, LinkedReport] = {}
    asked: set[str] = set()
    seeds = list(seeds)
    mentions.add(seeds)
    edge = mentions.rows(seed.report.report_id for seed in seeds)
    reached = edge[:0]
    for _ in range(_ROUNDS):
        keys = mentions.filed.sought(edge) - asked
        asked |= keys
        if keys:
            found = {linked.report.report_id: linked for linked in fetch(keys)}
            mentions.add(linked for report_id, linked in found.items() if report_id not in known)
            known |= found
        matched = [edge[:0]]
        index = mentions.filed.index(mentions.rows(known))
        for a, b in index.near(edge, reached):
            matched.append(b[scores(mentions, a, b) >= 0])
        edge = np.setdiff1d(np.concatenate(matched), reached)
        if not len(edge):
            break
        reached = np.union1d(reached, edge)
    return [known[report_id] for report_id in sorted(mentions.ids[row] for row in reached.tolist())]
