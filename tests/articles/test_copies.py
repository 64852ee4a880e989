"""Which articles are copies, and of which story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casualties.articles.copies import find_copies
from casualties.articles.fingerprint import credited, fingerprint, text_digest
from casualties.model import Article, Flag

NOON = datetime(2022, 5, 4, 12, tzinfo=UTC)
TEXT = " ".join(f"Sentence {n} of a long report tells what rescuers found in house {n * 7}." for n in range(20))


def article(ident, text=TEXT, *, hours=0, flags=()):
    return Article(
        article_id=ident, version_id=ident, url=f"https://{ident}.example/story", publisher=ident, feed_ids=("f",),
        title="A report", text=text, fetched_at=NOON, published=NOON + timedelta(hours=hours), flags=flags,
        words=len(text.split()), text_sha256=text_digest(text),
    )  # fmt: skip


def copied(articles, known=()):
    marks = list(filter(None, map(fingerprint, articles)))
    found = {c.article_id: c.copy_of for c in find_copies(marks, known)}
    return {a.article_id: found.get(a.article_id) for a in articles}


def test_the_earliest_of_equal_texts_is_the_original():
    found = copied([article("late", hours=3), article("first"), article("other", TEXT[::-1])])
    assert found == {"late": "first", "first": None, "other": None}


def test_case_punctuation_and_line_breaks_make_no_difference():
    shouted = TEXT.upper().replace(". ", "!\n")
    assert copied([article("a"), article("b", shouted, hours=1)])["b"] == "a"


def test_a_text_that_the_warehouse_has_is_a_copy():
    assert copied([article("new", hours=1)], [fingerprint(article("stored"))]) == {"new": "stored"}


def test_the_stored_article_is_not_a_copy_of_itself():
    renewed = replace(article("same", hours=1), version_id="renewed")
    assert copied([renewed], [fingerprint(article("same"))]) == {"same": None}


def test_the_same_text_at_two_addresses_of_one_publisher_is_one_story():
    again = replace(article("again", hours=1), publisher="first")
    assert copied([article("first"), again]) == {"first": None, "again": "first"}


def test_short_texts_and_summaries_are_never_copies():
    short = "Nine people died on Tuesday."
    assert copied([article("a", short), article("b", short)]) == {"a": None, "b": None}
    flags = (Flag.SUMMARY_ONLY,)
    assert copied([article("a", flags=flags), article("b", flags=flags)]) == {"a": None, "b": None}


LINES = [
    f"House number {n} on the quay was searched by {n * 3} men who found {n * 5} letters and a lamp." for n in range(20)
]
OTHER = [
    f"In field {n} the farmers had counted {n * 11} sheep before the water rose above the {n}th fence."
    for n in range(20)
]


def story(reused: int, own: int) -> str:
    return "\n".join(LINES[:reused] + OTHER[:own])


def test_an_agency_is_the_original_also_where_it_was_seen_last():
    papers = [article("morning-mail", story(20, 0)), article("evening-mail", story(19, 1), hours=1)]
    wire = replace(article("wire-item", story(20, 0), hours=5), publisher="Reuters")
    assert copied([*papers, wire]) == {
        "morning-mail": "wire-item", "evening-mail": "wire-item", "wire-item": None,
    }  # fmt: skip


def test_a_copy_of_a_copy_is_one_of_the_original():
    first, second, third = article("a", story(20, 0)), article("b", story(15, 5), hours=1), article("c", "", hours=2)
    third = article("c", "\n".join(LINES[8:15] + OTHER[:5]), hours=2)
    assert copied([third, second, first]) == {"a": None, "b": "a", "c": "a"}


def test_a_story_with_a_quotation_of_another_stands_for_itself():
    assert copied([article("a", story(20, 0)), article("b", story(4, 16), hours=1)])["b"] is None


def test_a_long_story_that_contains_a_flash_is_no_copy_of_it():
    assert copied([article("flash", story(5, 0)), article("long", story(5, 20), hours=1)])["long"] is None


def test_the_credit_of_one_agency_makes_less_text_enough():
    texts = ["(Reuters) - " + story(20, 0), "(Reuters) - " + story(6, 14)]
    marked = copied([article("a", texts[0]), article("b", texts[1], hours=1)])
    plain = copied([article("a", texts[0][12:]), article("b", texts[1][12:], hours=1)])
    assert (marked["b"], plain["b"]) == ("a", None)


def test_the_second_story_of_a_publisher_is_its_update_not_a_copy():
    later = replace(article("b", story(18, 2), hours=3), publisher="a")
    assert copied([article("a", story(20, 0)), later])["b"] is None


def test_a_stored_story_is_recognised_by_its_fingerprint():
    stored = fingerprint(article("stored", story(20, 0)))
    root = replace(stored, copy_of="root")
    new = article("new", story(15, 5), hours=9)
    assert copied([new], [stored]) == {"new": "stored"}
    assert copied([new], [root]) == {"new": "root"}


def test_a_stored_story_turns_out_a_copy_when_the_agency_is_heard():
    stored = fingerprint(article("paper", story(19, 1)))
    wire = fingerprint(replace(article("wire-item", story(20, 0), hours=5), publisher="AFP"))
    assert [(c.article_id, c.copy_of) for c in find_copies([wire], [stored])] == [("paper", "wire-item")]


def test_copies_among_stored_stories_are_not_told_again():
    stored = [fingerprint(article("x", story(20, 0))), fingerprint(article("y", story(19, 1), hours=1))]
    assert find_copies([fingerprint(article("z", story(0, 20), hours=2))], stored) == []


def test_short_texts_have_no_fingerprint():
    assert fingerprint(article("a", "Nine people died on Tuesday.")) is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("BEIRUT (AP) - Shelling killed nine.", "AP"),
        ("PARIS, May 3 (Reuters) - A train derailed.", "Reuters"),
        ("A train derailed. " * 30 + "With material from AFP", "AFP"),
        ("The Associated Press contributed to this report.", "AP"),
        ("He opened the app and read on. The gap was wide.", None),
        ("x " * 300 + "Reuters" + " x" * 300, None),  # quoted in the middle: a source, not the author
    ],
)
def test_an_agency_is_credited_at_the_head_or_the_end(text, agency):
    assert credited(text) == agency


def test_a_copy_of_a_stored_story_that_is_a_copy_by_now_is_one_of_the_late_original():
    paper, reprint = fingerprint(article("paper", story(19, 1))), fingerprint(article("reprint", story(18, 2), hours=1))
    wire = fingerprint(replace(article("wire-item", story(20, 0), hours=5), publisher="AFP"))
    last = fingerprint(article("last", story(17, 3), hours=6))
    found = find_copies([wire, last], [paper, replace(reprint, copy_of="paper")])
    assert {c.article_id: c.copy_of for c in found} == {"paper": "wire-item", "last": "wire-item"}
