"""What is taken away by age: Data Docs, staging folders, and archived pages: those that no load ever took,
and, where a setting says so, old ones.
"""

from datetime import datetime, timedelta
from pathlib import Path

from casualties.pages.archive import archive_name
from casualties.pipeline.run import folder_name
from casualties.settings import Settings
from casualties.store import remove_folder

# What a run's batches are named; an operator's own files, put there to be imported, are nobody's orphans.
_OF_RUNS = "[!.]*-[0-9][0-9][0-9][0-9].warc.gz"


def prune(folder: Path, *, days: int, now: datetime) -> list[str]:
    """Remove the folders in ``folder`` in which nothing changed for so many days; returns their names."""
    old = [run for run in _folders(folder) if _last_change(run) < (now - timedelta(days=days)).timestamp()]
    for run in old:
        remove_folder(run)
    return [run.name for run in old]


def _folders(folder: Path) -> list[Path]:
    return (
        sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()) if folder.is_dir() else []
    )


def _last_change(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))


def unknown_to_warehouse(settings: Settings) -> list[Path]:
    """Archive files of runs that have not loaded, and in which no row of the warehouse is."""
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.archive import archived_files, loaded_runs

    with open_warehouse(settings.warehouse, lock_timeout=settings.lock_timeout) as con:
        loaded = {archive_name(folder_name(run)) for run in loaded_runs(con)}
        needed = archived_files(con)
    whole = settings.archive_dir.glob(_OF_RUNS)
    return sorted(p for p in whole if p.name not in needed and p.name.rpartition("-")[0] not in loaded)


def orphans(settings: Settings, *, now: datetime) -> list[Path]:
    """What is :func:`unknown_to_warehouse`, old enough that it never will be; and what is left of files that were never
    finished.
    """
    limit = (now - timedelta(days=settings.keep_staging_days)).timestamp()
    unfinished = settings.archive_dir.glob(".*.warc.gz.*")
    found = (*unknown_to_warehouse(settings), *unfinished)
    return sorted(path for path in found if path.stat().st_mtime < limit)


def sweep(settings: Settings, *, now: datetime) -> list[str]:
    """Remove the :func:`orphans`; returns their names."""
    found = orphans(settings, now=now)
    for path in found:
        path.unlink()
    return [path.name for path in found]


def expire(settings: Settings, *, now: datetime) -> list[str]:
    """Remove archive files older than the setting ``keep_archive_days``, but for those that ``keep_archive_newest``
    protects; returns their names.

    None is younger than a staging folder may be, whose run may yet be repeated. That the pages are gone is noted first:
    a file that is left by a crash in between is removed the next time.
    """
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.archive import forget_files, lasting_files

    if not settings.keep_archive_days:
        return []
    limit = (now - timedelta(days=max(settings.keep_archive_days, settings.keep_staging_days))).timestamp()
    old = [path for path in sorted(settings.archive_dir.glob(_OF_RUNS)) if path.stat().st_mtime < limit]
    with open_warehouse(settings.warehouse, lock_timeout=settings.lock_timeout) as con:
        lasting = lasting_files(con) if settings.keep_archive_newest else set()
        expired = [path for path in old if path.name not in lasting]
        forget_files(con, [path.name for path in expired])
    for path in expired:
        path.unlink()
    return [path.name for path in expired]
