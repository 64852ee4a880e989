"""How well copies are told from independent stories: precision and recall on perturbed copies of our own stories."""

import random
import tomllib
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from casualties.articles.copies import find_copies
from casualties.articles.fingerprint import fingerprint, text_digest
from casualties.model import Article, Fingerprint

STORIES = {
    f"{incident['name']}-{telling}": incident[telling].strip().split("\n")
    for incident in tomllib.loads(Path(__file__).with_name("incidents.toml").read_text(encoding="utf-8"))["incident"]
    for telling in ("one", "two")
}
NOON = datetime(2022, 5, 4, 12, tzinfo=UTC)
EDITS = {
    "said": "says",
    "killed": "dead",
    "people": "persons",
    "on": "this",
    "and": "as well as",
    "that": "how",
    "the": "a",
}


def printed(ident: str, sentences: list[str], hours: int = 0, publisher: str | None = None) -> Fingerprint:
    text = "\n".join(sentences)
    mark = fingerprint(
        Article(
            article_id=ident, version_id=ident, url=f"https://{ident}.example/", publisher=publisher or ident,
            feed_ids=("f",), title="", text=text, fetched_at=NOON + timedelta(hours=hours), words=len(text.split()),
            text_sha256=text_digest(text),
        )
    )  # fmt: skip
    assert mark is not None
    return mark


def edited(sentence: str, rng: random.Random) -> str:
    """One word in twelve is touched, as a subeditor does."""
    words = [EDITS.get(word, word) if rng.random() < 0.25 else word for word in sentence.split()]
    return " ".join(word for word in words if rng.random() > 0.02)


def reuse(name: str, share: float, way: str, rng: random.Random) -> list[str]:
    """A story of which ``share`` of the sentences is that of ``name``; the rest tells of the same incident afresh."""
    source, other = STORIES[name], STORIES[name.replace("-one", "-2").replace("-two", "-one").replace("-2", "-two")]
    count = round(share * len(source))
    kept = source[:count] if way == "cut" else sorted(rng.sample(source, count), key=source.index)
    added = [] if way == "cut" else rng.sample(other, len(source) - count)
    mixed = kept + added
    if way == "reordered":
        rng.shuffle(mixed)
    return [edited(sentence, rng) for sentence in mixed] if way == "edited" else mixed


def judged(name: str, sentences: list[str]) -> bool:
    found = find_copies([printed(name, STORIES[name]), printed("other", sentences, hours=2)])
    assert all(copy.copy_of == name for copy in found)
    return bool(found)


def share_found(share: float, ways: tuple[str, ...]) -> float:
    rng = random.Random(4)
    cases = [(name, way) for name in STORIES for way in ways for _ in range(6)]
    return sum(judged(name, reuse(name, share, way, rng)) for name, way in cases) / len(cases)


@pytest.mark.parametrize("share", [0.6, 0.8, 1.0])
def test_stories_that_reuse_most_of_another_are_found(share):
    assert share_found(share, ("filled", "reordered", "edited")) >= 0.95


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_a_story_cut_short_is_a_copy_however_much_was_cut(share):
    assert share_found(share, ("cut",)) >= 0.95


def test_what_is_called_a_copy_is_one():
    wrong = share_found(0.2, ("filled", "reordered", "edited"))  # a quotation and a fact or two are no copy
    right = share_found(0.6, ("filled", "reordered", "edited"))
    assert right / (right + wrong) >= 0.98


def test_independent_stories_on_one_incident_are_no_copies():
    marks = [printed(name, sentences, hours) for hours, (name, sentences) in enumerate(STORIES.items())]
    assert find_copies(marks) == []
    assert len(list(combinations(marks, 2))) == 66
