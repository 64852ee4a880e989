"""Which announced stories need their page read, now. Pure: the clock is passed in."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from casualties.model import Entry, KnownArticle
from casualties.web.urls import article_id

# Stories change most while they are young: a known page is looked at again at these ages.
LOOK_AGAIN_AT = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
LAST_LOOK = timedelta(days=8)  # a story that no feed lists any more is left alone from this age on
LOOKS_A_RUN = 300  # pages that no feed asks for; a run must stay shorter than the time to the next


def look_is_due(known: KnownArticle, now: datetime) -> bool:
    """Whether an age of :data:`LOOK_AGAIN_AT` has passed since the page was last asked for."""
    if known.first_seen_at is None or known.last_looked_at is None:
        return True
    return any(known.last_looked_at < known.first_seen_at + age <= now for age in LOOK_AGAIN_AT)


def stories_to_read(entries: Iterable[Entry], known: Mapping[str, KnownArticle], now: datetime) -> list[Entry]:
    """The entries of the stories that are new, told anew by a feed, or due for another look.

    ``known`` maps article ids to the warehouse's articles.
    """
    stories = [(entry, article_id(entry.url)) for entry in entries]
    wanted = {
        story
        for entry, story in stories
        if story not in known or entry.digest not in known[story].entry_digests or look_is_due(known[story], now)
    }
    return [entry for entry, story in stories if story in wanted]


def due_looks(known: Iterable[KnownArticle], now: datetime) -> list[str]:
    """Ids of the known articles that are due for another look whether or not a feed still lists them.

    At most :data:`LOOKS_A_RUN`, those first that were not looked at for longest.
    """
    due = [
        (article.last_looked_at, article.article_id)
        for article in known
        if article.last_looked_at
        and article.first_seen_at
        and now - article.first_seen_at < LAST_LOOK
        and look_is_due(article, now)
    ]
    return [identifier for _, identifier in sorted(due)[:LOOKS_A_RUN]]
