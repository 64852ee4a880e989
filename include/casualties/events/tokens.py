"""Sentences and tokens with exact code-point offsets.

Sentences are found with one pass of a regular expression over the whole field; only sentences that can hold a casualty
are tokenised. Everything is linear in the length of the text, and no sentence is longer than ``LONGEST``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made
from functools import lru_cache

from casualties.events.words import ADVERB, MODAL, MODIFIER, NUMBER, PLURAL, PREPOSITION, QUANTITY, SINGULAR, tables

SHORT_NEWS = 4  # sentences, title and all, of a headline with its summary, which tell of one thing
LONGEST = 1500  # characters in one sentence; what is longer is a table or has lost its punctuation

_TOKEN = re.compile(
    r"""
      (?:[A-Za-z]\.){2,}                                  # U.S.  a.m.
    | \d+[-–‑\ ](?:year|month|week|day)s?[-–‑\ ]olds?\b        # 19-year-old, 12 year old, 3-week-old
    | \d+(?:[.,\u00a0\u202f\u2009\u200b-\u200f\u202a-\u202e]\d+)*  # 1,300  2.5
      (?:-plus|(?:st|nd|rd|th|s|mln|mn|bn|m|k)\b|\+)?  # 9th  300k
    | [^\W\d_]+(?:['’`][^\W\d_]+)*(?:[-–](?:[^\W_]+)(?:['’][^\W\d_]+)?)*      # al-Numan  don't  pro-government
    | --+
    | [^\w\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]                # no marks of direction and the like
    | \w
    """,
    re.VERBOSE,
)
_AGE = re.compile(r"[-–‑ ](?:year|month|week|day)s?[-–‑ ]olds?$")
_WORD = re.compile(r"[^\W\d_]+")
_APART = {code: " " for code in range(128) if not chr(code).isalpha()}  # what parts the words of an ASCII text
_BREAK = re.compile(r"[.!?…]+[\"'”’)\]]*\s+|\n\s*|\s[•▪●■|]\s|\t+\s*|\s--+\s")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Cpl|Gov|Sen|Rep|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov"
    r"|Dec|Brig|Adm|Pte|Pvt|Prof|Hon|Rev|Jr|Sr|Mt|Ft|Ave|Blvd|Rd|approx|Inc|Ltd|Co|Corp|Spc|Det|Supt|Insp|Cmdr|Pres"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa"
    r"|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)|(?<![A-Za-z])[A-Za-z])\.$",
)
_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "He",
        "She",
        "It",
        "They",
        "We",
        "But",
        "And",
        "This",
        "That",
        "There",
        "Police",
        "According",
        "Officials",
    ]
)


@dataclass(slots=True)
class Sentence:
    """One sentence; its tokens exist after :func:`tokenise`. Offsets are into its field."""

    field: str  # title | text
    index: int  # 0 is the title, then counted through the text
    start: int
    end: int
    text: str
    words: list[str] = made(default_factory=list)
    low: list[str] = made(default_factory=list)
    starts: list[int] = made(default_factory=list)
    ends: list[int] = made(default_factory=list)
    bits: list[int] = made(default_factory=list)
    paragraph: int = 0
    headline: bool = False  # the title, or a copy of it that a feed glued to the text

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Field offsets of the tokens first..last (last exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def phrase(self, first: int, last: int) -> str:
        a, b = self.span(first, last)
        return self.text[a - self.start : b - self.start]

    def offsets(self, begin: int, end: int) -> tuple[int, int]:
        """As :meth:`span` (end exclusive), of one token at least, and of the whole where it has not been tokenised."""
        if not self.starts:
            return self.start, self.end
        start = self.starts[min(begin, len(self.starts) - 1)]
        stop = self.ends[min(max(end, begin + 1), len(self.ends)) - 1]
        return start, stop


def _is_wrapped(text: str) -> bool:
    """Whether newlines only wrap lines (old wire copy) rather than end paragraphs."""
    lines = text[:4000].split("\n")
    if len(lines) < 4 or "\n\n" not in text:
        return False
    full = sum(50 <= len(line) <= 82 for line in lines)
    return full >= 0.5 * sum(bool(line.strip()) for line in lines)


def _glued_title_end(title: str, text: str) -> int:
    """Where a headline that a feed glued to the body ends, or 0."""
    head = title.strip()
    if len(head) < 20:
        return 0
    at = text.find(head, 0, len(head) + 160)
    return at + len(head) if at >= 0 else 0


def split(title: str | None, text: str) -> list[Sentence]:
    """The title as sentence 0 (empty if there is none), then the sentences of the text."""
    head = title or ""
    sentences = [Sentence("title", 0, 0, len(head), head, headline=True)]
    wrapped = _is_wrapped(text)
    start, paragraph = 0, 0
    glued = _glued_title_end(head, text)
    cuts: list[tuple[int, int]] = []
    if glued:
        at = text.find(head.strip())
        if at > 0:
            cuts.append((at, at))
        cuts.append((glued, glued))
    for match in _BREAK.finditer(text):
        at = match.start()
        kind = text[at]
        if kind == "\n":
            if wrapped and match.group().count("\n") == 1:
                continue
        elif kind in ".!?…":
            letter = text[match.end() : match.end() + 1]
            if letter.islower() or (kind == "." and _is_abbreviation(text, at, match.end())):
                continue
            at = match.end()
        elif "--" in match.group() and text[match.end() : match.end() + 1].islower() and text[at - 1] != ")":
            continue  # a remark ("six priests -- five of them Kenyans -- and a cook"), no dateline ("(AP) --")
        cuts.append((at, match.end()))
    cuts.sort()
    for at, following in [*cuts, (len(text), len(text))]:
        for first, last in _pieces(text, start, at):
            piece = text[first:last]
            if piece and not piece.isspace():
                copied = bool(glued) and last <= glued + 2 and piece.strip(" .") == head.strip(" .")
                found = Sentence("text", len(sentences), first, last, piece, paragraph=paragraph, headline=copied)
                sentences.append(found)
        if following > start:
            if "\n" in text[at:following] or "\n" in text[max(start, at - 2) : at]:
                paragraph += 1
            start = following
    return sentences


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(
            text.rfind(" ", start + LONGEST // 2, start + LONGEST),
            text.rfind(";", start + LONGEST // 2, start + LONGEST),
        )
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _is_abbreviation(text: str, dot: int, after: int) -> bool:
    tail = text[max(0, dot - 7) : dot + 1]
    if not _ABBREVIATION.search(tail):
        return False
    word = re.match(r"\w+", text[after : after + 20])
    return not (word and word.group() in _STARTERS and tail[-3:-2] == ".")


def may_tell(text: str) -> bool:
    """Whether a sentence, or a whole text, has a word of the casualty lexicon at all."""
    low = text.lower()
    words = low.translate(_APART).split() if low.isascii() else _WORD.findall(low)  # the same, in a quarter of the time
    return not tables().watch.isdisjoint(words)


_IN_SPORT = frozenset(("goal", "wicket"))
_BEFORE_MONTHS = frozenset(("early", "last", "late", "mid", "next", "of", "this", "until"))


def tokenise(sentence: Sentence) -> Sentence:
    """Fill in the tokens of a sentence."""
    if sentence.words:
        return sentence
    base, mixed = sentence.start, not sentence.text.isupper()
    words, lows, starts = sentence.words, sentence.low, sentence.starts
    ends, bits = sentence.ends, sentence.bits
    for match in _TOKEN.finditer(sentence.text):
        word = match.group()
        word, low, known = _classed(word, mixed) if len(word) < 40 else _class(word, mixed)
        words.append(word)
        lows.append(low)
        starts.append(base + match.start())
        ends.append(base + match.end())
        bits.append(known)
    trades = tables().sets["trades"]
    for k, word in enumerate(words):
        if word == "May" and _is_month(lows, bits, k):
            bits[k] &= ~MODAL
        elif lows[k] in trades and k and words[k - 1].islower() and not bits[k - 1] and words[k - 1] not in _IN_SPORT:
            bits[k] |= SINGULAR
    return sentence


def _is_month(low: list[str], bits: list[int], k: int) -> bool:
    """Whether "May" is the month: "in May", "8 May", "May 2019"; not "Rebels May Attack"."""
    before, following = bits[k - 1] if k else 0, bits[k + 1] if k + 1 < len(bits) else 0
    return bool((before | following) & NUMBER or before & PREPOSITION or low[max(0, k - 1)] in _BEFORE_MONTHS)


def _class(word: str, mixed: bool) -> tuple[str, str, int]:
    """A token as rules see it, in lower case, and its class bits; ``mixed`` where capitals tell something."""
    bits = tables().bits
    low = word.lower().replace("’", "'") if word[:2] != "--" else "—"
    if low.endswith(("old", "olds")) and _AGE.search(low):
        low = low.replace(" ", "-").replace("‑", "-").replace("–", "-")
    if low.endswith("'s") and len(low) > 2:
        low = low[:-2]
    known = bits.get(low)
    if known is not None and word.isupper() and 1 < len(word) <= 4 and mixed:
        known &= MODIFIER | NUMBER | QUANTITY  # IS, US, WHO: names, not words
    if known is None:
        if word[0].isdigit():
            known = NUMBER | QUANTITY
        elif "-" in low and low.split("-", 1)[0] in bits:
            known = bits[low.split("-", 1)[0]] & (NUMBER | QUANTITY)
        elif word == low and (person := _PERSON.search(low)):
            known = PLURAL if person.group().endswith("en") else SINGULAR  # "linesman", "tribeswomen"
        else:
            adverb = low[-2:] == "ly" and len(low) > 5 and word == low and low not in tables().sets["not_adverbs"]
            known = ADVERB if adverb else 0
    if known & NUMBER and word[-2:].lower() in ("'s", "’s"):
        known = 0  # "Three's Company"
    if not mixed:  # what no lexicon has is taken for a name
        word = low if known or len(low) < 4 else word.capitalize()
    return word, low, known


_PERSON = re.compile(r"[a-z]{3}s(?:wo)?m[ae]n$")
_classed = lru_cache(maxsize=20_000)(_class)
