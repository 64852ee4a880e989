"""Imported by the sandbox before any worker is forked: one small feed and one small page parsed load everything
that a parser loads when it is first used, so that no body pays for that with its own time."""

import sys
from typing import Any

_loaded: dict[str, Any] = sys.modules
_loaded["py3langid"] = None  # Trafilatura would load it, and numpy with it; the language is told by the owner

from casualties.sandbox.worker import parse  # noqa: E402

_FEED = b"<rss version='2.0'><channel><title>Warm</title><item><title>Up</title></item></channel></rss>"
# Its address on another host makes the parser load the list of domains, half of what a first page would cost.
_PAGE = (
    b"<html><head><link rel='canonical' href='https://news.example.org/warm'></head><body><article><p>"
    + b"A few words of plain English, so that there is a text to be had. " * 5
    + b"</p></article>"
)
_META = {
    "feed": {"feed_id": "", "url": "", "title": "", "publisher": ""},
    "base_url": None,
    "content_type": None,
    "now": None,
}

parse("feed", _META, _FEED)
parse("page", {"url": "https://www.example.org/warm", "charset": None}, _PAGE)
