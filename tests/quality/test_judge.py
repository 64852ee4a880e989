"""A check that could not run is its own outcome, never bad data and never a success."""

import subprocess
import sys

import pandas as pd
import pytest
from tests.quality.records import NOW

from casualties.model import Severity
from casualties.quality import event_suites, suites, warehouse
from casualties.quality.judge import Batch, Check, judge
from casualties.quality.library import great_expectations


def deaths(low, frame=None, **options):
    rows = {"subject_id": ["a"] * len(low), "label": ["story"] * len(low), "url": [None] * len(low), "low": low}
    check = Check(
        name="not_negative",
        severity=Severity.WARNING,
        fault="below zero",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="low", min_value=0),
        show="low",
        values_from=1,
    )
    options = {"suite": "deaths", "noun": "figures", "checks": [check], "rows_expected": True} | options
    return Batch(frame=pd.DataFrame(rows | {"low": pd.Series(low, dtype="Int64")}), **options)


def outcomes(batch):
    return {r.expectation: r for r in judge(batch, run_id="r", now=NOW).results}


def always(expect, **options):
    return Check(
        **{"name": "odd", "severity": Severity.WARNING, "fault": "odd", "expect": expect, "show": "low"} | options
    )


def only_large(gxe):
    from great_expectations.expectations.row_conditions import Column

    return gxe.ExpectColumnValuesToBeBetween(column="low", min_value=0, row_condition=Column("low") > 99)


def test_a_batch_that_fails_names_how_many_of_how_many_and_shows_the_values():
    result = outcomes(deaths([1, -2, None, -3]))["not_negative"]
    assert (result.outcome, result.evaluated, result.failed) == ("failed", 3, 2)
    assert result.message == "2 of 3 figures: below zero."
    assert result.samples == ("story | -2", "story | -3")


@pytest.mark.parametrize(
    ("batch", "why"),
    [
        (deaths([]), "no figures although some are expected"),
        (deaths([1], checks=[]), "holds no expectation"),
    ],
)
def test_a_suite_that_judges_nothing_is_broken(batch, why):
    results = outcomes(batch)
    assert list(results) == ["suite_ran"]
    assert (results["suite_ran"].outcome, results["suite_ran"].severity) == ("broken", "critical")
    assert why in results["suite_ran"].message


@pytest.mark.parametrize(
    ("check", "why"),
    [
        (always(lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="nosuch", min_value=0)), '"nosuch"'),
        (always(lambda gxe: gxe.ExpectColumnValuesToMatchRegex(column="label", regex="(")), "missing )"),
        (always(only_large), "none of the 2 figures"),
    ],
)
def test_a_check_that_raised_or_saw_no_row_is_broken_and_its_neighbours_are_judged(check, why):
    good = deaths([1, 2]).checks[0]
    results = outcomes(deaths([1, 2], checks=[check, good]))
    assert (results["odd"].outcome, results["odd"].severity) == ("broken", "critical")
    assert "says nothing about the data" in results["odd"].message
    assert why in results["odd"].message
    assert results["not_negative"].outcome == "passed"


def test_an_exception_before_any_check_breaks_the_suite():
    def explode(gxe):
        raise RuntimeError("no such metric store")

    results = outcomes(deaths([1], checks=[always(explode)]))
    assert list(results) == ["suite_ran"]
    assert "RuntimeError: no such metric store" in results["suite_ran"].message


@pytest.mark.parametrize(("values_from", "outcome"), [(None, "skipped"), (3, "skipped"), (2, "broken"), (1, "broken")])
def test_an_all_null_column_is_broken_from_as_many_rows_as_ought_to_have_a_value(values_from, outcome):
    check = always(lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="low", min_value=0), values_from=values_from)
    assert outcomes(deaths([None, None], checks=[check]))["odd"].outcome == outcome


def test_nothing_is_sent_or_drawn_and_the_context_is_in_memory(capfd):
    outcomes(deaths([1, 2]))
    context, _ = great_expectations()
    assert context.config.analytics_enabled is False
    assert type(context).__name__ == "EphemeralDataContext"
    assert "Calculating Metrics" not in "".join(capfd.readouterr())


def test_the_names_of_expectations_are_unique_over_all_suites():
    checks = [
        *(check for suite in (suites.ARTICLES, suites.PUBLISHERS, suites.BATCH, suites.feeds(0.3)) for check in suite),
        *(check for suite in (event_suites.REPORTS, event_suites.FIGURES, event_suites.ATTACHMENTS) for check in suite),
        *(check for suite in (warehouse.REFERENCES, warehouse.REPEATS, warehouse.BROUGHT) for check in suite),
        *(check for suite in (warehouse.INCIDENTS, warehouse.NEWS) for check in suite),
    ]
    names = [check.name for check in checks]
    assert len(set(names)) == len(names) > 50


def test_what_no_check_makes_use_of_is_not_loaded():
    code = """
import sys
from casualties.quality.library import great_expectations
great_expectations()
print([name for name in sys.modules if name.startswith(("altair.", "scipy.stats."))])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
