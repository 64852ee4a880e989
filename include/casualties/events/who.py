"""Who did it, who says so, and who denies it: slots of an event from the sentences around its figures."""

from bisect import bisect_left

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.names import ActorMention, SourceMention
from casualties.events.tokens import Sentence, tokenise
from casualties.events.words import ADVERB, BE, HAVE, load
from casualties.model import Actor, Denial

_CLASH = frozenset(("armed_clash",))


def sources_of(draft: Draft, sentences: list[Sentence], context: Context) -> list[str]:
    """The originators of the draft's figures as written; a relaying agency only where nobody else is told."""
    named: list[str] = []
    relays: list[str] = []
    for report in draft.reports:
        _collect(report.sentence, context, named, relays)
    if not named and not relays and not (draft.toll and draft.reports[0].toll in ("war", "since")):
        at = draft.reports[0].sentence.index
        for index in (at - 1, at + 1, at - 2):
            if 0 < index < len(sentences) and not (named or relays):
                _collect(sentences[index], context, named, relays)
    return named or relays


def _collect(sentence: Sentence, context: Context, named: list[str], relays: list[str]) -> None:
    places = {
        p.start
        for p in context.places_in(sentence.field, sentence.start, sentence.end)
        if p.relation in ("in", "near", "from", "to", "of")
    }
    for mention in context.sources_in(sentence.field, sentence.start, sentence.end):
        if mention.start in places:
            continue
        kept = relays if mention.relay else named
        name = _resolved(mention, context)
        words = set(name.lower().replace("-", " ").split())
        twin = next(
            (
                k
                for k, other in enumerate(kept)
                if words <= (told := set(other.lower().replace("-", " ").split())) or told <= words
            ),
            None,
        )
        if twin is None:
            kept.append(name)
        elif len(name) > len(kept[twin]):
            kept[twin] = name


def _resolved(mention: SourceMention, context: Context) -> str:
    """ "A monitor" and "the source" as what the article calls them elsewhere."""
    words = mention.name.lower().split()
    deeds = load("deeds")
    full = {"rights", "network", "committees"} & set(words)
    if not full and any(word in deeds["monitors"] for word in words):
        for other in context.sources["text"]:
            if other.named and any(word in deeds["monitor_names"] for word in other.name.lower().split()):
                return other.name
    if words in (["source"], ["sources"]):
        for other in context.sources["text"]:
            if other.start < mention.start and len(other.name.split()) > 2 and "source" in other.name.lower():
                return other.name
    return mention.name


def actors_of(draft: Draft, kind: str, sentences: list[Sentence], context: Context) -> list[Actor]:
    """Perpetrators, or both sides of a clash; proper names before words such as "gunmen"."""
    clash = kind in _CLASH
    found: list[tuple[ActorMention, str]] = []
    for report in draft.reports:
        found += _in_report(report, clash, context)
    if not found and not draft.toll:
        for report in draft.reports[:2]:
            for index in (report.sentence.index + 1, report.sentence.index - 1):
                if 0 <= index < len(sentences) and not found:
                    near = tokenise(sentences[index])
                    for mention in context.actors_in(near.field, near.start, near.end):
                        if mention.status == "claimed" or (mention.deed and not clash) or _acts(near, mention):
                            found.append((mention, "party" if clash else "perpetrator"))
    return _distinct(found)


def doers_of(report: Report, context: Context) -> frozenset[str]:
    """Names of who does something in a report's sentence, folded."""
    return frozenset(min(_words(m), key=len) for m, _ in _in_report(report, False, context) if m.kind != "generic")


def _distinct(found: list[tuple[ActorMention, str]]) -> list[Actor]:
    named = [(m, role) for m, role in found if m.kind != "generic"]
    kept: list[tuple[set[str], Actor]] = []
    for mention, role in named or found:
        words = _words(mention)
        twin = next((k for k, (other, _) in enumerate(kept) if words <= other or other <= words), None)
        if twin is None:
            kept.append((words, Actor(name=mention.name, role=role, status=mention.status)))
        elif len(words) > len(kept[twin][0]):
            kept[twin] = (words, Actor(name=mention.name, role=role, status=kept[twin][1].status))
    plain = [words <= set(load("deeds")["plain"]) for words, _ in kept]
    return [actor for (_, actor), bare in zip(kept, plain, strict=True) if not bare or all(plain)]


def _words(mention: ActorMention) -> set[str]:
    words = set((mention.canonical or mention.name).lower().replace("-", " ").split())
    return words - set(load("deeds")["plain"]) or words


def _in_report(report: Report, clash: bool, context: Context) -> list[tuple[ActorMention, str]]:
    sentence = report.sentence
    actors = context.actors_in(sentence.field, sentence.start, sentence.end)
    if not actors:
        return []
    victims = [sentence.span(m.first, m.last) for m in report.mentions]
    _begin, end = context.offsets(sentence, report.begin, report.end)
    places = {
        p.start
        for p in context.places_in(sentence.field, sentence.start, sentence.end)
        if p.relation in ("in", "near", "to", "from", "between", "over")
    }
    chosen: list[tuple[ActorMention, str]] = []
    for mention in actors:
        if (mention.start in places and not mention.deed) or _speaks(sentence, mention, context):
            continue
        inside_victim = any(a <= mention.start < b for a, b in victims)
        if clash:
            chosen.append((mention, "party"))
        elif inside_victim:
            continue
        elif mention.status in ("claimed", "accused", "suspected"):
            chosen.append((mention, "perpetrator"))
        elif mention.start >= end:
            continue
        elif mention.deed or _in_spans(report, mention) or _acts(sentence, mention):
            chosen.append((mention, "perpetrator"))
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
            whole = drafts[best[1]].part_of
            listed = found.setdefault(drafts.index(whole) if whole else best[1], [])
            if all(d.by != mention.by for d in listed):
                listed.append(Denial(by=mention.by))
    return found
