"""Which articles are copies, and of which story."""

from datetime import UTC, datetime, timedelta

from casualties.articles.copies import find_copies, text_digest
from casualties.model import Article, Flag

NOON = datetime(2022, 5, 4, 12, tzinfo=UTC)
TEXT = " ".join(f"Sentence {n} of a long report tells what rescuers found in house {n * 7}." for n in range(20))


def article(ident, text=TEXT, *, hours=0, flags=()):
    return Article(
        article_id=ident, version_id=ident, url=f"https://{ident}.example/story", publisher=ident, feed_ids=("f",),
        title="A report", text=text, fetched_at=NOON, published=NOON + timedelta(hours=hours), flags=flags,
        words=len(text.split()), text_sha256=text_digest(text),
    )  # fmt: skip


def copied(articles):
    return {a.article_id: a.copy_of for a in articles}


def test_the_earliest_of_equal_texts_is_the_original():
    found = find_copies([article("late", hours=3), article("first"), article("other", TEXT[::-1])], {})
    assert copied(found) == {"late": "first", "first": None, "other": None}


def test_case_punctuation_and_line_breaks_make_no_difference():
    shouted = TEXT.upper().replace(". ", "!\n")
    assert copied(find_copies([article("a"), article("b", shouted, hours=1)], {}))["b"] == "a"


def test_a_text_that_the_warehouse_has_is_a_copy():
    assert copied(find_copies([article("new")], {text_digest(TEXT): "stored"})) == {"new": "stored"}


def test_the_stored_article_is_not_a_copy_of_itself():
    assert copied(find_copies([article("same")], {text_digest(TEXT): "same"})) == {"same": None}


def test_short_texts_and_summaries_are_never_copies():
    short = "Nine people died on Tuesday."
    assert copied(find_copies([article("a", short), article("b", short)], {})) == {"a": None, "b": None}
    flags = (Flag.SUMMARY_ONLY,)
    assert copied(find_copies([article("a", flags=flags), article("b", flags=flags)], {})) == {"a": None, "b": None}
