"""Fit the weights of :mod:`casualties.events.judge` on annotated articles, with cross-validation by article.

    python -m casualties.events.train FOLDER... [--folds read] [--out weights.json]

A FOLDER holds ``articles.jsonl`` (id, title, text, published) and ``gold.jsonl`` (id, events) in the codebook's form.
Each report that the grammar finds is aligned with the annotated event whose figures and sentence it shares; a report
without one is noise. Two softmax regressions are fitted: event, toll or noise for a report; same, part, whole or
other for a pair of reports.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from casualties.events.drafts import Report, value
from casualties.events.extractor import Prepared, prepare
from casualties.events.features import Features, pair_features, report_features
from casualties.events.judge import WEIGHTS
from casualties.events.reading import Mention
from casualties.model import Basis

SALT = "kestrel-"
Gold = list[dict[str, Any]]


def fold_of(ident: str) -> int:
    """Fold 0-4 of an article; 0-2 are those whose errors are read, 3 and 4 are scored blind."""
    return int(hashlib.sha256((SALT + ident).encode()).hexdigest(), 16) % 5


def read_folder(folder: Path) -> Iterator[tuple[dict[str, Any], Gold]]:
    """Articles with their annotated events."""
    gold = {row["id"]: row["events"] for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    for line in (folder / "articles.jsonl").open(encoding="utf-8"):
        article = json.loads(line)
        yield article, gold.get(article["id"], [])


def align(report: Report, events: Gold, text: str) -> int | None:
    """The annotated event that a report tells of, by figures, sentence and place; None for noise."""
    best, chosen = 0.0, None
    sentence = report.sentence.text.strip()
    for index, event in enumerate(events):
        score = 0.0
        for mention in report.mentions:
            if mention.breakdown:
                continue
            want = event.get(mention.outcome)
            if want is None or want == [None, None]:
                score -= 1.0
            elif _equals(mention, want):
                score += 4.0 + (mention.low is None or mention.low > 2)
            elif _roughly(mention, want):
                score += 1.7
            else:
                score -= 2.0
        if score <= 0:
            continue
        evidence = (event.get("evidence") or "").strip()
        if evidence and (evidence in sentence or sentence in evidence or evidence[:60] in sentence):
            score += 2.0
        place = event.get("place")
        if place and report.where is not None:
            score += (
                1.5
                if place.lower() in report.where.name.lower() or report.where.name.lower() in place.lower()
                else -0.7
            )
        if (event["kind"] == "toll") == bool(report.toll):
            score += 0.7
        when = event.get("date")
        if when and report.when is not None:
            score += 1.0 if str(report.when.span.start) <= when[1] and when[0] <= str(report.when.span.end) else -0.5
        if score > best:
            best, chosen = score, index
    return chosen


def _equals(mention: Mention, want: list[int | None]) -> bool:
    told = {mention.low, mention.best, mention.high} - {None}
    if mention.basis == Basis.VAGUE:
        return mention.low == want[0]
    return bool(told & set(want))


def _roughly(mention: Mention, want: list[int | None]) -> bool:
    """A rounding, a vaguer word, or a rival within the annotated range."""
    low, high = want
    number = value(mention)
    if low is not None and high is not None and low < number < high:
        return True
    exact = low if low is not None else high
    if exact is None:
        return False
    if mention.basis == Basis.VAGUE:
        return mention.low is not None and mention.low <= exact < 10 * mention.low
    return (
        mention.basis in (Basis.APPROXIMATE, Basis.AT_LEAST)
        and number % 5 == 0
        and 0.85 * exact <= number <= 1.1 * exact
    )


def examples(article: dict[str, Any], events: Gold) -> tuple[list[tuple[Features, str]], list[tuple[Features, str]]]:
    """Labelled features of the reports and of the pairs of reports of one article."""
    day = article.get("published")
    found: Prepared | None = prepare(
        article.get("title"), article["text"], date.fromisoformat(day[:10]) if day else None
    )
    singles: list[tuple[Features, str]] = []
    pairs: list[tuple[Features, str]] = []
    if found is None:
        return singles, pairs
    aligned = [align(report, events, article["text"]) for report in found.reports]
    for report, index in zip(found.reports, aligned, strict=True):
        label = "noise" if index is None else events[index]["kind"]
        singles.append((report_features(report, found.reports, found.context), label))
    for j, later in enumerate(found.reports):
        for i in range(max(0, j - 12), j):
            if aligned[i] is None or aligned[j] is None:
                continue
            pairs.append(
                (pair_features(later, found.reports[i], found.context), _relation(aligned[j], aligned[i], events))
            )
    return singles, pairs


def _relation(later: int | None, earlier: int | None, events: Gold) -> str:
    if later == earlier:
        return "same"
    if later is not None and events[later].get("part_of") == earlier:
        return "part"
    if earlier is not None and events[earlier].get("part_of") == later:
        return "whole"
    return "other"


def fit(
    rows: list[tuple[Features, str]], classes: list[str], penalty: float = 1.0, rounds: int = 400
) -> dict[str, dict[str, float]]:
    """Softmax regression with an L2 penalty, by gradient descent with momentum; the weights by class and feature."""
    names = sorted({name for features, _ in rows for name in features})
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for r, (features, _) in enumerate(rows):
        for name, number in features.items():
            x[r, column[name]] = number
    y = np.zeros((len(rows), len(classes)))
    for r, (_, label) in enumerate(rows):
        y[r, classes.index(label)] = 1
    w = np.zeros((len(names), len(classes)))
    step = np.zeros_like(w)
    rate = 1.5
    for _ in range(rounds):
        scores = x @ w
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ (p - y) / len(rows) + penalty * w / len(rows)
        step = 0.9 * step - rate * 0.1 * gradient
        w += step
    return {
        name: {names[k]: round(float(w[k, c]), 3) for k in range(len(names)) if abs(w[k, c]) > 0.01}
        for c, name in enumerate(classes)
    }


def accuracy(rows: list[tuple[Features, str]], weights: dict[str, dict[str, float]]) -> float:
    right = 0
    for features, label in rows:
        scores = {name: sum(row.get(key, 0.0) * x for key, x in features.items()) for name, row in weights.items()}
        right += max(scores, key=lambda name: scores[name]) == label
    return right / max(len(rows), 1)


MODELS = {"report": ["event", "toll", "noise"], "pair": ["same", "part", "whole", "other"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--read-only", action="store_true", help="fit on the folds 0-2 alone, so that 3 and 4 stay blind"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    by_fold: dict[str, list[list[tuple[Features, str]]]] = {name: [[] for _ in range(5)] for name in MODELS}
    for folder in args.folders:
        for article, events in read_folder(folder):
            singles, pairs = examples(article, events)
            by_fold["report"][fold_of(article["id"])] += singles
            by_fold["pair"][fold_of(article["id"])] += pairs
    fitted = {}
    for model, classes in MODELS.items():
        folds = by_fold[model]
        scores = []
        for held in range(5):
            rest = [row for k, rows in enumerate(folds) if k != held for row in rows]
            scores.append(accuracy(folds[held], fit(rest, classes, rounds=200)))
        used = [row for k, rows in enumerate(folds) if k < 3 or not args.read_only for row in rows]
        fitted[model] = fit(used, classes)
        sys.stdout.write(
            f"{model}: {len(used)} rows, cross-validated accuracy {sum(scores) / 5:.3f}, fitted {accuracy(used, fitted[model]):.3f}\n"
        )
    args.out.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
