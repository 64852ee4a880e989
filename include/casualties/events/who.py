"""Who did it, who says so, and who denies it: slots of an event from the sentences around its figures."""

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.name_actors import ActorMention
from casualties.events.tokens import Sentence
from casualties.model import Actor, Denial

_CLASH = frozenset(("armed_clash",))


def sources_of(draft: Draft, context: Context) -> list[str]:
    """The originators of the draft's figures as written; a relaying agency only where nobody else is told."""
    named: list[str] = []
    relays: list[str] = []
    for report in draft.reports:
        told = context.sources_in(report.sentence.field, report.sentence.start, report.sentence.end)
        for mention in told:
            kept = relays if mention.relay else named
            if mention.name not in kept:
                kept.append(mention.name)
    return named or relays


def actors_of(draft: Draft, kind: str, sentences: list[Sentence], context: Context) -> list[Actor]:
    """Perpetrators, or both sides of a clash."""
    clash = kind in _CLASH
    found: dict[str, Actor] = {}
    for report in draft.reports:
        for mention, role in _in_report(report, clash, context):
            found.setdefault(_key(mention), Actor(name=mention.name, role=role, status=mention.status))
    if not found:
        for report in draft.reports[:2]:
            for index in (report.sentence.index + 1, report.sentence.index - 1):
                if 0 < index < len(sentences):
                    near = sentences[index]
                    for mention in context.actors_in(near.field, near.start, near.end):
                        if mention.status == "claimed" or mention.deed and not clash:
                            found.setdefault(_key(mention), Actor(name=mention.name, role="perpetrator", status=mention.status))
            if found:
                break
    return list(found.values())


def _key(mention: ActorMention) -> str:
    return (mention.canonical or mention.name).lower()


def _in_report(report: Report, clash: bool, context: Context) -> list[tuple[ActorMention, str]]:
    sentence = report.sentence
    actors = context.actors_in(sentence.field, sentence.start, sentence.end)
    if not actors:
        return []
    victims = [sentence.span(m.first, m.last) for m in report.mentions]
    chosen: list[tuple[ActorMention, str]] = []
    begin, end = context.offsets(sentence, report.begin, report.end)
    for mention in actors:
        inside_victim = any(a <= mention.start < b for a, b in victims)
        if clash:
            chosen.append((mention, "party"))
        elif inside_victim:
            continue
        elif mention.status in ("claimed", "accused", "suspected"):
            chosen.append((mention, "perpetrator"))
        elif not begin <= mention.start < end and mention.end > end:
            continue
        elif mention.deed or _in_spans(report, mention):
            chosen.append((mention, "perpetrator"))
    return chosen


def _in_spans(report: Report, mention: ActorMention) -> bool:
    sentence = report.sentence
    for told in report.mentions:
        for tokens in (told.agent, told.subject):
            if tokens is None or tokens[0] >= tokens[1]:
                continue
            first, last = tokens[0], min(tokens[1], len(sentence.low))
            if first < last and sentence.starts[first] <= mention.start < sentence.ends[last - 1]:
                return True
    return False


def denials_of(drafts: list[Draft], context: Context) -> dict[int, list[Denial]]:
    """Denials by the index of the draft that they follow: the one told last before, or in the same sentence."""
    found: dict[int, list[Denial]] = {}
    for mention in context.denials:
        best: tuple[int, int] | None = None
        for index, draft in enumerate(drafts):
            for report in draft.reports:
                if report.sentence.field != "text" or draft.toll:
                    continue
                gap = mention.sentence_start - report.sentence.start
                if gap < -400:
                    continue
                distance = abs(gap) + (300 if gap < 0 else 0)
                if best is None or distance < best[0]:
                    best = (distance, index)
        if best is not None:
            listed = found.setdefault(best[1], [])
            if all(d.by != mention.by for d in listed):
                listed.append(Denial(by=mention.by))
    return found
