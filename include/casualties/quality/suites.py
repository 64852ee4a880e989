"""The suites, as code: what is expected of staged articles and of the batch as a whole; see also ``event_suites``.

An expectation of severity ``row`` quarantines the rows that fail it, ``critical`` holds the analysts' file back,
``warning`` is reported. Bounds stand here, next to the sentence that an operator reads when one is crossed.
"""

from casualties.model import Severity
from casualties.quality.judge import Check

LEAST_TEXT = 50  # code points; a story of one sentence has more
CLOCKS_APART = 1.0  # days that a publisher's clock or time zone may be ahead of ours

CRITICAL, ROW, WARNING = Severity.CRITICAL, Severity.ROW, Severity.WARNING

ARTICLES = (
    Check(
        name="article_version_unique",
        severity=CRITICAL,
        fault="the same version of an article is staged more than once in this run",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeUnique(column="subject_id"),
        show="subject_id",
        values_from=1,
    ),
    Check(
        name="says_something",
        severity=ROW,
        fault="neither title nor text says anything",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="title_and_text", min_value=1),
        show="title_and_text",
        values_from=1,
    ),
    Check(
        name="text_long_enough",
        severity=ROW,
        fault=f"the text is shorter than {LEAST_TEXT} characters although the page was read",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="text_length", min_value=LEAST_TEXT),
        show="text_length",
    ),
    Check(
        name="text_readable",
        severity=WARNING,
        fault="more than one in fifty characters of the text cannot be shown (wrong encoding?)",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="unreadable", max_value=0.02),
        show="unreadable",
        values_from=1,
    ),
    Check(
        name="published_not_in_future",
        severity=ROW,
        fault="the publication date lies more than a day after this run",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="days_ahead", max_value=CLOCKS_APART),
        show="published",
        values_from=20,
    ),
    Check(
        name="published_recently",
        severity=WARNING,
        fault="the publication date lies more than a year before this run (an archive, or a wrong date)",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="days_old", max_value=366),
        show="published",
    ),
    Check(
        name="url_is_web_address",
        severity=ROW,
        fault="the address is not a web address (http or https)",
        expect=lambda gxe: gxe.ExpectColumnValuesToMatchRegex(column="url", regex=r"^https?://[^\s/]\S*$"),
        show="url",
        values_from=1,
    ),
    Check(
        name="language_known",
        severity=WARNING,
        fault="the language could not be told",
        expect=lambda gxe: gxe.ExpectColumnValuesToNotBeNull(column="language", mostly=0.9),
        show="publisher",
    ),
)

PUBLISHERS = (
    Check(
        name="publisher_text_whole",
        severity=WARNING,
        fault="more than half of the publisher's articles have a doubtful text (summary only, cut, too short, a list)",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="doubtful", max_value=0.5),
        show="doubtful",
    ),
    Check(
        name="publisher_dates_differ",
        severity=WARNING,
        fault="more than half of the publisher's articles carry one and the same date and time (a feed's build date?)",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="same_instant", max_value=0.5),
        show="same_instant",
    ),
)

FEED_DATES = (
    Check(
        name="feed_dates_present",
        severity=WARNING,
        fault="more than three in ten of the articles that the feed announced have no publication date",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="undated", max_value=0.3),
        show="undated",
    ),
)

BATCH = (
    Check(
        name="most_articles_load",
        severity=CRITICAL,
        fault="more than half of the articles broke a rule, so something broke for all of them",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="held_articles", max_value=0.5),
        show="held_articles",
    ),
    Check(
        name="most_reports_load",
        severity=CRITICAL,
        fault="more than half of the event reports broke a rule, so something broke for all of them",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="held_reports", max_value=0.5),
        show="held_reports",
    ),
    Check(
        name="some_reports",
        severity=CRITICAL,
        fault="not one event was found in hundreds of articles, so extraction is broken",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="reports", min_value=1),
        show="label",
    ),
    Check(
        name="pages_had",
        severity=WARNING,
        fault="of most articles only the feed's summary could be had",
        expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="summary_only", max_value=0.5),
        show="summary_only",
    ),
)


def feeds(limit: float) -> tuple[Check, ...]:
    """The check on a run's feeds; ``limit`` is the share of failed ones from which the run goes red. What was fetched
    loads all the same, so it is not critical.
    """
    return (
        Check(
            name="feeds_reached",
            severity=ROW,
            fault=f"at least {limit:.0%} of the feeds could not be had",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="failed", max_value=limit, strict_max=True),
            show="failed",
        ),
    )
