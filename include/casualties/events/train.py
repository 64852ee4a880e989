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

from casualties.events.boosting import Matrix, boost
from casualties.events.drafts import Report, value
from casualties.events.extractor import Prepared, prepare
from casualties.events.features import Features, pair_features, report_features
from casualties.events.judge import WEIGHTS, Model
from casualties.events.reading import Mention
from casualties.model import Basis

SALT = "kestrel-"
Gold = list[dict[str, Any]]
Rows = list[tuple[Features, str]]


def fold_of(ident: str) -> int:
    """Fold 0-4 of an article; 0-2 are those whose errors are read, 3 and 4 are scored blind."""
    return int(hashlib.sha256((SALT + ident).encode()).hexdigest(), 16) % 5


def read_folder(folder: Path) -> Iterator[tuple[dict[str, Any], Gold]]:
    """Articles with their annotated events; of ``dev.jsonl`` (one incident an article) those marked core, one in four."""
    if (folder / "dev.jsonl").exists():
        for line in (folder / "dev.jsonl").open(encoding="utf-8"):
            article = json.loads(line)
            ident = article["cluster"]
            if article.get("core") and len(article["events"]) == 1 and fold_of("sample" + ident) == 0:
                yield article | {"id": ident}, [_single(article["events"][0])]
        return
    gold = {row["id"]: row["events"] for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    for line in (folder / "articles.jsonl").open(encoding="utf-8"):
        article = json.loads(line)
        yield article, gold.get(article["id"], [])


def _single(event: dict[str, Any]) -> dict[str, Any]:
    figures = {o: [event[o], event[o]] for o in ("killed", "injured") if event.get(o)}
    return {"kind": "event", "place": event.get("place"), "date": [event["date"]] * 2 if event.get("date") else None} | figures


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
    return chosen if chosen is not None else _rival(report, events)


def _rival(report: Report, events: Gold) -> int | None:
    """The first event for a headline or a lead whose number later text replaces."""
    if report.sentence.index > 3 or report.toll:
        return None
    for mention in report.mentions:
        if mention.breakdown or mention.kind not in ("count", "bare") or mention.groups[:1] and mention.groups[0][0] in ("children", "women"):
            continue
        for index, event in enumerate(events):
            want = event.get(mention.outcome)
            number = want and (want[0] if want[0] is not None else want[1])
            if event["kind"] == "event" and event.get("part_of") is None and number and number > 3:
                if 0.5 <= value(mention) / number <= 2.5:
                    return index
    return None


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
    if low is not None and high is None and low < number <= 2 * low and mention.basis == Basis.AT_LEAST:
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


def examples(article: dict[str, Any], events: Gold) -> tuple[Rows, Rows]:
    """Labelled features of the reports and of the pairs of reports of one article."""
    day = article.get("published")
    found: Prepared | None = prepare(
        article.get("title"), article["text"], date.fromisoformat(day[:10]) if day else None
    )
    singles: Rows = []
    pairs: Rows = []
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
                (pair_features(later, found.reports[i], found.reports, found.context), _relation(aligned[j], aligned[i], events))
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


def matrix(rows: Rows, names: list[str]) -> Matrix:
    """Rows by features."""
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for r, (features, _) in enumerate(rows):
        for name, number in features.items():
            if name in column:
                x[r, column[name]] = number
    return x


def fit(rows: Rows, classes: list[str], penalty: float = 1.0, rounds: int = 400) -> dict[str, Any]:
    """Softmax regression with an L2 penalty (gradient descent with momentum) and boosted trees, as plain data."""
    names = sorted({name for features, _ in rows for name in features})
    x = matrix(rows, names)
    y = np.zeros((len(rows), len(classes)))
    for r, (_, label) in enumerate(rows):
        y[r, classes.index(label)] = 1
    w = np.zeros((len(names), len(classes)))
    step = np.zeros_like(w)
    for _ in range(rounds):
        scores = x @ w
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ (p - y) / len(rows) + penalty * w / len(rows)
        step = 0.9 * step - 0.15 * gradient
        w += step
    linear = {name: [round(float(v), 3) for v in w[k]] for k, name in enumerate(names) if np.abs(w[k]).max() > 0.01}
    trees = {c: boost(x, y[:, k], rounds=70, depth=3, rate=0.1, least=8, ridge=3.0, share=0.7) for k, c in enumerate(classes)}
    return {"classes": classes, "names": names, "linear": linear, "trees": trees}


def accuracy(rows: Rows, fitted: dict[str, Any]) -> float:
    classes = tuple(fitted["classes"])
    made = Model(classes, tuple(fitted["names"]), fitted["linear"], tuple(tuple(fitted["trees"][c]) for c in classes))
    right = 0
    for features, label in rows:
        told = made.probabilities(features)
        right += max(told, key=lambda name: told[name]) == label
    return right / max(len(rows), 1)


MODELS = {"report": ["event", "toll", "noise"], "pair": ["same", "part", "whole", "other"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--read-only", action="store_true", help="fit on the folds 0-2 alone, so that 3 and 4 stay blind"
    )
    parser.add_argument("--validate", action="store_true", help="five-fold cross-validation, too")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    by_fold: dict[str, list[Rows]] = {name: [[] for _ in range(5)] for name in MODELS}
    for folder in args.folders:
        for article, events in read_folder(folder):
            singles, pairs = examples(article, events)
            by_fold["report"][fold_of(article["id"])] += singles
            by_fold["pair"][fold_of(article["id"])] += pairs
    fitted = {}
    for model, classes in MODELS.items():
        folds = by_fold[model]
        used = [row for k, rows in enumerate(folds) if k < 3 or not args.read_only for row in rows]
        fitted[model] = fit(used, classes)
        if args.validate:
            rest = [[row for k, rows in enumerate(folds) if k != held for row in rows] for held in range(5)]
            scores = [accuracy(folds[held], fit(rest[held], classes)) for held in range(5)]
            sys.stdout.write(f"{model}: cross-validated accuracy {sum(scores) / 5:.3f}\n")
        blind = [row for rows in folds[3:] for row in rows]
        sys.stdout.write(f"{model}: {len(used)} rows, accuracy {accuracy(used, fitted[model]):.3f}, folds 3-4 {accuracy(blind, fitted[model]):.3f}\n")
    args.out.write_text(json.dumps(fitted, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
