"""Fit the judges of who did it and who says so on annotated articles.

``python -m casualties.events.who_train FOLDER...`` writes ``who_weights.json``. A teller or player counts as right
where the scorer of the annotations (``score_events.py`` beside the repository) takes its name for an annotated one.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from casualties.events.assembly import assemble
from casualties.events.boosting import Tree, boost
from casualties.events.extractor import event_of
from casualties.events.features import Features
from casualties.events.fitting import matrix
from casualties.events.players import Player
from casualties.events.scoring import scorer
from casualties.events.train import Annotated, prepare_folder
from casualties.events.who import known_features, weigh
from casualties.events.who_judge import WEIGHTS

Rows = list[tuple[Features, bool]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled features of an article's tellers and players."""

    fold: int
    tellers: Rows
    players: Rows


def label(article: Annotated, score: ModuleType) -> Labelled:
    """Rows of the events that an article's annotations have too."""
    tellers: Rows = []
    players: Rows = []
    if article.found is None or not article.complete:
        return Labelled(article.fold, tellers, players)
    drafts = assemble(article.found.reports, article.found.context)
    events = [event_of(draft, drafts, article.found) for draft in drafts]
    kinds, countries = [e.type for e in events], [e.place.country if e.place else None for e in events]
    weighed = weigh(drafts, kinds, countries, article.found.sentences, article.found.context)
    told = {j: article.events[i] for i, j in score.pair(article.events, [e.to_dict() for e in events])}

    def is_source(teller: Any, at: int | None) -> bool:
        return at in told and _among(score, [teller.name], told[at].get("sources", []))

    def did_it(player: Player, at: int | None) -> bool:
        names = [p.mention.name for p in player.plays] + [player.key[1]] * (player.kind == "group")
        return at in told and _among(score, names, told[at].get("perpetrators", []))

    for index in told:
        here = weighed[index]
        for teller, row in zip(here.tellers, here.teller_rows, strict=True):
            known = known_features([float(is_source(teller, k)) for k in here.around])
            tellers.append((row | known, is_source(teller, index)))
        for player, row in zip(here.players, here.player_rows, strict=True):
            known = known_features([float(did_it(player, k)) for k in here.around])
            players.append((row | known, did_it(player, index)))
    return Labelled(article.fold, tellers, players)


def _among(score: ModuleType, names: Iterable[str], wanted: Iterable[str]) -> bool:
    return any(score.same_name(want, name) for name in names for want in wanted)


def fit_who(articles: Iterable[Labelled]) -> dict[str, Any]:
    """Both judges, as plain data."""
    articles = list(articles)
    return {
        "teller": _fit([row for a in articles for row in a.tellers]),
        "player": _fit([row for a in articles for row in a.players]),
    }


def _fit(rows: Rows) -> dict[str, Any]:
    names = sorted({name for features, _ in rows for name in features})
    x = matrix([features for features, _ in rows], names)
    y = np.array([float(right) for _, right in rows])
    trees = boost(x, y, rounds=70, depth=3, rate=0.1, least=8, ridge=5.0, share=0.7)
    used = sorted({column for tree in trees for column in _columns(tree)})
    renamed = {column: k for k, column in enumerate(used)}
    return {"names": [names[column] for column in used], "trees": [_renumbered(tree, renamed) for tree in trees]}


def _columns(tree: Tree) -> set[int]:
    return {tree[0]} | _columns(tree[2]) | _columns(tree[3]) if len(tree) > 1 else set()


def _renumbered(tree: Tree, numbers: dict[int, int]) -> Tree:
    if len(tree) == 1:
        return tree
    return [numbers[tree[0]], tree[1], _renumbered(tree[2], numbers), _renumbered(tree[3], numbers)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    score = scorer("score_events")
    if score is None:
        sys.exit("the scorer score_events.py is not beside the repository")
    labelled = [label(article, score) for folder in args.folders for article in prepare_folder(folder)]
    args.out.write_text(json.dumps(fit_who(labelled), separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    rows = [(len(a.tellers), len(a.players)) for a in labelled]
    sys.stdout.write(f"{len(rows)} articles, {sum(t for t, _ in rows)} tellers, {sum(p for _, p in rows)} players\n")


if __name__ == "__main__":
    main()
