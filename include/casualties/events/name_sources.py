"""Who says so: constructions that attribute a statement, and those that deny one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from casualties.events.name_phrases import Phrases, Span, is_headline, tables, tail_of_headline
from casualties.events.name_words import Word


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialMention:
    """Who denies, rejects or dismisses responsibility. Offsets are code points, end exclusive."""

    start: int
    end: int
    by: str
    sentence_start: int
    sentence_end: int


_QUOTES = frozenset(('"', "“", "‘"))
_ENDS = frozenset((".", ";", "!", "?", "\n"))
_BACK = 7  # words before a verb of denying in which it is told what is denied


@cache
def _attributions() -> dict[str, list[tuple[str, ...]]]:
    """Openers such as "according to" by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for opener in sorted(tables().raw["verbs"]["before"], key=len, reverse=True):
        words = tuple(opener.split())
        found.setdefault(words[0], []).append(words)
    return found


@dataclass(frozen=True, slots=True)
class _Denials:
    verbs: frozenset[str]
    objects: frozenset[str]
    others: frozenset[str]  # "denied entry"
    openers: frozenset[str]
    without: re.Pattern[str]
    brands: frozenset[str]
    untrue: frozenset[str]
    deeds: frozenset[str]
    charges: frozenset[str]
    undone: frozenset[str]
    own: frozenset[str]


@cache
def _denials() -> _Denials:
    raw = tables().raw["denials"]
    return _Denials(
        verbs=frozenset(raw["verbs"]),
        objects=frozenset(raw["objects"]),
        others=frozenset(raw["not_objects"]),
        openers=frozenset(raw["openers"]),
        without=re.compile("|".join(map(re.escape, raw["not_responsible"])), re.IGNORECASE),
        brands=frozenset(raw["brands"]),
        untrue=frozenset(raw["untrue"]),
        deeds=frozenset(raw["deeds"]),
        charges=frozenset(raw["charges"]),
        undone=frozenset(raw["undone"]),
        own=frozenset(raw["own"]),
    )


def find_sources(text: str) -> list[SourceMention]:
    """Attributions of a title or text in order. Linear in its length; never raises."""
    lexicon, phrases = tables(), Phrases(text)
    words = phrases.words
    released = frozenset(lexicon.raw["grammar"]["released"])
    found: dict[int, SourceMention] = {}

    def keep(span: Span | None, verb: str) -> bool:
        if span is not None:
            mention = _mention(phrases, span, verb)
            found.setdefault(mention.start, mention)
        return span is not None

    openers = _attributions()
    for i, word in enumerate(words):
        for opener in openers.get(word.low, ()):
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
    for i, word in enumerate(words):
        if word.low not in lexicon.say or keep(phrases.inverted(i), word.low):
            continue
        span = phrases.subject(i)
        if keep(span, word.low) and span:
            keep(phrases.joined(span[0]), word.low)
    if is_headline(text) and (span := tail_of_headline(words)) and _may_end_headline(phrases, span):
        keep(span, "")
    return _resolved(sorted(found.values(), key=lambda m: m.start))


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
    if "." in name or name.lower() in lexicon.agencies or any(w.low in lexicon.say for w in words):
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


def find_denials(text: str) -> list[DenialMention]:
    """Who denies responsibility in a text, in order. Linear in its length; never raises."""
    denial, phrases = _denials(), Phrases(text)
    words = phrases.words
    found: dict[int, DenialMention] = {}

    def keep(span: Span | None) -> None:
        if span is not None:
            start, end, by = phrases.name(span)
            sentence = phrases.sentence(start)
            mention = DenialMention(start=start, end=end, by=by, sentence_start=sentence[0], sentence_end=sentence[1])
            found.setdefault(start, mention)

    for i, word in enumerate(words):
        low = word.low
        if low in denial.verbs:
            if words[i + 1 : i + 2] and words[i + 1].low == "by":
                keep(phrases.follower(i + 2) if _of_a_charge(words, i, denial) else None)
            elif _is_denied(words, i, denial) or (low in denial.brands and _is_branded(phrases, i, denial)):
                keep(phrases.subject(i))
            elif (span := phrases.subject(i)) and _of_a_charge(words, span[0], denial):
                keep(span)
        elif low in denial.brands and _is_branded(phrases, i, denial):
            keep(phrases.subject(i))
        elif low in denial.openers:
            keep(_who_did_not(phrases, i, denial))
        elif low in ("issued", "issues") and "denial" in {w.low for w in words[i + 1 : i + 5]}:
            keep(phrases.subject(i))
    return [found[start] for start in sorted(found)]


def _is_denied(words: Sequence[Word], i: int, denial: _Denials) -> bool:
    """Whether what follows a verb of denying can be denied: "denied it", "denied targeting", "denies Moscow did"."""
    if i + 1 == len(words) or {w.low for w in words[i + 1 : i + 4]} & denial.others:
        return False
    after = words[i + 1]
    named = after.text[0].isupper() and words[i].low.startswith("den")
    return after.low in denial.objects or after.low.endswith("ing") or named


def _is_branded(phrases: Phrases, i: int, denial: _Denials) -> bool:
    """ "called it nonsense", "called the allegation 'a tale of the losers'"."""
    stop = phrases.sentence(phrases.words[i].start)[1]
    after = [w for w in phrases.words[i + 1 : i + 10] if w.start < stop]
    if any(w.low in denial.untrue for w in after):
        return True
    quoted = next((k for k, w in enumerate(after) if w.text in _QUOTES), 0)
    return any(w.low in denial.charges for w in after[:quoted])


def _of_a_charge(words: Sequence[Word], i: int, denial: _Denials) -> bool:
    """Whether what is denied stands before: "an allegation that the rebels rejected", "a claim denied by the army"."""
    for word in reversed(words[max(0, i - _BACK) : i]):
        if word.text in _ENDS:
            return False
        if word.low in denial.charges:
            return True
    return False


def _who_did_not(phrases: Phrases, i: int, denial: _Denials) -> Span | None:
    """Who says that it was not they: "it was not responsible", "its jets had not flown", "had hit nothing but a depot",
    and "'We do not target homes,' the army said".
    """
    words, lexicon = phrases.words, tables()
    low = words[i].low
    after = [w.low for w in words[i + 1 : i + 4]]
    undone = (
        low in ("not", "never")
        and words[max(0, i - 1)].low != "than"
        and any(w in denial.undone or f"{w} part" in denial.undone for w in after)
    )
    told = denial.without.match(phrases.text, words[i].start) is not None
    if not (told or undone or (low == "nothing" and i and words[i - 1].low in denial.deeds)):
        return None
    floor, stop = phrases.sentence(words[i].start)
    between: set[str] = set()
    for k in range(i - 1, max(-1, i - 14), -1):
        if words[k].start < floor:
            break
        if words[k].low in lexicon.say and (span := phrases.subject(k)):
            return span if not undone or told or between & denial.own else None
        between.add(words[k].low)
    if between & {"we", "our"}:
        for k in range(i + 1, min(i + 30, len(words))):
            if words[k].start >= stop:
                break
            if words[k].low in lexicon.say:
                return phrases.inverted(k) or phrases.subject(k)
    return None
