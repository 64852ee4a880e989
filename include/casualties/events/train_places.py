"""Fit the weights of :mod:`casualties.events.place_choice` on annotated articles.

    python -m casualties.events.train_places FOLDER... [--out place_weights.json]

FOLDER as for :mod:`casualties.events.train`. Each annotated event with a place gives one group of candidates, of which
those that bear its place's name are right; trees are boosted on the softmax within the group. Prints for each folder
the share that is right, cross-fitted by article over all folders, on the folds whose errors are read and on the others.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from casualties.events.alignment import Gold, align
from casualties.events.assembly import assemble
from casualties.events.drafts import Draft
from casualties.events.features import Features
from casualties.events.fitting import Tree, fit_ranking, matrix
from casualties.events.forest import Forest
from casualties.events.gazetteer.fold import fold as folded
from casualties.events.place_choice import WEIGHTS, candidates
from casualties.events.preparing import Prepared
from casualties.events.setting import ruled_place
from casualties.events.train import Annotated, is_right, prepare_folder

_TIMES, _KEPT = 2, 0.6  # drafts made of some of an event's reports, and the share of the reports that each keeps
Group = tuple[list[Features], list[bool]]


def same_name(a: str, b: str) -> bool:
    """Whether two spellings name one place: the words of one within the other's, or most of their letters shared."""
    left, right = set(folded(a).split()) - {"al"}, set(folded(b).split()) - {"al"}
    if not left or not right or left <= right or right <= left:
        return True
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in ("".join(folded(n).split()) for n in (a, b))]
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
        if wanted := article.events[index].get("place"):
            yield from _group(wanted, draft, drafts, article.found)


def partial_groups(article: Annotated) -> Iterable[Group]:
    """More groups to learn from: the same events, told by some of their reports alone, as assembly often finds them."""
    if article.found is None or not article.complete:
        return
    drawn = random.Random(article.ident)
    chosen = aligned_drafts(article.found, article.events)
    drafts = list(chosen.values())
    for index, draft in chosen.items():
        wanted = article.events[index].get("place")
        for _ in range(_TIMES):
            kept = [report for report in draft.reports if drawn.random() < _KEPT]
            if wanted and 0 < len(kept) < len(draft.reports):
                partial = Draft(toll=draft.toll, part_of=draft.part_of)
                for report in kept:
                    partial.add(report)
                yield from _group(wanted, partial, [partial if d is draft else d for d in drafts], article.found)


def assembled_groups(article: Annotated) -> Iterable[Group]:
    """And those events that assembly finds, as it gathers them."""
    if article.found is None or not article.complete:
        return
    drafts = assemble(article.found.reports, article.found.context)
    left = list(article.events)
    for draft in drafts:
        event = next((e for e in left if is_right(draft, e)), None)
        if event is not None:
            left = [e for e in left if e is not event]
            if wanted := event.get("place"):
                yield from _group(wanted, draft, drafts, article.found)


def _all_groups(article: Annotated) -> list[Group]:
    return [*groups_of(article), *partial_groups(article), *assembled_groups(article)]


def _group(wanted: str, draft: Draft, drafts: list[Draft], found: Prepared) -> Iterable[Group]:
    ruled, _ = ruled_place(draft, drafts, found.sentences, found.context)
    told = candidates(ruled, draft, drafts, found.sentences, found.context)
    right = [same_name(wanted, c.closest.name) for c in told]
    if any(right):
        yield [c.features for c in told], right


def fit_places(articles: list[Annotated]) -> dict[str, Any]:
    """The weights for articles with their annotations, as plain data."""
    return _fitted([g for article in articles for g in _all_groups(article)])


def _fitted(groups: list[Group]) -> dict[str, Any]:
    names = sorted({name for told, _ in groups for f in told for name in f})
    right = np.array([r for _, listed in groups for r in listed])
    x = matrix([f for told, _ in groups for f in told], names)
    return {"names": names, "trees": fit_ranking(x, right, [len(told) for told, _ in groups])}


def share_right(groups: list[Group], names: list[str], trees: list[Tree]) -> list[bool]:
    """For each group, whether the candidate that scores highest is right."""
    forest = Forest([trees])
    found = []
    for told, right in groups:
        rows = [[f.get(name, 0.0) for name in names] for f in told]
        scores = [score for (score,) in forest.sums(rows)]
        found.append(right[max(range(len(rows)), key=scores.__getitem__)])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    told: list[tuple[str, int, list[Group], list[Group]]] = []  # folder, fold, groups of the events, all groups
    for folder in args.folders:
        for article in prepare_folder(folder):
            told.append((folder.name, article.fold, list(groups_of(article)), _all_groups(article)))
    tally: dict[str, list[bool]] = {}
    for held in range(5):
        fitted = _fitted([g for _, fold, _, groups in told if fold != held for g in groups])
        for name, fold, groups, _ in told:
            if fold == held:
                right = share_right(groups, fitted["names"], fitted["trees"])
                tally.setdefault(f"{name} {'read' if held < 3 else 'blind'}", []).extend(right)
    for name, right in tally.items():
        sys.stdout.write(f"{name}: {sum(right) / max(len(right), 1):.3f} of {len(right)} events\n")
    fitted = _fitted([g for *_, groups in told for g in groups])
    args.out.write_text(json.dumps(fitted, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
