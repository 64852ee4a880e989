"""Word of a run that is late, from Airflow's deadline alerts: its triggerer calls :func:`tell_late`."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Connection
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference
from airflow.sdk.exceptions import AirflowNotFoundException

from casualties.settings import Settings


def deadline() -> DeadlineAlert | None:
    """The deadline of a run, from when it was queued; None where the setting is 0.

    ``dag.test()`` crashes on a DAG that has one (apache/airflow#73428), so tests and the demo leave it at 0.
    """
    minutes = Settings().run_deadline
    if not minutes:
        return None
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=AsyncCallback(tell_late, kwargs={"minutes": minutes}),
    )


async def tell_late(minutes: float, context: dict[str, Any]) -> str:
    """Send the message and note it in the run's staging folder, from which its task ``notify`` puts it on record: the
    triggerer is outside the pool of those that may open the warehouse. Raises AlertError where no channel took it.
    """
    from casualties.alerts.run import late
    from casualties.alerts.send import channels
    from casualties.orchestration.delivery import send_once
    from casualties.pipeline import Run

    settings = Settings()
    dag_run = context["dag_run"]
    try:
        stored = (await Connection.async_get("alerts")).password or ""
    except AirflowNotFoundException:
        stored = ""
    run_url = f"{settings.ui_url}/dags/{dag_run['dag_id']}/runs/{dag_run['dag_run_id']}"
    message = late(dag=dag_run["dag_id"], run_id=dag_run["dag_run_id"], minutes=minutes, links={"Run": run_url})
    urls = channels(stored or settings.alert_urls)
    run = Run.begin(dag_run["dag_run_id"], datetime.now(UTC), settings)
    failure = await asyncio.to_thread(send_once, run, urls, message)
    if failure:
        raise failure
    return message.title if urls else f"no channel is set up: {message.title}"
