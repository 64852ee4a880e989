"""The task with which ``replay_archive`` begins; the others are those of ``ingest_news``."""

from datetime import UTC, date, datetime, timedelta

from airflow.sdk import get_current_context

from casualties.orchestration.ingest import stage
from casualties.orchestration.service import WRITER_POOL


@stage(pool=WRITER_POOL, execution_timeout=timedelta(minutes=10))
def plan_replay() -> list[str]:
    """**Purpose** Choose the archived articles of the window and stage them as if they had just been fetched.

    **Input** the window, `warehouse.duckdb`. **Output** names of the batches of pages.

    **When red** the log names the cause: a window that ends before it begins, or a warehouse that another process
    holds. Nothing was changed.
    """
    from casualties import pipeline
    from casualties.settings import Settings

    context = get_current_context()
    since, until = (date.fromisoformat(str(context["params"][name])) for name in ("since", "until"))
    run = pipeline.Run.begin(context["dag_run"].run_id, datetime.now(UTC), Settings())
    return pipeline.plan_replay(run, since, until)
