"""### Upkeep, once a day

**Purpose** Notice that nothing fresh comes, keep a backup, remove what is old, and send the daily digest: all that is
no alarm by itself.

**Inputs** `warehouse.duckdb`, the News desk's snapshot, the folders `data_docs`, `staging` and `archive`, the silences.
**Outputs** a file in `backups`; the digest through the same channels as alerts, rows in `ops.alerts`; old folders are
gone.

**When red** the last task, `digest`, says which task failed, in its log and in the message; that task's page says what
to do. Every task can be cleared and repeated.
"""

from datetime import timedelta

from airflow.sdk import dag

from casualties.orchestration import ingest, maintenance
from casualties.settings import Settings


@dag(
    schedule=Settings().digest_schedule or None,
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args=ingest.DEFAULTS,
    doc_md=__doc__,
    tags=["casualties"],
)
def maintain_warehouse():
    [maintenance.freshness(), maintenance.backup(), maintenance.prune(), maintenance.sweep()] >> maintenance.digest()


maintain_warehouse()
