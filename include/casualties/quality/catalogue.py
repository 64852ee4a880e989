"""All expectations by suite, for those who ask what a check means."""

from collections.abc import Mapping, Sequence

from casualties.quality import event_suites, suites, warehouse
from casualties.quality.judge import Check
from casualties.settings import Settings


def catalogue(settings: Settings) -> Mapping[str, Sequence[Check]]:
    """The checks of every suite, in the order in which they run."""
    return {
        "feeds": suites.feeds(settings.feed_failure_limit),
        "articles": suites.ARTICLES,
        "publishers": suites.PUBLISHERS,
        "event_reports": event_suites.REPORTS,
        "figures": event_suites.FIGURES,
        "attachments": event_suites.ATTACHMENTS,
        "batch": suites.BATCH,
    } | {suite: checks for suite, _, checks in warehouse.SUITES}


def as_markdown(settings: Settings) -> str:
    """A table a suite: name, severity, and the sentence on what fails."""
    parts = []
    for suite, checks in catalogue(settings).items():
        rows = "".join(f"| `{c.name}` | {c.severity} | {c.fault[0].upper()}{c.fault[1:]}. |\n" for c in checks)
        parts.append(f"**{suite}**\n\n| expectation | severity | fails where |\n|---|---|---|\n{rows}")
    return "\n".join(parts)
