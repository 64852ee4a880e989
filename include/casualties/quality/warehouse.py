"""What is expected of the warehouse after a load, or of the copy about to be published.

The queries in ``queries/`` make flat frames of it: counts, and the incidents that the run changed. Great Expectations
judges those, as it judges staged records.
"""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casualties.model import Severity, ValidationResult
from casualties.quality.docs import build_data_docs
from casualties.quality.judge import Batch, Check, judge

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

STALE_HOURS = 24  # without one new article, over all feeds
WEEKS_FROM = 3  # past weeks from which an hour's articles can be called usual
ARTICLES_FROM = 20  # usual articles of an hour below which their number says nothing


def _none_of(name: str, column: str, fault: str, severity: Severity = Severity.CRITICAL) -> Check:
    return Check(
        name=name,
        severity=severity,
        fault=fault,
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0, max_value=0),
        show=column,
    )


def _at_most(name: str, more: str, less: str, fault: str) -> Check:
    return Check(
        name=name,
        severity=Severity.CRITICAL,
        fault=fault,
        expect=lambda gxe: gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A=more, column_B=less, or_equal=True, ignore_row_if="either_value_is_missing"
        ),
        show="figure",
    )


REFERENCES = (
    _none_of("references_hold", "lost", "some rows refer to a row that is not there"),
    _none_of(
        "originals_stored", "loose", "some copies repeat a story that was never stored (quarantined?)", Severity.WARNING
    ),
)
REPEATS = (_none_of("nothing_repeated", "repeats", "something that must be there once is there more often"),)
BROUGHT = (
    Check(
        name="load_adds_up",
        severity=Severity.CRITICAL,
        fault="the load brought another number of rows than now stand in the table",
        expect=lambda gxe: gxe.ExpectColumnPairValuesToBeEqual(column_A="said", column_B="stand"),
        show="stand",
    ),
)
INCIDENTS = (
    Check(
        name="incident_is_reported",
        severity=Severity.CRITICAL,
        fault="an incident has a figure that none of its reports tells",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="reported", value_set=[True]),
        show="figure",
    ),
    _at_most("incident_low_is_told", "low", "reports_low", "an incident's low is below that of all its reports"),
    _at_most("incident_best_is_not_low", "best", "reports_low", "an incident's best is below all its reports"),
    _at_most("incident_best_is_told", "reports_high", "best", "an incident's best is above all its reports"),
    _at_most("incident_high_is_told", "reports_high", "high", "an incident's high is above that of all its reports"),
)
NEWS = (
    Check(
        name="news_fresh",
        severity=Severity.ROW,
        fault=f"there has been no new article for more than {STALE_HOURS} hours",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="newest_hours", max_value=STALE_HOURS),
        show="newest_hours",
    ),
    Check(
        name="volume_usual",
        severity=Severity.WARNING,
        fault="this hour brought less than a third or more than three times as many articles as in past weeks",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="ratio", min_value=1 / 3, max_value=3),
        show="ratio",
    ),
    Check(
        name="volume_possible",
        severity=Severity.CRITICAL,
        fault="this hour brought less than a twentieth or more than twenty times as many articles as in past weeks",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="ratio", min_value=1 / 20, max_value=20),
        show="ratio",
    ),
)

# Suite, what its rows are with the query that gives them, and its checks.
SUITES = (
    ("references", ("kinds of references", "references"), REFERENCES),
    ("repeats", ("kinds of keys", "repeats"), REPEATS),
    ("load", ("tables", "brought"), BROUGHT),
    ("incidents", ("figures of incidents", "incident_figures"), INCIDENTS),
    ("news", (None, "news"), NEWS),
)


def _read(con: "duckdb.DuckDBPyConnection", query: str, **parameters: Any) -> "pd.DataFrame":
    sql = files(__package__).joinpath("queries", f"{query}.sql").read_text(encoding="utf-8")
    frame = con.execute(sql, parameters).df()
    return frame.assign(**{name: None for name in ("subject_id", "url") if name not in frame})


def warehouse_checks(
    con: "duckdb.DuckDBPyConnection", *, run_id: str, now: datetime, docs: Path | None = None
) -> list[ValidationResult]:
    """Judge the warehouse that ``con`` is open on, read-only or not, after the load of ``run_id``; changes nothing.

    A critical result means that the file must not be published. ``docs`` is the folder for the pages on it among the
    run's Data Docs. Raises duckdb.Error where a query cannot run.
    """
    at = now.astimezone(UTC).replace(tzinfo=None)
    parameters: dict[str, dict[str, Any]] = {
        "brought": {"run_id": run_id},
        "incident_figures": {"run_id": run_id},
        "news": {"now": at, "weeks_from": WEEKS_FROM, "articles_from": ARTICLES_FROM},
    }
    judged = {
        suite: judge(
            Batch(
                suite=suite,
                noun=noun,
                frame=_read(con, query, **parameters.get(query, {})),
                checks=checks,
                rows_expected=False,
            ),
            run_id=run_id,
            now=now,
        )
        for suite, (noun, query), checks in SUITES
    }
    if docs is not None:
        build_data_docs(docs, run_id, judged)
    return [result for found in judged.values() for result in found.results]
