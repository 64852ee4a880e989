"""Rules for those who are told to be among the victims: "twelve children were among the dead"."""

from casualties.events.drafts import Report
from casualties.events.phrases import Phrase
from casualties.events.reading import Reading
from casualties.events.told import Group

RULE = "among the"
_ONE = ("he", "she")
_AMONG = ("among", "amongst")


def tell(reading: Reading, t: int, outcome: str) -> bool:
    """A victim group of a figure told elsewhere: "among the dead, those killed", "among the first to be killed"."""
    k = _opens(reading, t)
    if k is None:
        return False
    begin, *_ = reading.verb_group(k)
    group = reading.subject(begin) or _named(reading, begin)
    if group is None or any(p.claimed for p in group.phrases):
        return False
    if outcome == "abducted" and not any(p.counted for p in group.phrases):
        return False  # "Britons are feared to be among the hostages"
    return reading.tell(outcome, RULE, t, group, breakdown=True) is not None


def _opens(reading: Reading, t: int) -> int | None:
    low = reading.low
    if t > 1 and low[t - 1] in ("the", "those") and low[t - 2] in _AMONG:
        return t - 2
    if t and reading.sentence.headline and low[t - 1] in _AMONG:
        return t - 1
    if "to" in low[max(0, t - 2) : t]:
        for k in range(t - 3, max(-1, t - 9), -1):
            if low[k] in _AMONG and low[k + 1 : k + 3] == ["the", "first"]:
                return k
    return None


def _named(reading: Reading, begin: int) -> Group | None:
    named: Phrase | None = reading.named(begin)
    return Group([named]) if named is not None else None


def stand_alone(reports: list[Report], short: bool) -> None:
    """Where nobody tells how many there were in all, those who were among them are the figure.

    In a ``short`` text "he was shot dead" is, where nothing else tells of him.
    """
    if short and all(m.kind == "pronoun" and m.sentence.low[m.first] in _ONE for r in reports for m in r.mentions):
        for mention in (m for r in reports for m in r.mentions):
            mention.kind = "one"
    told = {outcome for report in reports for outcome in report.outcomes}
    for report in reports:
        for mention in report.mentions:
            if mention.rule == RULE and mention.outcome not in told:
                mention.breakdown = False
