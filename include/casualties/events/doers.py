"""Who does something in a report's sentence, by its grammar alone: a clue for which reports tell of one event."""

from bisect import bisect_left

from casualties.events.context import Context
from casualties.events.drafts import Report
from casualties.events.names import ActorMention
from casualties.events.tokens import Sentence
from casualties.events.words import ADVERB, BE, HAVE, load


def doers_of(report: Report, context: Context) -> frozenset[str]:
    """Names of who does something in a report's sentence, folded."""
    return frozenset(
        min(_words(m), key=lambda word: (len(word), word)) for m in _in_report(report, context) if m.kind != "generic"
    )


def _words(mention: ActorMention) -> set[str]:
    words = set((mention.canonical or mention.name).lower().replace("-", " ").split())
    return words - set(load("deeds")["plain"]) or words


def _in_report(report: Report, context: Context) -> list[ActorMention]:
    sentence = report.sentence
    actors = context.actors_in(sentence.field, sentence.start, sentence.end)
    if not actors:
        return []
    victims = [sentence.span(m.first, m.last) for m in report.mentions]
    _begin, end = sentence.offsets(report.begin, report.end)
    places = {
        p.start
        for p in context.places_in(sentence.field, sentence.start, sentence.end)
        if p.relation in ("in", "near", "to", "from", "between", "over")
    }
    chosen: list[ActorMention] = []
    for mention in actors:
        if (mention.start in places and not mention.deed) or _speaks(sentence, mention, context):
            continue
        inside_victim = any(a <= mention.start < b for a, b in victims)
        if inside_victim:
            continue
        if mention.status in ("claimed", "accused", "suspected"):
            chosen.append(mention)
        elif mention.start >= end:
            continue
        elif mention.deed or _in_spans(report, mention) or _acts(sentence, mention):
            chosen.append(mention)
    return chosen


def _speaks(sentence: Sentence, mention: ActorMention, context: Context) -> bool:
    return mention.status == "stated" and any(
        s.start <= mention.start < s.end for s in context.sources_in(sentence.field, sentence.start, sentence.end)
    )


def _acts(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether the words around an actor make it the doer: "terrorists targeted", "fired by rebels"."""
    deeds = load("deeds")
    k = bisect_left(sentence.starts, mention.start)
    after = bisect_left(sentence.starts, mention.end)
    j = k - 1
    while j >= 0 and sentence.low[j] in ("the", "a", "an", "of", "alleged", "suspected"):
        j -= 1
    if j >= 0 and sentence.low[j] == "by":
        return not (j and sentence.low[j - 1] in deeds["not_by"])
    if j >= 0 and sentence.low[j] in deeds["suffers"]:
        return False
    for n in range(after, min(after + 3, len(sentence.low))):
        if sentence.low[n] in deeds["attack"]:
            return not (n > after and sentence.bits[n - 1] & BE)
        if not sentence.bits[n] & (ADVERB | HAVE) and sentence.low[n] not in ("who", "which", "that"):
            return False
    return False


def _in_spans(report: Report, mention: ActorMention) -> bool:
    sentence = report.sentence
    deeds = load("deeds")
    k = bisect_left(sentence.starts, mention.start)
    j = k - 1
    while j >= 0 and sentence.low[j] in ("the", "a", "an"):
        j -= 1
    if j >= 0 and sentence.low[j] in deeds["suffers"]:
        return False
    for told in report.mentions:
        for tokens in (told.agent, told.subject):
            if tokens is None or tokens[0] >= tokens[1]:
                continue
            first, last = tokens[0], min(tokens[1], len(sentence.low))
            if first < last and sentence.starts[first] <= mention.start < sentence.ends[last - 1]:
                return True
    return False
