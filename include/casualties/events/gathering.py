"""From the mentions of one sentence to reports: mentions of different outcomes in one run of clauses are one event."""

from casualties.events.drafts import Report, value
from casualties.events.told import Mention

PARTING = frozenset((";", "while", "whereas", "elsewhere", "separately", "meanwhile", "another", "after", "before"))


def gather(mentions: list[Mention]) -> list[Report]:
    """Reports of one sentence, left to right. A second figure for the same outcome opens another report."""
    reports: list[Report] = []
    for mention in sorted(mentions, key=lambda m: (m.first, m.trigger)):
        if not reports:
            reports.append(Report(mention.sentence, [mention]))
            continue
        current = reports[-1]
        known = current.of(mention.outcome)
        between = mention.sentence.low[current.last : mention.first]
        if mention.breakdown or (known is None and not any(word in PARTING for word in between)):
            current.mentions.append(mention)
        elif known is not None and _repeats(known, mention):
            continue
        else:
            reports.append(Report(mention.sentence, [mention]))
    for report in reports:
        settle_shot(report)
    return [report for report in reports if report.mentions]


def _repeats(known: Mention, mention: Mention) -> bool:
    return (
        (known.low, known.high) == (mention.low, mention.high) and not mention.other and value(mention) > 3
    ) or mention.weak


def settle_shot(report: Report) -> None:
    """People hit by bullets are injured; the dead among them are told apart ("four shot, one fatally")."""
    shot = report.of("shot")
    if shot is None:
        return
    killed, injured = report.of("killed"), report.of("injured")
    report.mentions.remove(shot)
    if injured is not None:
        return
    if killed is not None:
        if shot.low is None or killed.low is None or shot.low <= killed.low:
            return
        shot.low -= killed.low
        shot.best = shot.best - killed.low if shot.best is not None else None
        shot.high = shot.high - killed.low if shot.high is not None else None
    shot.outcome, shot.hit = "injured", True
    report.mentions.append(shot)
