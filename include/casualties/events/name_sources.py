"""Who says so: constructions that attribute a statement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from casualties.events.name_phrases import Phrases, Span, is_headline, tail_of_headline
from casualties.events.name_words import Word
from casualties.events.source_words import tables

_BY = 8  # words from "put" on in which it is told by whom


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMention:
    """An attribution: whose words they are, and the sentence they are in. Offsets are code points, end exclusive."""

    start: int  # of the name
    end: int
    name: str  # the originator as written, without article
    verb: str  # "said", "according to"; "" at the end of a headline
    sentence_start: int
    sentence_end: int
    named: bool  # a proper name, not "officials"
    relay: bool = False  # a news agency that carries somebody else's words; the source only where nobody else is
    pronoun: bool = False  # "it said": ``name`` is the one it stands for


@cache
def _attributions() -> dict[str, list[tuple[str, ...]]]:
    """Openers such as "according to" by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for opener in sorted(tables().raw["verbs"]["before"], key=len, reverse=True):
        words = tuple(opener.split())
        found.setdefault(words[0], []).append(words)
    return found


def find_sources(text: str) -> list[SourceMention]:
    """Attributions of a title or text in order. Linear in its length; never raises."""
    lexicon, phrases = tables(), Phrases(text)
    words, grammar = phrases.words, lexicon.raw["grammar"]
    released = frozenset(grammar["released"])
    found: dict[int, SourceMention] = {}

    def keep(span: Span | None, verb: str) -> bool:
        if span is not None:
            mention = _mention(phrases, span, verb)
            found.setdefault(mention.start, mention)
        return span is not None

    openers = _attributions()
    for i in [i for i, word in enumerate(words) if word.low in openers]:
        for opener in openers[words[i].low]:
            stop = i + len(opener)
            if tuple(w.low for w in words[i:stop]) != opener:
                continue
            verb = " ".join(opener)
            if verb in released and not (i and words[i - 1].low in lexicon.documents):
                continue
            span = phrases.follower(stop)
            while span and keep(span, verb):
                after = span[1] + 1
                joined = after < len(words) and words[after].low == "and"
                span = phrases.follower(after + 1) if joined else None
            break
    for i in [i for i, word in enumerate(words) if word.low in lexicon.say]:
        verb = words[i].low
        if _says_nothing(words, i) or not phrases.tells(i) or keep(phrases.inverted(i), verb):
            continue
        if verb in grammar["put"] and i and words[i - 1].low in grammar["being"]:  # "was put at nine by medics"
            by = next((k for k in range(i + 1, min(i + _BY, len(words))) if words[k].low == "by"), 0)
            keep(phrases.follower(by + 1) if by else None, verb)
            continue
        span = phrases.subject(i)
        if keep(span, verb) and span:
            keep(phrases.joined(span[0]), verb)
    if is_headline(text) and (span := tail_of_headline(words)) and _may_end_headline(phrases, span):
        keep(span, "")
    mentions = sorted(found.values(), key=lambda m: m.start)
    for k, mention in enumerate(mentions):  # "the agency reported, citing medics", "the agency quoted medics"
        before = mentions[k - 1] if k else None
        if before and mention.verb in lexicon.raw["verbs"]["cites"] and before.sentence_start == mention.sentence_start:
            mentions[k - 1] = replace(before, relay=True)
    return _resolved(mentions)


def _says_nothing(words: Sequence[Word], i: int) -> bool:
    """Whether a verb of saying tells nothing: "its reports", "which claimed the lives", "jury told"."""
    grammar = tables().raw["grammar"]
    before = words[i - 1].low if i else ""
    after = {w.low for w in words[i + 1 : i + 5]}
    return (
        words[i].text == "States"
        or (words[i].low.endswith("ing") and before not in grammar["being"])
        or (words[i].low in grammar["nouns"] and before in (*tables().leads, "these", "those", "such", "of", "our"))
        or (words[i].low in ("claims", "claimed", "claim") and not after.isdisjoint(grammar["claimed"]))
        or (words[i].low == "told" and before in grammar["told"] and not after - {"."})
    )


def _mention(phrases: Phrases, span: Span, verb: str) -> SourceMention:
    lexicon = tables()
    start, end, name = phrases.name(span)
    sentence = phrases.sentence(start)
    low = name.lower()
    capitals = [w for w in phrases.words[span[0] : span[1] + 1] if w.text[0].isupper()]
    named = bool(capitals) and (len(capitals) > 1 or capitals[0].start > sentence[0] or low not in lexicon.people)
    return SourceMention(
        start=start,
        end=end,
        name=name,
        verb=verb,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        named=named,
        relay=low.removeprefix("the ") in lexicon.agencies,
        pronoun=low in lexicon.pronouns,
    )


def _may_end_headline(phrases: Phrases, span: Span) -> bool:
    """Whether the last words of a headline are who says it, and not the paper's name or more of the story."""
    lexicon = tables()
    words = phrases.words[span[0] : span[1] + 1]
    name = phrases.name(span)[2]
    papers = lexicon.raw["grammar"]["papers"]
    if "." in name or name.lower() in lexicon.agencies or any(w.low in lexicon.say or w.low in papers for w in words):
        return False
    return words[-1].low in lexicon.people or (len(words) <= 2 and all(w.text[0].isupper() for w in words))


def _resolved(mentions: list[SourceMention]) -> list[SourceMention]:
    """Pronouns stand for the source before them; they are left out where there is none."""
    found: list[SourceMention] = []
    antecedent: SourceMention | None = None
    for mention in mentions:
        if found and mention.start < found[-1].end:
            continue
        if mention.pronoun:
            if antecedent is None:
                continue
            mention = replace(mention, name=antecedent.name, named=antecedent.named, relay=antecedent.relay)
        else:
            antecedent = mention
        found.append(mention)
    return found
