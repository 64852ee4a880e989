"""The type of an event: the means told nearest to its figure."""

from casualties.events.tokens import Sentence
from casualties.events.words import match_phrase, tables


def find_types(sentence: Sentence) -> list[tuple[int, int, str, int]]:
    """Words of means in a tokenised sentence: first token, last, type, strength (2 strong, 1 weak)."""
    lexicon = tables()
    found, k = [], 0
    while k < len(sentence.low):
        match = match_phrase(lexicon.types, sentence.low, k) if sentence.low[k] in lexicon.type_words else None
        if match:
            size, (kind, strength) = match
            found.append((k, k + size, kind, strength))
            k += size
        else:
            k += 1
    return found


def type_near(
    sentence: Sentence, found: list[tuple[int, int, str, int]], begin: int, end: int, anchor: int
) -> tuple[str, str] | None:
    """The strongest type within the tokens begin..end, then the nearest to the anchor; and its words."""
    inside = [
        (-strength, abs(first - anchor), kind, first, last)
        for first, last, kind, strength in found
        if first < end and last > begin
    ]
    if not inside:
        return None
    _, _, kind, first, last = min(inside)
    return kind, sentence.phrase(first, last)


def tells_illness(sentence: Sentence) -> bool:
    """Whether illness, age, suicide or the like is told."""
    return not tables().sets["fatal.illness"].isdisjoint(sentence.low)
