"""Fit the weights of :mod:`casualties.events.place_choice` on annotated articles.

    python -m casualties.events.train_places FOLDER... [--out place_weights.json]

FOLDER as for :mod:`casualties.events.train`. Each annotated event with a place gives one group of candidates, of which
those that bear its place's name are right; trees are boosted on the softmax within the group. Prints the share that is
right cross-fitted by article, on the folds whose errors are read and on the others.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from casualties.events.alignment import Gold, align
from casualties.events.boosting import Matrix, Tree, cuts_of, grow, predict, scaled
from casualties.events.drafts import Draft
from casualties.events.extractor import Prepared
from casualties.events.features import Features
from casualties.events.gazetteer.fold import fold
from casualties.events.place_choice import WEIGHTS, candidates
from casualties.events.setting import ruled_place
from casualties.events.train import Annotated, prepare_folder

SEEDS = (7, 8, 9)
_ROUNDS, _RATE, _DEPTH, _LEAST, _RIDGE = 120, 0.1, 4, 10, 4.0
_ROWS, _COLUMNS = 0.7, 0.4  # shares drawn for each tree
Group = tuple[list[Features], list[bool]]


def same_name(a: str, b: str) -> bool:
    """Whether two spellings name one place: the words of one within the other's, or most of their letters shared."""
    left, right = set(fold(a).split()) - {"al"}, set(fold(b).split()) - {"al"}
    if not left or not right or left <= right or right <= left:
        return True
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in ("".join(fold(n).split()) for n in (a, b))]
    return 2 * len(pairs[0] & pairs[1]) >= 0.7 * (len(pairs[0]) + len(pairs[1]))


def aligned_drafts(found: Prepared, events: Gold) -> dict[int, Draft]:
    """The drafts that perfect assembly would make of an article's reports, by annotated event."""
    drafts: dict[int, Draft] = {}
    for report in found.reports:
        index = align(report, events)
        if index is not None:
            draft = drafts.setdefault(index, Draft(toll=events[index]["kind"] == "toll"))
            draft.add(report)
    for index, draft in drafts.items():
        draft.part_of = drafts.get(events[index]["part_of"])
    return drafts


def groups_of(article: Annotated) -> Iterable[Group]:
    """For each annotated event with a place, the features of its candidates and which of them are right."""
    if article.found is None or not article.complete:
        return
    chosen = aligned_drafts(article.found, article.events)
    drafts = list(chosen.values())
    for index, draft in chosen.items():
        wanted = article.events[index].get("place")
        if not wanted:
            continue
        sentences, context = article.found.sentences, article.found.context
        ruled, _ = ruled_place(draft, drafts, sentences, context)
        told = candidates(ruled, draft, drafts, sentences, context)
        right = [same_name(wanted, c.closest.name) for c in told]
        if any(right):
            yield [c.features for c in told], right


def fit_places(articles: list[Annotated]) -> dict[str, Any]:
    """The weights for articles with their annotations, as plain data."""
    return _fitted([group for article in articles for group in groups_of(article)])


def _fitted(groups: list[Group]) -> dict[str, Any]:
    names = sorted({name for told, _ in groups for f in told for name in f})
    return {"names": names, "trees": fit(groups, names)}


def _matrix(groups: list[Group], names: list[str]) -> tuple[Matrix, Matrix, Any]:
    x = np.array([[f.get(name, 0.0) for name in names] for told, _ in groups for f in told], float)
    y = np.array([r for _, right in groups for r in right], float)
    return x, y, np.array([k for k, (told, _) in enumerate(groups) for _ in told])


def fit(groups: list[Group], names: list[str]) -> list[Tree]:
    """Trees whose sum ranks the candidates of a group."""
    x, y, group = _matrix(groups, names)
    cuts = cuts_of(x)
    above = np.stack([x[:, column] > cut for column, cut in cuts], axis=1).astype(float)
    trees: list[Tree] = []
    for seed in SEEDS:
        random = np.random.default_rng(seed)
        score = np.zeros(len(y))
        for _ in range(_ROUNDS):
            p = _shares(np.exp(score), group)
            right = _shares(np.where(y > 0, np.exp(score), 0.0), group)
            rows = np.isin(group, np.flatnonzero(random.random(len(groups)) < _ROWS))
            drawn = set(np.flatnonzero(random.random(x.shape[1]) < _COLUMNS).tolist())
            kept = [k for k, (column, _) in enumerate(cuts) if column in drawn]
            grown = grow(
                above[rows][:, kept], [cuts[k] for k in kept], (right - p)[rows], (p * (1 - p))[rows],
                _DEPTH, _LEAST, _RIDGE,
            )  # fmt: skip
            score += predict(scaled(grown, _RATE), x)
            trees.append(scaled(grown, _RATE / len(SEEDS)))
    return trees


def _shares(powers: Matrix, group: Any) -> Matrix:
    shares: Matrix = powers / np.bincount(group, powers)[group]
    return shares


def share_right(groups: list[Group], names: list[str], trees: list[Tree]) -> list[bool]:
    """For each group, whether the candidate that scores highest is right."""
    found = []
    for told, right in groups:
        x = np.array([[f.get(name, 0.0) for name in names] for f in told], float)
        found.append(right[int(np.sum([predict(tree, x) for tree in trees], axis=0).argmax())])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    by_fold: dict[int, list[Group]] = {fold: [] for fold in range(5)}
    for folder in args.folders:
        for article in prepare_folder(folder):
            by_fold[article.fold] += groups_of(article)
    everything = [group for groups in by_fold.values() for group in groups]
    tally: dict[str, list[bool]] = {"read": [], "blind": []}
    for held, groups in by_fold.items():
        fitted = _fitted([g for other, listed in by_fold.items() if other != held for g in listed])
        tally["read" if held < 3 else "blind"] += share_right(groups, fitted["names"], fitted["trees"])
    for name, right in tally.items():
        sys.stdout.write(f"{name}: {sum(right) / max(len(right), 1):.3f} of {len(right)} events\n")
    args.out.write_text(json.dumps(_fitted(everything), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
