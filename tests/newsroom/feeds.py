"""The sample newsroom's feeds as XML: RSS 2.0, Atom, RSS 1.0 (RDF), and the OPML file that lists them."""

import email.utils
from datetime import datetime
from xml.etree import ElementTree

from tests.newsroom.content import NewsroomArticle, NewsroomFeed, articles, publishers

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS1 = "http://purl.org/rss/1.0/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
for prefix, namespace in {"rdf": RDF, "dc": DC, "dcterms": DCTERMS}.items():
    ElementTree.register_namespace(prefix, namespace)

MALFORMED = b"""<!DOCTYPE html>
<html><head><title>Maintenance<body>
<h1>We will be back shortly</h1><p>Error establishing a connection to the content store. <br>Reference: 8f2c & 19
"""


def items(feed: NewsroomFeed, day: int) -> list[NewsroomArticle]:
    """The articles that a feed announces on a day, newest first."""
    return [article for article in articles(day).values() if feed.id in article.feeds]


def last_modified(feed: NewsroomFeed, day: int) -> datetime:
    return max(article.updated or article.published for article in items(feed, day))


def render(feed: NewsroomFeed, day: int, base: str) -> bytes:
    """The feed's body on a day; ``base`` is the newsroom's address without a final slash."""
    return _xml({"rss": _rss, "atom": _atom, "rdf": _rdf}[feed.format](feed, day, base))


def opml(base: str) -> bytes:
    """The list of all feeds, with publisher, country and language of each."""
    root = ElementTree.Element("opml", version="2.0")
    _text(ElementTree.SubElement(root, "head"), "title", "Sample newsroom")
    body = ElementTree.SubElement(root, "body")
    for publisher in publishers().values():
        for feed in publisher.feeds:
            outline = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": base + feed.path}
            outline |= {"htmlUrl": f"{base}/{publisher.id}/", "publisher": publisher.name, "country": publisher.country}
            ElementTree.SubElement(body, "outline", outline | {"language": "en", "category": feed.category})
    return _xml(root)


def _link(feed: NewsroomFeed, article: NewsroomArticle, base: str) -> str:
    return base + article.path + (f"?{feed.tracking}" if feed.tracking else "")


def _rss(feed: NewsroomFeed, day: int, base: str) -> ElementTree.Element:
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", f"{base}/{feed.publisher}/")
    _text(channel, "description", f"The latest from {publishers()[feed.publisher].name}")
    _text(channel, "language", "en")
    _text(channel, "lastBuildDate", email.utils.format_datetime(last_modified(feed, day)))
    for article in items(feed, day):
        item = ElementTree.SubElement(channel, "item")
        _text(item, "title", article.title)
        _text(item, "link", _link(feed, article, base))
        _text(item, "guid", _guid(article), isPermaLink="false")
        _text(item, "pubDate", email.utils.format_datetime(article.published))
        if article.updated:
            _text(item, f"{{{DCTERMS}}}modified", _iso(article.updated))
        _text(item, f"{{{DC}}}creator", article.author)
        _text(item, "description", article.summary)
    return root


def _atom(feed: NewsroomFeed, day: int, base: str) -> ElementTree.Element:
    root = ElementTree.Element("feed", xmlns=ATOM)
    _text(root, "title", feed.title)
    _text(root, "id", f"tag:{feed.id}.example,2026:feed")
    _text(root, "updated", _iso(last_modified(feed, day)))
    ElementTree.SubElement(root, "link", rel="self", href=base + feed.path)
    for article in items(feed, day):
        entry = ElementTree.SubElement(root, "entry")
        _text(entry, "title", article.title)
        _text(entry, "id", _guid(article))
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=_link(feed, article, base))
        _text(entry, "published", _iso(article.published))
        _text(entry, "updated", _iso(article.updated or article.published))
        _text(ElementTree.SubElement(entry, "author"), "name", article.author)
        _text(entry, "summary", article.summary)
    return root


def _rdf(feed: NewsroomFeed, day: int, base: str) -> ElementTree.Element:
    root = ElementTree.Element(f"{{{RDF}}}RDF", xmlns=RSS1)
    channel = ElementTree.SubElement(root, "channel", {f"{{{RDF}}}about": base + feed.path})
    _text(channel, "title", feed.title)
    _text(channel, "link", f"{base}/{feed.publisher}/")
    _text(channel, "description", f"The latest from {publishers()[feed.publisher].name}")
    sequence = ElementTree.SubElement(ElementTree.SubElement(channel, "items"), f"{{{RDF}}}Seq")
    for article in items(feed, day):
        link = _link(feed, article, base)
        ElementTree.SubElement(sequence, f"{{{RDF}}}li", {f"{{{RDF}}}resource": link})
        item = ElementTree.SubElement(root, "item", {f"{{{RDF}}}about": link})
        _text(item, "title", article.title)
        _text(item, "link", link)
        _text(item, "description", article.summary)
        _text(item, f"{{{DC}}}creator", article.author)
        _text(item, f"{{{DC}}}date", _iso(article.published))
    return root


def _guid(article: NewsroomArticle) -> str:
    return f"tag:{article.publisher}.example,{article.published:%Y-%m-%d}:{article.id}"


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text


def _xml(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
