"""Score the extractor on annotated articles and write a report: ``python -m casualties.events.evaluate``.

Reads ``../shared/gold`` beside the repository where it is, and always the project's own samples. The learned parts are
fitted again without each article that they judge (five folds by article), so that no figure rests on an article that
the weights have seen. Folds 0-2 are those whose errors are read; 3 and 4 are blind, and theirs are to be quoted.
"""

import argparse
import json
import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from casualties.events import extractor
from casualties.events.alignment import Gold
from casualties.events.extractor import explain, settle
from casualties.events.place_choice import trees_of
from casualties.events.scoring import SHARED, scorer
from casualties.events.train import Annotated, cross_fit, fold_of, prepare_folder
from casualties.events.train_places import fit_places
from casualties.events.who_judge import judges_of
from casualties.events.who_train import fit_who, label
from casualties.settings import PROJECT

SAMPLES = PROJECT / "tests" / "evaluation"
Events = list[dict[str, Any]]
Rows = dict[str, Events]
DRAWS = 400


def figures(score: ModuleType, gold: Rows, predicted: Rows) -> dict[str, float]:
    """All measures of ``score_events.py`` as one table."""
    counts, slots, totals, _ = score.score(gold, {ident: predicted.get(ident, []) for ident in gold})
    found = {}
    for kind, (wanted, told, strict, loose) in counts.items():
        found[f"{kind} strict F1"] = score.f1(strict, wanted, told)[2]
        found[f"{kind} loose F1"] = score.f1(loose, wanted, told)[2]
    found["total killed right"] = totals[0] / max(totals[1], 1)
    return found | {f"slot {name}": sum(values) / len(values) for name, values in sorted(slots.items())}


def interval(score: ModuleType, gold: Rows, predicted: Rows, measure: str) -> tuple[float, float]:
    """A 95% bootstrap interval of a measure, drawing articles."""
    draw = random.Random(7)
    idents = list(gold)
    values = []
    for _ in range(DRAWS):
        chosen = [draw.choice(idents) for _ in idents]
        g = {f"{k}": gold[i] for k, i in enumerate(chosen)}
        p = {f"{k}": predicted.get(i, []) for k, i in enumerate(chosen)}
        values.append(figures(score, g, p).get(measure, 0.0))
    values.sort()
    return values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)]


def cross_fitted(score: ModuleType, folders: list[Path]) -> tuple[dict[str, list[Annotated]], Rows]:
    """Annotated articles by folder, and events predicted by models that have not seen their article."""
    by_folder = {folder.name: list(prepare_folder(folder)) for folder in folders}
    everything = [article for listed in by_folder.values() for article in listed]
    labelled = [label(article, score) for article in everything]
    predicted: Rows = {}
    for held, (judges, unseen) in enumerate(cross_fit(everything)):
        who = judges_of(fit_who(a for a in labelled if a.fold != held))
        places = trees_of(fit_places([a for a in everything if a.fold != held]))
        for article in unseen:
            if article.complete:
                if article.found is not None:
                    article.found.context.place_trees = places
                found = settle(article.found, judges, who) if article.found else []
                predicted[article.ident] = [explanation.event.to_dict() for explanation in found]
    return by_folder, predicted


def error_classes(score: ModuleType, articles: list[Annotated], predicted: Rows) -> Counter[str]:
    """Why events are wrong: the figure was never read, was read and lost in assembly, or is one too many."""
    found: Counter[str] = Counter()
    for article in articles:
        events = predicted[article.ident]
        pairs = score.pair(article.events, events)
        read = {
            (m.outcome, m.low if m.low is not None else m.high)
            for r in (article.found.reports if article.found else [])
            for m in r.mentions
        }
        for i, gold in enumerate(article.events):
            if i not in {a for a, _ in pairs}:
                wanted = [
                    (o, b[0] if b[0] is not None else b[1]) for o in score.OUTCOMES if (b := score.bounds(gold.get(o)))
                ]
                found[
                    f"{gold['kind']} missed: " + ("lost in assembly" if set(wanted) & read else "figure not read")
                ] += 1
        for j, event in enumerate(events):
            if j not in {b for _, b in pairs}:
                same = any(
                    g["kind"] != event["kind"]
                    for g in article.events
                    if score.likeness(g | {"kind": event["kind"]}, event) > 0
                )
                found[
                    f"{event['kind']} spurious: " + ("of the other kind" if same else "nothing like it annotated")
                ] += 1
        for i, j in pairs:
            for outcome in score.OUTCOMES:
                a, b = score.bounds(article.events[i].get(outcome)), score.bounds(events[j].get(outcome))
                if not score.agrees(a, b):
                    what = "left out" if b is None else "not annotated" if a is None else "another number"
                    found[f"counts: {outcome} {what}"] += 1
    return found


def reliability(score: ModuleType, articles: list[Annotated], predicted: Rows) -> list[tuple[str, int, float, float]]:
    """By band of confidence: how many events, their mean confidence, and the share that is strictly right."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for article in articles:
        events = predicted[article.ident]
        right = {
            j
            for i, j in score.pair(article.events, events)
            if all(
                score.agrees(score.bounds(article.events[i].get(o)), score.bounds(events[j].get(o)))
                for o in score.OUTCOMES
            )
        }
        for j, event in enumerate(events):
            bands.setdefault(min(int(event["confidence"] * 10), 9), []).append((event["confidence"], j in right))
    return [
        (
            f"{k / 10:.1f}-{k / 10 + 0.1:.1f}",
            len(rows),
            sum(c for c, _ in rows) / len(rows),
            sum(r for _, r in rows) / len(rows),
        )
        for k, rows in sorted(bands.items())
    ]


def counts(path: Path) -> dict[str, float]:
    """Exact figures on single-incident articles marked core, by read (folds 0-2 of their cluster) and blind."""
    tally: dict[str, list[bool]] = {}
    for row in map(json.loads, path.open(encoding="utf-8")):
        if not row.get("core") or len(row["events"]) != 1:
            continue
        day = row.get("published")
        events = extractor.extract_events(row.get("title"), row["text"], date.fromisoformat(day[:10]) if day else None)
        main = next((e for e in events if e.kind == "event"), None)
        fold = "read" if fold_of(row["cluster"]) < 3 else "blind"
        for outcome in ("killed", "injured"):
            want = row["events"][0].get(outcome)
            if not want:
                continue
            figure = getattr(main, outcome) if main else None
            got = None if figure is None else figure.low if figure.low is not None else figure.high
            tally.setdefault(f"{outcome} exact, {fold}", []).append(
                got in {want, row["events"][0].get(f"{outcome}_victims", want)}
            )
    return {name: sum(right) / len(right) for name, right in sorted(tally.items())}


def own_samples() -> dict[str, float]:
    """The share of the project's own samples whose events all have the right kind, figures and part."""
    right: list[bool] = []
    for row in map(json.loads, (SAMPLES / "samples.jsonl").open(encoding="utf-8")):
        found = explain(row["title"], row["text"], date.fromisoformat(row["published"]))
        right.append(summary([e.event.to_dict() for e in found]) == summary(row["events"]))
    return {"articles wholly right": sum(right) / len(right)}


def summary(events: Gold) -> list[tuple[Any, ...]]:
    """Kind, bounds of each outcome and whether it is a part, sorted: what the samples compare."""
    rows = []
    for event in events:
        bounds = []
        for outcome in ("killed", "injured", "missing", "displaced", "abducted"):
            figure = event.get(outcome)
            pair = (figure["low"], figure["high"]) if isinstance(figure, dict) else tuple(figure) if figure else None
            bounds.append(str(pair))
        rows.append((str(event["kind"]), event.get("part_of") is not None, *bounds))
    return sorted(rows)


def report() -> dict[str, dict[str, float]]:
    """All measures, by set and folds; printed as they come."""
    told: dict[str, dict[str, float]] = {"own samples": own_samples()}
    score = scorer("score_events")
    gold = SHARED / "gold"
    if score is not None:
        folders = [gold / name for name in ("syria", "news", "gva") if (gold / name).exists()]
        by_folder, predicted = cross_fitted(score, folders)
        for name, articles in by_folder.items():
            complete = [a for a in articles if a.complete]
            for fold, chosen in (
                ("read", [a for a in complete if a.fold < 3]),
                ("blind", [a for a in complete if a.fold >= 3]),
            ):
                if not chosen:
                    continue
                rows = {a.ident: a.events for a in chosen}
                told[f"{name}, {fold}"] = figures(score, rows, predicted)
                for measure in ("event strict F1", "toll strict F1", "total killed right"):
                    low, high = interval(score, rows, predicted, measure)
                    told[f"{name}, {fold}"] |= {f"{measure} (low)": low, f"{measure} (high)": high}
            if complete:
                told[f"{name}, errors"] = {
                    k: float(v) for k, v in error_classes(score, complete, predicted).most_common()
                }
                for band, number, mean, share in reliability(score, complete, predicted):
                    told.setdefault(f"{name}, reliability", {})[f"{band}: {number} events, mean {mean:.2f}, right"] = (
                        share
                    )
        if (gold / "gva").exists():
            told["gva core"] = counts(gold / "gva" / "dev.jsonl")
    return told


def as_text(told: dict[str, dict[str, float]], before: dict[str, dict[str, float]]) -> str:
    """The report as Markdown, with the change since the last run."""
    lines = [f"# Evaluation of extractor {extractor.EXTRACTOR_VERSION}", ""]
    for section, rows in told.items():
        lines += [f"## {section}", "", "| measure | figure | change |", "|---|---|---|"]
        for name, number in rows.items():
            old = before.get(section, {}).get(name)
            lines.append(f"| {name} | {number:.3f} | {'' if old is None else f'{number - old:+.3f}'} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PROJECT / "data" / "eval", help="folder of the report")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    kept = args.out / "figures.json"
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    told = report()
    text = as_text(told, before)
    (args.out / "report.md").write_text(text, encoding="utf-8")
    kept.write_text(json.dumps(told, indent=1), encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
