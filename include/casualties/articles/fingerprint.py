"""A few numbers that stand for an article's text, from which it can be told how much of it is another's.

Four-word sequences are hashed and the lowest hashes kept: a bottom-k sketch (Broder 1997; Cohen and Kaplan 2007).
Below a common bound the sketches of two texts hold the same random choice of their sequences, so the share of one's
hashes that the other has estimates the share of its text that the other has. Unlike MinHash's, that estimate holds for
texts of different lengths: a paper that prints a third of a wire story copies all of what it prints.
"""

import hashlib
import re
import tomllib
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from casualties.articles.words import words
from casualties.model import Article, Fingerprint, Flag

MIN_WORDS = 50  # of a shorter text, sameness says nothing
_SEQUENCE = 4  # words; with three, set phrases of the trade begin to count as copying, with five a subeditor hides it
_SKETCH = 128  # hashes kept; with these an estimate of 0.6 is off by 0.04 (standard deviation)
_KEY_BOUND = 2**32 // 16  # hashes below this find candidates: one in sixteen of all
_LEAST_KEYS = 16  # but no fewer, so that short texts are found as well
_CREDIT_REACH = 200  # code points from either end of a text in which an agency is credited
_TICKING = re.compile(  # begins with a digit, which the engine finds fast, and looks back from there
    r"\d(?<!\w\d)(?:\d?:\d{2}(?: ?[ap]\.?m\b)?|\d* (?:minutes?|mins?|hours?|hrs?) ago\b"
    r"|[\d.,]*[km]? (?:comments?|shares?|views?|likes?|reads)\b)"
)
_PLAIN = re.compile(r"(?<!\\)[A-Za-z]{2,}")  # words of a pattern, but for what a backslash makes of their first letter
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Sketch = NDArray[np.uint32]


def text_digest(text: str) -> str:
    """SHA-256 over the words of a text: case, punctuation, spacing, clocks and counters make no difference."""
    return hashlib.sha256(" ".join(words(_TICKING.sub(" ", text.lower()))).encode()).hexdigest()


def comparable(article: Article) -> bool:
    """Whether sameness of this article's text with another's means that one was taken from the other."""
    return article.words >= MIN_WORDS and Flag.SUMMARY_ONLY not in article.flags


def sketch(text: str) -> Sketch:
    """The lowest hashes of a text's word sequences, ascending; empty for a text of fewer than four words."""
    told = words(text.lower())
    if len(told) < _SEQUENCE:
        return np.empty(0, np.uint32)
    known = {word: zlib.crc32(word.encode()) for word in set(told)}
    hashes = np.fromiter(map(known.__getitem__, told), np.uint64, len(told))
    count = len(told) - _SEQUENCE + 1
    mixed = np.zeros(count, np.uint64)
    for at in range(_SEQUENCE):
        mixed = (mixed + hashes[at : at + count] + np.uint64(1)) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))[:_SKETCH]


def shared(part: Sketch, wholes: Iterable[Sketch]) -> Iterator[tuple[float, int]]:
    """Share of a text's sequences that each of others has, by their sketches, and over how many that was estimated."""
    own = part.tolist()  # over so few numbers Python's own sets take a fifth of numpy's time
    held = frozenset(own)
    for whole in wholes:
        theirs = whole.tolist()
        bound = min((hashes[-1] for hashes in (own, theirs) if len(hashes) == _SKETCH), default=2**32 - 1)
        seen = bisect_right(own, bound)
        common = len(held.intersection(theirs[: bisect_right(theirs, bound)]))
        yield (common / seen, seen) if seen and theirs else (0.0, 0)


@dataclass(frozen=True, slots=True)
class _Agencies:
    credit: re.Pattern[str]  # a group an agency
    hints: tuple[str, ...]  # the longest word of each credit: where there is none of them the pattern is not tried
    names: tuple[str, ...]
    publishers: dict[str, str]


@cache
def _agencies() -> _Agencies:
    data = tomllib.loads(files(__package__).joinpath("agencies.toml").read_text(encoding="utf-8"))
    return _Agencies(
        re.compile("|".join(f"({'|'.join(agency['credits'])})" for agency in data.values())),
        tuple({max(_PLAIN.findall(credit), key=len) for agency in data.values() for credit in agency["credits"]}),
        tuple(data),
        {name: agency for agency, entry in data.items() for name in entry["publishers"]},
    )


def credited(text: str) -> str | None:
    """The agency that a text names at its head or its end as its author; None where it names none."""
    agencies = _agencies()
    for part in (text[:_CREDIT_REACH], text[-_CREDIT_REACH:]):
        found = agencies.credit.search(part) if any(hint in part for hint in agencies.hints) else None
        if found and found.lastindex:
            return agencies.names[found.lastindex - 1]
    return None


def fingerprint(article: Article) -> Fingerprint | None:
    """The fingerprint of an article; None where sameness of its text would say nothing."""
    if not comparable(article):
        return None
    hashes = sketch(article.text)
    own = _agencies().publishers.get(article.publisher.strip().lower())
    return Fingerprint(
        version_id=article.version_id,
        article_id=article.article_id,
        publisher=article.publisher,
        at=article.published or article.fetched_at,
        text_sha256=article.text_sha256,
        agency=own or credited(article.text),
        agency_itself=own is not None,
        sketch=tuple(hashes.tolist()),
        keys=max(min(_LEAST_KEYS, len(hashes)), int(np.searchsorted(hashes, _KEY_BOUND))),
    )
