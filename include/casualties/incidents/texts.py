"""What two articles have in common in words, names, ages and streets."""

import numpy as np
import numpy.typing as npt

from casualties.incidents.filed import Mask
from casualties.incidents.rarities import RARE
from casualties.incidents.sides import Amounts, Codes, Side, choose, common, share, told

_WORDY = 50  # a text of fewer words than this says less by what it leaves out
_KIN = ((1, 0.05), (2, 0.07), (3, 0.1))  # rare words and cosine


def _both_told(a: Side, b: Side) -> Mask:
    both: Mask = (a.words_told > 0) & (b.words_told > 0)
    return both


def persons(a: Side, b: Side) -> npt.NDArray[np.int64]:
    """How many victims or suspects the two share; one that the other only names counts as well."""
    named = share(a, b, "persons")
    only_named = share(a, b, "persons_in_words", "words") + share(b, a, "persons_in_words", "words")
    return np.where(_both_told(a, b), named + only_named - 2 * share(a, b, "persons_in_words"), 0)


def _words(a: Side, b: Side) -> tuple[Amounts, npt.NDArray[np.int64]]:
    """The cosine of the words, weighed by how rare they are, and how many hardly any other story has."""
    both = common(a, b, "words")
    weights = np.concatenate([[0.0], np.cumsum(both.data)])
    rare = np.concatenate([[0], np.cumsum(both.data >= RARE**2)])
    starts, stops = both.indptr[:-1], both.indptr[1:]
    lengths = a.length * b.length
    cosine = np.divide(weights[stops] - weights[starts], lengths, out=np.zeros(len(lengths)), where=lengths > 0)
    return cosine, rare[stops] - rare[starts]


def kinship(a: Side, b: Side) -> npt.NDArray[np.int64]:
    """How much may be apart, given the rare words in common: 0 nothing, 1 the place, 2 the day, 3 both."""
    cosine, rare = _words(a, b)
    kin = sum((rare >= least) & (cosine >= alike) for least, alike in _KIN)
    return np.where(_both_told(a, b), np.maximum(kin, share(a, b, "streets") > 0), 0)


def text_clues(a: Side, b: Side) -> list[tuple[Codes, Amounts]]:
    both = _both_told(a, b)
    cosine, rare = _words(a, b)
    wordy = np.minimum(1.0, np.minimum(a.words_told, b.words_told) / _WORDY)
    pairs = len(both)
    clues = [
        (choose(pairs, (both, "words compared")), wordy),
        (choose(pairs, (both, "words in common")), cosine),
        (choose(pairs, (both, "rare words in common")), np.log2(1 + np.minimum(rare, 7))),
    ]
    for name in ("street", "age"):
        counted = both & (told(a, f"{name}s") > 0) & (told(b, f"{name}s") > 0)
        same = share(a, b, f"{name}s")
        codes = choose(pairs, (counted & (same > 0), f"the same {name}"), (counted, f"no {name} in common"))
        clues.append((codes, np.where(same > 0, np.minimum(same, 2), 1).astype(np.float64)))
    same = persons(a, b)
    clues.append((choose(pairs, (same > 0, "the same victim or suspect")), np.minimum(same, 3).astype(np.float64)))
    return clues
