"""What is known to keep feedparser busy for minutes, told by a look at the bytes that takes milliseconds.

Measured with feedparser 6.0.14: 20,000 attributes on one element take 5 s and grow with the square; an author of 100 KB
without a space takes 70 s in the search for its e-mail address; thousands of namespaces, each declared anew, 20 s a
megabyte. What is not known yet is the sandbox's to stop.
"""

import re
from collections.abc import Iterator

MAX_NAMESPACES = 200  # different prefixes; feeds in the wild have up to 30
MAX_DECLARATIONS = 20_000  # some feeds declare XHTML anew in each entry
MAX_TAGS = 300_000
MAX_ATTRIBUTES = 1_000
MAX_NAME = 5_000  # bytes of an author, publisher and the like

_PREFIX = re.compile(rb"xmlns:([^\s=<>]{1,100})")
_LONG_TAG = 4_000  # bytes; what is shorter does not have too many attributes
_ATTRIBUTE = re.compile(rb"\s[^\s=<>\"'/]{1,100}=")
_LONG_NAME = re.compile(
    rb"<(?:\w{1,20}:)?(?:author|creator|contributor|publisher|owner|name|email|managingeditor|webmaster)\b[^<>]{0,200}>"
    rb"\s{0,200}(?:<!\[CDATA\[)?[^<]{%d}" % MAX_NAME,
    re.IGNORECASE,
)


def why_refused(body: bytes) -> str | None:
    """Why the body is not handed to the parser; None where it may be."""
    flat = body.replace(b"\x00", b"")  # UTF-16 and UTF-32 hide their markup from a search of bytes
    if not flat.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        return "empty body"
    if flat.count(b"<") > MAX_TAGS:
        return f"more than {MAX_TAGS:,} tags"
    if flat.count(b"xmlns") > MAX_DECLARATIONS or len(set(_PREFIX.findall(flat))) > MAX_NAMESPACES:
        return "a storm of namespaces"
    if most_attributes(flat) > MAX_ATTRIBUTES:
        return f"more than {MAX_ATTRIBUTES:,} attributes on one element"
    if _LONG_NAME.search(flat):
        return f"a name of more than {MAX_NAME:,} bytes"
    return None


def most_attributes(markup: bytes) -> int:
    """How many attributes the element with the most of them has, among elements so long that it may be too many."""
    return max((len(_ATTRIBUTE.findall(tag)) for tag in _long_tags(markup)), default=0)


def _long_tags(markup: bytes) -> Iterator[bytes]:
    """The insides of elements of more than ``_LONG_TAG`` bytes.

    Within each there is a whole step without a bracket, and most steps have one near their start, where a look ends.
    """
    step, at = _LONG_TAG // 2, 0
    while at < len(markup):
        if markup.find(b"<", at, at + step) < 0 and markup.find(b">", at, at + step) < 0:
            start = markup.rfind(b"<", 0, at) + 1
            end = markup.find(b"<", at + step)
            end = len(markup) if end < 0 else end
            opens = markup[start : start + 1].isalpha() and markup.find(b">", start, start + _LONG_TAG) < 0
            if opens and end - start > _LONG_TAG:
                yield markup[start:end].partition(b">")[0]
            at = end
        at += step
