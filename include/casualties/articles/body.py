"""The running text of a page, by Trafilatura."""

import re
from copy import copy
from importlib.metadata import version

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

METHOD = f"trafilatura {version('trafilatura')}"


def extract(root: HtmlElement, title: str) -> str:
    """The paragraphs of a page, one a line, without its title; "" where there are none. The tree stays as it was."""
    document = trafilatura.bare_extraction(copy(root), include_comments=False, fast=True)
    return tidy(document.text or "", title) if isinstance(document, Document) else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def tidy(text: str, title: str) -> str:
    """The paragraphs of an extracted text: without blank lines, repeats of long ones, and the title at its head."""
    kept: list[str] = []
    seen: set[str] = set()
    for line in (" ".join(line.split()) for line in text.split("\n")):
        letters = _letters(line)
        if not letters or (len(line) > 60 and letters in seen) or (not kept and letters == _letters(title)):
            continue
        seen.add(letters)
        kept.append(line)
    return "\n".join(kept)
