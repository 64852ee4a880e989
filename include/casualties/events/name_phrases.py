"""Noun phrases that can be a source: found backwards from a verb of saying, or forwards from "according to"."""

import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casualties.events.name_words import Word, sentences, split

_LONGEST = 14  # words in the name of a source
_APPOSITION = 20  # words between a name and its verb, at most

Span = tuple[int, int]  # first and last word


@dataclass(frozen=True, slots=True)
class Tables:
    """``lexicon/sources.toml``, ready for look-ups; all lower case."""

    raw: dict[str, Any]
    say: frozenset[str]
    weak: frozenset[str]
    inverted: frozenset[str]
    auxiliary: frozenset[str]
    people: frozenset[str]
    pronouns: frozenset[str]
    never: frozenset[str]
    agencies: frozenset[str]
    leads: frozenset[str]
    cuts: frozenset[str]
    inside: frozenset[str]
    times: frozenset[str]
    complements: frozenset[str]
    documents: frozenset[str]


@cache
def tables() -> Tables:
    raw = tomllib.loads((files("casualties.events") / "lexicon" / "sources.toml").read_text(encoding="utf-8"))
    verbs, nouns, grammar = raw["verbs"], raw["nouns"], raw["grammar"]
    return Tables(
        raw=raw,
        say=frozenset(verbs["say"]),
        weak=frozenset(verbs["weak"]),
        inverted=frozenset(grammar["inverted"]),
        auxiliary=frozenset(verbs["auxiliary"]),
        people=frozenset(nouns["people"]),
        pronouns=frozenset(nouns["pronouns"]),
        never=frozenset(nouns["never"]),
        agencies=frozenset(nouns["agencies"]),
        leads=frozenset(grammar["leads"]),
        cuts=frozenset(grammar["cuts"]),
        inside=frozenset(grammar["inside"]),
        times=frozenset(grammar["times"]),
        complements=frozenset(grammar["complements"]),
        documents=frozenset(grammar["documents"]),
    )


class Phrases:
    """A text split once: its words, its sentences, and the noun phrases around a word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split(text)
        self._sentences = sentences(text)
        self._sentence_starts = [start for start, _ in self._sentences]
        self._starts: list[int] = []

    def sentence(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence around an offset."""
        return self._sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def at(self, offset: int) -> int:
        """Index of the first word at or after an offset."""
        if not self._starts:
            self._starts = [word.start for word in self.words]
        return bisect_left(self._starts, offset)

    def name(self, span: Span) -> tuple[int, int, str]:
        """Offsets and words of a phrase, without a possessive at its end."""
        start, end = self.words[span[0]].start, self.words[span[1]].end
        if self.text[start:end].endswith(("'s", "’s")):
            end -= 2
        return start, end, self.text[start:end]

    # ---------------------------------------------------------------- before a verb

    def subject(self, verb: int) -> Span | None:
        """The noun phrase before a verb, over adverbs, days, brackets and an apposition."""
        words, lexicon = self.words, tables()
        floor = self.sentence(words[verb].start)[0]
        last = verb - 1
        while last >= 0 and words[last].start >= floor and self._between(last):
            last -= 1
        if last >= 0 and words[last].text == ")":  # "the Observatory (SOHR) said"
            while last >= 0 and words[last].start >= floor and words[last].text != "(":
                last -= 1
            last -= 1
        if last < 0 or words[last].start < floor:
            return None
        if words[verb].low in lexicon.weak and not self._complement(verb):
            return None
        if words[last].text in (",", "-", "–", "—"):
            return self._before_apposition(last, floor)
        return self._trimmed(self._start(last, floor), last)

    def joined(self, first: int) -> Span | None:
        """The other of two subjects: "the ministry and local medics said"."""
        words, lexicon = self.words, tables()
        while first > 0 and words[first - 1].low in lexicon.leads:
            first -= 1
        if first < 2 or words[first - 1].low != "and":
            return None
        floor = self.sentence(words[first].start)[0]
        last = first - 2
        if words[last].start < floor or not words[last].text[0].isalnum():
            return None
        span = self._trimmed(self._start(last, floor), last)
        if span is None or not (words[span[1]].low in lexicon.people or words[span[1]].text[0].isupper()):
            return None
        return span

    def _between(self, i: int) -> bool:
        """Whether a word may stand between a subject and its verb."""
        lexicon, low = tables(), self.words[i].low
        if low in lexicon.auxiliary or low in lexicon.times:
            return True
        return low in ("on", "in") and i + 1 < len(self.words) and self.words[i + 1].low in lexicon.times

    def _complement(self, verb: int) -> bool:
        after = self.words[verb + 1] if verb + 1 < len(self.words) else None
        return after is None or after.low in tables().complements or after.text[0].isdigit()

    def _before_apposition(self, mark: int, floor: int) -> Span | None:
        """ "X, who heads the group, said": X; without an opening mark, what stands before the closing one."""
        words, lexicon = self.words, tables()
        k = mark - 1
        while k >= 0 and words[k].start >= floor and mark - k < _APPOSITION:
            if words[k].text in (",", "-", "–", "—"):
                outer = self._trimmed(self._start(k - 1, floor), k - 1)
                if outer and any(
                    w.text[0].isupper() or w.low in lexicon.people for w in words[outer[0] : outer[1] + 1]
                ):
                    return outer
                return self._trimmed(k + 1, mark - 1)
            if words[k].text in ('"', "“", "”", ";", ":"):
                break
            k -= 1
        return None

    def _start(self, last: int, floor: int) -> int:
        words, lexicon = self.words, tables()
        first = last
        while first > 0 and last - first < _LONGEST:
            before = words[first - 1]
            if (
                before.low == "and"
                and first > 1
                and words[first].text[0].isupper()
                and words[first - 2].text[0].isupper()
            ):
                first -= 1
                continue
            named = before.text[0].isalnum() or before.text in ("'", "’", "&")
            if before.start < floor or not named or before.low in lexicon.cuts:
                break
            first -= 1
        return first

    def _trimmed(self, first: int, last: int) -> Span | None:
        words, lexicon = self.words, tables()
        if first == last and words[first].low in lexicon.pronouns:
            return first, last
        while first <= last and (
            (words[first].low in lexicon.leads and first < last)
            or words[first].low in lexicon.times
            or words[first].low in ("in", "on", "at", "of", "for", "from", "but", "and", "not")
        ):
            first += 1
        if first > last or not self._qualifies(first, last):
            return None
        # A clause before the subject: keep from the last noun phrase on that starts anew.
        for k in range(last - 1, first, -1):
            begins = words[k].low in ("a", "an", "the") and words[k - 1].low not in lexicon.inside
            if begins and self._qualifies(k + 1, last):
                return k + 1, last
        return first, last

    def _qualifies(self, first: int, last: int) -> bool:
        lexicon = tables()
        if first == last and self.words[first].low in lexicon.never:
            return False
        return any(w.low in lexicon.people or w.text[0].isupper() for w in self.words[first : last + 1])

    # ---------------------------------------------------------------- after a preposition or a verb

    def follower(self, i: int) -> Span | None:
        """The noun phrase that starts at a word; that of whoever issued it where it is "a statement issued by X"."""
        words, lexicon = self.words, tables()
        first = i
        while first < len(words) and words[first].low in lexicon.leads:
            first += 1
        last = first
        while last < len(words) and last - first < _LONGEST and self._goes_on(first, last):
            last += 1
        last -= 1
        while last > first and words[last].low in ("of", "for", "in", "at", "from", "and", "the"):
            last -= 1
        if last >= first and words[last].low in lexicon.documents:
            for k in range(last + 1, min(last + 4, len(words) - 1)):
                if words[k].low == "by":
                    return self.follower(k + 1)
        return (first, last) if last >= first and self._qualifies(first, last) else None

    def inverted(self, verb: int) -> Span | None:
        """ "…, said the group." after a comma or a quote; or after anything, of a feed that lost its commas."""
        words, lexicon = self.words, tables()
        if verb == 0 or words[verb].low not in lexicon.inverted:
            return None
        span = self.follower(verb + 1)
        if span is None or words[verb - 1].text in ('"', "”", "’", "'"):
            return span
        after = words[span[1] + 1] if span[1] + 1 < len(words) else None
        if not (after is None or after.low in (".", "adding", "\n", ",")):
            return None
        if words[verb - 1].text == ",":
            return span
        plain = all(
            w.text[0].isupper() or w.low in lexicon.inside or w.low in lexicon.people
            for w in words[span[0] : span[1] + 1]
        )
        return span if plain and words[verb].low in ("said", "says") else None

    def _goes_on(self, first: int, i: int) -> bool:
        words, lexicon = self.words, tables()
        word = words[i]
        if not (word.text[0].isalnum() or word.text in ("&", "'", "’")):
            return False
        if word.low == "and":  # joins the words of one name, not two names
            before, after = words[i - 1], words[i + 1] if i + 1 < len(words) else words[i]
            return i > first and before.text[0].isupper() and after.text[0].isupper() and not before.text.isupper()
        return not (word.low in lexicon.cuts or word.low in lexicon.times or word.low in lexicon.say)


def is_headline(text: str) -> bool:
    """Whether a text is a title: short, one line, no full stop at its end."""
    return len(text) < 250 and "\n" not in text.strip() and not text.rstrip().endswith((".", '."', ".”"))


def tail_of_headline(words: tuple[Word, ...]) -> Span | None:
    """The source that a headline ends with: "… - monitor", "…: medics"."""
    for k in range(len(words) - 2, max(-1, len(words) - 8), -1):
        if words[k].text in ("-", "–", "—", ":") and words[k].start > words[k - 1].end * (words[k].text != ":"):
            return k + 1, len(words) - 1
    return None
