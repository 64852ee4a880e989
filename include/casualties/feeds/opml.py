"""The list of feeds as OPML 2.0, which every feed reader imports and exports.

An outline is a feed where it has ``xmlUrl``. Beyond OPML's own attributes we read ``publisher``, ``country`` (ISO 3166
alpha-3) and ``language`` (ISO 639-1); others are let be. ``category`` is the attribute, or the text of the outlines
around.
"""

from collections.abc import Iterable

from lxml import etree

from casualties.errors import FeedError
from casualties.feeds.text import NAME_LENGTH, line
from casualties.model import Feed, key
from casualties.web.urls import canonical

MAX_BYTES = 5_000_000


def read_opml(body: bytes, url: str = "") -> list[Feed]:
    """The feeds of an OPML file in its order, each address once.

    ``url`` names the file in a :class:`FeedError`, raised where it is not OPML or a feed has no usable address.
    """
    where = url or "OPML"
    if len(body) > MAX_BYTES:
        raise FeedError(where, f"larger than {MAX_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(where, f"not well-formed XML: {error}") from error
    if root is None or root.tag != "opml":
        raise FeedError(where, "not OPML: its outermost element must be <opml>")
    feeds: dict[str, Feed] = {}
    for outline in root.iter("outline"):
        attributes = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        address = attributes.get("xmlurl", "").strip()
        if address:
            feed = _feed(address, attributes, outline, where)
            feeds.setdefault(feed.feed_id, feed)
    return list(feeds.values())


def _feed(address: str, attributes: dict[str, str], outline: etree._Element, where: str) -> Feed:
    if canonical(address) is None:
        raise FeedError(where, f"line {outline.sourceline}: {address[:200]!r} is not an http or https address")

    def said(*names: str) -> str:
        return next((text for name in names if (text := line(attributes.get(name, ""), NAME_LENGTH))), "")

    host = address.partition("://")[2].partition("/")[0].rpartition("@")[2]
    title = said("title", "text") or host
    return Feed(
        feed_id=key(address),
        url=address,
        title=title,
        publisher=said("publisher") or title,
        country=said("country").upper() or None,
        language=said("language").lower() or None,
        category=said("category") or _surrounding(outline),
    )


def _surrounding(outline: etree._Element) -> str | None:
    names = [line(parent.get("text") or "", NAME_LENGTH) for parent in outline.iterancestors("outline")]
    return "/".join(name for name in reversed(names) if name) or None


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """An OPML file of the feeds that :func:`read_opml` reads back as they are."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of casualties"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        attributes = {
            "type": "rss",
            "text": feed.title,
            "xmlUrl": feed.url,
            "publisher": feed.publisher,
            "country": feed.country,
            "language": feed.language,
            "category": feed.category,
        }
        etree.SubElement(body, "outline", {name: value for name, value in attributes.items() if value})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
