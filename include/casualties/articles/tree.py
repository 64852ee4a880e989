"""The bytes of a page as an lxml tree: decoded, and flat enough for every extractor."""

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

MAX_DEPTH = 200  # libxml2 drops what is deeper than 256 elements; the rest is room for what extractors wrap around
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# As browsers read these labels (WHATWG Encoding Standard): each is a subset of its replacement.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
# Text codecs of Python that no page is written in, and that a hostile label could choose.
_NOT_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"}
# Elements that only group or style: dropping their tag keeps all text and its order.
_WRAPPERS = ("div", "span", "font", "section", "center", "b", "i", "em", "strong", "small", "big", "a", "u", "ins")


def _codec(label: str) -> str | None:
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):  # ValueError: a label with a NUL
        return None
    return None if info.name in _NOT_CHARSETS or not info._is_text_encoding else _WIDER.get(info.name, info.name)


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of a page: by its byte-order mark, as UTF-8 if it is that, by the server's charset, by the page's own.

    UTF-8 comes before the labels because text that is valid UTF-8 is practically never anything else, while wrong
    labels are common. What remains is read as Windows-1252, bytes that cannot be read becoming U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _META_CHARSET.search(body[:4096])
    labels = [charset, declared[1].decode("ascii") if declared else None]
    for name in filter(None, (_codec(label) for label in labels if label)):
        text = body.decode(name, "replace")
        if text.count("\ufffd") * 100 <= len(text):
            return text
    return body.decode("cp1252", "replace")


def _flatten(root: HtmlElement) -> bool:
    """Drop grouping tags below the depth that is safe; True where something deep could not be lifted."""
    too_deep = []
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > MAX_DEPTH:
            too_deep.append(element)
    if not too_deep:
        return False
    # Drop wrappers anywhere on the way, innermost first, so that paragraphs and headings stay what they are.
    for element in reversed(list(root.iter(*_WRAPPERS))):
        if element.getparent() is not None:
            element.drop_tag()
    return any(_depth(element) > MAX_DEPTH for element in too_deep if element.getroottree().getroot() is root)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors()) + 1


def parse(body: bytes, charset: str | None = None) -> tuple[HtmlElement | None, bool]:
    """The tree of a page, and whether some of it is lost or out of reach because it is nested too deeply.

    None where there is no markup at all. Never raises on what the bytes hold.
    """
    text = decode(body, charset).replace("\x00", "")
    if "<" not in text:
        return None, False
    parser = HTMLParser(
        collect_ids=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    cut = any("depth" in entry.message for entry in parser.error_log)
    return root, _flatten(root) or cut
