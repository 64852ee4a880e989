"""The linked reports that a batch of new ones may touch."""

from collections.abc import Callable, Iterable

from casualties.incidents.blocks import Filed, lookup_keys
from casualties.incidents.records import LinkedReport
from casualties.incidents.scores import Scores

_ROUNDS = 6  # a chain of matches longer than this is cut; each round is one query


def neighbourhood(
    seeds: Iterable[LinkedReport],
    fetch: Callable[[set[str]], Iterable[LinkedReport]],
    scores: Scores | None = None,
) -> list[LinkedReport]:
    """All linked reports that are connected with the seeds by matching pairs.

    ``fetch`` gives the current linked reports filed under any of some keys; ``scores`` keeps what is worked out.
    """
    scores = scores or Scores()
    known: dict[str, LinkedReport] = {}
    filed = Filed()
    asked: set[str] = set()
    edge = [scores.add(seed) for seed in seeds]
    reached: set[str] = set()
    for _ in range(_ROUNDS):
        keys = set().union(*map(lookup_keys, edge)) - asked
        asked |= keys
        for linked in fetch(keys) if keys else ():
            if linked.report.report_id not in known:
                known[linked.report.report_id] = linked
                filed.add(scores.add(linked))
        matched = {
            other
            for mention in edge
            for other in filed.near(mention) - reached
            if scores.of(mention.report_id, other) >= 0
        }
        if not matched:
            break
        reached |= matched
        edge = [scores.add(known[report_id]) for report_id in sorted(matched)]
    return [known[report_id] for report_id in sorted(reached)]
