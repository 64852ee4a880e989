"""Failures that do not count: of released rows, for which the one rule that each broke is waived, and of rows that are
in quarantine already and were told of then.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from casualties.model import CheckOutcome, Decision, Severity, ValidationResult
from casualties.quality.judge import SAMPLES, Failure, Judged

Waived = frozenset[tuple[str, str]]  # rule and subject_id


def waived_rules(decisions: Iterable[Decision]) -> Waived:
    """What the decisions waive."""
    return frozenset((d.rule, d.subject_id) for d in decisions if d.decision == "released")


def waive(judged: Judged, waived: Waived, why: str) -> Judged:
    """The judgement without the failures that are waived, which its results count and name no longer; they say ``why``,
    and how many.
    """
    let_in = [f for f in judged.failures if _is_waived(f, waived)]
    if not let_in:
        return judged
    kept = [f for f in judged.failures if not _is_waived(f, waived)]
    results = [_without(r, kept, sum(f.check.name == r.expectation for f in let_in), why) for r in judged.results]
    return Judged(results=results, failures=kept, validation=judged.validation)


def _is_waived(failure: Failure, waived: Waived) -> bool:
    return failure.check.severity is Severity.ROW and (failure.check.name, failure.subject_id) in waived


def _without(result: ValidationResult, kept: Collection[Failure], let_in: int, why: str) -> ValidationResult:
    if not let_in:
        return result
    left = [f for f in kept if f.check.name == result.expectation]
    return replace(
        result,
        outcome=CheckOutcome.FAILED if left else CheckOutcome.PASSED,
        failed=len(left),
        message=f"{result.message} {why}: {let_in}; left: {len(left)}.",
        samples=tuple(f.sample for f in left[:SAMPLES]),
    )
