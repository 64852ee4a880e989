"""Deeds that are looked back at: heard in court, judged, remembered, argued over."""

import re
from functools import cache

from casualties.events.words import load

_FEW = 5  # killed


def is_looked_back_at(told: str, killed: int) -> bool:
    """Whether words, in lower case, tell of a deed with so many ``killed`` as long done."""
    return any(pattern.search(told) for least, pattern in _patterns() if killed >= least)


@cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    table = load("deeds")["aftermath"]
    any_number = [phrase for name, phrases in table.items() if name != "heard" for phrase in phrases]
    return (_FEW, _any_of(table["heard"])), (1, _any_of(any_number))


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})(?!\w)")
