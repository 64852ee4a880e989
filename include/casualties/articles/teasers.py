"""Which blocks of a page lead to other stories: links, and cards of a headline with a line or two below it.

They are found by where they lead, not by class names: their death counts belong to other stories.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

from casualties.articles.tidy import letters
from casualties.articles.tree import text_of

_HEADLINE_WORDS = 4  # a shorter link is a name or a topic
_LABEL_LETTERS = 25  # what may stand beside a link: "Read also:", a bullet, a time
_CARD_WORDS = 80  # a block that begins with a linked headline and holds no more is a card
_BLOCK = re.compile(r"p|li|h[1-6]|div|td|dd|section|article|aside|main|blockquote|figcaption|[uo]l|body")
_PLAIN_PATH = re.compile(r"/(?!/)(?!.*/\.)")  # from the root of the same host, with nothing to resolve
_HEADING = re.compile(r"h[2-6]")


def _elsewhere(href: str, here: SplitResult, host: str) -> bool:
    """Whether a link leads to another page of the same site."""
    try:
        there = urlsplit(href)
        own = not there.scheme and _PLAIN_PATH.match(href)
        if not own and not (there.scheme in ("http", "https") and there.netloc):
            there = urlsplit(urljoin(here.geturl(), href))
    except ValueError:
        return False
    other = host if own else (there.hostname or "").removeprefix("www.")
    same = other == host or other.endswith("." + host) or host.endswith("." + other)
    return same and (there.path, there.query) != (here.path, here.query)


def _longer(text: str, words: int) -> bool:
    return len(text.split(None, words)) > words


def _parts(block: HtmlElement) -> Iterator[str]:
    for part in block.iter():
        if isinstance(part.tag, str) and _BLOCK.fullmatch(part.tag):
            yield letters(text_of(part))


def find_teasers(root: HtmlElement, url: str, title: str) -> frozenset[str]:
    """The :func:`letters` of each block that merely leads to another story of the site; also of the page's address.

    Links of fewer than four words are left alone, and so are links to other sites, which are what a story speaks of,
    and links to the page itself, as which blogs print their title.
    """
    here = urlsplit(url)
    host = (here.hostname or "").removeprefix("www.")
    heading = letters(title)
    found = {letters(url)}
    linked: dict[HtmlElement, int] = {}  # of each block, how many letters are headlines that are links
    for link in root.iter("a"):
        text = text_of(link)
        if not _longer(text, _HEADLINE_WORDS - 1) or not _elsewhere((link.get("href") or "").strip(), here, host):
            continue
        told = letters(text)
        if told == heading:
            continue
        found.add(told)
        if len(link) and not _longer(text, _CARD_WORDS):
            found.update(_parts(link))
        block = link.getparent()
        while block is not None and not _BLOCK.fullmatch(block.tag):
            block = block.getparent()
        if block is not None:
            linked[block] = linked.get(block, 0) + len(told)
    for block, count in linked.items():
        whole = letters(text_of(block))
        if len(whole) - count > _LABEL_LETTERS:
            continue
        found.add(whole)
        card = block.getparent()
        if card is not None and _HEADING.fullmatch(block.tag) and not _longer(card.text_content(), _CARD_WORDS):
            found.update(_parts(card) if letters(card.text_content()).startswith(whole) else ())
    found.discard("")
    return frozenset(found)
