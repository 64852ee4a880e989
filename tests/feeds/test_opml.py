"""The list of feeds, read from and written for any feed reader."""

from pathlib import Path

import pytest

from casualties.errors import FeedError
from casualties.feeds.opml import read_opml, write_opml
from casualties.model import Feed, key

OURS = Path(__file__).resolve().parents[2] / "include" / "feeds.opml"


def opml(*outlines):
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'.encode()


def test_a_feed_has_its_attributes():
    [feed] = read_opml(
        opml(
            '<outline type="rss" text="Ports" title="Port news" xmlUrl="https://p.example/rss?a=1&amp;b=2" htmlUrl="x"'
            ' publisher="The Port" country="gbr" language="EN" category="Sea" checked="never"/>'
        )
    )
    url = "https://p.example/rss?a=1&b=2"
    assert feed == Feed(
        feed_id=key(url), url=url, title="Port news", publisher="The Port", country="GBR", language="en", category="Sea"
    )


def test_what_is_not_said_falls_back_on_what_is():
    bare, named = read_opml(
        opml('<outline xmlUrl="https://p.example/rss"/>', '<outline text="Ports" XMLURL="https://q.example/rss"/>')
    )
    assert (bare.title, bare.publisher, bare.country, bare.category) == ("p.example", "p.example", None, None)
    assert (named.title, named.publisher) == ("Ports", "Ports")


def test_the_outlines_around_a_feed_are_its_category():
    [feed] = read_opml(
        opml('<outline text="World"><outline text="Asia"><outline xmlUrl="https://p.example/"/></outline></outline>')
    )
    assert feed.category == "World/Asia"


def test_an_address_listed_twice_is_one_feed():
    first, second = '<outline text="A" xmlUrl="https://p.example/"/>', '<outline text="B" xmlUrl="https://p.example/"/>'
    assert [feed.title for feed in read_opml(opml(first, second))] == ["A"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not well-formed"),
        (b"<opml><body>", "not well-formed"),
        (b"<rss/>", "not OPML"),
        (
            opml('<outline xmlUrl="file:///etc/passwd"/>'),
            "line 1: 'file:///etc/passwd' is not",
        ),
        (opml('<outline xmlUrl="feed"/>'), "'feed' is not"),
        (opml(" " * 6_000_000), "larger than"),
    ],
)
def test_what_is_no_list_is_an_error_that_names_the_file(body, why):
    with pytest.raises(FeedError, match=r"mine\.opml") as caught:
        read_opml(body, "mine.opml")
    assert why in str(caught.value)


def test_entities_are_not_expanded_and_nothing_is_loaded():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE opml [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]><opml><body>'
    body += '<outline text="&a11;" xmlUrl="https://p.example/"/>&f;</body></opml>'
    try:
        feeds = read_opml(body.encode(), "laughs.opml")
    except FeedError:
        return
    assert all(len(feed.title) < 1000 and "root:" not in feed.title for feed in feeds)


def test_titles_of_a_list_are_plain_text():
    [feed] = read_opml(opml('<outline text="&lt;b&gt;Ports&lt;/b&gt;&#x202e;" xmlUrl="https://p.example/"/>'))
    assert feed.title == "Ports"


def test_what_is_written_is_read_back():
    feeds = read_opml(OURS.read_bytes())
    assert read_opml(write_opml(feeds)) == feeds


def test_our_own_list_covers_the_regions_and_says_whose_feeds_they_are():
    feeds = read_opml(OURS.read_bytes(), str(OURS))
    assert {feed.category for feed in feeds} == {"World", "Middle East", "Africa", "Ukraine", "Asia", "Humanitarian"}
    assert all(feed.publisher and len(feed.country) == 3 and feed.language == "en" for feed in feeds)
