"""What a feed says, from any bytes."""

import time
from datetime import UTC, datetime

import pytest

from casualties.errors import FeedError
from casualties.feeds import parse as parse_module
from casualties.feeds.parse import parse_feed
from casualties.model import Feed, key

NOW = datetime(2025, 11, 12, tzinfo=UTC)
FEED = Feed(feed_id="feed", url="https://paper.example/rss", title="Paper", publisher="The Paper")


def rss(*items, channel=""):
    return f'<rss version="2.0"><channel><title>Paper</title>{channel}{"".join(items)}</channel></rss>'.encode()


def item(title="A title", link="https://paper.example/1", more=""):
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def atom(*entries):
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>{"".join(entries)}</feed>'.encode()


def parse(body, **more):
    return parse_feed(body, FEED, now=NOW, **more)


def only(body, **more):
    [entry] = parse(body, **more).entries
    return entry


def test_an_entry_has_what_the_feed_says():
    more = (
        "<guid isPermaLink='false'>id-7</guid><pubDate>Mon, 10 Nov 2025 10:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;Two boats collided.&lt;/p&gt;</description><author>Desk</author>"
    )
    entry = only(rss(item("Boats collide", "https://paper.example/7?utm_source=rss#top", more)))
    assert entry.url == "https://paper.example/7"
    assert entry.link == "https://paper.example/7?utm_source=rss#top"
    assert entry.entry_id == key("feed", "https://paper.example/7")
    assert (entry.title, entry.summary, entry.author, entry.guid) == (
        "Boats collide",
        "Two boats collided.",
        "Desk",
        "id-7",
    )
    assert (entry.published, entry.published_problem) == (datetime(2025, 11, 10, 10, tzinfo=UTC), None)
    assert (entry.feed_id, entry.publisher) == ("feed", "The Paper")


def test_atom_dublin_core_and_rdf_are_read_too():
    entry = only(
        atom(
            "<entry><title>A</title><link href='/a' rel='alternate'/><link href='/a.mp3' rel='enclosure'/>"
            "<updated>2025-11-10T10:00:00Z</updated><content type='html'>&lt;b&gt;Long&lt;/b&gt; text</content></entry>"
        )
    )
    assert (entry.url, entry.summary) == ("https://paper.example/a", "Long text")
    assert entry.published == entry.updated == datetime(2025, 11, 10, 10, tzinfo=UTC)
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>P</title></channel>'
        "<item rdf:about='y'><title>B</title><link>https://paper.example/b</link><dc:date>2025-11-10T10:00Z</dc:date>"
        "</item></rdf:RDF>"
    )
    assert only(rdf.encode()).published == datetime(2025, 11, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty body"),
        (b"\xef\xbb\xbf \n", "empty body"),
        (b"hello", "no feed"),
        (b"<html><body><a href='/x'>x</a></body></html>", "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "no feed"),
        (b"<?xml version='1.0'?><opml/>", "no feed"),
        (bytes(range(256)) * 100, "no feed"),
    ],
)
def test_what_is_no_feed_is_an_error_that_names_it(body, why):
    with pytest.raises(FeedError, match=r"https://paper\.example/rss") as caught:
        parse(body)
    assert why in caught.value.why


def test_a_feed_without_entries_is_a_feed():
    assert parse(rss()).entries == ()


def test_a_body_that_is_a_path_is_not_opened(tmp_path):
    """feedparser opens a file that its bytes name, were it /etc/passwd or a feed from next door."""
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item()))
    with pytest.raises(FeedError):
        parse(str(path).encode())


def test_duplicated_guids_with_different_links_stay_two_entries():
    same = "<guid>one-for-all</guid>"
    entries = parse(rss(item("A", "https://paper.example/a", same), item("B", "https://paper.example/b", same))).entries
    assert [entry.title for entry in entries] == ["A", "B"]
    assert len({entry.entry_id for entry in entries}) == 2


def test_an_entry_is_known_again_by_its_address_whatever_its_guid():
    one = only(rss(item(link="https://paper.example/a?utm_campaign=x", more="<guid>1</guid>")))
    other = only(rss(item(link="https://paper.example/a#x", more="<guid>2</guid>")))
    assert one.entry_id == other.entry_id


def test_one_address_twice_is_one_entry_and_counted():
    parsed = parse(rss(item("A"), item("B"), item("C", "https://paper.example/c")))
    assert ([e.title for e in parsed.entries], parsed.repeated) == (["A", "C"], 1)


def test_a_permalink_guid_stands_in_for_a_missing_link():
    body = rss("<item><title>A</title><guid>https://paper.example/a</guid></item>")
    assert only(body).url == "https://paper.example/a"


def test_feedburners_original_link_goes_before_its_own():
    body = (
        b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>A</title>'
        b"<link>http://feeds.burner.example/~r/1</link><feedburner:origLink>https://paper.example/a</feedburner:origLink>"
        b"</item></channel></rss>"
    )
    assert only(body).url == "https://paper.example/a"


def test_a_relative_link_is_resolved_against_where_the_feed_came_from():
    assert only(rss(item(link="/a")), base_url="https://other.example/feeds/rss").url == "https://other.example/a"


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "mailto:a@b.example", "file:///etc/passwd", "data:x"])
def test_an_entry_without_a_web_address_is_left_out_and_named(link):
    parsed = parse(rss(item("Lost boat", link), item("Found boat", "https://paper.example/f")))
    assert [entry.title for entry in parsed.entries] == ["Found boat"]
    assert parsed.unusable == ("'Lost boat' has no http or https link",)


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("1762768800", "a bare number"),
        ("Mon, 10 Nov 2025 25:61:00 GMT", "hour"),
        ("Mon, 10 Nov 2025 10:00 XYZ", "zone"),
    ],
)
def test_a_date_that_feedparser_guesses_is_absent_with_the_reason(date, why):
    entry = only(rss(item(more=f"<pubDate>{date}</pubDate>")))
    assert entry.published is None
    assert why in entry.published_problem


def test_titles_are_text():
    title = "Killed &amp;lt;b&amp;gt;two&amp;lt;/b&amp;gt; &#x202e;at&#x202c; port&#7;<![CDATA[<script>x</script>]]>"
    assert only(rss(item(title)).replace(b"&#7;", b"")).title == "Killed two at port"


def test_lone_surrogates_do_not_get_through():
    body = rss(item("Boat &#xD800;&#55296;&#57343;&#xdfff; sinks &#233;"))
    assert only(body).title == "Boat sinks é"


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>999999999999</ttl>", 86_400),
        ("<ttl>soon</ttl>", None),
        ("", None),
        (
            '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>'
            '<sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">4</sy:updateFrequency>',
            900,
        ),
    ],
)
def test_a_feed_says_how_long_it_keeps(channel, seconds):
    assert parse(rss(channel=channel)).ttl_s == seconds


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"])
def test_encodings_are_told_apart(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + rss(item("Fähre sinkt")).decode()
    assert only(text.encode(encoding)).title == "Fähre sinkt"


def test_utf_8_that_is_declared_as_something_else_is_utf_8():
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + rss(item("Fähre sinkt")).decode()
    assert only(text.encode(), content_type="text/xml; charset=windows-1252").title == "Fähre sinkt"


def test_a_feed_without_an_end_of_entries_is_cut(monkeypatch):
    monkeypatch.setattr(parse_module, "MAX_ENTRIES", 1000)
    parsed = parse(rss(*(item(link=f"https://paper.example/{n}") for n in range(1005))))
    assert len(parsed.entries) == 1000
    assert "1,005 entries" in parsed.problems[0]


HANGS = {
    "namespaces": "".join(f'<n{i}:x xmlns:n{i}="urn:{i}"/>' for i in range(20_000)),
    "namespaces on entries": "".join(f'<item xmlns:n{i}="urn:{i}"/>' for i in range(20_000)),
    "declarations": '<item xmlns="urn:x"/>' * 30_000,
    "attributes": "<item " + " ".join(f'a{i}="1"' for i in range(20_000)) + "/>",
    "tags": "<a>" * 310_000,
    "an author": "<item><author>" + "a." * 50_000 + "@</author></item>",
    "an author in CDATA": "<item><author><![CDATA[" + "a." * 50_000 + "@]]></author></item>",
    "a name": "<item><author><name>" + "a." * 50_000 + "@</name></author></item>",
    "a creator": '<item><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">'
    + "a." * 50_000
    + "</dc:creator></item>",
}


@pytest.mark.parametrize("name", HANGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_keeps_feedparser_busy_is_refused_at_a_glance(name, encoding):
    body = f'<?xml version="1.0" encoding="{encoding}"?>{rss(HANGS[name]).decode()}'.encode(encoding)
    start = time.monotonic()
    with pytest.raises(FeedError):
        parse(body)
    assert time.monotonic() - start < 1


def test_entities_are_not_expanded():
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    parsed = parse((laughs + rss(item("&b; &f; boat")).decode()).encode())
    assert all("root:" not in entry.title and len(entry.title) < 50 for entry in parsed.entries)
