"""What is doubtful about a text, judged from the page that it was taken from."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from casualties.articles.body import Body
from casualties.articles.head import Head
from casualties.articles.schema import Stated
from casualties.articles.tidy import Kind
from casualties.articles.titles import is_live_title
from casualties.model import Flag

MIN_WORDS = 40  # a news item of fewer words is a teaser or a caption
_PAID_WORDS = 150  # of fewer words, a text that the page says is for payment is its beginning
_MISSING = 0.5  # share of the words that the page says it has, below which some are missing
_BROKEN_OFF = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\W*$|\b(?:read|continue|view|show|see) (?:more|full story|reading)\W*$",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(r"/live(?:blog|-?updates?|-news)?[/-]|-live(?:-|/?$)|live-?(?:updates|blog)", re.IGNORECASE)
_CLOCK = re.compile(
    r"\W*(?:\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?"
    r"|\d+ ?(?:m|mins?|minutes?|h|hrs?|hours?) ago)\W*",
    re.IGNORECASE,
)
_CLOCKS = 4  # times of day by themselves, from which a page with a live address holds many posts; else twice as many
_LIST_ITEMS = 4  # headlines from which on a page is an index


def judge(root: HtmlElement, head: Head, stated: Stated, body: Body, *, cut: bool) -> tuple[str, ...]:
    """The flags of a page's text, in the order of :class:`Flag`. ``cut`` says that the parser lost part of the page."""
    words = len(body.text.split())
    tests = {
        Flag.TRUNCATED: cut or _is_truncated(stated, body, words),
        Flag.LIVE_BLOG: stated.live or _is_live(root, head, body),
        Flag.LIST_PAGE: _is_list(body),
        Flag.TOO_SHORT: words < MIN_WORDS,
    }
    return tuple(flag.value for flag in Flag if tests.get(flag))


def _is_truncated(stated: Stated, body: Body, words: int) -> bool:
    return (
        any(kind is Kind.WALL for kind, _ in body.lines)
        or bool(_BROKEN_OFF.search(body.text[-80:]))
        or (stated.paid and words < _PAID_WORDS)
        or (stated.words is not None and words < _MISSING * stated.words)
    )


def _is_live(root: HtmlElement, head: Head, body: Body) -> bool:
    if is_live_title(head.title) or is_live_title(root.findtext(".//title") or ""):
        return True
    if _LIVE_PATH.search(urlsplit(head.url).path):
        return sum(bool(_CLOCK.fullmatch(time.text_content())) for time in root.iter("time")) >= _CLOCKS
    return sum(bool(_CLOCK.fullmatch(line)) for _, line in body.lines) >= 2 * _CLOCKS


def _is_list(body: Body) -> bool:
    """Headlines that lead elsewhere, each before a blurb, make up most of the text; or nearly nothing but headlines."""
    kinds = [kind for kind, _ in body.lines]
    items = sum(pair == (Kind.TEASER, Kind.STORY) for pair in pairwise(kinds))
    teasers, story = kinds.count(Kind.TEASER), kinds.count(Kind.STORY)
    return teasers >= _LIST_ITEMS and (2 * items >= max(story, 2 * _LIST_ITEMS) or teasers >= 3 * story)
