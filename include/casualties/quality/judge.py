"""Great Expectations at work on one flat frame: checks in, results and failing rows out.

Great Expectations calls it a success when a table is empty, a column is all NULL or a suite holds no expectation, and
reports an exception inside itself like bad data. Here each of these is an outcome of its own: ``broken``, which is
critical whatever the check's severity, or ``skipped`` where nothing was expected.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from casualties.model import CheckOutcome, Severity, ValidationResult
from casualties.quality.library import great_expectations

if TYPE_CHECKING:
    import pandas as pd

SUITE_RAN = "suite_ran"  # stands in every suite's results: whether it could be judged at all
SAMPLES = 5
VALUE_LENGTH = 300

# Great Expectations has words of its own for how bad a failure is; Data Docs show them.
_GX_SEVERITY = {Severity.CRITICAL: "critical", Severity.ROW: "warning", Severity.WARNING: "info"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation of a suite."""

    name: str  # unique in its suite
    severity: Severity
    fault: str  # what is wrong with a row that fails, for an operator: "3 of 120 articles: <fault>."
    expect: Callable[[Any], Any]  # from the module great_expectations.expectations to an expectation
    show: str  # column whose value tells what broke the rule
    values_from: int | None = None  # rows from which at least one is expected to have a value to judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A row that failed a check."""

    check: Check
    subject_id: str
    label: str
    url: str | None
    value: str | None

    @property
    def sample(self) -> str:
        return " | ".join(part for part in (self.label, self.value, self.url) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One frame with the checks on it; ``noun`` is what its rows are, None where its one row is the run as a whole."""

    suite: str
    noun: str | None
    frame: "pd.DataFrame"
    checks: Sequence[Check]
    rows_expected: bool

    @property
    def rows(self) -> str:
        return self.noun or "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a batch: one result a check, and the rows that failed."""

    results: list[ValidationResult]
    failures: list[Failure]
    validation: Any  # of Great Expectations; None where it was not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    outcome: CheckOutcome
    message: str
    evaluated: int = 0
    failures: tuple[Failure, ...] = ()


def _run(batch: Batch) -> Any:
    """The validation result of Great Expectations; each expectation carries its check's name in ``meta``."""
    _, definition = great_expectations()
    import great_expectations as gx

    expectations = []
    for check in batch.checks:
        expectation = check.expect(gx.expectations)
        expectation.severity = _GX_SEVERITY[check.severity]
        expectation.meta = {"name": check.name}
        expectations.append(expectation)
    suite = gx.ExpectationSuite(batch.suite, expectations=expectations)
    return definition.get_batch({"dataframe": batch.frame}).validate(suite, result_format="COMPLETE")


def _exception(info: Mapping[str, Any]) -> str | None:
    """The message of an exception inside an expectation: at the top, or nested under the ids of metrics."""
    nested = info.values() if "raised_exception" not in info else [info]
    return next((str(e["exception_message"]) for e in nested if e["raised_exception"]), None)


def _broken(why: str) -> _Outcome:
    return _Outcome(
        outcome=CheckOutcome.BROKEN, message=f"The check could not run, which says nothing about the data: {why}."
    )


def _skipped(why: str) -> _Outcome:
    return _Outcome(outcome=CheckOutcome.SKIPPED, message=f"Skipped: {why}.")


def _text(value: Any) -> str | None:
    """A cell as text; None for every kind of NULL."""
    import pandas as pd

    return None if pd.isna(value) else str(value)[:VALUE_LENGTH]


def _failures(batch: Batch, check: Check, rows: Sequence[int]) -> Iterator[Failure]:
    failing = batch.frame.iloc[list(rows)]
    columns = (failing[name] for name in ("subject_id", "label", "url", check.show))
    for subject_id, label, url, value in zip(*columns, strict=True):
        yield Failure(check=check, subject_id=subject_id, label=_text(label) or "", url=_text(url), value=_text(value))


def _message(batch: Batch, check: Check, failed: int, evaluated: int, passed: bool) -> str:
    if batch.noun is None:
        value = _text(batch.frame[check.show].iloc[0])
        as_it_should = f"As it should be ({value}); it would fail if {check.fault}."
        return as_it_should if passed else f"{check.fault[0].upper()}{check.fault[1:]} ({value})."
    if not passed:
        return f"{failed} of {evaluated} {batch.noun}: {check.fault}."
    if failed:
        return f"{failed} of {evaluated} {batch.noun} have this fault, which is few enough: {check.fault}."
    return f"None of {evaluated} {batch.noun} has this fault: {check.fault}."


def _outcome(batch: Batch, check: Check, judged: Any) -> _Outcome:
    raised = _exception(judged.exception_info)
    if raised is not None:
        return _broken(f"Great Expectations raised: {raised.strip().rstrip('.')}")
    found = judged.result
    rows = found.get("element_count", 0)
    evaluated = rows - found.get("missing_count", 0)
    if rows == 0:
        return _broken(f"it was given none of the {len(batch.frame)} {batch.rows}")
    if evaluated == 0:
        empty = f"none of the {rows} {batch.rows} has a value to judge ({check.show})"
        expected = check.values_from is not None and rows >= check.values_from
        return _broken(empty) if expected else _skipped(empty)
    failures = tuple(_failures(batch, check, found["unexpected_index_list"]))
    return _Outcome(
        outcome=CheckOutcome.PASSED if judged.success else CheckOutcome.FAILED,
        message=_message(batch, check, len(failures), evaluated, bool(judged.success)),
        evaluated=evaluated,
        failures=failures,
    )


def _nothing_to_run(batch: Batch) -> _Outcome | None:
    if not batch.checks:
        return _broken("the suite holds no expectation")
    if len(batch.frame):
        return None
    if batch.rows_expected:
        return _broken(f"there are no {batch.rows} although some are expected")
    return _skipped(f"there are no {batch.rows}, and none are expected")


def _outcomes(batch: Batch, validation: Any) -> dict[str, _Outcome]:
    """The outcome of each check by its name, after that of the suite as a whole."""
    by_name = {judged.expectation_config.meta["name"]: judged for judged in validation.results}
    on = f"{len(batch.frame)} {batch.noun}" if batch.noun else "the run as a whole"
    ran = f"The suite ran: {len(batch.checks)} expectations on {on}."
    return {SUITE_RAN: _Outcome(outcome=CheckOutcome.PASSED, message=ran, evaluated=len(batch.frame))} | {
        check.name: _outcome(batch, check, by_name[check.name])
        if check.name in by_name
        else _broken("Great Expectations returned no result for it")
        for check in batch.checks
    }


def judge(batch: Batch, *, run_id: str, now: datetime) -> Judged:
    """Run all checks on a frame. Never raises for what is in the data; a check that could not run is ``broken``.

    The first result is that of the suite as a whole, :data:`SUITE_RAN`; the only one where no check was run.
    """
    validation, instead = None, _nothing_to_run(batch)
    if instead is None:
        try:
            validation = _run(batch)
        except Exception as error:  # whatever a check raises is a broken check, never bad data
            log.exception("suite %s could not run", batch.suite)
            instead = _broken(f"{type(error).__name__}: {error}")
    outcomes = {SUITE_RAN: instead} if instead is not None else _outcomes(batch, validation)
    severities = {check.name: check.severity for check in batch.checks} | {SUITE_RAN: Severity.CRITICAL}
    results = [
        ValidationResult(
            run_id=run_id,
            suite=batch.suite,
            expectation=name,
            severity=Severity.CRITICAL if o.outcome is CheckOutcome.BROKEN else severities[name],
            outcome=o.outcome,
            evaluated=o.evaluated,
            failed=len(o.failures),
            message=o.message,
            samples=tuple(failure.sample for failure in o.failures[:SAMPLES]),
            checked_at=now,
        )
        for name, o in outcomes.items()
    ]
    failures = [f for o in outcomes.values() if o.outcome is CheckOutcome.FAILED for f in o.failures]
    return Judged(results=results, failures=failures, validation=validation)
