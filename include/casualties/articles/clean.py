"""A page as clean text with what it says about itself. The place where markup ends and articles begin."""

import logging
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from casualties.articles import body, flags, head, schema, tree
from casualties.articles.language import identify
from casualties.articles.tidy import Kind
from casualties.errors import PageError

# The extractors log each odd page; what is wrong with one is in its flags or in the PageError.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_LONG_LINE = 40  # code points; what is longer is no label


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPage:
    """A page as text. ``text`` has a paragraph a line, without the title."""

    url: str  # canonical address on the same site, else the given one
    title: str  # without the site's name
    text: str
    author: str | None = None
    published: datetime | None = None
    published_source: str | None = None  # page | url
    updated: datetime | None = None
    method: str
    flags: tuple[str, ...] = ()  # Flag
    words: int = 0

    @property
    def language(self) -> str | None:
        """ISO 639-1, worked out when asked: its model takes seconds to load on a busy machine, which no page's time
        limit in the sandbox should have to bear."""
        return identify(self.text)


def _has_sentence(text: str) -> bool:
    return any(len(line) >= _LONG_LINE or unicodedata.category(line[-1]) == "Po" for line in text.split("\n") if line)


def _why_empty(story: body.Body, *, cut: bool) -> str:
    if cut:
        return "is nested too deeply to be read"
    return "holds headlines of other stories, and none of its own" if story.lines else "holds no running text"


def clean_page(html: bytes, url: str, charset: str | None = None, *, dated: bool = False) -> CleanPage:
    """The clean text of one page; no network is touched.

    ``charset`` is that of the Content-Type header. Of a story that is ``dated`` elsewhere the day is looked for beyond
    the plain markup only to tell whether an update is one. A page that shows nothing but the wall before its story has
    the text "", flagged as truncated. Raises :class:`PageError` where no text can be had: no markup, no running text,
    or markup that an extractor chokes on.
    """
    root, cut = tree.parse(html, charset)
    if root is None:
        raise PageError(url, "holds no HTML")
    try:
        stated = schema.read_stated(root)
        about = head.read_head(root, url, stated, dated=dated)
        tree.slim(root)
        story = body.extract(root, url, about.title, stated.body)
        doubts = flags.judge(root, about, stated, story, cut=cut)
    except Exception as error:  # extractors fail on hostile markup in ways of their own; it concerns this page alone
        raise PageError(url, f"could not be read: {type(error).__name__}: {error}") from error
    text = story.text if _has_sentence(story.text) else ""
    if not text and not any(kind is Kind.WALL for kind, _ in story.lines):
        raise PageError(url, _why_empty(story, cut=cut))
    return CleanPage(
        url=about.url,
        title=about.title,
        text=text,
        author=about.author,
        published=about.published,
        published_source=about.published_source,
        updated=about.updated,
        method=story.method,
        flags=doubts,
        words=len(text.split()),
    )
