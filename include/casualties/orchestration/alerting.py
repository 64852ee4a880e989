"""One run's messages to operators: which are due, through which channels, and the record of them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from casualties.alerts.message import what_to_send
from casualties.alerts.send import channels as split_channels
from casualties.alerts.send import send
from casualties.errors import AlertError
from casualties.model import Quarantined, ValidationResult
from casualties.pipeline import Run, is_held_back
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.alerts import record_alert, was_sent
from casualties.warehouse.results import previous_results

CONNECTION = "alerts"


def channels(settings: Settings) -> list[str]:
    """Apprise addresses: those in the password of the Airflow connection ``alerts``, else those of the settings."""
    try:
        stored = Connection.get(CONNECTION).password or ""
    except AirflowNotFoundException:
        stored = ""
    return split_channels(stored or settings.alert_urls)


def notify_operators(run: Run, urls: Sequence[str], *, run_url: str) -> str:
    """Send what this run gives cause for, once each, and note it in ``ops.alerts``; returns a sentence.

    Raises :class:`casualties.errors.AlertError` where a message reached no channel; the others are sent first.
    """
    results, quarantined = run.staging.read(ValidationResult), run.staging.read(Quarantined)
    links = {
        "Log": run_url,
        "News desk": f"{run.settings.ui_url}/plugin/newsdesk",
        "Data Docs": f"{run.settings.ui_url}/newsdesk/docs/{run.staging.folder.name}/index.html",
        "Runbook": f"{run.settings.ui_url}/dags/{run_url.rpartition('/dags/')[2].partition('/')[0]}",
    }
    unsent: list[AlertError] = []
    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        before = previous_results(con, run.run_id, run.started_at)
        due = what_to_send(before, results, quarantined, held_back=is_held_back(run), links=links)
        messages = [message for message in due if not was_sent(con, run.run_id, message.title)]
        for message in messages:
            taken, error = 0, None
            try:
                delivery = send(urls, message)
                taken, error = delivery.delivered, "; ".join(delivery.failed) or None
            except AlertError as failure:
                unsent.append(failure)
                error = str(failure)
            record_alert(
                con,
                run_id=run.run_id,
                subject=message.title,
                body=message.text,
                channels=taken,
                error=error,
                sent_at=datetime.now(UTC),
            )
    if unsent:
        raise unsent[0]
    if messages and not urls:
        return f"{len(messages)} messages are due, but no channel is set up: {'; '.join(m.title for m in messages)}"
    return f"{len(messages)} messages sent"
