"""What a page says about itself: title, author, times, canonical link."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urldefrag, urljoin, urlsplit

from courlan import extract_domain, normalize_url
from htmldate import find_date
from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura.metadata import examine_meta, extract_meta_json, extract_title

from casualties.articles.dates import moment, url_date
from casualties.articles.schema import Stated
from casualties.articles.titles import strip_site

# A day's page is found by its markup or its URL; a guess from the text at large is worse than no date.
_DATES: dict[str, Any] = {"extensive_search": False, "original_date": True, "min_date": "1990-01-01"}
_PUBLISHED = (  # element, attribute, its value; the best first
    ("meta", "property", "article:published_time"),
    ("meta", "itemprop", "datePublished"),
    ("meta", "name", "parsely-pub-date"),
    ("time", "itemprop", "datePublished"),
)
_UPDATED = (
    ("meta", "property", "article:modified_time"),
    ("meta", "property", "og:updated_time"),
    ("meta", "itemprop", "dateModified"),
    ("time", "itemprop", "dateModified"),
)
_BYLINES = XPath(  # from the attributes to their elements: most elements have none of them
    "(//@rel[. = 'author'] | //@itemprop[. = 'author'] | //@class[contains(., 'author') or contains(., 'byline')])"
    "/parent::*[not(ancestor-or-self::*[contains(@class, 'comment')])]"
)
_BY = re.compile(r"^(?:(?:posted|written|reported) )?by:? ", re.IGNORECASE)
_LONGEST_BYLINE = 80  # code points; what is longer tells about the author


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    url: str
    title: str
    site: str  # name of the site, "" where unknown
    author: str | None
    published: datetime | None
    published_source: str | None  # page | url
    updated: datetime | None


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def canonical(root: HtmlElement, url: str) -> str:
    """The page's own canonical address if it is on the site of ``url`` and no front page; else ``url``.

    A saved page, whose ``url`` is empty, is believed. A canonical link to another site says whose story it is, one to
    the front page is a mistake of the template: neither is the address of this page.
    """
    for link in root.iterfind(".//link[@rel='canonical']"):
        href = (link.get("href") or "").strip()
        if not href:
            continue
        try:
            target = normalize_url(urldefrag(urljoin(url, href)).url)
            here, there = urlsplit(url), urlsplit(target)
        except ValueError:
            break
        same = (
            not url
            or _host(there.netloc) == _host(here.netloc)
            or (extract_domain(target) is not None and extract_domain(target) == extract_domain(url))
        )
        front = there.path in ("", "/") and not there.query and here.path not in ("", "/")
        if there.scheme in ("http", "https") and same and not front:
            return target
        break
    return url


def _times(elements: Sequence[HtmlElement], wanted: tuple[tuple[str, str, str], ...]) -> Iterator[datetime]:
    for tag, attribute, value in wanted:
        for element in elements:
            meant = element.tag == tag and element.get(attribute) == value
            if meant and (time := moment(element.get("content") or element.get("datetime"))):
                yield time


def _byline(root: HtmlElement) -> str:
    lines = (" ".join(element.text_content().split()) for element in cast(list[HtmlElement], _BYLINES(root)))
    names = (_BY.sub("", line) for line in lines if len(line) <= _LONGEST_BYLINE)
    return min((name for name in names if name.count(" ")), key=len, default="")


def read_head(root: HtmlElement, url: str, stated: Stated, *, dated: bool = False) -> Head:
    """What a page says about itself; ``stated`` is its JSON-LD.

    The publication time is that of the markup, to the second where it gives one, else the day that htmldate finds in
    markup or address; absent rather than guessed. htmldate is slow, so it is not asked where the story is ``dated``
    elsewhere, unless the page tells of an update: one at the time of publication itself is no update.
    """
    meta = examine_meta(root)
    with suppress(RecursionError, ValueError, TypeError, KeyError, AttributeError):  # odd JSON-LD is the page's matter
        meta = extract_meta_json(root, meta)
    timed = list(root.iter("meta", "time"))
    published = stated.published or next(_times(timed, _PUBLISHED), None)
    updated = stated.updated or next(_times(timed, _UPDATED), None)
    source = "page" if published else None
    if published is None and (not dated or updated) and (published := moment(find_date(root, url=url, **_DATES))):
        source = "url" if published == url_date(url) else "page"
    site = str(meta.sitename or "")
    title = strip_site(str(meta.title or extract_title(root) or "").strip(), site, urlsplit(url).hostname or "")
    author = str(meta.author or _byline(root))
    return Head(
        url=canonical(root, url),
        title=" ".join(title.split()),
        site=site,
        author=author or None,
        published=published,
        published_source=source,
        updated=updated if updated != published else None,
    )
