"""A warehouse that is damaged: the newest whole copy put back, and what was loaded since then loaded again."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casualties.errors import LoadError, QualityError, SettingsError
from casualties.model import ValidationResult
from casualties.pipeline.committing import PUBLISHED, load, publish
from casualties.pipeline.run import Rehearsal, Run
from casualties.pipeline.tidying import unknown_to_warehouse
from casualties.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """Where the warehouse came from, what was set aside, and the runs that were loaded again, the oldest first.

    ``unpublished`` says why analysts' file stayed as it was, where a check refused the new one. ``unknown`` names the
    archive files with pages of runs that the copy does not know and that could not be loaded again; maintenance removes
    them once they are as old as a staging folder may be.
    """

    source: Path
    aside: list[Path]
    reloaded: list[str]
    unpublished: str | None = None
    unknown: list[str]


def restore(settings: Settings, *, now: datetime, source: Path | None = None) -> Restored:
    """Put back ``source``, else the newest of the backups and the analysts' file that can be read; then load again the
    runs whose staging folders are still there, but for dry runs, and publish.

    Nothing is counted twice: loading is by content. What was set aside is kept. Raises :class:`LoadError` when there
    is no readable copy, or another process has the warehouse open.
    """
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.archive import loaded_runs
    from casualties.warehouse.backup import put_back

    chosen = source or _newest_readable(settings)
    aside = put_back(chosen, settings.warehouse, now=now)
    with open_warehouse(settings.warehouse, lock_timeout=settings.lock_timeout) as con:
        loaded = set(loaded_runs(con))
    missing = [run for run in _staged_runs(settings) if run.run_id not in loaded and _was_to_be_loaded(run)]
    for run in missing:
        load(run)
    unpublished = None
    if missing:
        try:
            publish(missing[-1])
        except QualityError as error:
            unpublished = str(error)
    reloaded = [run.run_id for run in missing]
    unknown = [path.name for path in unknown_to_warehouse(settings)]
    return Restored(source=chosen, aside=aside, reloaded=reloaded, unpublished=unpublished, unknown=unknown)


def _newest_readable(settings: Settings) -> Path:
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.backup import backups

    copies = [*backups(settings.backup_dir), settings.published]
    for path in sorted((p for p in copies if p.exists()), key=lambda p: p.stat().st_mtime, reverse=True):
        try:
            with open_warehouse(path, read_only=True, lock_timeout=0) as con:
                con.execute("SELECT count(*) FROM core.event_reports").fetchall()
        except LoadError as error:
            log.warning("passed over: %s", error)
        else:
            return path
    raise LoadError(f"no readable copy of the warehouse in {settings.backup_dir} or at {settings.published}")


def _staged_runs(settings: Settings) -> list[Run]:
    runs = []
    for folder in settings.staging_dir.iterdir() if settings.staging_dir.is_dir() else ():
        try:
            runs.append(Run.reopen(folder.name, settings))
        except SettingsError:
            log.warning("%s is no run's folder", folder)
    return sorted(runs, key=lambda run: run.started_at)


def _was_to_be_loaded(run: Run) -> bool:
    judged = any(batch != PUBLISHED for batch in run.staging.batches(ValidationResult))
    return judged and not run.staging.batches(Rehearsal)
