"""Score clean texts and the finding of copies: ``python -m casualties.articles.evaluate``.

Texts over the real pages of ``../shared/pages`` beside the repository where they are, by fold of the page's id: the
spread between folds says how far a figure can be trusted, and no fold was kept unseen. Copies over perturbed ones of
the project's own stories, on which the thresholds were also chosen.
"""

import gzip
import hashlib
import json
import random
import re
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from casualties.articles.clean import clean_page
from casualties.articles.copies import find_copies
from casualties.articles.fingerprint import fingerprint, text_digest
from casualties.model import Article, Fingerprint
from casualties.settings import PROJECT

PAGES = PROJECT.parent / "shared" / "pages" / "aeb"
INCIDENTS = PROJECT / "tests" / "articles" / "incidents.toml"
MIXED = ("filled", "reordered", "edited")  # how a reuse is perturbed; beside these, "cut"
_NOON = datetime(2022, 5, 4, 12, tzinfo=UTC)
_EDITS = {
    "said": "says",
    "killed": "dead",
    "people": "persons",
    "on": "this",
    "and": "as well as",
    "that": "how",
    "the": "a",
}


def text_f1(folder: Path = PAGES) -> Iterator[tuple[str, int, float]]:
    """Per fold, and over all: name, pages, F1 of four-word sequences (of the means of precision and recall)."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = {name: _page_score(folder, name, page) for name, page in sorted(truth.items())}
    fold = {name: hashlib.sha256(name.encode()).digest()[0] % 5 for name in truth}
    for group, folds in (*((f"fold {n}", (n,)) for n in range(5)), ("all folds", range(5))):
        rows = [scores[name] for name in scores if fold[name] in folds]
        precision = statistics.mean(p for p, _ in rows if p is not None)
        recall = statistics.mean(r for _, r in rows)
        yield group, len(rows), 2 * precision * recall / (precision + recall)


def _page_score(folder: Path, name: str, truth: dict[str, str]) -> tuple[float | None, float]:
    page = clean_page(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), truth["url"])
    want, got = _sequences(truth["articleBody"]), _sequences(page.text)
    hit = sum((want & got).values())
    return hit / sum(got.values()) if got else None, hit / sum(want.values()) if want else 1.0


def _sequences(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def stories(path: Path = INCIDENTS) -> dict[str, list[str]]:
    """The sentences of two independent tellings of each incident: ``<incident>-one`` and ``<incident>-two``."""
    incidents = tomllib.loads(path.read_text(encoding="utf-8"))["incident"]
    return {f"{i['name']}-{telling}": i[telling].strip().split("\n") for i in incidents for telling in ("one", "two")}


def printed(name: str, sentences: list[str], hours: int = 0) -> Fingerprint:
    """The fingerprint of a story that a publisher of its name printed some hours after noon."""
    text = "\n".join(sentences)
    article = Article(
        article_id=name,
        version_id=name,
        url=f"https://{name}.example/",
        publisher=name,
        feed_ids=(),
        title="",
        text=text,
        fetched_at=_NOON + timedelta(hours=hours),
        words=len(text.split()),
        text_sha256=text_digest(text),
    )
    mark = fingerprint(article)
    if mark is None:
        raise ValueError(f"{name} is too short to be compared")
    return mark


def reuse(told: dict[str, list[str]], name: str, share: float, way: str, rng: random.Random) -> list[str]:
    """A story of which ``share`` of the sentences is that of ``name``; the rest tells of the same incident afresh."""
    incident, _, telling = name.rpartition("-")
    source, other = told[name], told[f"{incident}-{'two' if telling == 'one' else 'one'}"]
    count = round(share * len(source))
    if way == "cut":
        return source[:count]
    mixed = sorted(rng.sample(source, count), key=source.index) + rng.sample(other, len(source) - count)
    if way == "reordered":
        rng.shuffle(mixed)
    return [_edited(sentence, rng) for sentence in mixed] if way == "edited" else mixed


def _edited(sentence: str, rng: random.Random) -> str:
    words = [_EDITS.get(word, word) if rng.random() < 0.25 else word for word in sentence.split()]
    return " ".join(word for word in words if rng.random() > 0.02)


def share_found(share: float, ways: tuple[str, ...] = MIXED) -> float:
    """Of the reuses of ``share`` of a story, the part that is called a copy of it."""
    told, rng = stories(), random.Random(4)
    cases = [(name, way) for name in told for way in ways for _ in range(6)]
    found = 0
    for name, way in cases:
        copies = find_copies([printed(name, told[name]), printed("other", reuse(told, name, share, way, rng), hours=2)])
        found += any(copy.copy_of == name and copy.article_id == "other" for copy in copies)
    return found / len(cases)


def measures() -> Iterator[str]:
    """The figures, a line each."""
    if PAGES.exists():
        for group, pages, score in text_f1():
            yield f"clean text, {group}: {pages} pages, text_f1 {score:.4f} (aim 0.970)"
    else:
        yield f"clean text: not scored, {PAGES} is not there"
    found = {share: share_found(share) for share in (0.2, 0.4, 0.6, 0.8)}
    for share, part in found.items():
        yield f"copies, {share:.0%} reused and perturbed: {part:.3f} called copies"
    yield f"copies, cut to 40%: {share_found(0.4, ('cut',)):.3f} called copies"
    told = [printed(name, sentences, hours) for hours, (name, sentences) in enumerate(stories().items())]
    pairs, wrong = len(list(combinations(told, 2))), len(find_copies(told))
    # As many stories that quote another at length (20%) as reuse most of it (60%).
    precision = found[0.6] / max(found[0.6] + found[0.2], 1e-9)
    yield f"copies, independent stories: {wrong} of {pairs} pairs called copies"
    yield f"copies at 60% reuse: precision {precision:.3f} (aim 0.98), recall {found[0.6]:.3f} (aim 0.95)"


def main() -> None:
    for line in measures():
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
