"""Which articles repeat the text of another, and which of them is the original."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from casualties.articles.fingerprint import Sketch, shared
from casualties.model import ArticleCopy, Fingerprint

# Share of an article's word sequences that are another's from which it is a copy. One that took six sentences in ten
# and edited them still has 0.35; one that quotes the same statement as another has up to 0.25.
COPIED = 0.35
COPIED_BY_AGENCY = 0.25  # where both say that the same agency wrote them
_LEAST_SEEN = 10  # word sequences in both sketches below which an estimate is worth nothing
_CANDIDATES = 32  # looked at in full, of those that share most keys
_PER_KEY = 64  # articles a key leads to, the first ones: a phrase of hundreds of pages is boilerplate
_FRESH = 4096  # articles that wait in a dictionary before they become a sorted run


class CopyIndex:
    """Finds which of many sketches may share text with another one.

    Lookups cost the same however many sketches there are, but for a logarithm: keys stand in a few sorted arrays, each
    at least twice as long as the next. Some 800 bytes a sketch, of which 512 are the sketch.
    """

    def __init__(self) -> None:
        self._sketches: list[Sketch] = []
        self._runs: list[tuple[NDArray[np.uint32], NDArray[np.uint32]]] = []  # keys ascending, and whose they are
        self._fresh: dict[int, list[int]] = {}
        self._waiting = 0

    def __len__(self) -> int:
        return len(self._sketches)

    def add(self, sketch: Sketch, keys: int) -> int:
        """Take up a sketch of which the first ``keys`` hashes lead to it; its number, counted from 0."""
        number = len(self._sketches)
        self._sketches.append(sketch)
        for key in sketch[:keys].tolist():
            self._fresh.setdefault(key, []).append(number)
        self._waiting += 1
        if self._waiting >= _FRESH:
            self._settle()
        return number

    def _settle(self) -> None:
        pairs = [(key, number) for key, numbers in self._fresh.items() for number in numbers]
        run = np.array(pairs, np.uint32).reshape(-1, 2)
        keys, numbers = run[:, 0], run[:, 1]
        self._fresh, self._waiting = {}, 0
        while self._runs and len(self._runs[-1][0]) < 2 * len(keys):
            older_keys, older_numbers = self._runs.pop()
            keys, numbers = np.concatenate([older_keys, keys]), np.concatenate([older_numbers, numbers])
        order = np.argsort(keys, kind="stable")  # of one key, the earlier first
        self._runs.append((keys[order], numbers[order]))

    def candidates(self, sketch: Sketch, keys: int) -> list[int]:
        """Numbers of the sketches that share most of the first ``keys`` hashes, those with most first."""
        wanted = sketch[:keys]
        found: Counter[int] = Counter()
        for run_keys, numbers in self._runs:
            starts = np.searchsorted(run_keys, wanted)
            starts = starts[starts < len(run_keys)]
            for start in starts[run_keys[starts] == wanted[: len(starts)]].tolist():
                end = start + int(np.searchsorted(run_keys[start : start + _PER_KEY], run_keys[start], "right"))
                found.update(numbers[start:end].tolist())
        for key in wanted.tolist():
            found.update(self._fresh.get(key, ())[:_PER_KEY])
        return [number for number, _ in found.most_common(_CANDIDATES)]

    def alike(self, sketch: Sketch, keys: int) -> list[tuple[int, float]]:
        """Of the :meth:`candidates`, those with text in common: number, and how much of this text is theirs."""
        numbers = self.candidates(sketch, keys)
        shares = shared(sketch, (self._sketches[number] for number in numbers))
        found = zip(numbers, shares, strict=True)
        return [(number, share) for number, (share, seen) in found if share > 0 and seen >= _LEAST_SEEN]


def _precedence(article: Fingerprint) -> tuple[bool, datetime, str]:
    """An agency's own story is the original whenever it was seen; else the earliest is."""
    return not article.agency_itself, article.at, article.article_id


def _is_copy(article: Fingerprint, other: Fingerprint, share: float) -> bool:
    # A new version of an article is no copy of it, and a publisher's second story with much of the first is its own
    # update, with newer figures.
    if article.article_id == other.article_id:
        return False
    if article.text_sha256 == other.text_sha256:
        return True
    if article.publisher == other.publisher:
        return False
    return share >= (COPIED_BY_AGENCY if article.agency and article.agency == other.agency else COPIED)


def find_copies(new: Sequence[Fingerprint], known: Iterable[Fingerprint] = ()) -> list[ArticleCopy]:
    """Which articles repeat another's text, or take much of it from another publisher's.

    ``known`` are stored articles; those that share none of their keys with a new one make no difference and may be left
    out. The original is never itself a copy: a copy of a copy is one of the original. A known article comes out as a
    copy where its original is a new one (an agency's own story that arrived late).
    """
    fresh = {article.version_id for article in new}
    everyone = {article.version_id: article for article in (*known, *new)}
    index = CopyIndex()
    seen: list[Fingerprint] = []
    roots: dict[str, str] = {}  # article_id of a copy: article_id of its original
    found: list[ArticleCopy] = []
    for article in sorted(everyone.values(), key=_precedence):
        sketch = np.array(article.sketch, np.uint32)
        sources = [
            (1.0 if article.text_sha256 == other.text_sha256 else share, other)
            for number, share in sorted(index.alike(sketch, article.keys))
            if fresh & {article.version_id, (other := seen[number]).version_id} and _is_copy(article, other, share)
        ]
        if article.copy_of:
            roots[article.article_id] = roots.get(article.copy_of, article.copy_of)
        elif sources:
            share, other = max(sources, key=lambda source: source[0])  # of several, the first
            root = roots.get(other.article_id, other.article_id)
            if root != article.article_id:
                roots[article.article_id] = root
                found.append(
                    ArticleCopy(
                        version_id=article.version_id,
                        article_id=article.article_id,
                        copy_of=root,
                        similarity=round(share, 3),
                    )
                )
        seen.append(article)
        index.add(sketch, article.keys)
    return found
