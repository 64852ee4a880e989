"""Which texts are doubtful, and why: no teaser, index or running blog passes for a story."""

import json

import pytest

from casualties.articles.clean import clean_page
from casualties.errors import PageError
from casualties.model import Flag

URL = "https://lowland-mail.example/world/dam"
PLACES = ("Arden", "Bellmoor", "Corrick", "Dunmere", "Eastholm", "Farrow", "Garth", "Hollin")
PARAGRAPHS = [
    f"In {place}, {number} people were brought to safety by boat on Friday after the dam upstream gave way, and the "
    f"mayor said that {number // 3} houses along the river could no longer be lived in."
    for number, place in enumerate(PLACES, 20)
]
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def flags(
    body: str, *, title: str = "Dam gives way above eight villages", url: str = URL, data: object = None
) -> set[str]:
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    html = f"<html><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>"
    return set(clean_page(html.encode(), url).flags)


def test_a_whole_story_has_no_flag():
    assert flags(f"<article><h1>Dam gives way</h1>{STORY}</article>") == set()


def test_a_story_with_teasers_between_its_paragraphs_is_not_a_list():
    teasers = [
        f'<p><a href="/n/{n}">Twelve are missing after the bridge at {p} fell</a></p>' for n, p in enumerate(PLACES)
    ]
    mixed = "".join(f"<p>{a}</p>{b}" for a, b in zip(PARAGRAPHS[:4], teasers, strict=False)) + STORY
    assert flags(f"<article><h1>Dam gives way</h1>{mixed}</article>") == set()


def test_headlines_with_a_paragraph_each_are_a_list():
    items = "".join(
        f'<h3><a href="/news/{n}">{n + 3} dead as storm hits the town of {place}</a></h3><p>{blurb}</p>'
        for n, (place, blurb) in enumerate(zip(PLACES, PARAGRAPHS, strict=True))
    )
    assert Flag.LIST_PAGE in flags(f"<div><h1>World news</h1>{items}</div>")


def test_a_page_of_cards_alone_holds_no_story():
    items = "".join(
        f'<div><h3><a href="/news/{n}">{n + 3} dead as storm hits the town of {place}</a></h3><p>{blurb}</p></div>'
        for n, (place, blurb) in enumerate(zip(PLACES, PARAGRAPHS, strict=True))
    )
    with pytest.raises(PageError, match="headlines of other stories"):
        flags(f"<div><h1>World news</h1>{items}</div>")


@pytest.mark.parametrize("kind", ["LiveBlogPosting", ["NewsArticle", "LiveBlogPosting"]])
def test_a_page_that_calls_itself_a_live_blog_is_one(kind):
    assert Flag.LIVE_BLOG in flags(f"<article>{STORY}</article>", data={"@type": kind})


@pytest.mark.parametrize(
    "title",
    ["Dam break live: villages cut off", "Dam break - live updates", "Dam break, as it happened", "Dam break – live"],
)
def test_a_live_title_marks_a_live_blog(title):
    assert Flag.LIVE_BLOG in flags(f"<article>{STORY}</article>", title=title)


@pytest.mark.parametrize(
    "title", ["Villagers live in fear of the dam", "Where survivors live now", "Live rounds fired at crowd"]
)
def test_people_who_live_somewhere_are_no_live_blog(title):
    assert Flag.LIVE_BLOG not in flags(f"<article>{STORY}</article>", title=title)


def test_posts_with_a_time_of_day_each_under_a_live_address_are_a_live_blog():
    posts = "".join(f"<div><time>{n + 9}:05</time><p>{p}</p></div>" for n, p in enumerate(PARAGRAPHS))
    assert Flag.LIVE_BLOG in flags(f"<article>{posts}</article>", url="https://lowland-mail.example/live/dam-break")
    assert Flag.LIVE_BLOG not in flags(f"<article>{STORY}</article>", url="https://lowland-mail.example/live/dam-break")


@pytest.mark.parametrize(
    "wall",
    ["Subscribe to read on.", "Already a subscriber? Log in", "Register now to continue reading this story",
     "This article is only available to subscribers", "To read the full story, choose a plan"],
)  # fmt: skip
def test_a_paywall_cuts_the_story_and_is_no_part_of_it(wall):
    html = f"<html><body><article>{STORY}<p>{wall}</p></article></body></html>"
    clean = clean_page(html.encode(), URL)
    assert clean.flags == (Flag.TRUNCATED,)
    assert wall not in clean.text


def test_a_text_that_breaks_off_is_truncated():
    assert Flag.TRUNCATED in flags(
        f"<article>{STORY}<p>The next morning the army sent helicopters and the…</p></article>"
    )


def test_a_text_far_shorter_than_the_page_says_is_truncated():
    data = {"@type": "NewsArticle", "wordCount": 1200}
    assert Flag.TRUNCATED in flags(f"<article>{STORY}</article>", data=data)
    assert flags(f"<article>{STORY}</article>", data=data | {"wordCount": "250"}) == set()


def test_the_beginning_of_a_paid_story_is_truncated():
    data = {"@type": "NewsArticle", "isAccessibleForFree": "False"}
    assert Flag.TRUNCATED in flags(
        f"<article>{''.join(STORY.partition('</p>')[:2])}<p>{PARAGRAPHS[1]}</p></article>", data=data
    )
    assert flags(f"<article>{STORY}</article>", data=data) == set()


def test_a_story_given_whole_as_data_is_taken_from_there():
    data = {"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)}
    html = (
        f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>"
    )
    clean = clean_page(html.encode(), URL)
    assert clean.text == "\n".join(PARAGRAPHS)
    assert clean.method.endswith("json-ld")


def test_a_caption_is_too_short_for_a_story():
    assert Flag.TOO_SHORT in flags(
        "<article><p>Rescuers carry a child from a flooded house near the river.</p></article>"
    )
