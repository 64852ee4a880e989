"""### Read the archive again, without a network

**Purpose** Clean and extract the articles of a window of days anew from their archived pages, after a rule was
changed, and put the result through the same checks and the same load as any run. Or carry out what was decided on
quarantined rows: `release` judges each again with the one rule waived that it broke, `drop` marks it as out for good.

**Inputs** the parameters `since` and `until` (days, by date of publication), narrowed by `publisher` or `feed`; or
`warc` (files put into the archive folder, such as Common Crawl's); or `release` and `drop` (ids, as the News desk and
`casualties quarantine list` show them) with `why`; `warehouse.duckdb`, the WARC files. With `dry_run` the task `load`
says in its log what would change, incidents and deaths before and after, and nothing is loaded.
**Outputs** new versions where the clean text came out differently, new event reports, incidents linked again; the
history of each changed incident says so. With the same rules a replay changes nothing.

**When red** open the task `verdict`: its last line says why. Every task can be cleared and repeated.
"""

from datetime import timedelta

from airflow.sdk import Param, dag

from casualties.orchestration import ingest, replay


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args=ingest.DEFAULTS,
    doc_md=__doc__,
    tags=["casualties"],
    params={
        "since": Param(
            None, type=["null", "string"], format="date", description="first day of publication, for example 2026-03-01"
        ),
        "until": Param(None, type=["null", "string"], format="date", description="last day of publication, inclusive"),
        "publisher": Param(None, type=["null", "string"], description="only this publisher's articles of the window"),
        "feed": Param(None, type=["null", "string"], description="only articles of the feed with this address"),
        "warc": Param(
            [],
            type="array",
            items={"type": "string", "pattern": r"^[^/.][^\0]*\.warc(\.gz)?$"},
            description="WARC files in the archive folder, for example imports/CC-NEWS-1.warc.gz",
        ),
        "dry_run": Param(False, type="boolean", description="say what would change, and load nothing"),
        "release": Param([], type="array", items={"type": "string"}, description="ids of quarantined rows to let in"),
        "drop": Param([], type="array", items={"type": "string"}, description="ids of quarantined rows to keep out"),
        "why": Param(None, type=["null", "string"], description="the reason for release or drop, best a link"),
        "by": Param(None, type=["null", "string"], description="who decided; else the user who triggers this"),
    },
)
def replay_archive():
    reread = ingest.read.expand(batch=replay.plan_replay())
    loaded = ingest.load()
    reread >> ingest.with_data_docs(ingest.validate()) >> loaded
    [loaded, ingest.with_data_docs(ingest.publish(loaded))] >> ingest.notify() >> ingest.verdict()


replay_archive()
