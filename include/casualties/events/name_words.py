"""Words of a text with offsets, for finding names in them; and the sentence that a name stands in."""

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:-[A-Za-z]+)?|[A-Z]\d{1,2}\b|[^\W\d_]+(?:[-'’‘`][^\W_]+)*|\d[\d,.]*\d|\d|[^\w\s]|\n"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z\"“‘'(\[])|\n+")
_NO_END = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Sgt|Capt|Gov|Sen|Rep|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])\.\s+$"
)


class Word(NamedTuple):
    text: str
    low: str  # lower case, without a possessive
    start: int
    end: int


@lru_cache(maxsize=4)  # actors, sources and denials of one article ask for the same words
def split(text: str) -> tuple[Word, ...]:
    """Words, numbers and marks in order. A possessive stays in ``text`` and ``end`` but not in ``low``."""
    found = []
    make = tuple.__new__  # half the time of Word(...), which is most of the time of this
    for match in _WORD.finditer(text):
        raw = match.group()
        start, end = match.span()
        low = raw.lower()
        if not low.isalnum() and len(low) > 1:
            low = low.replace("’", "'").replace("‘", "'").replace("`", "'").removesuffix("'s").removesuffix("'")
        found.append(make(Word, (raw, low, start, end)))
    return tuple(found)


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where sentences start and end."""
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _NO_END.search(text, max(start, match.start() - 8), match.end()):
            continue
        if match.end() > start:
            found.append((start, match.end()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)
