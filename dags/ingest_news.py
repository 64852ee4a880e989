"""### Feeds in, incidents out, every 15 minutes

**Purpose** Poll the feeds that are due, fetch and clean their stories, extract casualty events, check them, and load
them, linked into incidents, into DuckDB.

**Inputs** the OPML list of feeds. **Outputs** `warehouse.duckdb` for the writer, `casualties.duckdb` for analysts.

**When red** open the task `verdict`: its last line says why in a sentence. A single feed or page that failed is a row
in `ops.feed_polls` or `ops.quarantine`, never a red task. Every task can be cleared and repeated: nothing is counted
twice.
"""

from datetime import timedelta

from airflow.sdk import Param, dag, task_group

from casualties.orchestration import ingest
from casualties.orchestration.late import deadline
from casualties.settings import Settings


@dag(
    schedule=Settings().schedule or None,
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    deadline=deadline(),
    default_args=ingest.DEFAULTS,
    doc_md=__doc__,
    tags=["casualties"],
    params={
        "feeds": Param(None, type=["null", "string"], description="OPML file or address instead of the configured one"),
        "force": Param(False, type="boolean", description="poll all feeds, due or not"),
    },
)
def ingest_news():
    polled = ingest.poll.expand(batch=ingest.plan())

    @task_group
    def pages(batch: str):
        ingest.read(ingest.fetch(batch))

    chosen = ingest.targets()
    polled >> chosen
    loaded = ingest.load()
    pages.expand(batch=chosen) >> ingest.with_data_docs(ingest.validate()) >> loaded
    [loaded, ingest.with_data_docs(ingest.publish(loaded))] >> ingest.notify() >> ingest.verdict()


ingest_news()
