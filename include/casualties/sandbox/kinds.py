"""What the sandbox can parse: for each kind, the function that does it, and the records it takes and gives."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from casualties.errors import PageError
from casualties.sandbox.precheck import why_refused


def run(kind: str, meta: dict[str, Any], body: bytes) -> Any:
    """Parse in this process; raises what the parser raises. The parsers are imported here, in the child alone."""
    if kind == "feed":
        from casualties.feeds.parse import parse_feed
        from casualties.model import Feed

        now = datetime.fromisoformat(meta["now"]) if meta["now"] else None
        return parse_feed(body, Feed(**meta["feed"]), meta["base_url"], meta["content_type"], now)
    from casualties.articles.clean import clean_page

    if why := why_refused(body):
        raise PageError(meta["url"], why)
    return clean_page(body, meta["url"], meta["charset"], dated=meta.get("dated", False))


def result_type(kind: str) -> type[Any]:
    """The record class that :func:`run` gives."""
    if kind == "feed":
        from casualties.feeds.parse import ParsedFeed

        return ParsedFeed
    from casualties.articles.clean import CleanPage

    return CleanPage


def feed_meta(feed: Any, base_url: str | None, content_type: str | None, now: datetime | None) -> dict[str, Any]:
    return {
        "feed": asdict(feed),
        "base_url": base_url,
        "content_type": content_type,
        "now": now.isoformat() if now else None,
    }
