"""All expectations by suite, for those who ask what a check means."""

from collections.abc import Mapping, Sequence

from casualties.quality import event_suites, suites, warehouse
from casualties.quality.judge import SUITE_RAN, Check
from casualties.settings import Settings


def catalogue(settings: Settings) -> Mapping[str, Sequence[Check]]:
    """The checks of every suite, in the order in which they run."""
    return {
        "feeds": suites.feeds(settings.feed_failure_limit),
        "articles": suites.ARTICLES,
        "publishers": suites.PUBLISHERS,
        "feed_dates": suites.FEED_DATES,
        "event_reports": event_suites.REPORTS,
        "figures": event_suites.FIGURES,
        "attachments": event_suites.ATTACHMENTS,
        "batch": suites.BATCH,
    } | {suite: checks for suite, _, checks in warehouse.SUITES}


def names(settings: Settings) -> dict[str, list[str]]:
    """Of every suite the names under which its results stand."""
    return {suite: [SUITE_RAN, *(check.name for check in checks)] for suite, checks in catalogue(settings).items()}


def as_markdown(settings: Settings) -> str:
    """A table a suite: name, severity, and the sentence on what fails."""
    parts = []
    for suite, checks in catalogue(settings).items():
        rows = "".join(f"| `{c.name}` | {c.severity} | {c.fault[0].upper()}{c.fault[1:]}. |\n" for c in checks)
        parts.append(f"**{suite}**\n\n| expectation | severity | fails where |\n|---|---|---|\n{rows}")
    return "\n".join(parts)
