"""Text from the outside made safe to show: in a subject, a plain body, an HTML body or a chat."""

import re
import unicodedata
from html import escape

_LINK = re.compile(r"https?://[^\s<>\"'`\\|^{}]+")


def inert(text: str, limit: int = 200) -> str:
    """One line without control, bidirectional or invisible characters, without what a client would turn into a link
    or a mention, and cut at ``limit`` characters.
    """
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    line = " ".join(visible.split()).replace("://", "[:]//").replace("@", "\uff20")
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def web_address(text: str) -> str | None:
    """The text where it is an http(s) address of printable ASCII, else None."""
    return text if text.isascii() and _LINK.fullmatch(text) else None


def anchor(url: str) -> str:
    """An HTML link that shows where it leads."""
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'
