"""Feeds as they are on the web, where such a collection lies beside the project."""

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from casualties.errors import FeedError
from casualties.feeds.parse import parse_feed
from casualties.model import Feed

REAL = Path(__file__).resolve().parents[3] / "shared" / "feeds" / "real"
NOW = datetime(2025, 11, 12, tzinfo=UTC)


@pytest.mark.skipif(not REAL.is_dir(), reason="no collection of real feeds beside the project")
def test_real_feeds_raise_nothing_and_keep_their_entries():
    """At least 99% of the entries that feedparser finds have a usable link; each other one is named."""
    found = kept = undated = 0
    for path in sorted(REAL.iterdir()):
        body = path.read_bytes()
        feed = Feed(feed_id=path.name, url=f"https://feeds.example/{path.name}", title=path.name, publisher=path.name)
        try:
            parsed = parse_feed(body, feed, now=NOW)
        except FeedError:
            assert len(feedparser.parse(body).entries) == 0, path.name
            continue
        entries = len(parsed.entries) + parsed.repeated
        found += entries + len(parsed.unusable)
        kept += entries
        undated += sum(entry.published is None for entry in parsed.entries)
        assert len({entry.entry_id for entry in parsed.entries}) == len(parsed.entries)
        for entry in parsed.entries:
            f"{entry}".encode()
            assert entry.url.startswith(("http://", "https://"))
    assert found > 2000
    assert kept / found >= 0.99
    assert undated / found < 0.03
