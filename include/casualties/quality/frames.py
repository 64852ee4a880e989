"""Staged articles and polls as flat pandas frames, for Great Expectations to judge; events are in ``event_frames``.

It judges list and struct columns wrongly, so every frame has scalar columns only; what an expectation of its core
cannot compute stands here as a number or a boolean. NULL means "nothing to judge". Every frame has ``subject_id`` (the
id of the article version, report or feed that a row is about), ``label`` and ``url``, by which results name it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from casualties.model import Article, Feed, FeedPoll, Flag

if TYPE_CHECKING:
    import pandas as pd

DOUBTFUL = frozenset({Flag.SUMMARY_ONLY, Flag.TRUNCATED, Flag.TOO_SHORT, Flag.LIST_PAGE})
SHARES_FROM = 10  # rows below which a share of them says nothing
FEED_SHARES_FROM = 1
_UNREADABLE = "\ufffd" + "".join(chr(code) for code in range(32) if chr(code) not in "\n\t\r")
REPORTS_FROM = 200  # readable articles among which at least one tells of casualties: in general news one in five does


def frame(columns: Mapping[str, tuple[str, Sequence[Any]]]) -> "pd.DataFrame":
    """Named columns of (nullable type, values), so that an empty or all-NULL column keeps its type."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(values, dtype=dtype) for name, (dtype, values) in columns.items()})


def share(part: int, whole: int, at_least: int = SHARES_FROM) -> float | None:
    """A share between 0 and 1, or None where the whole is too small for it to mean anything."""
    return round(part / whole, 3) if whole >= at_least else None


def _days(later: datetime, earlier: datetime) -> float:
    return round((later - earlier) / timedelta(days=1), 3)


def _unreadable(text: str) -> float:
    return round(sum(map(text.count, _UNREADABLE)) / max(len(text), 1), 4)


def article_frame(articles: Sequence[Article], now: datetime) -> "pd.DataFrame":
    """One row an article version.

    ``text_length`` is NULL where title and summary stand in for the page, ``days_ahead`` and ``days_old`` where there
    is no publication date; ``unreadable`` is the share of replacement and control characters.
    """
    return frame(
        {
            "subject_id": ("str", [a.version_id for a in articles]),
            "label": ("str", [a.title for a in articles]),
            "url": ("str", [a.url for a in articles]),
            "publisher": ("str", [a.publisher for a in articles]),
            "title_and_text": ("Int64", [len(a.title.strip()) + len(a.text.strip()) for a in articles]),
            "text_length": ("Int64", [None if Flag.SUMMARY_ONLY in a.flags else len(a.text.strip()) for a in articles]),
            "unreadable": ("Float64", [_unreadable(a.text) for a in articles]),
            "published": ("str", [a.published and a.published.isoformat() for a in articles]),
            "days_ahead": ("Float64", [a.published and _days(a.published, now) for a in articles]),
            "days_old": ("Float64", [a.published and _days(now, a.published) for a in articles]),
            "language": ("str", [a.language for a in articles]),
        }
    )


def publisher_frame(articles: Sequence[Article]) -> "pd.DataFrame":
    """One row a publisher: the share of its articles whose text is doubtful, and that all carry one and the same date
    and time; NULL where it has fewer than :data:`SHARES_FROM` articles.
    """
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[article.publisher].append(article)

    def same_instant(group: list[Article]) -> int:
        return max(Counter(a.published for a in group if a.published).values(), default=0)

    of = groups.values()
    return frame(
        {
            "subject_id": ("str", list(groups)),
            "label": ("str", list(groups)),
            "url": ("str", [group[0].url for group in of]),
            "doubtful": ("Float64", [share(sum(not DOUBTFUL.isdisjoint(a.flags) for a in g), len(g)) for g in of]),
            "same_instant": ("Float64", [share(same_instant(g), len(g)) for g in of]),
        }
    )


def feed_dates_frame(articles: Sequence[Article], feeds: Iterable[Feed]) -> "pd.DataFrame":
    """One row a feed: the share of the articles that it announced without a date; NULL where there are fewer than
    :data:`SHARES_FROM`.
    """
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for feed_id in article.feed_ids:
            groups[feed_id].append(article)
    listed = {feed.feed_id: feed for feed in feeds}

    def named(feed_id: str) -> str:
        return f"{listed[feed_id].publisher}: {listed[feed_id].title}" if feed_id in listed else f"feed {feed_id}"

    of = groups.values()
    return frame(
        {
            "subject_id": ("str", list(groups)),
            "label": ("str", [named(feed_id) for feed_id in groups]),
            "url": ("str", [listed[feed_id].url if feed_id in listed else None for feed_id in groups]),
            "undated": ("Float64", [share(sum(a.published is None for a in g), len(g)) for g in of]),
        }
    )


def feeds_frame(polls: Sequence[FeedPoll]) -> "pd.DataFrame":
    """One row for the run: the share of its polls that failed, NULL below :data:`FEED_SHARES_FROM` feeds."""
    failed = [p for p in polls if p.failed]
    return frame(
        {
            "subject_id": ("str", ["feeds"]),
            "label": ("str", [", ".join(f"{p.url} ({p.status})" for p in failed[:5])]),
            "url": ("str", [None]),
            "failed": ("Float64", [share(len(failed), len(polls), FEED_SHARES_FROM)]),
        }
    )


def batch_frame(articles: Sequence[Article], reports: int, held_articles: int, held_reports: int) -> "pd.DataFrame":
    """One row for the run: the shares of articles and reports that broke a rule, of articles whose page could not be
    had, and how many reports there are where some are expected.
    """
    readable = sum(a.language in (None, "en") for a in articles)
    summaries = sum(Flag.SUMMARY_ONLY in a.flags for a in articles)
    return frame(
        {
            "subject_id": ("str", ["batch"]),
            "label": ("str", [f"{len(articles)} articles with {reports} event reports"]),
            "url": ("str", [None]),
            "held_articles": ("Float64", [share(held_articles, len(articles))]),
            "held_reports": ("Float64", [share(held_reports, reports)]),
            "summary_only": ("Float64", [share(summaries, len(articles))]),
            "reports": ("Int64", [reports if readable >= REPORTS_FROM else None]),
        }
    )
