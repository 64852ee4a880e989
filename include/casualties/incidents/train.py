"""Fit the weights of :mod:`casualties.incidents.compare` on annotated articles, with cross-validation by incident.

    python -m casualties.incidents.train ARTICLES.jsonl EVENTS.jsonl [--out weights.toml]

ARTICLES has a line {"id", "cluster", "published", "title", "text"} an article, where ``cluster`` names its incident;
EVENTS is what ``casualties extract --jsonl`` prints for it. A logistic regression, drawn towards beliefs.toml, over all
pairs of reports that a block brings together; of two articles on one incident only the pair of reports that is most
alike, since the others may be of other events.
"""

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from casualties.incidents.compare import features
from casualties.incidents.mentions import Mentions
from casualties.incidents.records import LinkedReport
from casualties.incidents.sides import NONE, clue_names, code
from casualties.incidents.terms import terms
from casualties.model import EventKind, EventReport, key
from casualties.staging import from_table, schema

SALT, FOLDS, READ = "heron-", 5, (0, 1, 2)  # the other folds are scored blind
PULL = 3.0  # towards the beliefs
# A missed link costs a second row, a false one a lost incident: yet clusters need some leniency, since in one of
# average linkage a single wrong pair does little.
LENIENCE = 0.7
Matrix = npt.NDArray[np.float64]


def fold_of(cluster: str) -> int:
    return int(hashlib.sha256((SALT + cluster).encode()).hexdigest(), 16) % FOLDS


def read_reports(articles: Path, events: Path) -> Iterator[tuple[LinkedReport, str]]:
    """Each event report with the cluster of its article."""
    told = {row["id"]: row["events"] for row in map(json.loads, events.open(encoding="utf-8"))}
    for row in map(json.loads, articles.open(encoding="utf-8")):
        day = row.get("published")
        published = datetime.combine(date.fromisoformat(day[:10]), time(12), UTC) if day else None
        for ordinal, event in enumerate(told.get(row["id"], ())):
            if event["kind"] != EventKind.EVENT:
                continue
            own = {
                "report_id": key(row["id"], ordinal), "article_id": row["id"], "version_id": row["id"],
                "ordinal": ordinal, "extractor_version": "", "publisher": row["id"], "published": published,
            }  # fmt: skip
            record = event | own
            if record["date"]:
                ends = {end: date.fromisoformat(record["date"][end]) for end in ("start", "end")}
                record["date"] = record["date"] | ends
            record["part_of"] = None
            (report,) = from_table(EventReport, pa.Table.from_pylist([record], schema=schema(EventReport)))
            words = terms(row.get("title") or "", row["text"], report.evidence)
            yield LinkedReport(report=report, terms=words), row["cluster"]


class Pairs:
    """All pairs that share a block and may be one incident: clues (a row a pair), truth, and folds of both sides."""

    def __init__(self, told: list[tuple[LinkedReport, str]], start: Matrix) -> None:
        cluster = [name for _, name in told]
        mentions = Mentions()
        mentions.add(linked for linked, _ in told)
        rows = np.arange(len(mentions))
        near = list(mentions.filed.index(rows).near(rows, rows[:0]))
        one, other = (np.concatenate(ends) for ends in zip(*near, strict=True))
        seen = features(mentions, one, other)
        fit = np.flatnonzero(seen.possible & ~seen.war & (seen.clues[0] != code("apart")))
        one, other = one[fit], other[fit]
        clues_told = np.zeros((len(fit), len(start) + 1))
        for clues, amounts in zip(seen.clues[:, fit], seen.amounts[:, fit], strict=True):
            clues_told[np.arange(len(fit)), clues] += amounts
        clues_told = np.delete(clues_told, NONE, axis=1)
        truth = np.array([cluster[a] == cluster[b] for a, b in zip(one, other, strict=True)])
        best: dict[tuple[int, int], tuple[float, int]] = {}
        article = mentions.column("article_id")
        for at in np.flatnonzero(truth).tolist():
            ends = sorted((int(article[one[at]]), int(article[other[at]])))
            both = ends[0], ends[1]
            best[both] = max(best.get(both, (-np.inf, -1)), (float(clues_told[at] @ start), at))
        chosen = ~truth
        chosen[[index for _, index in best.values()]] = True
        folds = np.array([(fold_of(cluster[a]), fold_of(cluster[b])) for a, b in zip(one, other, strict=True)])
        self.clues, self.truth, self.folds = clues_told[chosen], truth[chosen], folds[chosen]


def fit(clues: Matrix, truth: npt.NDArray[np.bool_], start: Matrix, free: npt.NDArray[np.bool_]) -> Matrix:
    """Weights by Newton's method; those that are not free stay at their start."""
    weights = start.copy()
    for _ in range(50):
        odds = 1 / (1 + np.exp(-np.clip(clues @ weights, -30, 30)))
        slope = clues.T @ (truth - odds) - PULL * (weights - start)
        bend = (clues * (odds * (1 - odds))[:, None]).T @ clues + PULL * np.eye(len(weights))
        step = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        weights[free] += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("events", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "weights.toml")
    args = parser.parse_args()
    beliefs = tomllib.loads((Path(__file__).parent / "beliefs.toml").read_text(encoding="utf-8"))
    names = clue_names()
    start = np.array([(beliefs["held"] | beliefs["believed"])[name] for name in names])
    free = np.array([name in beliefs["believed"] for name in names])
    pairs = Pairs(list(read_reports(args.articles, args.events)), start)
    scores = np.zeros(len(pairs.truth))
    for fold in range(FOLDS):
        held = (pairs.folds == fold).any(axis=1)
        scores[held] = pairs.clues[held] @ fit(pairs.clues[~held], pairs.truth[~held], start, free)
    for label, folds in (("read", READ), ("blind", tuple(set(range(FOLDS)) - set(READ)))):
        mine = np.isin(pairs.folds, folds).all(axis=1)
        linked, truth = scores[mine] + LENIENCE >= 0, pairs.truth[mine]
        hit = int((linked & truth).sum())
        precision, recall = hit / max(int(linked.sum()), 1), hit / max(int(truth.sum()), 1)
        sys.stderr.write(f"pairs of reports, {label}: precision {precision:.3f} recall {recall:.3f}\n")
    weights = dict(zip(names, fit(pairs.clues, pairs.truth, start, free), strict=True))
    weights["prior"] += LENIENCE
    lines = [f'"{name}" = {weight:.2f}' for name, weight in weights.items()]
    lines += ["\n[war]", *(f'"{name}" = {weight:.2f}' for name, weight in beliefs["war"].items())]
    head = "# Log odds that each clue adds, times how much there is of it.\n"
    head += "# Written by train.py; what beliefs.toml holds is not fitted.\n[weights]\n"
    args.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
