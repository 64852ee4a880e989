"""The record of what operators were told."""

from datetime import UTC, datetime

import duckdb

from casualties.model import key
from casualties.warehouse.sql import statement


def was_sent(con: duckdb.DuckDBPyConnection, run_id: str, subject: str) -> bool:
    """Whether this run's message of that subject has reached a channel before, so that a repeated task sends none."""
    found = con.execute("SELECT delivered FROM ops.alerts WHERE alert_id = ?", [key(run_id, subject)]).fetchone()
    return bool(found and found[0])


def record_alert(
    con: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    subject: str,
    body: str,
    channels: int,
    error: str | None,
    sent_at: datetime,
) -> None:
    """Note a message in ``ops.alerts``; ``channels`` is how many took it, ``error`` why the others did not."""
    con.execute(
        statement("record_alert"),
        {
            "alert_id": key(run_id, subject),
            "run_id": run_id,
            "subject": subject,
            "body": body,
            "channels": channels,
            "delivered": channels > 0,
            "error": error,
            "sent_at": sent_at.astimezone(UTC).replace(tzinfo=None),
        },
    )
