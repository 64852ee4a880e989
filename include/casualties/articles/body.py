"""The running text of a page: Trafilatura's, checked against a second extractor and, where they differ, a third.

The first opinion is Trafilatura's rules alone (fast, in favour of recall), the second its readability, which costs a
third of that. Where the two differ, who is right depends on how:

- the second is a part of the first: a third opinion (Trafilatura's whole cascade in favour of precision) tells whether
  the rest is boilerplate;
- they share nothing: the story is spread over sibling containers, and jusText, which looks at paragraphs one by one, is
  right if it has all of both;
- otherwise the first stays: readability on its own takes too much.
"""

from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from importlib.metadata import version

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.external import justext_rescue, sanitize_tree, try_readability
from trafilatura.htmlprocessing import tree_cleaning
from trafilatura.settings import Document, Extractor
from trafilatura.xml import xmltotxt

from casualties.articles.teasers import find_teasers
from casualties.articles.tidy import Kind, letters, sort_lines

_VERSION = f"trafilatura {version('trafilatura')}"
_SAME = 0.9  # Dice over four-word shingles from which two texts are one
_PART = 0.9  # share of a text's shingles in another from which it is a part of it
_APART = 0.1  # share up to which two texts have nothing in common
_SUBSTANTIAL = 0.4  # of the first opinion's length; a shorter second one has merely failed
_LONGER = 1.5  # times as long as the visible text from which a stated one is the fuller
_START = 0.7  # share of the visible text that must be in it

_Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    text: str  # of the lines that are the story, one a line
    method: str  # library, version, and the extractor that was believed
    lines: tuple[tuple[Kind, str], ...]  # all that the extractor took for text


_Opinion = tuple[Body, _Shingles]


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


def _trafilatura(root: HtmlElement, *, fast: bool, precision: bool = False, recall: bool = False) -> str:
    # works on a copy of its own
    found = bare_extraction(root, fast=fast, favor_precision=precision, favor_recall=recall, include_comments=False)
    return found.text or "" if isinstance(found, Document) else ""


def _readability(root: HtmlElement) -> str:
    found, _ = sanitize_tree(try_readability(copy(root)), Extractor(comments=False))
    return xmltotxt(found, include_formatting=False) or ""


def _justext(root: HtmlElement) -> str:
    options = Extractor(comments=False)
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
        return Body(text=story, method=f"{_VERSION} {name}", lines=lines), _shingles(story)

    chosen, of_chosen = _choose(root, opinion)
    if stated:
        full, of_full = opinion("json-ld", stated)
        if of_full.total() >= _LONGER * of_chosen.total() and _within(of_chosen, of_full) >= _START:
            return full
    return chosen


def _choose(root: HtmlElement, opinion: Callable[[str, str], _Opinion]) -> _Opinion:
    _, of_first = fast = opinion("fast", _trafilatura(root, fast=True, recall=True))
    _, of_second = readable = opinion("readability", _readability(root))
    if not of_first or not of_second:
        return readable if of_second else fast
    if _alike(of_first, of_second) >= _SAME:
        return fast
    if _within(of_second, of_first) >= _PART:
        _, of_third = opinion("precise", _trafilatura(root, fast=False, precision=True))
        return readable if _alike(of_third, of_second) > _alike(of_third, of_first) else fast
    if (
        max(_within(of_first, of_second), _within(of_second, of_first)) <= _APART
        and of_second.total() >= _SUBSTANTIAL * of_first.total()
    ):
        _, of_third = paragraphs = opinion("justext", _justext(root))
        if min(_within(of_first, of_third), _within(of_second, of_third)) >= _PART:
            return paragraphs
    return fast
