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
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from casualties.events.assembly import Models, assemble
from casualties.events.boosting import Matrix, boost
from casualties.events.confidence import confidence_features
from casualties.events.context import Context
from casualties.events.drafts import Draft, Report, value
from casualties.events.extractor import Prepared, prepare
from casualties.events.features import Features, pair_features, report_features
from casualties.events.figures import figure_of
from casualties.events.judge import WEIGHTS, model_of
from casualties.events.told import Mention
from casualties.model import OUTCOMES, Basis

SALT = "kestrel-"
Gold = list[dict[str, Any]]
Rows = list[tuple[Features, str]]
MODELS = {"report": ["event", "toll", "noise"], "pair": ["same", "part", "whole", "other"]}


def fold_of(ident: str) -> int:
    """Fold 0-4 of an article; 0-2 are those whose errors are read, 3 and 4 are scored blind."""
    return int(hashlib.sha256((SALT + ident).encode()).hexdigest(), 16) % 5


def read_folder(folder: Path) -> Iterator[tuple[dict[str, Any], Gold]]:
    """Articles with their annotated events; of ``dev.jsonl`` (one incident each) one in five of those marked core."""
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
    return {
        "kind": "event",
        "place": event.get("place"),
        "date": [event["date"]] * 2 if event.get("date") else None,
    } | figures


def align(report: Report, events: Gold) -> int | None:
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
        if (
            mention.breakdown
            or mention.kind not in ("count", "bare")
            or (mention.groups[:1] and mention.groups[0][0] in ("children", "women"))
        ):
            continue
        for index, event in enumerate(events):
            want = event.get(mention.outcome)
            number = want and (want[0] if want[0] is not None else want[1])
            whole = event["kind"] == "event" and event.get("part_of") is None
            if whole and number and number > 3 and 0.5 <= value(mention) / number <= 2.5:
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


@dataclass(slots=True)
class Annotated:
    """An article read up to its reports, with its annotated events."""

    ident: str
    fold: int
    events: Gold
    found: Prepared | None
    complete: bool  # all events of the article are annotated, not one incident alone


def prepare_folder(folder: Path) -> Iterator[Annotated]:
    for article, events in read_folder(folder):
        day = article.get("published")
        found = prepare(article.get("title"), article["text"], date.fromisoformat(day[:10]) if day else None)
        yield Annotated(article["id"], fold_of(article["id"]), events, found, (folder / "gold.jsonl").exists())


def examples(article: Annotated) -> tuple[Rows, Rows]:
    """Labelled features of the reports and of the pairs of reports of one article."""
    singles: Rows = []
    pairs: Rows = []
    found, events = article.found, article.events
    if found is None:
        return singles, pairs
    aligned = [align(report, events) for report in found.reports]
    for report, index in zip(found.reports, aligned, strict=True):
        label = "noise" if index is None else events[index]["kind"]
        singles.append((report_features(report, found.reports, found.context), label))
    for j, later in enumerate(found.reports):
        for i in range(max(0, j - 12), j):
            if aligned[i] is not None and aligned[j] is not None:
                features = pair_features(later, found.reports[i], found.reports, found.context)
                pairs.append((features, _relation(aligned[j], aligned[i], events)))
    return singles, pairs


def fit_models(articles: list[Annotated]) -> dict[str, Any]:
    """Both models, as plain data."""
    rows: dict[str, Rows] = {"report": [], "pair": []}
    for article in articles:
        singles, pairs = examples(article)
        rows["report"] += singles
        rows["pair"] += pairs
    return {name: fit(rows[name], classes) for name, classes in MODELS.items()}


def made(fitted: dict[str, Any]) -> Models:
    return {name: model_of(fitted[name]) for name in MODELS}


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
    trees = {
        c: boost(x, y[:, k], rounds=70, depth=3, rate=0.1, least=8, ridge=3.0, share=0.7) for k, c in enumerate(classes)
    }
    return {"classes": classes, "names": names, "linear": linear, "trees": trees}


def fit_confidence(rows: list[tuple[Features, bool]], penalty: float = 2.0) -> dict[str, float]:
    """Logistic regression of being right; from events that models predicted which had not seen their article."""
    names = sorted({name for features, _ in rows for name in features})
    x = matrix([(features, "") for features, _ in rows], names)
    y = np.array([float(right) for _, right in rows])
    w = np.zeros(len(names))
    step = np.zeros_like(w)
    for _ in range(3000):
        gradient = x.T @ (1 / (1 + np.exp(-(x @ w))) - y) / len(rows) + penalty * w / len(rows)
        step = 0.9 * step - 0.1 * gradient
        w += step
    return {name: round(float(v), 3) for name, v in zip(names, w, strict=True)}


def is_right(draft: Draft, context: Context, events: Gold) -> bool:
    """Whether an annotated event has the kind and every figure of a draft."""
    told = {o: figure_of(draft.figures[o], context)[0] for o in OUTCOMES if o in draft.figures}
    for event in events:
        if (event["kind"] == "toll") != draft.toll:
            continue
        want = {o: event[o] for o in OUTCOMES if event.get(o) and event[o] != [None, None]}
        if want.keys() == told.keys() and all(
            told[o].low == want[o][0] if want[o][0] is not None else told[o].high == want[o][1] for o in want
        ):
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--read-only", action="store_true", help="fit on the folds 0-2 alone, so that 3 and 4 stay blind"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    articles = [prepared for folder in args.folders for prepared in prepare_folder(folder)]
    fitted: dict[str, Any] = fit_models([a for a in articles if not args.read_only or a.fold < 3])
    rows: list[tuple[Features, bool]] = []
    for held in range(5):
        models = made(fit_models([a for a in articles if a.fold != held]))
        for article in articles:
            if article.fold == held and article.found is not None and article.complete:
                drafts = assemble(article.found.reports, article.found.context, models)
                rows += [
                    (confidence_features(d, drafts), is_right(d, article.found.context, article.events)) for d in drafts
                ]
    fitted["confidence"] = fit_confidence(rows)
    right = sum(right for _, right in rows)
    sys.stdout.write(f"{len(articles)} articles; of {len(rows)} events cross-fitted, {right} right\n")
    args.out.write_text(json.dumps(fitted, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
