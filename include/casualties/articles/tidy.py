"""From an extractor's lines to paragraphs of the story: what sites put around stories is dropped."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_TEASER_WORDS = 4  # a shorter link is a name or a topic, not a headline
_LABEL_LETTERS = 25  # what may stand beside a link in a teaser: "Read also:", a bullet, a time
_BLOCK = re.compile(r"p|li|h[1-6]|div|td|dd|section|article|aside|main|blockquote|figcaption|[uo]l|body")
_WORD = re.compile(r"\w")  # also the underscores with which agencies part sections
_BULLET = re.compile(r"^(?:[-•*▪●·»›]\s+)+")


@dataclass(frozen=True, slots=True)
class _Rules:
    longest: int  # words
    whole: re.Pattern[str]
    part: re.Pattern[str]
    head: re.Pattern[str]

    def drop(self, line: str, *, first: bool) -> bool:
        """Whether a paragraph is boilerplate; ``first`` says that no sentence of the story came before it."""
        if len(line.split(None, self.longest)) > self.longest:
            return False
        return bool(self.whole.fullmatch(line) or self.part.search(line) or (first and self.head.fullmatch(line)))


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8"))
    return _Rules(
        data["longest"], *(re.compile("|".join(data[part]), re.IGNORECASE) for part in ("whole", "part", "head"))
    )


def letters(text: str) -> str:
    """Letters and digits alone, in lower case: what must agree for two lines to be the same."""
    return "".join(filter(str.isalnum, text)).lower()


def _same_site(href: str, url: str, host: str) -> bool:
    try:
        other = (urlsplit(urljoin(url, href)).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return other == host or other.endswith("." + host) or host.endswith("." + other)


def teasers(root: HtmlElement, url: str) -> frozenset[str]:
    """The :func:`letters` of each block of a page that merely leads to another page of its site, and of its address.

    Links of fewer than four words are left alone, and so are links to other sites, which are what a story speaks of.
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    found = {letters(url)}
    for link in root.iter("a"):
        text = link.text_content()
        if len(text.split(None, _TEASER_WORDS)) < _TEASER_WORDS:
            continue
        if not _same_site((link.get("href") or "").strip(), url, host):
            continue
        told = letters(text)
        found.add(told)
        block = link
        while block is not None and not _BLOCK.fullmatch(block.tag):
            block = block.getparent()
        if block is not None:
            whole = letters(block.text_content())
            if len(whole) - len(told) <= _LABEL_LETTERS:
                found.add(whole)
    return frozenset(found)


def tidy(text: str, title: str, links: frozenset[str] = frozenset()) -> str:
    """The paragraphs of a story, one a line: no title, byline or date at the head, no teasers, no calls to action.

    ``links`` are the page's :func:`teasers`.
    """
    rules = _rules()
    heading = letters(title)
    kept: list[str] = []
    for raw in text.split("\n"):
        line = _BULLET.sub("", " ".join(raw.split()))
        told = letters(line)
        if told in links or (told == heading and len(kept) < 3) or not _WORD.search(line):
            continue
        if rules.drop(line, first=not kept):
            continue
        kept.append(line)
    return "\n".join(kept)
