"""Addresses of articles: one form to fetch by, and one to know them again by."""

import re

from courlan.clean import clean_query
from yarl import URL

from casualties.model import key

_MAX_LENGTH = 4000
# Parameters that only tell where a reader came from, whatever their value; courlan judges the others.
_TRACKERS = re.compile(
    r"(?:utm|at|ns|mc|ga|gs|itm|mtm|pk)_\w*|(?:fb|g|dc|tw|y|msclk|ig)cl?i?d|fbclid|gclid|o?cmp(?:id)?|ocid|smid"
)
# Hosts of one outlet's one page: the desktop, mobile and AMP editions of a site.
_EDITIONS = re.compile(r"^(?:(?:www\d?|m|mobile|amp|wap)\.)+(?=[^.]+\.[^.]+)")


def _is_tracker(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    if _TRACKERS.fullmatch(name.lower()):
        return True
    # courlan takes cid=, eid=, uid= and all that begins like them for trackers. With a number as its value it may be
    # what the article is addressed by, and two rows for an article are better than one row for two.
    return bool(value) and not value.isdigit() and not clean_query(parameter)


def canonical(url: str) -> str | None:
    """The address to fetch an article by: http(s), without tracking parameters and fragment; None if there is none.

    The order of parameters and parameters without a value stay: ``/story.asp?1234`` is an article.
    """
    url = "".join(url.split())
    if len(url) > _MAX_LENGTH:
        return None
    try:
        parsed = URL(url).with_fragment(None)
    except ValueError:
        return None
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.user is not None:
        return None
    query = "&".join(part for part in parsed.raw_query_string.split("&") if part and not _is_tracker(part))
    if query == parsed.raw_query_string:
        return str(parsed)
    bare = str(parsed.with_query(None))
    return f"{bare}?{query}" if query else bare


def identity(url: str) -> str:
    """What http and https, desktop and mobile addresses of one article have in common. ``url`` is canonical."""
    _, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return _EDITIONS.sub("", host.lower()) + (slash + path).rstrip("/")


def article_id(url: str) -> str:
    """The id of the article at a canonical address; the same for all its editions."""
    return key(identity(url))
