"""The tasks of ``ingest_news``. Each is a thin call of the pipeline; its docstring is its page in the Airflow UI.

Between tasks pass names and counts only. A task finds its run by Airflow's run id: ``plan`` made the staging folder
and noted the run's clock there, so that a retry works on the same records, at the same time, as the first try.
"""

import inspect
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, BaseOperatorLink, ExceptionRetryPolicy, RetryAction, RetryRule, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from casualties.model import WRITER_POOL

if TYPE_CHECKING:
    from casualties.pipeline import Run

log = logging.getLogger(__name__)

ARTICLES = Asset("articles")
INCIDENTS = Asset("incidents")
PUBLISHED = Asset("published")

# The network and the lock may be better in a minute; data and settings will be the same.
RETRY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception="casualties.errors.QualityError", action=RetryAction.FAIL, reason="the data stays as it is"
        ),
        RetryRule(exception="casualties.errors.FeedError", action=RetryAction.FAIL, reason="the feed list is unusable"),
        RetryRule(exception="casualties.errors.SettingsError", action=RetryAction.FAIL, reason="a setting is unusable"),
        RetryRule(exception=[OSError, TimeoutError], retry_delay=timedelta(seconds=60)),
    ]
)
DEFAULTS = {"retries": 2, "retry_delay": timedelta(seconds=30), "retry_policy": RETRY}


def stage(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """``@task`` with the function's docstring as its page; Airflow leaves it out where a task is mapped.

    A task of the writer's pool goes to the writer's queue: with Celery only the host that has the warehouse serves it.
    So do those that name this queue since they need the data folder, though not the warehouse.
    """
    if options.get("pool") == WRITER_POOL:
        options["queue"] = WRITER_POOL

    def decorate(function: Callable[..., Any]) -> Any:
        return task(doc_md=inspect.cleandoc(function.__doc__ or ""), **options)(function)

    return decorate


class DataDocs(BaseOperatorLink):
    """A button on the page of a task that leads to what its checks found in that run."""

    name = "Data Docs"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The address; "" where the task judged nothing."""
        from casualties.pipeline.run import folder_name
        from casualties.settings import Settings

        settings, folder = Settings(), folder_name(ti_key.run_id)
        there = (settings.data_docs / folder).is_dir()
        return f"{settings.ui_url}/newsdesk/docs/{folder}/index.html" if there else ""


def with_data_docs(judging: Any) -> Any:
    """The task, with a link to the run's Data Docs on its page."""
    judging.operator.operator_extra_links = (DataDocs(),)
    return judging


def _run() -> "Run":
    from casualties.pipeline import Run
    from casualties.settings import Settings

    return Run.reopen(get_current_context()["dag_run"].run_id, Settings())


def _label(words: str) -> None:
    get_current_context()["label"] = words  # type: ignore[typeddict-unknown-key]


@stage(pool=WRITER_POOL, execution_timeout=timedelta(minutes=10))
def plan() -> list[str]:
    """**Purpose** Choose the feeds that are due and stage what later tasks need to know of the warehouse.

    **Input** the OPML list (setting `feeds`, or the run's parameter), `warehouse.duckdb`.
    **Output** the run's staging folder; names of the batches of feeds.

    **When red** the log names the cause: an OPML file that cannot be read, a warehouse that another process holds
    (its process id is named), or a disk that is full. Mend it and clear this task.
    """
    from casualties import pipeline
    from casualties.settings import Settings

    context = get_current_context()
    params, settings = context["params"], Settings()
    feeds = pipeline.read_feed_list(params.get("feeds") or settings.feeds, settings)
    run = pipeline.Run.begin(context["dag_run"].run_id, datetime.now(UTC), settings)
    return pipeline.plan(run, feeds, force=bool(params.get("force"))).batches


@stage(map_index_template="{{ label }}", execution_timeout=timedelta(minutes=15))
def poll(batch: str) -> None:
    """**Purpose** Ask one batch of feeds for news, politely, and parse what they answer in the sandbox.

    **Input** the batch's feeds and what is known of their last polls. **Output** a row a poll, a row an entry.

    **When red** a feed that fails is a row, not a red task; red here means the machine itself: no memory, no disk,
    a killed process. The log says which. Clear the task: it is repeated from its own input.
    """
    from casualties import pipeline

    _label(f"feeds {batch}: {pipeline.poll(_run(), batch)} entries")


@stage(trigger_rule="all_done", pool=WRITER_POOL, execution_timeout=timedelta(minutes=10))
def targets() -> list[str]:
    """**Purpose** Over all feeds, choose the pages to read: new, told anew, or due for another look.

    **Input** all staged entries, `warehouse.duckdb`. **Output** names of the batches of pages, whole hosts together.

    **When red** see the log; nothing has been fetched yet, so clearing it is safe.
    """
    from casualties import pipeline

    return pipeline.targets(_run())


@stage(map_index_template="{{ label }}", execution_timeout=timedelta(minutes=30))
def fetch(batch: str) -> str:
    """**Purpose** Fetch the pages of one batch and archive them as WARC.

    **Input** the batch's targets. **Output** a row a page, its bytes in `archive/`.

    **When red** a page that cannot be had is a row, and its story is told by its feed's summary; red here means the
    machine. Clear the task: the pages are fetched again.
    """
    from casualties import pipeline

    _label(f"pages {batch}: {pipeline.fetch(_run(), batch)} fetched")
    return batch


@stage(map_index_template="{{ label }}", execution_timeout=timedelta(minutes=30))
def read(batch: str) -> None:
    """**Purpose** Clean the fetched pages in the sandbox and extract the casualty events they report.

    **Input** the batch's pages, from the archive. **Output** a row an article, a row an event or toll; pages that
    could not be parsed go to quarantine.

    **When red** the log names the page or article. Clear the task to repeat it; nothing is fetched again.
    """
    from casualties import pipeline

    counts = pipeline.read(_run(), batch)
    _label(f"pages {batch}: {counts.articles} articles, {counts.reports} reports")


@stage(trigger_rule="all_done", queue=WRITER_POOL, execution_timeout=timedelta(minutes=15))
def validate() -> bool:
    """**Purpose** Judge articles and event reports against the expectation suites (Great Expectations).

    **Input** all staged articles and reports. **Output** a row an expectation; failing rows in quarantine. Returns
    whether the run may be published.

    **When red** a check could not run at all; the log has its traceback. Bad data does not turn this task red: it is
    quarantined, and `verdict` says so. It is never retried on bad data.
    """
    from casualties import pipeline

    checked = pipeline.validate(_run())
    if checked is None:
        raise AirflowSkipException("no page was due: nothing to validate")
    return not checked.critical


@stage(
    trigger_rule="all_done",
    pool=WRITER_POOL,
    outlets=[ARTICLES, INCIDENTS],
    execution_timeout=timedelta(minutes=30),
)
def load() -> dict[str, Any]:
    """**Purpose** Load the run into `warehouse.duckdb` in one transaction, and link its reports into incidents.

    **Input** the run's staging folder. **Output** tables `core.*` and `ops.*`. A run that failed critically loads its
    results, quarantine and poll state only.

    **When red** nothing was loaded. The log names the cause (lock, disk, migration). Clear the task: loading twice
    changes nothing.
    """
    from dataclasses import asdict

    from casualties import pipeline
    from casualties.orchestration.metrics import count_load

    run = _run()
    if get_current_context()["params"].get("dry_run"):
        difference = pipeline.rehearse(run)
        log.info("dry run: %s", difference)
        for sentence in difference.examples:
            log.info("%s", sentence)
        return asdict(difference) | {"critical": False, "publish": False}
    loaded = pipeline.load(run)
    count_load(loaded)
    events = get_current_context()["outlet_events"]
    events[ARTICLES].extra = {"new": loaded.new_articles, "versions": loaded.new_versions, "copies": loaded.copies}
    events[INCIDENTS].extra = {"opened": loaded.incidents_opened, "changed": loaded.incidents_changed}
    return asdict(loaded) | {
        "loaded_at": loaded.loaded_at.isoformat(),
        "publish": pipeline.brought_something(loaded),
    }


@stage(pool=WRITER_POOL, outlets=[PUBLISHED], execution_timeout=timedelta(minutes=15))
def publish(loaded: dict[str, Any]) -> None:
    """**Purpose** Give analysts a new `casualties.duckdb`, judged by the suites on the warehouse before it takes the
    old one's place.

    **Input** `warehouse.duckdb`. **Output** `casualties.duckdb`, replaced in one step; a row an expectation.

    **When red** the file analysts have is the one from before. The log names the check that failed. Skipped where the
    run brought nothing, or failed critically.
    """
    from casualties import pipeline
    from casualties.orchestration.metrics import tell_lag

    if loaded["critical"]:
        raise AirflowSkipException("a critical check failed: analysts keep the file they have")
    if not loaded["publish"]:
        raise AirflowSkipException("the run brought nothing new")
    run = _run()
    counts = pipeline.publish(run)
    tell_lag(run, datetime.now(UTC))
    rows = {name: getattr(counts, name) for name in ("articles", "reports", "incidents", "tolls")}
    get_current_context()["outlet_events"][PUBLISHED].extra = rows


@stage(trigger_rule="all_done", pool=WRITER_POOL, execution_timeout=timedelta(minutes=15))
def notify() -> str:
    """**Purpose** Tell operators which suites failed, or recovered, one message a suite, and which tasks failed.

    **Input** the run's validation results and the last run's, the states of its tasks, the silences. **Output**
    messages through Apprise (the connection `alerts`, or the setting `alert_urls`); rows in `ops.alerts`.

    **When red** no channel took a message: the log names each channel and why, without its secrets. Or the messages
    went out and could not be put on record, since the warehouse cannot be opened. Clear the task when that is mended;
    what was delivered is not sent again.
    """
    if get_current_context()["params"].get("dry_run"):
        return "a dry run: nobody is told"
    from casualties.orchestration.alerting import channels, notify_operators
    from casualties.pipeline import Run
    from casualties.settings import Settings

    context = get_current_context()
    # Begun here where the plan failed, whose task makes the folder.
    run = Run.begin(context["dag_run"].run_id, datetime.now(UTC), Settings())
    run_url = f"{run.settings.ui_url}/dags/{context['dag'].dag_id}/runs/{run.run_id}"
    return notify_operators(run, channels(run.settings), run_url=run_url, failed_tasks=failed_tasks())


@stage(trigger_rule="all_done", execution_timeout=timedelta(minutes=5))
def verdict() -> str:
    """**Purpose** Turn the run red where an operator must look.

    **Input** the run's polls and validation results, and the states of its tasks. **Output** one sentence.

    **When red** the sentence says why: a critical check failed or was broken (see News desk, Validation), too many
    feeds failed (see News desk, Feeds), or a task before this one failed (see its own page).
    """
    from casualties import pipeline

    return pipeline.verdict(_run(), failed_tasks())


def failed_tasks() -> list[str]:
    """The names of this run's tasks that have failed so far."""
    context = get_current_context()
    states = context["ti"].get_task_states(dag_id=context["dag"].dag_id, run_ids=[context["dag_run"].run_id])
    return sorted({task_id for tasks in states.values() for task_id, state in tasks.items() if state == "failed"})
