"""Phrases of persons: what they are, and the questions that finding them asks."""

import re
from dataclasses import dataclass

from casualties.events.tokens import Sentence
from casualties.events.words import (
    AND,
    FUNCTION,
    MODIFIER,
    NUMBER,
    OTHERS,
    PERSON,
    PLURAL,
    PRONOUN_MANY,
    TRIGGER,
    tables,
)
from casualties.model import Basis

AGED = re.compile(r"^(\d+|[a-z]+(?:-[a-z]+)?)-(?:year|month|week|day)s?-old(s?)$")
REACH = 8  # tokens between a number and its noun, at most


@dataclass(slots=True)
class Phrase:
    """Persons over tokens first..last (last exclusive).

    ``kind``: count (number and noun), bare (number alone), one (a single person by an article or a name), some
    (persons without a number), pronoun, those ("the victims", "those killed").
    """

    first: int
    last: int
    kind: str
    low: int | None
    best: int | None
    high: int | None
    basis: Basis
    head: int
    group: str = ""
    definite: bool = False
    other: bool = False
    of_whole: bool = False
    claimed: bool = False
    thing: bool = False

    @property
    def counted(self) -> bool:
        return self.kind in ("count", "bare", "one") and not self.thing


def group_of(sentence: Sentence, first: int, last: int) -> str:
    """The codebook's victim group of a noun phrase: its head's, or that of a telling modifier."""
    lexicon = tables()
    found = ""
    for k in range(first, last):
        match = AGED.match(sentence.low[k])
        if match and ("-year" not in match.group() or _age(match.group(1)) < 18):
            return "children"
        word = sentence.low[k]
        label = lexicon.group.get(word, "")
        if sentence.bits[k] & PERSON and label:
            found = label
        elif word in lexicon.telling:
            found = found or lexicon.telling[word]
    return found


def _age(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 4 else tables().numbers.get(word, 99)


def heads_later(sentence: Sentence, k: int, reach: int = 4) -> bool:
    """Whether a plural noun of persons follows before the noun phrase can end."""
    for j in range(k, min(k + reach, len(sentence.low))):
        b = sentence.bits[j]
        if b & PLURAL and not b & PRONOUN_MANY and sentence.low[j] not in tables().sets["conditions"]:
            return True
        if (
            (b & (FUNCTION | NUMBER) and not b & AND)
            or not (sentence.low[j][0].isalnum() or sentence.low[j] in "'’\"")
            or b & TRIGGER
        ):
            return False
    return False


def person_follows(sentence: Sentence, k: int) -> bool:
    for j in range(k, min(k + 3, len(sentence.low))):
        if sentence.bits[j] & PERSON:
            return True
        if not sentence.bits[j] & (MODIFIER | OTHERS):
            return False
    return False
