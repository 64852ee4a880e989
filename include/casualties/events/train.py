"""Fit the weights of :mod:`casualties.events.judge` on annotated articles.

    python -m casualties.events.train FOLDER[:WEIGHT]... [--read-only] [--out weights.json]

A FOLDER, whose articles count WEIGHT (1 unless said), holds ``articles.jsonl`` (id, title, text, published) and
``gold.jsonl`` (id, events) in the codebook's form. Each report that the grammar finds is aligned with the annotated
event whose figures and sentence it shares; a report without one is noise. Two models are fitted on that: event, toll or
noise for a report; same, part, whole or other for two reports. A third learns which drafts are right. It sees drafts of
many divisions of each article, made with models that have not seen the article, and then once more with those that its
first version would choose.
"""

import argparse
import hashlib
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from casualties.events.alignment import Gold, align, relation
from casualties.events.assembly import assemble, changes, divide, improve
from casualties.events.confidence import confidence_features
from casualties.events.drafts import Draft
from casualties.events.features import Features, report_features
from casualties.events.fitting import Rows, fit, fit_logistic
from casualties.events.judge import WEIGHTS, Models, model_of
from casualties.events.pair_features import pair_features
from casualties.events.parts import may_include, part_features
from casualties.events.preparing import Prepared, prepare
from casualties.events.weighing import Cluster, State, Table, weight
from casualties.model import OUTCOMES

SALT = "kestrel-"
CLASSES = {"report": ["event", "toll", "noise"], "pair": ["same", "part", "whole", "other"]}
RIGHT = ["own", "part", "wrong"]  # an event or toll of its own, one that another includes, none that is annotated
PARTS = ["part", "apart"]
_FOLDS = range(5)
_BLIND = (3, 4)  # where nobody read an error, so that rules are no better than on any other text
_PENALTY = {"report": 8.0, "pair": 8.0, "draft": 5.0}
_SHAKEN = 8  # divisions of an article made with shaken probabilities
_SHAKE = 0.18
_CHANGED = 25  # divisions one change away from the first


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


@dataclass(slots=True)
class Annotated:
    """An article read up to its reports, with its annotated events."""

    ident: str
    fold: int
    events: Gold
    found: Prepared | None
    complete: bool  # all events of the article are annotated, not one incident alone
    weight: float = 1.0  # how much it counts
    singles: Rows = field(default_factory=list)  # labelled features of its reports
    pairs: Rows = field(default_factory=list)  # and of its pairs of reports


def prepare_folder(folder: Path, weight: float = 1.0) -> Iterator[Annotated]:
    for article, events in read_folder(folder):
        day = article.get("published")
        found = prepare(article.get("title"), article["text"], date.fromisoformat(day[:10]) if day else None)
        annotated = Annotated(
            article["id"], fold_of(article["id"]), events, found, (folder / "gold.jsonl").exists(), weight
        )
        if found is not None:
            _label(annotated, found)
        yield annotated


def _label(article: Annotated, found: Prepared) -> None:
    events, reports = article.events, found.reports
    aligned = [align(report, events) for report in reports]
    for report, index in zip(reports, aligned, strict=True):
        label = "noise" if index is None else events[index]["kind"]
        article.singles.append((report_features(report, reports, found.context), label))
    for j, later in enumerate(reports):
        for i in range(max(0, j - 12), j):
            if aligned[i] is not None and aligned[j] is not None:
                features = pair_features(later, reports[i], reports, found.context)
                article.pairs.append((features, relation(aligned[j], aligned[i], events)))


def fit_models(articles: list[Annotated]) -> dict[str, Any]:
    """All models, as plain data."""
    return _fit_weighing(articles) | _fit_drafts(articles)


def _fit_weighing(articles: list[Annotated]) -> dict[str, Any]:
    rows = {"report": [(a.weight, r) for a in articles for r in a.singles]}
    rows["pair"] = [(a.weight, r) for a in articles for r in a.pairs]
    return {
        name: fit([r for _, r in rows[name]], classes, _PENALTY[name], [weight for weight, _ in rows[name]])
        for name, classes in CLASSES.items()
    }


def _fit_drafts(articles: list[Annotated]) -> dict[str, Any]:
    """The models of drafts and of parts; the divisions that they learn from were weighed by models that had not seen
    the article."""
    tables: dict[str, Table] = {}
    for fold in _FOLDS:
        judges = made(_fit_weighing([a for a in articles if a.fold != fold]))
        for article in articles:
            if article.fold == fold and article.complete and article.found is not None:
                tables[article.ident] = Table(article.found.reports, article.found.context, judges)
    seen = {a.ident: _divisions(tables[a.ident], a.ident) for a in articles if a.ident in tables}
    told = {a.ident: list(_examples(tables[a.ident], a.events, seen[a.ident])) for a in articles if a.ident in tables}
    parts: dict[str, Rows] = {}
    for fold in _FOLDS:
        first = model_of(_fit_drawn([a for a in articles if a.fold != fold], told, RIGHT))
        for article in articles:
            if article.fold == fold and article.ident in told:
                table = tables[article.ident]
                table.judges = table.judges | {"draft": first}
                chosen = improve(table, divide(table))
                more = [s for s in (chosen, *islice(changes(table, chosen), 12)) if s not in seen[article.ident]]
                told[article.ident] += _examples(table, article.events, list(dict.fromkeys(more)))
                divisions = dict.fromkeys((chosen, _annotated_division(table, article.events)))
                parts[article.ident] = [row for state in divisions for row in _part_rows(table, article.events, state)]
    return {"draft": _fit_drawn(articles, told, RIGHT), "part": _fit_drawn(articles, parts, PARTS)}


def _annotated_division(table: Table, events: Gold) -> State:
    """The division that an annotator's events make of an article's reports."""
    members: dict[int, list[int]] = {}
    for k, report in enumerate(table.reports):
        index = align(report, events)
        if index is not None:
            members.setdefault(index, []).append(k)
    return tuple(sorted(Cluster(tuple(told), events[i]["kind"] == "toll") for i, told in members.items()))


def _part_rows(table: Table, events: Gold, state: State) -> Iterator[tuple[Features, str]]:
    """Pairs of a division's drafts that are annotated events, and whether one is a part of the other."""
    drafts = [d for d in table.drafts_of(state) if not d.toll]
    right, main = _indices(drafts, events), max(drafts, key=weight, default=None)
    for own, draft in zip(right, drafts, strict=True):
        for other, whole in zip(right, drafts, strict=True):
            if own is not None and may_include(whole, draft):
                is_part = other is not None and events[own].get("part_of") == other
                yield part_features(draft, whole, main, drafts, table), "part" if is_part else "apart"


def _indices(drafts: list[Draft], events: Gold) -> list[int | None]:
    """Which annotated event each draft is: the one with its figures, or the one that most of its reports tell of."""
    found: list[int | None] = []
    for draft in drafts:
        exact = (k for k, event in enumerate(events) if k not in found and is_right(draft, event))
        votes = Counter(k for r in draft.reports if (k := align(r, events)) is not None and k not in found)
        found.append(next(exact, next((k for k, _ in votes.most_common(1)), None)))
    return found


def _divisions(table: Table, ident: str) -> list[State]:
    """The first division of an article, those next to it, and some from shaken probabilities."""
    shaken = random.Random(ident)
    first = divide(table)
    found = [first, *islice(changes(table, first), _CHANGED)]
    found += [divide(table, lambda: shaken.gauss(0, _SHAKE)) for _ in range(_SHAKEN)]
    return list(dict.fromkeys(found))


def _examples(table: Table, events: Gold, states: list[State]) -> Iterator[tuple[Features, str]]:
    for state in states:
        if not state:
            continue
        main = table.main_of(state)
        right = _right_ones(table, state, events)
        for k, cluster in enumerate(state):
            yield table.features(cluster, state, main), right.get(k, "wrong")


def _right_ones(table: Table, state: State, events: Gold) -> dict[int, str]:
    """The drafts of a division that are annotated events, each event given once, to the draft told most often."""
    left = list(events)
    found = {}
    for k in sorted(range(len(state)), key=lambda k: -len(state[k].members)):
        draft, _ = table.make(state[k])
        event = next((e for e in left if is_right(draft, e)), None)
        if event is not None:
            left.remove(event)
            found[k] = "own" if event.get("part_of") is None else "part"
    return found


def is_right(draft: Draft, event: dict[str, Any]) -> bool:
    """Whether an annotated event has the kind and every figure of a draft."""
    want = {o: event[o] for o in OUTCOMES if event.get(o) and event[o] != [None, None]}
    return (
        (event["kind"] == "toll") == draft.toll
        and want.keys() == draft.chosen.keys()
        and all(
            draft.chosen[o][0].low == low if low is not None else draft.chosen[o][0].high == high
            for o, (low, high) in want.items()
        )
    )


def _fit_drawn(articles: list[Annotated], told: dict[str, Rows], classes: list[str]) -> dict[str, Any]:
    seen = [a for a in articles if a.ident in told]
    rows = [row for a in seen for row in told[a.ident]]
    weights = [a.weight / math.sqrt(max(len(told[a.ident]), 1)) for a in seen for _ in told[a.ident]]
    return fit(rows, classes, _PENALTY["draft"], weights)


def made(fitted: dict[str, Any]) -> Models:
    return {name: model_of(plain) for name, plain in fitted.items()}


def cross_fit(articles: list[Annotated], folds: Iterable[int] = _FOLDS) -> Iterator[tuple[Models, list[Annotated]]]:
    """For each fold the models that have not seen it, and its articles."""
    for held in folds:
        yield made(fit_models([a for a in articles if a.fold != held])), [a for a in articles if a.fold == held]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", help="a path, or path:weight")
    parser.add_argument(
        "--read-only", action="store_true", help="fit on the folds 0-2 alone, so that 3 and 4 stay blind"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    folders = [str(folder).partition(":") for folder in args.folders]
    articles = [a for path, _, weight in folders for a in prepare_folder(Path(path), float(weight or 1))]
    fitted: dict[str, Any] = fit_models([a for a in articles if not args.read_only or a.fold < 3])
    rows: list[tuple[Features, bool]] = []
    for judges, unseen in cross_fit(articles, _BLIND):
        for article in unseen:
            if article.found is not None and article.complete:
                drafts = assemble(article.found.reports, article.found.context, judges)
                left = list(article.events)
                for draft in drafts:
                    event = next((e for e in left if is_right(draft, e)), None)
                    left = [e for e in left if e is not event]
                    rows.append((confidence_features(draft), event is not None))
    fitted["confidence"] = fit_logistic(rows)
    right = sum(right for _, right in rows)
    sys.stdout.write(f"{len(articles)} articles; of {len(rows)} events cross-fitted, {right} right\n")
    args.out.write_text(json.dumps(fitted, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
