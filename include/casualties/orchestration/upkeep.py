"""The daily messages: that nothing fresh comes, and the digest."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from casualties.alerts.digest import digest_message, read_day
from casualties.alerts.run import stale, stale_reasons
from casualties.alerts.silences import read_silences
from casualties.errors import QualityError
from casualties.orchestration.delivery import deliver
from casualties.pipeline import Run
from casualties.quality.catalogue import names
from casualties.reports.newsdesk import read_snapshot
from casualties.settings import Settings
from casualties.warehouse import open_warehouse


def check_freshness(run: Run, urls: Sequence[str], *, links: Mapping[str, str], now: datetime) -> str:
    """A sentence where all is fresh. Else sends a message and raises QualityError; AlertError where none took it."""
    reasons = stale_now(run.settings, now)
    if not reasons:
        return "the last load and the analysts' file are fresh"
    sent = deliver(run, urls, [stale(reasons, links=links)])
    raise QualityError(f"{' '.join(reasons)} ({sent})")


def stale_now(settings: Settings, now: datetime) -> list[str]:
    """What is too old, without a look into the warehouse, which may be what is out of order."""
    good = [row["loaded_at"] for row in read_snapshot(settings.newsdesk)["loads"] if not row["critical"]]
    last_load = datetime.fromisoformat(max(good)).replace(tzinfo=UTC) if good else None
    return stale_reasons(last_load, _changed(settings.published), now=now, stale_hours=settings.stale_hours)


def send_digest(
    run: Run, urls: Sequence[str], *, links: Mapping[str, str], failed_tasks: Sequence[str], now: datetime
) -> str:
    """Send the day's digest; raises AlertError where no channel took it, LoadError where the warehouse stays closed."""
    settings = run.settings
    with open_warehouse(settings.warehouse, lock_timeout=settings.lock_timeout) as con:
        day = read_day(con, now)
    message = digest_message(
        day,
        published=_changed(settings.published),
        stale=stale_now(settings, now),
        silences=read_silences(settings.silences, now, names(settings)),
        failed_tasks=failed_tasks,
        now=now,
        links=links,
    )
    return deliver(run, urls, [message])


def _changed(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
