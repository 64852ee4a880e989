"""### Exports and the report page, whenever a new file was published

**Purpose** Write what was published as CSV, Parquet, GeoJSON and HXL-tagged CSV, with a data package descriptor, and as
one HTML page with map, timeline and cards, for those who have no DuckDB.

**Inputs** the asset `published`; `casualties.duckdb`. **Outputs** a folder a snapshot below `exports/`, the link
`exports/latest`, the asset `report`. The newest `keep_exports` folders stay.

**When red** open the task `verdict`: its last line names the task that failed, whose page says what to do. Nothing that
was exported before is touched. Every task can be cleared and repeated.
"""

from datetime import timedelta

from airflow.sdk import dag

from casualties.orchestration import ingest, report


@dag(
    schedule=[ingest.PUBLISHED],
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    default_args=ingest.DEFAULTS,
    doc_md=__doc__,
    tags=["casualties"],
)
def publish_report():
    report.export() >> ingest.notify() >> ingest.verdict()


publish_report()
