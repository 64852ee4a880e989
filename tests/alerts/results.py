"""Validation results and quarantined rows, made in one line."""

from datetime import UTC, datetime
from typing import Any

from casualties.model import Quarantined, ValidationResult

AT = datetime(2024, 5, 14, 12, 0, tzinfo=UTC)
LINKS = {"Log": "http://127.0.0.1:8080/dags/ingest_news/runs/r2", "Runbook": "http://127.0.0.1:8080/dags/ingest_news"}


def make_result(expectation: str = "place_inside_country", outcome: str = "failed", **changes: Any) -> ValidationResult:
    failed = 2 if outcome == "failed" else 0
    defaults = {
        "run_id": "r2",
        "suite": "event_reports",
        "expectation": expectation,
        "severity": "row",
        "outcome": outcome,
        "evaluated": 40,
        "failed": failed,
        "message": f"{failed} of 40 event reports: the coordinates lie outside the country.",
        "samples": tuple(f"Story {n} | Hodan (SOM) at 1, 2 | https://gazette.example/{n}" for n in range(failed)),
        "checked_at": AT,
    }
    return ValidationResult(**defaults | changes)


def make_quarantined(subject_id: str = "a", rule: str = "place_inside_country") -> Quarantined:
    return Quarantined(
        quarantine_id=f"{rule}-{subject_id}",
        run_id="r2",
        stage="validate",
        subject="report",
        subject_id=subject_id,
        rule=rule,
        reason="The coordinates lie outside the country.",
        value=None,
        url=None,
        row="{}",
        quarantined_at=AT,
    )
