"""The suites, as code: what is expected of staged event reports and their figures; severities as in ``suites``."""

from casualties.model import Basis, EventKind, EventType, Severity
from casualties.quality.judge import Check

BORDER = 1.0  # degrees around a country's box: coastal waters, and places that two sources put on either side

CRITICAL, ROW, WARNING = Severity.CRITICAL, Severity.ROW, Severity.WARNING

REPORTS = (
    Check(
        name="report_id_unique",
        severity=CRITICAL,
        fault="the same event report is staged more than once in this run",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeUnique(column="subject_id"),
        show="subject_id",
        values_from=1,
    ),
    Check(
        name="article_staged",
        severity=CRITICAL,
        fault="the article version that the event report was extracted from is not staged",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="article_staged", value_set=[True]),
        show="version_id",
        values_from=1,
    ),
    Check(
        name="whole_staged",
        severity=ROW,
        fault="the event that this one is a part of is not staged",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="whole_staged", value_set=[True]),
        show="part_of_report",
    ),
    Check(
        name="kind_known",
        severity=ROW,
        fault="the kind is not one of the codebook",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=[str(k) for k in EventKind]),
        show="kind",
        values_from=1,
    ),
    Check(
        name="type_known",
        severity=ROW,
        fault="the event type is not one of the codebook",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="type", value_set=[str(t) for t in EventType]),
        show="type",
        values_from=1,
    ),
    Check(
        name="words_known",
        severity=ROW,
        fault="a precision, role, status, victim group or evidence field is not one of the codebook",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeNull(column="unknown_word"),
        show="unknown_word",
    ),
    Check(
        name="has_figure",
        severity=ROW,
        fault="nobody is said to be killed, injured, missing, displaced or abducted",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="figures", min_value=1),
        show="figures",
        values_from=1,
    ),
    Check(
        name="figures_have_evidence",
        severity=ROW,
        fault="there is a figure and no evidence for it",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="spans", min_value=1),
        show="spans",
        values_from=20,
    ),
    Check(
        name="evidence_inside_article",
        severity=ROW,
        fault="the evidence points outside the article's title or text",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="spans_inside", value_set=[True]),
        show="evidence",
        values_from=1,
    ),
    Check(
        name="confidence_is_share",
        severity=ROW,
        fault="the confidence is not between 0 and 1",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="confidence", min_value=0, max_value=1),
        show="confidence",
        values_from=1,
    ),
    Check(
        name="latitude_on_earth",
        severity=ROW,
        fault="the latitude is not between -90 and 90",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="lat", min_value=-90, max_value=90),
        show="where",
        values_from=50,
    ),
    Check(
        name="longitude_on_earth",
        severity=ROW,
        fault="the longitude is not between -180 and 180",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="lon", min_value=-180, max_value=180),
        show="where",
        values_from=50,
    ),
    Check(
        name="country_known",
        severity=ROW,
        fault="the country is not an ISO 3166 alpha-3 code",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="country_known", value_set=[True]),
        show="where",
    ),
    Check(
        name="place_inside_country",
        severity=ROW,
        fault="the coordinates lie outside the country",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="degrees_outside", max_value=BORDER),
        show="where",
    ),
    Check(
        name="date_not_after_story",
        severity=ROW,
        fault="the event is dated more than a day after its story was published",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="date_ahead", max_value=1),
        show="when",
    ),
    Check(
        name="date_in_order",
        severity=ROW,
        fault="the date ends before it starts",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="days", min_value=0),
        show="when",
        values_from=50,
    ),
    Check(
        name="toll_has_period",
        severity=WARNING,
        fault="a toll is dated on a single day instead of a period",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="toll_days", min_value=1),
        show="when",
    ),
    Check(
        name="killed_plausible",
        severity=ROW,
        fault="more people are said to be killed in one event than any ever took: a war's toll taken for an event?",
        expect=lambda gxe: gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="killed_limit", column_B="killed_least", or_equal=True, ignore_row_if="either_value_is_missing"
        ),
        show="killed_least",
    ),
)


def _ordered(name: str, more: str, less: str, fault: str, severity: Severity = ROW) -> Check:
    return Check(
        name=name,
        severity=severity,
        fault=fault,
        expect=lambda gxe: gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A=more, column_B=less, or_equal=True, ignore_row_if="either_value_is_missing"
        ),
        show="figure",
    )


def _not_negative(column: str) -> Check:
    return Check(
        name=f"{column}_not_negative",
        severity=ROW,
        fault=f"the {column} of a number of people is below zero",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0),
        show="figure",
    )


FIGURES = (
    _not_negative("low"),
    _not_negative("best"),
    _not_negative("high"),
    _ordered("low_not_above_best", "best", "low", "the low of a number of people is above its best"),
    _ordered("best_not_above_high", "high", "best", "the best of a number of people is above its high"),
    _ordered("low_not_above_high", "high", "low", "the low of a number of people is above its high"),
    _ordered("part_within_whole", "whole_most", "least", "a part claims more people than the event it is a part of"),
    _ordered(
        "parts_within_whole", "high", "parts_least", "the parts together claim more people than their whole", WARNING
    ),
    _ordered("group_within_total", "total_most", "least", "a group of victims is larger than all of them", WARNING),
    Check(
        name="basis_known",
        severity=ROW,
        fault="how the number was told is not a word of the codebook",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="basis", value_set=[str(b) for b in Basis]),
        show="basis",
        values_from=1,
    ),
    Check(
        name="phrase_quoted",
        severity=ROW,
        fault="the words that give the number do not stand in the evidence",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeInSet(column="quoted", value_set=[True]),
        show="phrase",
        values_from=50,
    ),
)

ATTACHMENTS = (
    Check(
        name="article_not_held_back",
        severity=ROW,
        fault="the article that tells of the event is quarantined itself",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeNull(column="held_article"),
        show="held_article",
    ),
    Check(
        name="whole_not_held_back",
        severity=ROW,
        fault="the event that this one is a part of is quarantined itself; alone, the part would not be counted",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeNull(column="held_whole"),
        show="held_whole",
    ),
)
