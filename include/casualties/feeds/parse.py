"""The entries of a feed, from bytes that may be anything. Run in the sandbox: what is hostile may also hang."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from casualties.errors import FeedError
from casualties.feeds.dates import read_date
from casualties.feeds.precheck import why_refused
from casualties.feeds.text import NAME_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH, line, plain
from casualties.model import Entry, Feed, key
from casualties.web.urls import canonical

MAX_ENTRIES = 5_000
MAX_TTL = 86_400
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed says. An entry of the body is in ``entries``, or in ``unusable``, or a ``repeated`` address."""

    title: str
    entries: tuple[Entry, ...] = ()
    ttl_s: int | None = None  # seconds it may be kept without asking again, by its own word
    problems: tuple[str, ...] = ()  # of the feed as a whole
    unusable: tuple[str, ...] = ()  # a clause an entry that was left out
    repeated: int = 0  # entries whose address an earlier one has


def parse_feed(
    body: bytes,
    feed: Feed,
    base_url: str | None = None,
    content_type: str | None = None,
    now: datetime | None = None,
) -> ParsedFeed:
    """Read RSS or Atom. ``base_url`` is where the body came from, ``now`` (UTC) tells dates of the future.

    Raises :class:`FeedError` where no feed can be made of the body; one with errors in its XML yields what can be read.
    """
    if why := why_refused(body):
        raise FeedError(feed.url, why)
    base = base_url or feed.url
    headers = {"content-type": _content_type(body, content_type), "content-location": base}
    try:
        # A stream, always: feedparser takes a str for an address or a path, and bytes for a path, and opens it.
        # Its cleaning of markup takes half of its time, and we keep only the text.
        parsed = feedparser.parse(
            io.BytesIO(_REFERENCE.sub(_whole_character, body)),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # of what hostile bytes make it raise, there is no list
        raise FeedError(feed.url, f"no feed: {type(error).__name__}: {error}") from error
    channel, found = parsed["feed"], parsed["entries"]
    broken = str(parsed.get("bozo_exception") or "")
    if not parsed.get("version") and not found:
        raise FeedError(feed.url, f"no feed: {broken}" if broken else "no feed")
    now = now or datetime.now().astimezone()
    problems = [f"not well-formed: {broken[:200]}"] if broken else []
    if len(found) > MAX_ENTRIES:
        problems.append(f"{len(found):,} entries, of which the first {MAX_ENTRIES:,} are read")
    entries: dict[str, Entry] = {}
    unusable: list[str] = []
    repeated = 0
    for raw in found[:MAX_ENTRIES]:
        entry = _entry(raw, feed, base, now)
        if entry is None:
            unusable.append(f"{line(_text(raw, 'title'), 80)!r} has no http or https link")
        elif entry.entry_id in entries:
            repeated += 1
        else:
            entries[entry.entry_id] = entry
    return ParsedFeed(
        title=line(_text(channel, "title"), TITLE_LENGTH),
        entries=tuple(entries.values()),
        ttl_s=_ttl(channel),
        problems=tuple(problems),
        unusable=tuple(unusable),
        repeated=repeated,
    )


def _content_type(body: bytes, said: str | None) -> str:
    """A body that is UTF-8 is taken for UTF-8 whatever is said of it; nothing else passes for it by chance."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return said or "application/xml"
    return "application/xml; charset=utf-8"


def _whole_character(reference: re.Match[bytes]) -> bytes:
    """The reference, or nothing for one to half a character (a surrogate), over which feedparser stumbles."""
    hexadecimal, decimal = reference.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return b"" if 0xD800 <= number <= 0xDFFF else reference.group()


def _text(raw: Any, name: str) -> str:
    # feedparser's own lookup answers for other names too (updated for published), and warns when it does.
    value = dict.get(raw, name)
    return value if isinstance(value, str) else ""


def _entry(raw: Any, feed: Feed, base: str, now: datetime) -> Entry | None:
    found = next(((link, url) for link in _links(raw) if (url := canonical(_absolute(base, link)))), None)
    if found is None:
        return None
    link, url = found
    published = read_date(_text(raw, "published") or _text(raw, "created") or _text(raw, "updated"), now)
    return Entry(
        entry_id=key(feed.feed_id, url),
        feed_id=feed.feed_id,
        publisher=feed.publisher,
        url=url,
        link=line(link, 4 * TITLE_LENGTH),
        guid=line(_text(raw, "id"), TITLE_LENGTH) or None,
        title=line(_text(raw, "title"), TITLE_LENGTH),
        summary=plain(_text(raw, "summary"), SUMMARY_LENGTH) or _content(raw),
        author=line(_text(raw, "author"), NAME_LENGTH) or None,
        published=published.value,
        published_problem=published.problem,
        updated=read_date(_text(raw, "updated"), now).value,
    )


def _absolute(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _links(raw: Any) -> Iterable[str]:
    """Where the story may be, best first: FeedBurner's original, the link (or a permalink GUID), others."""
    yield from filter(None, (_text(raw, "feedburner_origlink").strip(), _text(raw, "link").strip()))
    for link in dict.get(raw, "links") or ():
        if link.get("rel", "alternate") == "alternate" and isinstance(link.get("href"), str) and link["href"].strip():
            yield link["href"].strip()


def _content(raw: Any) -> str:
    contents = dict.get(raw, "content") or ()
    return next((text for content in contents if (text := plain(content.get("value") or "", SUMMARY_LENGTH))), "")


def _ttl(channel: Any) -> int | None:
    """Seconds, from RSS's ttl (minutes) or the syndication module's period; None where neither is usable."""
    ttl = _text(channel, "ttl").strip()
    if ttl.isascii() and ttl.isdigit():
        return min(int(ttl[:9]) * 60, MAX_TTL)
    period = _PERIODS.get(_text(channel, "sy_updateperiod").strip().lower())
    if period is None:
        return None
    frequency = _text(channel, "sy_updatefrequency").strip()
    times = int(frequency[:6]) if frequency.isascii() and frequency.isdigit() else 1
    return min(period // max(times, 1), MAX_TTL)
