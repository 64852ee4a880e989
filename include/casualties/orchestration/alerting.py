"""One run's messages to operators: which are due, and through which channels they go."""

import logging
from collections.abc import Sequence

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from casualties.alerts.message import Message, what_to_send
from casualties.alerts.run import tasks_failed
from casualties.alerts.send import channels as split_channels
from casualties.alerts.silences import read_silences
from casualties.errors import LoadError
from casualties.model import Quarantined, ValidationResult
from casualties.orchestration.delivery import deliver
from casualties.pipeline import Run, is_held_back
from casualties.quality.catalogue import names
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.results import previous_results

CONNECTION = "alerts"

log = logging.getLogger(__name__)


def channels(settings: Settings) -> list[str]:
    """Apprise addresses: those in the password of the Airflow connection ``alerts``, else those of the settings."""
    try:
        stored = Connection.get(CONNECTION).password or ""
    except AirflowNotFoundException:
        stored = ""
    return split_channels(stored or settings.alert_urls)


def links_of(run: Run, run_url: str) -> dict[str, str]:
    """Where an operator reads on."""
    desk = run.settings.ui_url
    found = {
        "Log": run_url,
        "News desk": f"{desk}/plugin/newsdesk",
        "Runbook": f"{desk}/dags/{run_url.rpartition('/dags/')[2].partition('/')[0]}",
    }
    if (run.settings.data_docs / run.staging.folder.name).is_dir():
        found["Data Docs"] = f"{desk}/newsdesk/docs/{run.staging.folder.name}/index.html"
    return found


def notify_operators(run: Run, urls: Sequence[str], *, run_url: str, failed_tasks: Sequence[str] = ()) -> str:
    """Send what this run gives cause for, once each, and note it in ``ops.alerts``; returns a sentence.

    Raises :class:`casualties.errors.AlertError` where a message reached no channel; the others are sent first.
    """
    return deliver(run, urls, due_messages(run, run_url=run_url, failed_tasks=failed_tasks))


def due_messages(run: Run, *, run_url: str, failed_tasks: Sequence[str]) -> list[Message]:
    """One message a failing or recovered suite, and one on the tasks that failed for another reason than bad data."""
    results, quarantined = run.staging.read(ValidationResult), run.staging.read(Quarantined)
    links = links_of(run, run_url)
    refused = [result for result in results if result.is_critical]
    # A task that failed for bad data is told by the message on the suite.
    failed = [task for task in failed_tasks if not (task == "publish" and refused)]
    held_back = is_held_back(run) or bool({"load", "publish"} & set(failed_tasks))
    messages = what_to_send(
        _previous(run),
        results,
        quarantined,
        held_back=held_back,
        loaded=not is_held_back(run, before_load=True) and "load" not in failed_tasks,
        links=links,
        silences=read_silences(run.settings.silences, run.started_at, names(run.settings)),
    )
    if failed:
        dag = links["Runbook"].rpartition("/")[2]
        messages.append(tasks_failed(failed, dag=dag, run_id=run.run_id, held_back=held_back, links=links))
    return messages


def _previous(run: Run) -> list[ValidationResult]:
    try:
        with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
            return previous_results(con, run.run_id, run.started_at)
    except LoadError as error:
        log.warning("sent without what the last run said: %s", error)
        return []
