"""Which lines of an extracted text are the story, and which are what sites put around stories."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_TEASER_WORDS = 4  # a shorter link is a name or a topic, not a headline
_LABEL_LETTERS = 25  # what may stand beside a link in a teaser: "Read also:", a bullet, a time
_BLOCK = re.compile(r"p|li|h[1-6]|div|td|dd|section|article|aside|main|blockquote|figcaption|[uo]l|body")
_WORD = re.compile(r"\w")  # also the underscores with which agencies part sections
_BULLET = re.compile(r"^(?:[-•*▪●·»›]\s+)+")


class Kind(StrEnum):
    """What a line of an extracted text is."""

    STORY = "story"
    HEAD = "head"  # title, byline, date before the story
    TEASER = "teaser"  # leads to another story
    SERVICE = "service"  # whatever else sites put around stories
    WALL = "wall"  # the story goes on for subscribers


@dataclass(frozen=True, slots=True)
class _Rules:
    longest: int  # words
    whole: re.Pattern[str]
    part: re.Pattern[str]
    wall: re.Pattern[str]
    head: re.Pattern[str]

    def kind(self, line: str, *, first: bool) -> Kind:
        """What a paragraph is by its words; ``first`` says that no sentence of the story came before it."""
        if len(line.split(None, self.longest)) > self.longest:
            return Kind.STORY
        if self.wall.search(line):
            return Kind.WALL
        if self.whole.fullmatch(line) or self.part.search(line):
            return Kind.SERVICE
        return Kind.HEAD if first and self.head.fullmatch(line) else Kind.STORY


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8"))
    return _Rules(
        data["longest"],
        *(re.compile("|".join(data[part]), re.IGNORECASE) for part in ("whole", "part", "wall", "head")),
    )


def letters(text: str) -> str:
    """Letters and digits alone, in lower case: what must agree for two lines to be the same."""
    return "".join(filter(str.isalnum, text)).lower()


def _same_site(href: str, url: str, host: str) -> bool:
    if href.startswith("/") and not href.startswith("//"):
        return True
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
    linked: dict[HtmlElement, int] = {}  # of each block, how many letters are headlines that are links
    for link in root.iter("a"):
        text = link.text_content()
        if len(text.split(None, _TEASER_WORDS)) < _TEASER_WORDS:
            continue
        if not _same_site((link.get("href") or "").strip(), url, host):
            continue
        told = letters(text)
        found.add(told)
        block = link.getparent()
        while block is not None and not _BLOCK.fullmatch(block.tag):
            block = block.getparent()
        if block is not None:
            linked[block] = linked.get(block, 0) + len(told)
    wholes = ((letters(block.text_content()), count) for block, count in linked.items())
    found.update(whole for whole, count in wholes if len(whole) - count <= _LABEL_LETTERS)
    return frozenset(found)


def sort_lines(text: str, title: str, links: frozenset[str] = frozenset()) -> list[tuple[Kind, str]]:
    """The lines of an extracted text, without bullets and doubled spaces, each with what it is.

    ``links`` are the page's :func:`teasers`.
    """
    rules = _rules()
    heading = letters(title)
    lines: list[tuple[Kind, str]] = []
    story = 0
    for raw in text.split("\n"):
        line = _BULLET.sub("", " ".join(raw.split()))
        if not _WORD.search(line):
            continue
        told = letters(line)
        if told == heading and story < 3:
            kind = Kind.HEAD
        else:
            kind = Kind.TEASER if told in links else rules.kind(line, first=not story)
        story += kind is Kind.STORY
        lines.append((kind, line))
    return lines
