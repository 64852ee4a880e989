"""The linked reports that a batch of new ones may touch."""

from collections.abc import Callable, Iterable

from casualties.incidents.blocks import lookup_keys, stored_keys
from casualties.incidents.compare import matches
from casualties.incidents.mention import Mention, mention
from casualties.incidents.records import LinkedReport

_ROUNDS = 6  # a chain of matches longer than this is cut; each round is one query


def blocks(linked: LinkedReport) -> set[str]:
    """The keys under which a linked report is to be filed."""
    return stored_keys(mention(linked))


def neighbourhood(
    seeds: Iterable[LinkedReport], fetch: Callable[[set[str]], Iterable[LinkedReport]]
) -> list[LinkedReport]:
    """All linked reports that are connected with the seeds by matching pairs.

    ``fetch`` gives the current linked reports filed under any of some keys.
    """
    known: dict[str, LinkedReport] = {}
    mentions: dict[str, Mention] = {}
    filed: dict[str, list[str]] = {}
    asked: set[str] = set()
    edge = [mention(seed) for seed in seeds]
    reached: set[str] = set()
    for _ in range(_ROUNDS):
        wanted = {m.report_id: lookup_keys(m) for m in edge}
        keys = set().union(*wanted.values()) - asked
        asked |= keys
        for linked in fetch(keys) if keys else ():
            report_id = linked.report.report_id
            if report_id not in known:
                known[report_id] = linked
                mentions[report_id] = mention(linked)
                for block in stored_keys(mentions[report_id]):
                    filed.setdefault(block, []).append(report_id)
        matched = {
            other
            for m in edge
            for other in {r for block in wanted[m.report_id] for r in filed.get(block, ())} - reached
            if matches(m, mentions[other])
        }
        if not matched:
            break
        reached |= matched
        edge = [mentions[report_id] for report_id in sorted(matched)]
    return [known[report_id] for report_id in sorted(reached)]
