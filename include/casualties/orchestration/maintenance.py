"""The tasks of ``maintain_warehouse``. Each is a thin call; its docstring is its page in the Airflow UI."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from airflow.sdk import get_current_context

from casualties.model import WRITER_POOL
from casualties.orchestration.ingest import failed_tasks, stage

if TYPE_CHECKING:
    from casualties.pipeline import Run
    from casualties.settings import Settings


def _run() -> "Run":
    from casualties.pipeline import Run
    from casualties.settings import Settings

    return Run.begin(get_current_context()["dag_run"].run_id, datetime.now(UTC), Settings())


def _links(settings: "Settings") -> dict[str, str]:
    return {"News desk": f"{settings.ui_url}/plugin/newsdesk", "Runbook": f"{settings.ui_url}/dags/maintain_warehouse"}


@stage(pool=WRITER_POOL, retries=0, execution_timeout=timedelta(minutes=10))
def freshness() -> str:
    """**Purpose** Notice that nothing comes any more, whatever the reason: a paused DAG, a dead scheduler, dead feeds.

    **Input** the News desk's snapshot and the age of `casualties.duckdb`; setting `stale_hours`. **Output** a message
    where the last load or the file is too old; a row in `ops.alerts`.

    **When red** the last load, or the analysts' file, is older than it may be: the log says how old. Look whether
    `ingest_news` runs, and what its task `verdict` says. Or no channel took the message: the log says so.
    """
    from casualties.orchestration.alerting import channels
    from casualties.orchestration.upkeep import check_freshness

    run = _run()
    return check_freshness(run, channels(run.settings), links=_links(run.settings), now=datetime.now(UTC))


@stage(pool=WRITER_POOL, execution_timeout=timedelta(minutes=30))
def backup() -> str:
    """**Purpose** Keep a checked copy of the warehouse for a day on which it is damaged, and give free pages back.

    **Input** `warehouse.duckdb`; setting `keep_backups`. **Output** a file in `backups`; how many bytes were given
    back.

    **When red** there is no new backup: the log says whether the warehouse is locked, absent or damaged, or the disk
    full. If it is damaged: `casualties restore`, see docs/operations.md.
    """
    from casualties.settings import Settings
    from casualties.warehouse.backup import back_up, compact

    settings = Settings()
    copy = back_up(
        settings.warehouse,
        settings.backup_dir,
        now=datetime.now(UTC),
        keep=settings.keep_backups,
        lock_timeout=settings.lock_timeout,
    )
    given_back = compact(settings.warehouse, lock_timeout=settings.lock_timeout)
    return f"{copy.name}, {copy.stat().st_size:,} bytes; {given_back:,} bytes given back"


@stage(queue=WRITER_POOL, execution_timeout=timedelta(minutes=30))
def prune() -> str:
    """**Purpose** Remove Data Docs and staging folders by age (settings `keep_docs_days`, `keep_staging_days`).

    **Input** the folders `data_docs` and `staging`. **Output** how many were removed.

    **When red** a folder could not be removed: the log names it (rights, disk). Clear the task when that is mended.
    """
    from casualties.pipeline.tidying import prune as remove_old
    from casualties.settings import Settings

    settings, now = Settings(), datetime.now(UTC)
    docs = remove_old(settings.data_docs, days=settings.keep_docs_days, now=now)
    staged = remove_old(settings.staging_dir, days=settings.keep_staging_days, now=now)
    return f"{len(docs)} Data Docs and {len(staged)} staging folders removed"


@stage(pool=WRITER_POOL, execution_timeout=timedelta(minutes=30))
def sweep() -> str:
    """**Purpose** Remove archived pages of runs that never loaded, when they are as old as a staging folder may be; and
    of loaded runs by age, where the setting `keep_archive_days` says so.

    **Input** the folder `archive`, `warehouse.duckdb`. **Output** the names of the files that were removed.

    **When red** the warehouse could not be opened, or a file not be removed: the log says which. Clear the task when
    that is mended. What the newest version of an article or an undecided quarantined row needs is kept, unless the
    setting `keep_archive_newest` is off.
    """
    from casualties.pipeline.tidying import expire
    from casualties.pipeline.tidying import sweep as remove_orphans
    from casualties.settings import Settings

    settings, now = Settings(), datetime.now(UTC)
    orphaned, expired = remove_orphans(settings, now=now), expire(settings, now=now)
    return f"orphaned archive files removed: {', '.join(orphaned) or 'none'}; old ones: {', '.join(expired) or 'none'}"


@stage(trigger_rule="all_done", pool=WRITER_POOL, execution_timeout=timedelta(minutes=15))
def digest() -> str:
    """**Purpose** Tell operators once a day what is no alarm by itself: warnings, sick feeds, quarantine, silences and
    when they end, how fresh all is, and what of this maintenance failed.

    **Input** `warehouse.duckdb`, the silences, the states of this run's tasks. **Output** one message, sent every day,
    so that its absence tells something too; a row in `ops.alerts`.

    **When red** an earlier task of this run failed (see its page), no channel took the message (the log names each
    and why), or the warehouse could not be opened. Clear the task when that is mended.
    """
    from casualties.errors import QualityError
    from casualties.orchestration.alerting import channels
    from casualties.orchestration.upkeep import send_digest

    run, failed = _run(), failed_tasks()
    sent = send_digest(
        run, channels(run.settings), links=_links(run.settings), failed_tasks=failed, now=datetime.now(UTC)
    )
    if failed:
        raise QualityError(f"{sent}; tasks failed: {', '.join(failed)}")
    return sent
