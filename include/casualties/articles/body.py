"""The running text of a page: Trafilatura's, where it is doubtful checked against a second extractor and a third.

The first opinion is Trafilatura's rules alone (fast, in favour of recall). It is doubtful where it is short, where the
page has much more text in paragraphs, or where it took what is no story. The second is its readability. Where the two
differ, who is right depends on how:

- the second is a part of the first: a third opinion (Trafilatura's whole cascade in favour of precision) tells whether
  the rest is boilerplate;
- they share nothing: the story is spread over sibling containers, and jusText, which looks at paragraphs one by one, is
  right if it has all of both;
- otherwise the first stays: readability on its own takes too much.
"""

import re
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, cast

from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.external import justext_rescue, sanitize_tree, try_readability
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Document, Extractor
from trafilatura.xml import xmltotxt
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from casualties.articles.paths import quick, quick_paths
from casualties.articles.teasers import find_teasers
from casualties.articles.tidy import Kind, letters, sort_lines
from casualties.articles.tree import text_of

_VERSION = f"trafilatura {version('trafilatura')}"
_SAME = 0.9  # Dice over four-word shingles from which two texts are one
_PART = 0.9  # share of a text's shingles in another from which it is a part of it
_APART = 0.1  # share up to which two texts have nothing in common
_SUBSTANTIAL = 0.4  # of the first opinion's length; a shorter second one has merely failed
_LONGER = 1.5  # times as long as the visible text from which a stated one is the fuller
_START = 0.7  # share of the visible text that must be in it
_SHORT = 150  # words; of fewer, a line too many weighs
_COVERED = 0.6  # share of the words in a page's paragraphs below which an opinion may have left out half a story
_STRANGE = 0.1  # share of lines that are no story from which an opinion took too much
_NO_STORY = (Kind.TEASER, Kind.SERVICE, Kind.WALL)
_PARAGRAPH = 12  # words; shorter paragraphs are labels and teasers more often than not
_NAMES = XPath("//@class | //@id", smart_strings=False)
# What the classes and ids are searched for by Trafilatura's prunings of the raw tree, and by those of comments.
_APPENDED = re.compile("mvp-post-add|infinite|elementor-share-buttons")
_COMMENTS = re.compile("^(?:[Cc]omment|comol|disqus_thread|dsq-comments)|(?:article|post)-comments", re.MULTILINE)
_COMMENT_PATHS: list[Any] = [quick(path) for path in REMOVE_COMMENTS_AND_LISTS_XPATH]

_Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    text: str  # of the lines that are the story, one a line
    method: str  # library, version, and the extractor that was believed
    lines: tuple[tuple[Kind, str], ...]  # all that the extractor took for text


class _Opinion:
    """A text with its shingles, which are counted when they are first asked for."""

    def __init__(self, body: Body) -> None:
        self.body = body

    @cached_property
    def shingles(self) -> _Shingles:
        return _shingles(self.body.text)


def _shingles(text: str) -> _Shingles:
    words = text.split()
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def _shared(a: _Shingles, b: _Shingles) -> int:
    return (a & b).total()


def _alike(a: _Shingles, b: _Shingles) -> float:
    total = a.total() + b.total()
    return 2 * _shared(a, b) / total if total else 1.0


def _within(part: _Shingles, whole: _Shingles) -> float:
    return _shared(part, whole) / part.total() if part else 0.0


def _fast(root: HtmlElement) -> str:
    return _text_of(bare_extraction(root, fast=True, favor_recall=True, include_comments=False))


def _precise(root: HtmlElement) -> str:
    return _text_of(bare_extraction(root, favor_precision=True, include_comments=False))


def _text_of(found: object) -> str:
    return found.text or "" if isinstance(found, Document) else ""


def _rules(root: HtmlElement) -> str:
    """The same as :func:`_fast`, without what that does in vain for most pages: copies for later stages, and walks for
    names that no element has. Where the rules find little, and on forums, Trafilatura goes on; then it is asked itself.
    """
    if any("DiscussionForumPosting" in (script.text or "") for script in root.iter("script")):
        return _fast(root)  # which keeps comments there
    names = "\n".join(set(cast(list[str], _NAMES(root))))
    options = Extractor(fast=True, recall=True, comments=False)
    tree = copy(root)
    if _APPENDED.search(names):
        tree = prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH)
    if _COMMENTS.search(names):
        tree = prune_unwanted_nodes(tree, _COMMENT_PATHS)
    found, text = extract_content(convert_tags(tree_cleaning(tree, options), options), options)
    if len(text) < options.min_extracted_size:
        return _fast(root)
    return xmltotxt(found, include_formatting=False) or ""


def _readability(root: HtmlElement) -> str:
    found, _ = sanitize_tree(try_readability(copy(root)), Extractor(comments=False))
    return xmltotxt(found, include_formatting=False) or ""


def _justext(root: HtmlElement) -> str:
    # By the stop words of the language that the page says it is in: those of all take 0.2 s to load in each parser.
    options = Extractor(comments=False, lang=str(root.get("lang") or "")[:2].lower() or None)
    found, _ = justext_rescue(tree_cleaning(copy(root), options), options)
    return "\n".join(paragraph.text or "" for paragraph in found)


def extract(root: HtmlElement, url: str, title: str, stated: str = "") -> Body:
    """The story of a page; its text is "" where there is none. The tree stays as it was.

    ``stated`` is the text that the page gives as JSON-LD; it is taken where the visible text is no more than its
    beginning.
    """
    teasers = find_teasers(root, url, title)
    headings = frozenset({letters(title), *(letters(heading.text_content()) for heading in root.iter("h1", "title"))})

    def opinion(name: str, text: str) -> _Opinion:
        lines = tuple(sort_lines(text, headings, teasers))
        story = "\n".join(line for kind, line in lines if kind is Kind.STORY)
        return _Opinion(Body(text=story, method=f"{_VERSION} {name}", lines=lines))

    with quick_paths():
        chosen = _choose(root, opinion)
    if stated:
        full = opinion("json-ld", stated)
        longer = full.shingles.total() >= _LONGER * chosen.shingles.total()
        if longer and _within(chosen.shingles, full.shingles) >= _START:
            return full.body
    return chosen.body


def _is_doubtful(root: HtmlElement, body: Body) -> bool:
    words = len(body.text.split())
    if words < _SHORT:
        return True
    if sum(kind in _NO_STORY for kind, _ in body.lines) >= _STRANGE * len(body.lines):
        return True
    lengths = (len(text_of(paragraph).split()) for paragraph in root.iter("p"))
    return words < _COVERED * sum(length for length in lengths if length >= _PARAGRAPH)


def _choose(root: HtmlElement, opinion: Callable[[str, str], _Opinion]) -> _Opinion:
    fast = opinion("fast", _rules(root))
    if not _is_doubtful(root, fast.body):
        return fast
    readable = opinion("readability", _readability(root))
    first, second = fast.shingles, readable.shingles
    if not first or not second:
        return readable if second else fast
    if _alike(first, second) >= _SAME:
        return fast
    if _within(second, first) >= _PART:
        third = opinion("precise", _precise(root)).shingles
        return readable if _alike(third, second) > _alike(third, first) else fast
    if max(_within(first, second), _within(second, first)) <= _APART and (
        second.total() >= _SUBSTANTIAL * first.total()
    ):
        paragraphs = opinion("justext", _justext(root))
        if min(_within(first, paragraphs.shingles), _within(second, paragraphs.shingles)) >= _PART:
            return paragraphs
    return fast
