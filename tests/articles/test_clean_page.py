"""What a page becomes: clean text, and what the page says about itself."""

from datetime import UTC, datetime

import pytest

from casualties.articles.clean import clean_page
from casualties.errors import PageError
from casualties.model import Flag

URL = "https://harbour-post.example/world/2021/03/14/ferry-fire"
STORY = [
    "Eleven people died and thirty were hurt when a ferry caught fire off the coast late on Saturday, officials said.",
    "Fishing boats reached the burning vessel before the coast guard did and pulled dozens of people from the water.",
    "The fire began in the engine room and spread to the car deck within a few minutes of the first alarm, they said.",
    "Two of the crew are still missing, and divers will go down to the wreck again once the wind drops on Monday.",
]
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Harbour Post</title>
<link rel="canonical" href="{canonical}"><meta property="og:site_name" content="Harbour Post">{head}</head><body>
<header><nav><ul><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<div class="cookie-banner"><p>We and our partners store cookies. Accept all?</p></div>
<main><article><h1>{title}</h1>{body}</article>
<aside class="related"><h2>Read more</h2><ul><li><a href="/a">Bus crash in the hills kills 46</a></li>
<li><a href="/b">Mine collapse: 120 feared dead</a></li></ul></aside>
<section class="comments"><h3>Comments</h3><p>jim: at least 300 were on board and all of them died</p></section>
</main><footer><p>Copyright Harbour Post. All rights reserved.</p></footer></body></html>"""


def page(
    *,
    title: str = "Ferry fire kills eleven off the coast",
    canonical: str = URL,
    head: str = "",
    story: list[str] = STORY,
) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return PAGE.format(title=title, canonical=canonical, head=head, body=body).encode()


def test_the_text_is_the_story_and_nothing_of_the_page_around_it():
    clean = clean_page(page(), URL)
    assert clean.text == "\n".join(STORY)
    assert clean.title == "Ferry fire kills eleven off the coast"
    assert clean.language == "en"
    assert clean.words == len(clean.text.split())
    assert clean.flags == ()
    assert clean.method.startswith("trafilatura ")


def test_the_publication_time_of_the_markup_is_kept_in_utc():
    head = '<meta property="article:published_time" content="2021-03-14T09:30:00+02:00">'
    clean = clean_page(page(head=head), URL)
    assert clean.published == datetime(2021, 3, 14, 7, 30, tzinfo=UTC)
    assert clean.published_source == "page"


def test_an_update_time_stands_apart_from_the_publication():
    head = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        '"datePublished":"2021-03-14T07:30:00Z","dateModified":"2021-03-15T10:00:00Z"}</script>'
    )
    clean = clean_page(page(head=head), URL)
    assert clean.published == datetime(2021, 3, 14, 7, 30, tzinfo=UTC)
    assert clean.updated == datetime(2021, 3, 15, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "first", "author"),
    [
        ('<meta name="author" content="Vera Lund">', "", "Vera Lund"),
        ("", '<div class="byline">By Vera Lund</div>', "Vera Lund"),
        ("", '<a rel="author" href="/vera">Vera Lund</a>', "Vera Lund"),
        ("", '<div class="comment"><span class="comment-author">Angry Reader</span></div>', None),
    ],
)
def test_the_author_is_who_the_page_says(head, first, author):
    html = page(head=head).replace(b"<article>", b"<article>" + first.encode())
    assert clean_page(html, URL).author == author


def test_a_day_in_the_address_is_the_last_resort_and_named_as_such():
    clean = clean_page(page(), URL)
    assert (clean.published, clean.published_source) == (datetime(2021, 3, 14, tzinfo=UTC), "url")


def test_a_date_is_absent_rather_than_guessed():
    url = "https://harbour-post.example/world/ferry-fire"
    assert clean_page(page(canonical=url), url).published is None


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://harbour-post.example/world/ferry-fire?utm_source=x", "https://harbour-post.example/world/ferry-fire"),
        ("/world/ferry-fire", "https://harbour-post.example/world/ferry-fire"),
        ("https://www.harbour-post.example/f", "https://www.harbour-post.example/f"),
        ("https://elsewhere.example/story", URL),  # another site's address is not this page's
        ("https://harbour-post.example/", URL),  # the front page is nobody's address
        ("javascript:alert(1)", URL),
        ("http://[bad", URL),
    ],
)
def test_the_canonical_address_counts_only_on_the_same_site(canonical, expected):
    assert clean_page(page(canonical=canonical), URL).url == expected


def test_text_nested_deeper_than_parsers_reach_is_kept():
    body = "<div>" * 600 + "".join(f"<p>{p}</p>" for p in STORY) + "</div>" * 600
    html = f"<html><head><title>Ferry fire</title></head><body>{body}</body></html>".encode()
    clean = clean_page(html, URL)
    assert clean.text == "\n".join(STORY)
    assert Flag.TRUNCATED not in clean.flags


def test_what_no_parser_reaches_is_flagged_as_cut():
    story = "".join(f"<p>{p}</p>" for p in STORY)
    html = f"<html><body><article>{story}</article>{'<div>' * 5000}<p>lost</p></body></html>".encode()
    assert Flag.TRUNCATED in clean_page(html, URL).flags


def test_a_page_that_is_only_the_wall_before_its_story_is_read_and_flagged():
    clean = clean_page(page(story=["Subscribe to read on.", "Already a member? Log in."]), URL)
    assert (clean.text, clean.words, clean.title) == ("", 0, "Ferry fire kills eleven off the coast")
    assert clean.flags == (Flag.TRUNCATED, Flag.TOO_SHORT)


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"   ",
        b"\x00\x01\x02",
        b"<html></html>",
        b"<html><body><script>x</script></body></html>",
        b"%PDF-1.7 \xff\xfe",
    ],
)
def test_a_page_without_text_is_an_error_that_names_it(html):
    with pytest.raises(PageError, match="ferry-fire"):
        clean_page(html, URL)


@pytest.mark.parametrize(
    ("charset", "declared", "label"),
    [
        ("windows-1251", "", "windows-1251"),
        (None, '<meta charset="windows-1251">', "windows-1251"),
        ("no-such", "", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_charset_it_was_written_in(charset, declared, label):
    story = [
        "Взрыв произошёл рано утром на складе в порту, сообщили спасатели, прибывшие на место через час.",
        "По словам очевидцев, огонь распространился на соседние здания, жителей вывезли в школу неподалёку от порта.",
    ]
    html = page(story=story).decode().replace('<meta charset="utf-8">', declared).encode(label)
    clean = clean_page(html, URL, charset)
    assert clean.text == "\n".join(story)
    assert clean.language == "ru"


def test_no_date_is_guessed_for_a_story_that_its_feed_dates():
    assert clean_page(page(), URL, dated=True).published is None


@pytest.mark.parametrize("dated", [False, True])
def test_an_update_on_the_day_of_publication_itself_is_none(dated):
    head = '<meta property="og:updated_time" content="2021-03-15">'
    clean = clean_page(page(head=head), "https://example.org/ferry-fire", dated=dated)
    assert (clean.published, clean.updated) == (datetime(2021, 3, 15, tzinfo=UTC), None)


def test_a_date_that_the_markup_states_is_read_also_where_the_feed_has_one():
    head = '<meta property="article:published_time" content="2021-03-14T09:30:00+02:00">'
    assert clean_page(page(head=head), URL, dated=True).published == datetime(2021, 3, 14, 7, 30, tzinfo=UTC)
