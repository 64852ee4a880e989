"""Validation results in the warehouse: those before a run, and those that come after its load."""

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from casualties.model import ValidationResult
from casualties.staging import from_table, to_table
from casualties.warehouse.sql import statement


def previous_results(con: duckdb.DuckDBPyConnection, run_id: str, before: datetime) -> list[ValidationResult]:
    """The last result of each expectation before a run, leaving out those that had nothing to judge."""
    parameters = {"run_id": run_id, "before": before.astimezone(UTC).replace(tzinfo=None)}
    return from_table(ValidationResult, con.execute(statement("previous_results"), parameters).to_arrow_table())


def record_results(con: duckdb.DuckDBPyConnection, results: Sequence[ValidationResult]) -> None:
    """Store the results of one run's suites, in place of what an earlier try stored of them."""
    con.register("staged_validationresult", to_table(ValidationResult, results))
    con.begin()
    con.execute(
        "DELETE FROM ops.validation_results"
        " WHERE (run_id, suite) IN (SELECT (run_id, suite) FROM staged_validationresult)"
    )
    con.execute(statement("load_results"))
    con.commit()
    con.unregister("staged_validationresult")
