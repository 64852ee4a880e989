"""Messages of one run on their way out: each once, through all channels, and on record whatever became of it.

A message is noted in the run's staging folder as soon as it is sent, and from there in ``ops.alerts``: the warehouse
may be what is out of order, and operators must be told all the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from casualties.alerts.message import Message
from casualties.alerts.send import send
from casualties.errors import AlertError
from casualties.model import Alert, key
from casualties.pipeline import Run
from casualties.warehouse import open_warehouse
from casualties.warehouse.alerts import record_alerts


def deliver(run: Run, urls: Sequence[str], messages: Sequence[Message]) -> str:
    """Send what has not reached a channel before, and note all in ``ops.alerts``; returns a sentence.

    Raises :class:`AlertError` where a message reached no channel, after the others were sent and noted, and LoadError
    where they could not be noted.
    """
    due = [message for message in messages if not _was_sent(run, message)]
    unsent = [failure for message in due if (failure := send_once(run, urls, message))]
    record_staged(run)
    if unsent:
        raise unsent[0]
    loud = [message for message in due if not message.silence]
    silenced = f", {len(due) - len(loud)} silenced" if len(due) > len(loud) else ""
    if loud and not urls:
        return f"{len(loud)} messages are due, but no channel is set up: {'; '.join(m.title for m in loud)}{silenced}"
    return f"{len(loud)} messages sent{silenced}"


def send_once(run: Run, urls: Sequence[str], message: Message) -> AlertError | None:
    """Send one message, unless it is silenced, and note it in the staging folder; the error where none took it."""
    taken, error, failure = 0, None, None
    if message.silence is None:
        try:
            delivery = send(urls, message)
            taken, error = delivery.delivered, "; ".join(delivery.failed) or None
        except AlertError as refused:
            error, failure = str(refused), refused
    alert = Alert(
        alert_id=_alert_id(run, message),
        run_id=run.run_id,
        subject=message.title,
        body=message.text,
        channels=taken,
        delivered=taken > 0,
        error=error,
        sent_at=datetime.now(UTC),
        silenced_until=message.silence.ends if message.silence else None,
        silenced_why=message.silence.link if message.silence else None,
    )
    run.staging.write(Alert, alert.alert_id, [alert])
    return failure


def record_staged(run: Run) -> None:
    """Put the alerts that are noted in the run's staging folder on record. Raises LoadError."""
    if alerts := run.staging.read(Alert):
        with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
            record_alerts(con, alerts)


def _alert_id(run: Run, message: Message) -> str:
    return key(run.run_id, message.title)


def _was_sent(run: Run, message: Message) -> bool:
    staged = {alert.alert_id: alert for alert in run.staging.read(Alert)}.get(_alert_id(run, message))
    return staged is not None and (staged.delivered or staged.silenced_why is not None)
