"""What a run brought, in Airflow's own metrics (StatsD or OpenTelemetry, whichever its settings name; else nowhere)."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from casualties.model import Article, FeedPoll, KnownArticle, Load
from casualties.pipeline import Run

COUNTED = (
    "feeds_polled",
    "feeds_failed",
    "entries",
    "new_articles",
    "new_versions",
    "copies",
    "reports",
    "incidents_opened",
    "incidents_changed",
    "quarantined",
)


def count_load(loaded: Load) -> None:
    """Counters ``casualties.<field of Load>``, and the timing ``casualties.load`` in milliseconds."""
    from airflow.sdk.observability.stats import incr, timing

    for name in COUNTED:
        incr(f"casualties.{name}", getattr(loaded, name))
    incr("casualties.loads_held_back", int(loaded.critical))
    timing("casualties.load", loaded.seconds * 1000)


def tell_lag(run: Run, published_at: datetime) -> None:
    """Gauge ``casualties.lag``: seconds from publication to the file that holds it, the median over new stories."""
    from airflow.sdk.observability.stats import gauge

    lag = lag_seconds(new_stories(run), published_at)
    if lag is not None:
        gauge("casualties.lag", lag)


def new_stories(run: Run) -> list[Article]:
    """What feeds told the run for the first time; nothing of a replay, which polls none."""
    known = {article.article_id for article in run.staging.read(KnownArticle)}
    articles = run.staging.read(Article) if run.staging.batches(FeedPoll) else []
    return [article for article in articles if article.article_id not in known]


def lag_seconds(articles: Sequence[Article], published_at: datetime) -> float | None:
    """The median over articles with a date of publication that lies before ``published_at``; None without any."""
    waits = [(published_at - a.published).total_seconds() for a in articles if a.published is not None]
    return median(wait for wait in waits if wait >= 0) if any(wait >= 0 for wait in waits) else None
