"""One address an article, whatever it was announced with, and never one address for two articles."""

import pytest

from casualties.web.urls import article_id, canonical, identity


@pytest.mark.parametrize(
    ("announced", "fetched"),
    [
        ("https://a.example/story?utm_source=rss&utm_medium=feed", "https://a.example/story"),
        ("https://a.example/story?at_medium=RSS&at_campaign=X", "https://a.example/story"),
        ("https://a.example/story?id=123&fbclid=IwAR0x", "https://a.example/story?id=123"),
        ("https://a.example/story#comments", "https://a.example/story"),
        ("HTTPS://A.Example:443/Story", "https://a.example/Story"),
        ("http://a.example:80/story", "http://a.example/story"),
        ("  https://a.example/sto\n ry ", "https://a.example/story"),
        ("https://a.example/a b/ü?q=ü", None),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://a.example/x/../story", "https://a.example/story"),
    ],
)
def test_what_only_tracks_a_reader_is_left_out(announced, fetched):
    assert canonical(announced) == (fetched or "https://a.example/ab/%C3%BC?q=%C3%BC")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/story.asp?id=123",
        "https://a.example/story.asp?123",
        "https://a.example/?p=42",
        "https://a.example/news?cid=98765",
        "https://a.example/news?eid=98765&gallery=7",
        "https://a.example/?z=1&a=2&a=1",
        "https://a.example/story?title=a%26b%3Dc",
        "https://a.example/story?q=a+b",
        "https://a.example/a%2Fb/c;d=1",
        "https://a.example/story/",
        "http://127.0.0.1:8099/page/1.html",
    ],
)
def test_an_article_addressed_by_its_query_stays_addressed(url):
    assert canonical(url) == url


@pytest.mark.parametrize(
    "link",
    [
        "",
        "story.html",
        "//a.example/story",
        "ftp://a.example/x",
        "javascript:alert(1)",
        "data:text/html,hello",
        "mailto:desk@a.example",
        "file:///etc/passwd",
        "https://",
        "https:///story",
        "https://user:word@a.example/",
        "https://a.example@b.example/",
        "http://[::1/",
        "http://a.example:99999/",
        "https://a.example/" + "x" * 5000,
    ],
)
def test_what_is_no_public_web_address_is_none(link):
    assert canonical(link) is None


def test_canonical_addresses_are_their_own_canonical_form():
    for url in ("https://a.example/ü?id=1&utm_source=x", "http://a.example/a b", "https://a.example/?b=2&a=%20"):
        assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    "edition",
    [
        "http://www.paper.example/world/story",
        "https://paper.example/world/story/",
        "https://m.paper.example/world/story",
        "https://www.m.paper.example/world/story",
        "https://amp.paper.example/world/story",
    ],
)
def test_editions_of_one_page_are_one_article(edition):
    assert article_id(edition) == article_id("https://www.paper.example/world/story")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/story?id=1", "https://a.example/story?id=2"),
        ("https://a.example/story", "https://b.example/story"),
        ("https://a.example/Story", "https://a.example/story"),
        ("https://m.example/story", "https://example/story"),
        ("https://a.example:8443/story", "https://a.example/story"),
    ],
)
def test_different_pages_are_different_articles(one, other):
    assert identity(one) != identity(other)
