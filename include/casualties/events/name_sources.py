"""Who says so: constructions that attribute a statement, and those that deny one."""

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casualties.events.name_words import Word, sentences, split

_LONGEST = 14  # words in the name of a source
_LEADS = frozenset(("the", "a", "an", "one", "another", "some", "his", "her", "its", "their", "this"))
_CUTS = frozenset((
    "that", "but", "and", "while", "after", "when", "because", "as", "although", "though", "before", "since", "if",
    "where", "which", "who", "whom", "killed", "killing", "wounded", "died", "were", "was", "is", "are", "have", "had",
    "said", "says", "told", "reported", "adding", "saying", "including", "by", "to", "with", "during", "on", "than", "then", "so",
))  # fmt: skip
_INSIDE = frozenset(("of", "for", "in", "at", "from", "and", "the", "on", "de", "to", "with", "al", "based", "&"))
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later meanwhile overnight however also".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMention:
    """An attribution: whose words they are, and the sentence that they are in. Offsets are code points, end exclusive."""

    start: int  # of the name
    end: int
    name: str  # the originator as written, without article
    verb: str  # "said", "according to"
    sentence_start: int
    sentence_end: int
    named: bool  # a proper name, not "officials"
    relay: bool = False  # a news agency that carries somebody else's words; the source only where nobody else is
    pronoun: bool = False  # "it said": ``name`` is the one it stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialMention:
    """Who denies or rejects responsibility. ``counter``: by blaming somebody else."""

    start: int
    end: int
    by: str
    counter: bool = False
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class _Tables:
    say: frozenset[str]
    weak: frozenset[str]
    before: re.Pattern[str]
    auxiliary: frozenset[str]
    people: frozenset[str]
    pronouns: frozenset[str]
    never: frozenset[str]
    agencies: frozenset[str]
    deny: frozenset[str]
    denied: frozenset[str]
    not_denied: frozenset[str]
    not_responsible: re.Pattern[str]
    counter: frozenset[str]


@cache
def _tables() -> _Tables:
    raw = tomllib.loads((files("casualties.events") / "lexicon" / "sources.toml").read_text(encoding="utf-8"))
    verbs, nouns, denials = raw["verbs"], raw["nouns"], raw["denials"]
    before = "|".join(sorted(map(re.escape, verbs["before"]), key=len, reverse=True))
    return _Tables(
        frozenset(verbs["say"]), frozenset(verbs["weak"]), re.compile(rf"\b(?:{before})\b", re.IGNORECASE),
        frozenset(verbs["auxiliary"]), frozenset(nouns["people"]), frozenset(nouns["pronouns"]), frozenset(nouns["never"]),
        frozenset(nouns["agencies"]), frozenset(denials["verbs"]), frozenset(denials["objects"]),
        frozenset(denials["not_objects"]),
        re.compile("|".join(map(re.escape, denials["not_responsible"])), re.IGNORECASE), frozenset(denials["counter"]),
    )  # fmt: skip


class _Text:
    """A text split once: its words, and the sentence of an offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split(text)
        self.starts: list[int] = []
        self.sentences = sentences(text)
        self._sentence_starts = [start for start, _ in self.sentences]

    def sentence(self, offset: int) -> tuple[int, int]:
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def at(self, offset: int) -> int:
        """Index of the first word at or after an offset."""
        if not self.starts:
            self.starts = [word.start for word in self.words]
        return bisect_left(self.starts, offset)


def find_sources(text: str) -> list[SourceMention]:
    """Attributions of a text in order. Linear in its length; never raises."""
    tables, source = _tables(), _Text(text)
    found: dict[int, SourceMention] = {}
    for match in tables.before.finditer(text):
        span = _noun_phrase_after(source, source.at(match.end()), tables)
        while span:
            mention = _mention(source, span, match.group().lower(), tables)
            found.setdefault(mention.start, mention)
            after = span[1] + 1
            joined = after < len(source.words) and source.words[after].low == "and"
            span = _noun_phrase_after(source, after + 1, tables) if joined else None
    for i, word in enumerate(source.words):
        if word.low not in tables.say:
            continue
        for span in (_subject_before(source, i, tables), _subject_after(source, i, tables)):
            if span:
                mention = _mention(source, span, word.low, tables)
                found.setdefault(mention.start, mention)
                if other := _joined_before(source, span[0], tables):
                    mention = _mention(source, other, word.low, tables)
                    found.setdefault(mention.start, mention)
                break
    return _resolved(sorted(found.values(), key=lambda m: m.start), tables)


def _mention(source: _Text, span: tuple[int, int], verb: str, tables: _Tables) -> SourceMention:
    start, end = source.words[span[0]].start, source.words[span[1]].end
    name = source.text[start:end]
    if name.endswith(("'s", "’s")):
        name, end = name[:-2], end - 2
    sentence = source.sentence(start)
    low = name.lower()
    capitals = [w for w in source.words[span[0] : span[1] + 1] if w.text[0].isupper()]
    named = bool(capitals) and (len(capitals) > 1 or capitals[0].start > sentence[0] or low not in tables.people)
    return SourceMention(
        start=start, end=end, name=name, verb=verb, sentence_start=sentence[0], sentence_end=sentence[1], named=named,
        relay=low.removeprefix("the ") in tables.agencies, pronoun=low in tables.pronouns,
    )  # fmt: skip


def _qualifies(words: tuple[Word, ...], tables: _Tables) -> bool:
    if not words or words[0].low in tables.never and len(words) == 1:
        return False
    return any(w.low in tables.people or w.text[0].isupper() for w in words)


def _subject_before(source: _Text, verb: int, tables: _Tables) -> tuple[int, int] | None:
    """The noun phrase before a verb of saying, over adverbs, times and an apposition."""
    words = source.words
    last = verb - 1
    floor = source.sentence(words[verb].start)[0]
    while (
        last >= 0
        and words[last].start >= floor
        and (
            words[last].low in tables.auxiliary
            or words[last].low in _TIMES
            or words[last].low in ("on", "in")
            and last + 1 < len(words)
            and words[last + 1].low in _TIMES
        )
    ):
        last -= 1
    if last < 0 or words[last].start < floor:
        return None
    if words[verb].low in tables.weak and not _complement(words, verb):
        return None
    if words[last].text == ",":  # "X, who heads the group, said"
        return _before_apposition(source, last, floor, tables)
    first = _walk_back(words, last, floor)
    return _trim(words, first, last, tables)


def _complement(words: tuple[Word, ...], verb: int) -> bool:
    after = words[verb + 1] if verb + 1 < len(words) else None
    return (
        after is None
        or after.low
        in ("that", ",", ":", "the", "at", "a", "an", "more", "dozens", "killing", "deaths", "on", "in", ".", "what")
        or after.text[0].isdigit()
        or after.low in ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "scores")
    )


def _before_apposition(source: _Text, comma: int, floor: int, tables: _Tables) -> tuple[int, int] | None:
    words = source.words
    k = comma - 1
    while k >= 0 and words[k].start >= floor and comma - k < _LONGEST + 6:
        if words[k].text == ",":
            first = _walk_back(words, k - 1, floor)
            outer = _trim(words, first, k - 1, tables)
            if outer and any(w.text[0].isupper() or w.low in tables.people for w in words[outer[0] : outer[1] + 1]):
                return outer
            return _trim(words, k + 1, comma - 1, tables)
        if words[k].text in ('"', "“", "”", ";", ":"):
            break
        k -= 1
    return None


def _walk_back(words: tuple[Word, ...], last: int, floor: int) -> int:
    first = last
    while first > 0 and last - first < _LONGEST:
        before = words[first - 1]
        if (
            before.start < floor
            or not (before.text[0].isalnum() or before.text in ("'", "’", "&"))
            or before.low in _CUTS
        ):
            if (
                before.low == "and"
                and words[first].text[0].isupper()
                and first > 1
                and words[first - 2].text[0].isupper()
            ):
                first -= 1
                continue
            break
        first -= 1
    return first


def _trim(words: tuple[Word, ...], first: int, last: int, tables: _Tables) -> tuple[int, int] | None:
    while first <= last and (
        words[first].low in _LEADS
        and (first < last)
        or words[first].low in _TIMES
        or words[first].low in ("in", "on", "at", "of", "for", "from", "but", "and", "not")
    ):
        first += 1
    if first > last or not _qualifies(words[first : last + 1], tables):
        return (first, last) if first == last and words[first].low in tables.pronouns else None
    # A clause before the subject: keep from the last noun phrase on that starts anew.
    for k in range(last - 1, first, -1):
        if (
            words[k].low in ("a", "an", "the")
            and words[k - 1].low not in _INSIDE
            and _qualifies(words[k + 1 : last + 1], tables)
        ):
            return k + 1, last
    return first, last


def _joined_before(source: _Text, first: int, tables: _Tables) -> tuple[int, int] | None:
    """The other one of "the ministry and local medics said"."""
    words = source.words
    while first > 0 and words[first - 1].low in _LEADS:
        first -= 1
    if first < 2 or words[first - 1].low != "and":
        return None
    floor = source.sentence(words[first].start)[0]
    last = first - 2
    if words[last].start < floor or not words[last].text[0].isalnum():
        return None
    start = _walk_back(words, last, floor)
    span = _trim(words, start, last, tables)
    return (
        span
        if span and words[span[1]].low in tables.people | tables.agencies or span and words[span[1]].text[0].isupper()
        else None
    )


def _subject_after(source: _Text, verb: int, tables: _Tables) -> tuple[int, int] | None:
    """``…, said the group``: only after a comma, a quote or the sentence's start."""
    words = source.words
    if verb == 0 or words[verb - 1].text not in (",", '"', "”", "’", "'"):
        return None
    if words[verb].low not in (
        "said",
        "says",
        "reported",
        "reports",
        "told",
        "added",
        "announced",
        "confirmed",
        "stated",
        "claimed",
    ):
        return None
    return _noun_phrase_after(source, verb + 1, tables)


def _noun_phrase_after(source: _Text, i: int, tables: _Tables) -> tuple[int, int] | None:
    words = source.words
    first = i
    while first < len(words) and words[first].low in _LEADS:
        first += 1
    last = first
    while last < len(words) and last - first < _LONGEST:
        word = words[last]
        if not (word.text[0].isalnum() or word.text in ("&", "'", "’")) or (
            word.low in _CUTS and word.low not in ("to", "with", "on", "and")
        ):
            break
        if word.low in ("to", "with", "on") or (
            word.low == "and"
            and not (last + 1 < len(words) and words[last + 1].text[0].isupper() and words[last - 1].text[0].isupper())
        ):
            break
        if word.low in _TIMES or word.low in tables.say:
            break
        last += 1
    last -= 1
    while last > first and words[last].low in _INSIDE:
        last -= 1
    if last < first or not _qualifies(words[first : last + 1], tables):
        return None
    return first, last


def _resolved(mentions: list[SourceMention], tables: _Tables) -> list[SourceMention]:
    """Pronouns stand for the source before them; they are left out where there is none."""
    found: list[SourceMention] = []
    antecedent: SourceMention | None = None
    for mention in mentions:
        if found and mention.start < found[-1].end:
            continue
        if mention.pronoun:
            if antecedent is None:
                continue
            mention = SourceMention(
                start=mention.start, end=mention.end, name=antecedent.name, verb=mention.verb,
                sentence_start=mention.sentence_start, sentence_end=mention.sentence_end, named=antecedent.named,
                relay=antecedent.relay, pronoun=True,
            )  # fmt: skip
        else:
            antecedent = mention
        found.append(mention)
    return found


def find_denials(text: str) -> list[DenialMention]:
    """Who denies, rejects or dismisses responsibility, or answers by blaming another."""
    tables, source = _tables(), _Text(text)
    words = source.words
    found: list[DenialMention] = []
    for i, word in enumerate(words):
        if word.low not in tables.deny:
            continue
        after = words[i + 1].low if i + 1 < len(words) else ""
        next_two = {w.low for w in words[i + 1 : i + 4]}
        if after not in tables.denied or next_two & tables.not_denied:
            continue
        span = _subject_before(source, i, tables)
        if span:
            found.append(_denial(source, span, False))
    for match in tables.not_responsible.finditer(text):
        at = source.at(match.start())
        floor = source.sentence(match.start())[0]
        for k in range(at - 1, max(-1, at - 12), -1):
            if words[k].start < floor:
                break
            if words[k].low in tables.say and (span := _subject_before(source, k, tables)):
                found.append(_denial(source, span, False))
                break
    return found


def _denial(source: _Text, span: tuple[int, int], counter: bool) -> DenialMention:
    start, end = source.words[span[0]].start, source.words[span[1]].end
    by = source.text[start:end]
    if by.endswith(("'s", "’s")):
        by, end = by[:-2], end - 2
    sentence = source.sentence(start)
    return DenialMention(
        start=start, end=end, by=by, counter=counter, sentence_start=sentence[0], sentence_end=sentence[1]
    )
