"""Articles and reports that pass every suite, to be spoilt one field at a time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from casualties.model import Article, DateSpan, EventReport, Evidence, FeedPoll, Figure, Place, key
from casualties.quality import Verdict, validate
from casualties.settings import Settings
from casualties.staging import Staging

NOW = datetime(2024, 5, 14, 12, 0, tzinfo=UTC)
TEXT = "Shells fell on the market of Hodan at noon. At least 12 people were killed and 30 wounded, a medic said."


def make_article(number: int = 0, **changes: Any) -> Article:
    url = f"https://gazette.example/story/{number}"
    article = Article(
        article_id=key(url),
        version_id=key(url, "v1"),
        url=url,
        publisher="Harbour Gazette",
        feed_ids=("f1",),
        title=f"Shelling at the market, part {number}",
        text=TEXT,
        fetched_at=NOW,
        published=NOW - timedelta(hours=2, minutes=number),
        language="en",
    )
    return replace(article, **changes)


def make_report(article: Article, ordinal: int = 0, **changes: Any) -> EventReport:
    start = TEXT.index("At least")
    report = EventReport(
        report_id=key(article.version_id, "x1", ordinal),
        article_id=article.article_id,
        version_id=article.version_id,
        ordinal=ordinal,
        extractor_version="x1",
        publisher=article.publisher,
        published=article.published,
        type="shelling",
        killed=Figure(low=12, best=12, high=None, basis="at_least", phrase="At least 12 people"),
        injured=Figure(low=30, best=30, high=30, phrase="30 wounded"),
        place=Place(name="Hodan", admin1="Banaadir", country="SOM", lat=2.04, lon=45.31, precision="exact"),
        date=DateSpan(start=date(2024, 5, 14), end=date(2024, 5, 14), phrase="at noon"),
        confidence=0.9,
        evidence=(Evidence(field="text", start=start, end=len(TEXT)),),
    )
    return replace(report, **changes)


def run_checks(
    folder: Path,
    articles: Iterable[Article],
    reports: Iterable[EventReport] = (),
    polls: Iterable[FeedPoll] = (),
    **options: Any,
) -> Verdict:
    """Stage records and validate them."""
    staging = Staging(folder)
    staging.write(Article, "000", articles)
    staging.write(EventReport, "000", reports)
    staging.write(FeedPoll, "000", polls)
    options = {"run_id": "run-1", "now": NOW, "settings": Settings(), "expect_articles": True} | options
    return validate(staging, **options)
