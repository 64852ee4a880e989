"""What a page states of its article as schema.org JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from casualties.articles.dates import moment

_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Story", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BREAK = re.compile(r"</?(?:p|br|div|li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The first value of each property over the page's article objects."""

    live: bool = False  # a LiveBlogPosting
    published: datetime | None = None
    updated: datetime | None = None
    paid: bool = False  # isAccessibleForFree is false
    words: int | None = None  # wordCount
    body: str = ""  # articleBody, without markup, a paragraph a line


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value[:200]:
            yield from _nodes(item, depth)
    elif isinstance(value, dict) and depth < 5:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth + 1)


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _nodes(data) if _ARTICLE_TYPES.search(str(node.get("@type"))))


def _number(value: object) -> int | None:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def read_stated(root: HtmlElement) -> Stated:
    """The JSON-LD of a page; all defaults where it has none, or none that can be read."""
    nodes = list(_articles(root))
    bodies = (node["articleBody"] for node in nodes if isinstance(node.get("articleBody"), str))
    return Stated(
        live=any("LiveBlog" in str(node.get("@type")) for node in nodes),
        published=next((time for node in nodes if (time := moment(node.get("datePublished")))), None),
        updated=next((time for node in nodes if (time := moment(node.get("dateModified")))), None),
        paid=any(str(node.get("isAccessibleForFree")).lower() == "false" for node in nodes),
        words=next((count for node in nodes if (count := _number(node.get("wordCount")))), None),
        body=_TAG.sub(" ", _BREAK.sub("\n", unescape(next(bodies, "")))),
    )
