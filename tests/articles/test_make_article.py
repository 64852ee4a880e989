"""How the feed's word and the page's word become one article."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casualties.articles.clean import CleanPage
from casualties.articles.make import is_teaser, make_article
from casualties.model import Entry, Flag, Page, Target, key

NOW = datetime(2022, 5, 4, 12, tzinfo=UTC)
URL = "https://valley-times.example/news/market-blast"
SUMMARY = "A blast at a crowded market killed nine people on Tuesday, and the hospital says that more may die."
TEXT = "\n".join(
    [
        "A blast at a crowded market in the old town killed nine people on Tuesday, the governor's office said.",
        "The hospital took in 27 wounded, five of them children, and its director said that more of them may die.",
        "No group said that it was behind the attack, the third in the town since the start of the year.",
    ]
)
ENTRY = Entry(
    entry_id="e1",
    feed_id="f1",
    publisher="Valley Times",
    url=URL,
    link=URL,
    title="Blast kills nine at market - Valley Times",
    summary=SUMMARY,
    published=datetime(2022, 5, 3, 16, tzinfo=UTC),
)
TARGET = Target(article_id=key(URL), url=URL, batch=0, entries=(ENTRY,))
PAGE = Page(
    article_id=key(URL), url=URL, status="ok", fetched_at=NOW, warc_file="a.warc.gz", warc_offset=7, warc_length=9
)
CLEAN = CleanPage(
    url="https://valley-times.example/2022/market-blast",
    title="Nine die in market blast",
    text=TEXT,
    published=datetime(2022, 5, 3, 15, tzinfo=UTC),
    published_source="page",
    method="trafilatura fast",
    words=len(TEXT.split()),
)


def test_a_page_gives_the_text_and_the_feed_title_and_date():
    article = make_article(TARGET, PAGE, CLEAN, now=NOW)
    assert article.title == "Blast kills nine at market"
    assert article.text == TEXT
    assert (article.published, article.published_source) == (ENTRY.published, "feed")
    assert (article.article_id, article.url) == (TARGET.article_id, URL)
    assert article.version_id == key(article.article_id, article.title, article.text_sha256)
    assert (article.warc_file, article.warc_offset, article.warc_length) == ("a.warc.gz", 7, 9)
    assert article.flags == ()
    assert article.words == len(TEXT.split())


@pytest.mark.parametrize("page", [PAGE, None])
def test_without_a_page_title_and_summary_are_the_article(page):
    article = make_article(TARGET, page, None, now=NOW)
    assert article.text == SUMMARY
    assert article.method == "summary"
    assert article.flags == (Flag.SUMMARY_ONLY,)
    assert article.language == "en"
    assert article.fetched_at == NOW


def test_a_page_that_holds_only_its_teaser_is_summary_only():
    clean = replace(CLEAN, text=f"By our reporter, 3 May\n{SUMMARY}\nSubscribe to read on.")
    article = make_article(TARGET, PAGE, clean, now=NOW)
    assert article.flags == (Flag.SUMMARY_ONLY,)
    assert article.text == SUMMARY


def test_a_teaser_that_a_page_shows_twice_is_still_a_teaser():
    assert is_teaser(f"{SUMMARY}\n{SUMMARY}", SUMMARY)
    assert not is_teaser(f"{SUMMARY}\n{TEXT}\n{SUMMARY}", SUMMARY)


def test_a_page_that_shows_nothing_of_its_story_is_told_by_the_feed():
    article = make_article(TARGET, PAGE, replace(CLEAN, text="", words=0, flags=(Flag.TRUNCATED,)), now=NOW)
    assert (article.text, article.flags) == (SUMMARY, (Flag.SUMMARY_ONLY,))


def test_a_short_page_that_says_something_else_is_no_teaser():
    assert not is_teaser("Rain is expected over the whole of the north until the end of the week.", SUMMARY)


def test_without_a_summary_only_a_few_words_are_a_teaser():
    assert is_teaser("Valley Times, all rights reserved", "")
    assert not is_teaser(TEXT, "")


def test_a_feed_without_title_or_date_takes_them_from_the_page():
    target = replace(TARGET, entries=(replace(ENTRY, title="", published=None),))
    article = make_article(target, PAGE, CLEAN, now=NOW)
    assert article.title == CLEAN.title
    assert (article.published, article.published_source) == (CLEAN.published, "page")


def test_the_address_gives_the_date_where_nothing_else_does():
    url = "https://valley-times.example/2022/05/03/market-blast"
    target = replace(TARGET, url=url, entries=(replace(ENTRY, published=None),))
    article = make_article(target, None, None, now=NOW)
    assert (article.published, article.published_source) == (datetime(2022, 5, 3, tzinfo=UTC), "url")


@pytest.mark.parametrize("wrong", [NOW + timedelta(days=2), datetime(1970, 1, 1, tzinfo=UTC)])
def test_an_impossible_date_is_absent_and_flagged(wrong):
    target = replace(TARGET, entries=(replace(ENTRY, published=wrong, updated=wrong),))
    article = make_article(target, None, None, now=NOW)
    assert (article.published, article.published_source, article.updated) == (None, None, None)
    assert Flag.NO_DATE in article.flags


def test_a_story_of_hours_from_now_keeps_its_date():
    soon = NOW + timedelta(hours=20)
    target = replace(TARGET, entries=(replace(ENTRY, published=soon),))
    assert make_article(target, None, None, now=NOW).published == soon


def test_another_language_is_kept_and_marked():
    told = "Neuf personnes ont trouvé la mort hier dans le marché couvert de la ville, selon les pompiers.\n"
    clean = replace(CLEAN, text=told * 6)
    article = make_article(TARGET, PAGE, clean, now=NOW)
    assert article.language == "fr"
    assert Flag.NOT_ENGLISH in article.flags


def test_one_story_in_two_feeds_is_one_article_of_both():
    second = replace(ENTRY, entry_id="e2", feed_id="f2", published=ENTRY.published - timedelta(hours=1))
    article = make_article(replace(TARGET, entries=(ENTRY, second)), PAGE, CLEAN, now=NOW)
    assert article.feed_ids == ("f1", "f2")
    assert article.published == second.published


@pytest.mark.parametrize(
    ("first", "then", "same"),
    [
        ("Updated 10:31\n", "Updated 11:02\n", True),
        ("5 minutes ago\n", "2 hours ago\n", True),
        ("12 comments\n", "1,204 comments\n", True),
        ("Nine dead\n", "Ten dead\n", False),
        ("9 dead\n", "10 dead\n", False),
    ],
)
def test_a_version_is_new_if_more_than_a_clock_or_counter_changed(first, then, same):
    one, two = (make_article(TARGET, PAGE, replace(CLEAN, text=line + TEXT), now=NOW) for line in (first, then))
    assert (one.version_id == two.version_id) is same


def test_a_summary_is_told_without_the_lines_that_offer_apps_and_live_blogs():
    service = (
        "Follow our live blog of the election",
        "Sign up for the evening newsletter",
        "Floods in the delta – live updates",
        "Continue reading...",
    )
    entry = replace(ENTRY, summary="\n".join([*service[:3], SUMMARY, service[3]]))
    assert make_article(replace(TARGET, entries=(entry,)), None, None, now=NOW).text == SUMMARY
    alone = replace(ENTRY, summary=service[3])
    assert make_article(replace(TARGET, entries=(alone,)), None, None, now=NOW).text == service[3]
