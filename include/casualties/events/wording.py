"""How alike the words of two reports are: which they share, and how rare those are in the article.

Nothing here knows a word: a sentence that tells of an event once more takes up names and things that the article
tells nowhere else.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable

from casualties.events.drafts import Report
from casualties.events.words import TRIGGER

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDING = re.compile(r"(?:ings?|ers?|ed|es|s|ly)$")
_LONGEST = 7  # letters that are compared
_COMMON = 0.02  # the share of an article's words from which one says nothing
_READ = 40_000  # characters of a text whose words are counted


def stem(word: str) -> str:
    """What a word shares with its other forms."""
    return _ENDING.sub("", word)[:_LONGEST] if len(word) > 5 else word


def note_words(reports: list[Report], title: str, text: str) -> None:
    """Give each report the words of its part of the sentence, each with how rare it is in the article (1: once)."""
    words = [stem(word) for word in _WORD.findall(f"{title}\n{text[:_READ]}".lower())]
    told = Counter(words)
    most = max(4, _COMMON * len(words))
    head = _weighed((stem(word) for word in _WORD.findall(title.lower())), told, most)
    for report in reports:
        sentence = report.sentence
        own = range(report.begin, max(report.end, report.last))
        said = (sentence.low[k] for k in own if not sentence.bits[k] & TRIGGER)
        report.words = _weighed((stem(word) for word in said if _WORD.fullmatch(word)), told, most)
        report.victims = frozenset(
            stem(word) for m in report.mentions for word in sentence.low[m.first : m.last] if _WORD.fullmatch(word)
        )
        report.titled = likeness(report.words, head)[1]


def likeness(one: dict[str, float], other: dict[str, float]) -> tuple[float, float]:
    """The weight of the words that both have, and the cosine of the two."""
    shared = {
        word: weight for word, weight in one.items() if word in other
    }  # in their order, so that sums are the same
    if not shared:
        return 0.0, 0.0
    return sum(shared.values()), _square(shared) / math.sqrt(_square(one) * _square(other))


def _square(words: dict[str, float]) -> float:
    return sum(weight**2 for weight in words.values())


def _weighed(words: Iterable[str], told: Counter[str], most: float) -> dict[str, float]:
    return {word: 1 / max(1, told[word] - 1) for word in words if told[word] <= most}
