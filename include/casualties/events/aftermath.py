"""Deeds that are looked back at: heard in court, judged, remembered, argued over."""

import re
from collections.abc import Sequence
from functools import cache

from casualties.events.words import load

_FEW = 5  # killed


def is_looked_back_at(title: str, told: Sequence[str], after: Sequence[str], phrase: str, killed: int) -> bool:
    """Whether a deed with so many ``killed``, counted by ``phrase``, is told as long done.

    ``told`` are its sentences, ``after`` those that follow. A word of judging or remembering that is bound to a deed
    ("jailed for the murder of") says so wherever the deed is told; a loose one ("death row") only in a headline that
    tells no deed of its own, or where no sentence does: who is killed by a convict is killed now.
    """
    title, phrase = title.lower(), phrase.lower()
    own = [title, *(sentence.lower() for sentence in told)]
    if any(_bound(killed).search(sentence) for sentence in own):
        return True
    loose, happens = _loose(killed), _happens(phrase)
    if loose.search(title) and not happens.search(title):
        return True
    near = [*own, *(sentence.lower() for sentence in after)]
    return not any(happens.search(sentence) for sentence in own) and any(loose.search(sentence) for sentence in near)


@cache
def _bound(killed: int) -> re.Pattern[str]:
    table = load("deeds")["aftermath"]
    judged = rf"(?:{'|'.join(table['judged'])}) (?:[\w'’-]+ ){{0,6}}?(?:{'|'.join(table['crimes'])})"
    return _any_of([judged, *table["hearing"], *table["argued"], *(table["heard"] if killed >= _FEW else ())])


@cache
def _loose(killed: int) -> re.Pattern[str]:
    table = load("deeds")["aftermath"]
    heard = table["heard"] if killed >= _FEW else ()
    return _any_of([*table["judged"], *table["hearing"], *table["remembered"], *table["argued"], *heard])


def _happens(phrase: str) -> re.Pattern[str]:
    """What tells in a main clause that those whom ``phrase`` counts died: "nine were killed", "a blast kills nine"."""
    table = load("deeds")["fresh"]
    subordinate = rf"\b(?:{'|'.join(table['subordinate'])})\b"
    free, word = rf"^(?:(?!{subordinate}).)*?", rf"(?:(?!{subordinate})[\w'’-]+ )"
    counted = re.escape(phrase)
    suffered = rf"\b{counted},? {word}{{0,5}}?(?:{'|'.join(table['suffered'])})\b"
    done = rf"(?:\b(?:{'|'.join(table['done'])})|, (?:{'|'.join(table['doing'])})) {word}{{0,3}}?{counted}(?!\w)"
    return re.compile(rf"{free}(?:{suffered}|{done}|\b(?:{'|'.join(table['tolls'])})\b)", re.DOTALL)


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})(?!\w)")
