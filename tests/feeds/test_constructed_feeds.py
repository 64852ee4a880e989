"""Feeds put together from any text, in any of the formats and encodings, and feeds damaged at any place."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from hypothesis import example, given, settings
from hypothesis import strategies as st

from casualties.errors import FeedError
from casualties.feeds.parse import parse_feed
from casualties.model import Feed

NOW = datetime(2025, 11, 12, tzinfo=UTC)
FEED = Feed(feed_id="feed", url="https://paper.example/rss", title="Paper", publisher="The Paper")
# What XML may hold: no controls but three, no surrogates.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00\ufffe\uffff"), max_size=80
).map(lambda text: "".join(c for c in text if c >= " " or c in "\t\n\r"))
STORY = st.fixed_dictionaries({"title": TEXT, "summary": TEXT, "date": TEXT, "guid": TEXT, "author": TEXT})
STORIES = st.lists(STORY, min_size=1, max_size=8)


def rss(stories):
    items = "".join(
        f"<item><title>{escape(s['title'])}</title><link>https://paper.example/{n}</link><guid>{escape(s['guid'])}</guid>"
        f"<description>{escape(s['summary'])}</description><pubDate>{escape(s['date'])}</pubDate>"
        f"<author>{escape(s['author'])}</author></item>"
        for n, s in enumerate(stories)
    )
    return f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'


def atom(stories):
    entries = "".join(
        f"<entry><title type='html'>{escape(s['title'])}</title><link href={quoteattr(f'https://paper.example/{n}')}/>"
        f"<id>{escape(s['guid'])}</id><summary>{escape(s['summary'])}</summary><updated>{escape(s['date'])}</updated>"
        f"<author><name>{escape(s['author'])}</name></author></entry>"
        for n, s in enumerate(stories)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>{entries}</feed>'


def rdf(stories):
    items = "".join(
        f"<item><title>{escape(s['title'])}</title><link>https://paper.example/{n}</link>"
        f"<description>{escape(s['summary'])}</description><dc:date>{escape(s['date'])}</dc:date></item>"
        for n, s in enumerate(stories)
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return f'<rdf:RDF {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>{items}</rdf:RDF>'


FORMATS = st.sampled_from([rss, atom, rdf])


@settings(max_examples=150, deadline=None)
@given(STORIES, FORMATS, st.sampled_from(["utf-8", "utf-16"]))
@example(
    [{"title": "\u202e<script>", "summary": "&amp;#0;", "date": "10000-01-01", "guid": "", "author": "@"}], rss, "utf-8"
)
def test_every_entry_of_a_feed_with_any_text_is_kept_with_its_link(stories, make, encoding):
    body = f'<?xml version="1.0" encoding="{encoding}"?>{make(stories)}'.encode(encoding)
    parsed = parse_feed(body, FEED, now=NOW)
    assert [entry.url for entry in parsed.entries] == [f"https://paper.example/{n}" for n in range(len(stories))]
    assert parsed.unusable == ()
    for entry in parsed.entries:
        assert (entry.published is None) or (entry.published.tzinfo is not None)
        assert not any(c < " " or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in entry.title)


@settings(max_examples=150, deadline=None)
@given(STORIES, FORMATS, st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=20))
def test_a_feed_damaged_at_any_place_gives_entries_or_one_error(stories, make, at, cut, instead):
    body = make(stories).encode()
    at %= len(body)
    damaged = body[:at] + instead + body[at + cut :]
    try:
        entries = parse_feed(damaged, FEED, now=NOW).entries
    except FeedError:
        entries = ()
    assert all(entry.url.startswith(("http://", "https://")) for entry in entries)
