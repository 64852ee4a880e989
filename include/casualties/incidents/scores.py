"""Scores of pairs of reports, and what they are compared by, each worked out once."""

from collections.abc import Iterable
from math import inf

from casualties.incidents.cluster import Pair, pair
from casualties.incidents.compare import compare, score
from casualties.incidents.mention import Mention, mention
from casualties.incidents.records import Clue, LinkedReport


class Scores:
    """For the linking of one batch: the reports that were added to it, and how well their pairs match."""

    def __init__(self) -> None:
        self._mentions: dict[str, Mention] = {}
        self._known: dict[Pair, float | None] = {}

    def add(self, linked: LinkedReport) -> Mention:
        report_id = linked.report.report_id
        if report_id not in self._mentions:
            self._mentions[report_id] = mention(linked)
        return self._mentions[report_id]

    def of(self, a: str, b: str) -> float:
        """The score of two reports worth comparing, kept; minus infinity where they cannot be one incident."""
        at = pair(a, b)
        if at not in self._known:
            self._known[at] = score(self._mentions[a], self._mentions[b])
        known = self._known[at]
        return -inf if known is None else known

    def or_veto(self, a: str, b: str) -> float | None:
        """The score of any two, None for a veto; kept only if it was before, since such pairs are many."""
        at = pair(a, b)
        return self._known[at] if at in self._known else score(self._mentions[a], self._mentions[b])

    def best(self, report_id: str, others: Iterable[str]) -> tuple[str, tuple[Clue, ...]] | None:
        """The report that it matches best, with the clues; None for no others."""

        def order(other: str) -> tuple[float, str]:
            told = self.or_veto(report_id, other)
            return -inf if told is None else told, other

        best = max(others, key=order, default=None)
        if best is None:
            return None
        return best, compare(self._mentions[report_id], self._mentions[best]) or ()
