"""The bytes of a page as an lxml tree: decoded, and flat enough for every extractor."""

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# libxml2 leaves out what is deeper than 256 elements, without a word, unless told otherwise; then what is deeper than
# 2,048. Extractors parse again what they have serialised, so a tree must come down to the first of these.
_MAX_DEPTH = 240
_KEPT_DEPTH = 100  # down to here grouping tags stay: their classes tell stories from what is around them
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r"))  # no text of XML may hold these, nor the two below
_NO_CHARACTERS = ("\ufffe", "\uffff")
# One class for all elements, chosen in C: lxml's own choice by tag is a call to Python for each element at each touch.
_LOOKUP = etree.ElementDefaultClassLookup(element=HtmlElement)
# What holds no text of a story: each extractor would carry it along, and then remove it.
_IDLE = ("style", "svg", "noscript", "iframe", "template", "link", "meta", "input", "select", "canvas", "object")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# As browsers read these labels (WHATWG Encoding Standard): each is a subset of its replacement.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
# Text codecs of Python that no page is written in, and that a hostile label could choose.
_NOT_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"}
# Elements that only group or style: dropping their tag keeps all text and its order.
_DROPPED = "dropped"
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
    """Lift what is deep by dropping grouping tags below a level; True where something is still out of reach."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            if depth >= _KEPT_DEPTH and element.tag in _WRAPPERS:
                element.tag = _DROPPED
        else:
            depth += 1
    etree.strip_tags(root, _DROPPED)
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest > _MAX_DEPTH


def _unlayout(root: HtmlElement) -> None:
    """Make grouping tags of tables that lay out a page, lest a story come out as one row of a table."""
    for table in list(root.iter("table")):
        cells = table.iter("td")
        if table.find(".//table") is not None or any(len(cell.findall("p")) > 1 for cell in cells):
            for element in table.iter("table", "tbody", "tr", "td", "th"):
                element.tag = "div"


def _parse(markup: bytes, *, huge: bool) -> tuple[HtmlElement, bool]:
    parser = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    parser.set_element_class_lookup(_LOOKUP)
    root = document_fromstring(markup, parser=parser, ensure_head_body=True)
    return root, any("depth" in entry.message for entry in parser.error_log)


def parse(body: bytes, charset: str | None = None) -> tuple[HtmlElement | None, bool]:
    """The tree of a page, and whether some of the page is lost because it is nested too deeply.

    None where there is no markup at all. Never raises on what the bytes hold.
    """
    text = decode(body, charset)
    for one in _NO_CHARACTERS:
        text = text.replace(one, "")
    markup = text.encode("utf-8", "replace").translate(None, _CONTROL)
    if b"<" not in markup:
        return None, False
    try:
        root, lost = _parse(markup, huge=False)
        if lost:
            root, lost = _parse(markup, huge=True)
            lost |= _flatten(root)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    _unlayout(root)
    return root, lost


def slim(root: HtmlElement) -> None:
    """Remove from a tree what no extractor of text looks at; head and dates are read from the whole one."""
    etree.strip_elements(root, *_IDLE, with_tail=False)
    for script in list(root.iter("script")):
        if "json" not in (script.get("type") or ""):
            script.drop_tree()


def text_of(element: HtmlElement) -> str:
    """All text inside an element of a tree without comments; most of those asked for have no element in them."""
    return element.text_content() if len(element) else element.text or ""
