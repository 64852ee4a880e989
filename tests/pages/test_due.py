from dataclasses import replace
from datetime import UTC, datetime, timedelta

from casualties.model import Entry, KnownArticle
from casualties.pages.due import LOOKS_A_RUN, due_looks, look_is_due, stories_to_read
from casualties.web.urls import article_id

SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def known(last_looked_at=SEEN, digests=()):
    return KnownArticle(
        article_id="a",
        url="https://example.org/story",
        first_seen_at=SEEN,
        last_looked_at=last_looked_at,
        entry_digests=tuple(digests),
    )


def entry(title="Ferry sinks", url="https://example.org/story"):
    return Entry(entry_id="e", feed_id="f", publisher="p", url=url, link=url, title=title)


def due_after(**ago):
    return look_is_due(known(), SEEN + timedelta(**ago))


def test_a_page_is_looked_at_again_after_an_hour_and_not_before():
    assert not due_after(minutes=59)
    assert due_after(minutes=60)


def test_a_look_counts_for_all_ages_that_have_passed():
    looked = known(last_looked_at=SEEN + timedelta(hours=7))
    assert not look_is_due(looked, SEEN + timedelta(hours=23))
    assert look_is_due(looked, SEEN + timedelta(hours=24))


def test_after_a_week_a_page_rests():
    looked = known(last_looked_at=SEEN + timedelta(days=7, hours=1))
    assert not look_is_due(looked, SEEN + timedelta(days=400))


def test_a_story_told_as_before_is_not_read_again():
    story = entry()
    assert stories_to_read([story], {article_id(story.url): known(digests=[story.digest])}, SEEN) == []


def test_a_story_is_known_under_any_spelling_of_its_address():
    story = entry(url="http://www.example.org/story/")
    assert stories_to_read([story], {article_id(entry().url): known(digests=[story.digest])}, SEEN) == []


def test_a_story_told_anew_is_read_again():
    assert stories_to_read(
        [entry("Ferry sinks, nine dead")], {article_id(entry().url): known(digests=[entry().digest])}, SEEN
    )


def test_a_new_story_is_read_with_all_the_entries_that_tell_it():
    twice = [entry(), entry("Ferry sinks off the coast")]
    assert stories_to_read(twice, {}, SEEN) == twice


def test_known_stories_of_the_last_week_are_looked_at_whether_listed_or_not():
    story = known()
    assert due_looks([story], SEEN + timedelta(minutes=59)) == []
    assert due_looks([story], SEEN + timedelta(days=7)) == ["a"]
    assert due_looks([story], SEEN + timedelta(days=9)) == []
    assert due_looks([replace(story, last_looked_at=SEEN + timedelta(hours=1))], SEEN + timedelta(hours=2)) == []


def test_a_run_looks_at_so_many_and_at_those_first_that_waited_longest():
    stories = [
        replace(known(SEEN + timedelta(seconds=n)), article_id=f"{n:04}") for n in reversed(range(LOOKS_A_RUN + 5))
    ]
    assert due_looks(stories, SEEN + timedelta(hours=1)) == [f"{n:04}" for n in range(LOOKS_A_RUN)]
