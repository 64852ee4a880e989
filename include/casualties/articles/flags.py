"""What is doubtful about a text, judged from the page that it was taken from."""

import re

from lxml.html import HtmlElement

from casualties.model import Flag

_PAYWALL = re.compile(
    r"""(?:subscribe|sign\ in|log\ in|register|sign\ up)\b.{0,40}\b(?:to\ (?:read|continue|keep|see)|for\ full\ access)
    |(?:continue|keep)\ reading\b.{0,30}\bsubscri
    |this\ (?:article|story)\ is\ (?:only|exclusively)\ (?:available\ )?(?:for|to)\ (?:our\ )?(?:subscrib|member)
    |to\ (?:read|continue\ reading)\ (?:the\ )?(?:full|rest)""",
    re.IGNORECASE | re.VERBOSE,
)
MIN_WORDS = 40  # a news item of fewer words is a teaser or a caption


def judge(root: HtmlElement, title: str, text: str, *, cut: bool) -> tuple[str, ...]:
    """The flags of a page's text, in the order of :class:`Flag`. ``cut`` says that the parser lost part of the page."""
    found: set[Flag] = set()
    if cut or _PAYWALL.search(text[-300:]):
        found.add(Flag.TRUNCATED)
    if len(text.split()) < MIN_WORDS:
        found.add(Flag.TOO_SHORT)
    return tuple(flag.value for flag in Flag if flag in found)
