"""From mentions to events: which reports tell of one event, which of a part of it, which of a toll."""

from casualties.events.drafts import Draft, Report, compatible, value
from casualties.events.reading import Mention
from casualties.model import Basis

_CLAUSE = frozenset((";", "while", "whereas", "elsewhere", "separately", "meanwhile", "another", "after", "before"))


def gather(mentions: list[Mention]) -> list[Report]:
    """The mentions of one sentence as reports: those of different outcomes in one run of clauses are one event."""
    reports: list[Report] = []
    for mention in sorted(mentions, key=lambda m: (m.first, m.trigger)):
        sentence = mention.sentence
        if not reports:
            reports.append(Report(sentence, [mention]))
            continue
        current = reports[-1]
        known = current.of(mention.outcome)
        between = sentence.low[current.last : mention.first]
        if mention.breakdown:
            current.mentions.append(mention)
        elif known is None:
            parted = any(word in _CLAUSE for word in between)
            if parted:
                reports.append(Report(sentence, [mention]))
            else:
                current.mentions.append(mention)
        elif _repeats(known, mention):
            continue
        else:
            reports.append(Report(sentence, [mention]))
    return reports


def _repeats(known: Mention, mention: Mention) -> bool:
    return (known.low, known.high) == (mention.low, mention.high) and not mention.other and value(mention) > 3 or mention.weak


def settle_shot(report: Report) -> None:
    """People hit by bullets are injured; the dead among them are told apart ("four shot, one fatally")."""
    shot = report.of("shot")
    if shot is None:
        return
    killed = report.of("killed")
    others = report.of("injured")
    report.mentions.remove(shot)
    if others is not None:
        return
    if killed is not None and shot.low is not None and killed.low is not None and shot.low > killed.low:
        rest = shot.low - killed.low
        shot.low, shot.best = rest, (shot.best - killed.low if shot.best is not None else None)
        shot.high = shot.high - killed.low if shot.high is not None else None
    elif killed is not None:
        return
    shot.outcome = "injured"
    report.mentions.append(shot)


def assemble(reports: list[Report]) -> list[Draft]:
    """Gather reports, in the order of the article, into drafts."""
    drafts: list[Draft] = []
    for report in reports:
        if not report.outcomes:
            if drafts:
                drafts[-1].reports.append(report)
            continue
        target = _find(drafts, report)
        if target is None:
            if report.weak and any(d.figures.get("killed") for d in drafts):
                continue
            draft = Draft(toll=bool(report.toll))
            draft.add(report)
            drafts.append(draft)
        else:
            target.add(report)
    return drafts


def _find(drafts: list[Draft], report: Report) -> Draft | None:
    best, chosen = 0.0, None
    for distance, draft in enumerate(reversed(drafts)):
        if draft.toll != bool(report.toll):
            continue
        score = _score(draft, report) - 0.1 * distance
        if score > best:
            best, chosen = score, draft
    return chosen


def _score(draft: Draft, report: Report) -> float:
    score = 0.0
    for mention in report.mentions:
        if mention.breakdown:
            continue
        known = draft.figures.get(mention.outcome)
        if not known:
            score += 0.6
            continue
        if any(compatible(mention, other) for other in known):
            score += 2.0 if value(mention) > 2 else 1.0
        elif mention.kind in ("pronoun", "named") and all(value(o) > value(mention) for o in known):
            score += 0.5
        else:
            score -= 2.0
    if report.separate:
        score -= 1.5
    return score


def choose(mentions: list[Mention]) -> Mention:
    """The mention whose figure an event takes: a vague word gives way to a number, a name to a count."""
    strong = [m for m in mentions if not m.weak] or mentions
    exact = [m for m in strong if m.basis != Basis.VAGUE] or strong
    return exact[0]
