"""The task of ``publish_report`` that writes; the others are those of ``ingest_news``."""

from datetime import timedelta

from airflow.sdk import Asset, get_current_context

from casualties.model import WRITER_POOL
from casualties.orchestration.ingest import stage

REPORT = Asset("report")


@stage(queue=WRITER_POOL, outlets=[REPORT], execution_timeout=timedelta(minutes=30))
def export() -> str:
    """**Purpose** Give those who have no DuckDB the published file in their own forms, and the report page.

    **Input** `casualties.duckdb`, opened read-only. **Output** a folder below `exports/` with CSV, Parquet, GeoJSON,
    HXL-tagged CSV, `report.html` and a data package descriptor; the link `exports/latest` turns to it at the end.

    **When red** `exports/latest` is the one from before. The log names the cause: nothing published yet, a full disk, a
    folder that may not be written. Mend it and clear this task: the files that were finished are kept.
    """
    from casualties.reports import export as exporting
    from casualties.settings import Settings

    settings = Settings()
    done = exporting.export(
        settings.published, settings.exports, keep=settings.keep_exports, lock_timeout=settings.lock_timeout
    )
    get_current_context()["outlet_events"][REPORT].extra = {
        "folder": done.folder.name,
        "snapshot": done.snapshot.taken_at.isoformat(),
        "files": done.written + done.kept,
    }
    return str(done.folder)
