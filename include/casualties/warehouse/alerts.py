"""The record of what operators were told."""

from collections.abc import Sequence

import duckdb

from casualties.model import Alert
from casualties.staging import to_table
from casualties.warehouse.sql import statement


def record_alerts(con: duckdb.DuckDBPyConnection, alerts: Sequence[Alert]) -> None:
    """Note messages in ``ops.alerts``, each in place of what an earlier try noted of it."""
    con.register("staged_alert", to_table(Alert, alerts))
    con.execute(statement("record_alerts"))
    con.unregister("staged_alert")
