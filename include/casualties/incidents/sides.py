"""Both reports of many pairs, and the names of the clues that are found there, as numbers."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from casualties.incidents.filed import Mask, Rows
from casualties.incidents.mentions import Mentions

Codes = npt.NDArray[np.int16]  # of clues, a pair each
Amounts = npt.NDArray[np.float64]
NONE = -1  # the code of no clue


class Side:
    """One report of each pair; its columns (:mod:`casualties.incidents.mentions`) are attributes."""

    def __init__(self, mentions: Mentions, rows: Rows) -> None:
        self.mentions, self.rows = mentions, rows

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        gathered: npt.NDArray[Any] = self.mentions.column(name)[self.rows]
        setattr(self, name, gathered)
        return gathered

    def at(self, where: Mask | Rows) -> "Side":
        return Side(self.mentions, self.rows[where])

    def sets(self, name: str) -> csr_array:
        return self.mentions.sets(name)[self.rows]


def common(a: Side, b: Side, name: str, other: str | None = None) -> csr_array:
    """Of each pair the strings that are in ``name`` of the one and in ``other`` (the same) of the other."""
    return a.sets(name).multiply(b.sets(other or name)).tocsr()


def share(a: Side, b: Side, name: str, other: str | None = None) -> npt.NDArray[np.int64]:
    """How many these are."""
    count: npt.NDArray[np.int64] = np.diff(common(a, b, name, other).indptr)
    return count


def told(side: Side, name: str) -> npt.NDArray[np.int64]:
    """How many strings the set has."""
    count: npt.NDArray[np.int64] = np.diff(side.mentions.sets(name).indptr)[side.rows]
    return count


def choose(pairs: int, *cases: tuple[Mask, str | Codes], otherwise: str = "") -> Codes:
    """Of each pair the clue of the first case that holds; "" is none."""
    codes = [clue if isinstance(clue, np.ndarray) else np.full(pairs, code(clue)) for _, clue in cases]
    return np.select([case for case, _ in cases], codes, code(otherwise)).astype(np.int16)


def code(name: str) -> int:
    return _codes()[name] if name else NONE


def among(codes: Codes, *names: str) -> Mask:
    return np.isin(codes, [code(name) for name in names])


@cache
def clue_names() -> tuple[str, ...]:
    return tuple(sorted(read_weights()["weights"]))


@cache
def _codes() -> dict[str, int]:
    return {name: at for at, name in enumerate(clue_names())}


@cache
def read_weights() -> dict[str, dict[str, float]]:
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
