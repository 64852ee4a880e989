"""The task with which ``replay_archive`` begins; the others are those of ``ingest_news``."""

from datetime import UTC, date, datetime, timedelta

from airflow.sdk import get_current_context

from casualties.model import WRITER_POOL
from casualties.orchestration.ingest import stage


@stage(pool=WRITER_POOL, execution_timeout=timedelta(minutes=10))
def plan_replay() -> list[str]:
    """**Purpose** Choose the archived articles of the window, or the pages of WARC files, and stage them as if they had
    just been fetched; or stage the quarantined rows that are released, and what was decided on them.

    **Input** the parameters, `warehouse.duckdb`. **Output** names of the batches of pages; none for a release, whose
    articles are staged as they were read.

    **When red** the log names the cause: a window that is not whole or ends before it begins, an id that is not in
    quarantine, a decision without a reason, or a warehouse that another process holds. Nothing was changed.
    """
    from casualties import pipeline
    from casualties.errors import SettingsError
    from casualties.settings import Settings

    context = get_current_context()
    params, dag_run = context["params"], context["dag_run"]
    release, drop = list(params["release"]), list(params["drop"])
    window, files = [params["since"], params["until"]], list(params["warc"])
    if sum(map(bool, (release or drop, any(window), files))) != 1 or (any(window) and not all(window)):
        raise SettingsError("a replay needs both since and until, or else warc, or else release or drop")
    run = pipeline.Run.begin(dag_run.run_id, datetime.now(UTC), Settings(), dry_run=params["dry_run"])
    if release or drop:
        by = params["by"] or dag_run.triggering_user_name or "unknown"
        pipeline.plan_decisions(run, release, drop, why=params["why"] or "", by=by)
        return []
    if files:
        return pipeline.plan_import(run, files)
    since, until = map(date.fromisoformat, window)
    return pipeline.plan_replay(run, since, until, publisher=params["publisher"], feed=params["feed"])
