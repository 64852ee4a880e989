"""From the mentions of one sentence to reports: mentions of different outcomes in one run of clauses are one event."""

from itertools import pairwise

from casualties.events.drafts import Report, value
from casualties.events.told import Mention

PARTING = frozenset((";", "while", "whereas", "elsewhere", "separately", "meanwhile", "another", "after", "before"))

_BESIDE = frozenset(("while", "whereas"))
_PLACED = frozenset(("at", "in", "near", "on", "outside"))
_NEAR, _FAR = 4, 8  # tokens between two figures of one event, and of two


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
        if mention.breakdown or (known is None and not _is_parted(current, mention, between)):
            current.mentions.append(mention)
        elif known is not None and _repeats(known, mention):
            continue
        else:
            reports.append(Report(mention.sentence, [*_nearer(current, mention), mention]))
    for report in reports:
        settle_shot(report)
    return [report for report in reports if report.mentions]


def _is_parted(current: Report, mention: Mention, between: list[str]) -> bool:
    """Whether a word between two figures begins another event; "while" does where both clauses have a place."""
    parting = [k for k, word in enumerate(between) if word in PARTING]
    if not parting or any(between[k] not in _BESIDE for k in parting):
        return bool(parting)
    words = mention.sentence.words
    return _has_place(words[current.last : current.last + parting[-1]]) and _has_place(words[mention.last :])


def _has_place(words: list[str]) -> bool:
    pairs = pairwise(word for word in words if word not in ("the", "nearby"))
    return any(a in _PLACED and any(map(str.isupper, b)) for a, b in pairs)


def _nearer(current: Report, mention: Mention) -> list[Mention]:
    """The last figure of a report, taken out of it, where it stands nearer to the next one, which repeats an outcome.

    "A boy who was hurt by a blast sits in a tent. A bomb killed six and wounded 30", where a feed lost the stop.
    """
    if len(current.mentions) < 2:
        return []
    before, last = current.mentions[-2:]
    words = mention.sentence.low[last.last : mention.first]
    if last.breakdown or last.outcome == mention.outcome or not {"and", "with"} & set(words) or len(words) > _NEAR:
        return []
    if last.first - before.last <= _FAR or any(word in PARTING for word in words):
        return []
    current.mentions.remove(last)
    return [last]


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
