"""The validation of one run: staged records in, a verdict out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from casualties.model import (
    Article,
    Decision,
    EventReport,
    Feed,
    FeedPoll,
    Quarantined,
    Severity,
    ValidationResult,
    key,
)
from casualties.quality import event_frames, event_suites, frames, suites
from casualties.quality.docs import build_data_docs
from casualties.quality.judge import Batch, Check, Failure, Judged, judge
from casualties.quality.waive import Waived, waive, waived_rules
from casualties.settings import Settings
from casualties.staging import Staging

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the suites say of a run's staged records.

    ``quarantined`` has a record for each rule that an article or report broke; such rows must not load. ``critical``
    is true where a critical expectation failed or any check was broken: then only the ``ops`` tables may load.
    """

    results: list[ValidationResult]
    quarantined: list[Quarantined]
    critical: bool

    def held_back(self, subject: str) -> frozenset[str]:
        """The ids of the quarantined rows of one subject, ``article`` (version_id) or ``report`` (report_id)."""
        return frozenset(q.subject_id for q in self.quarantined if q.subject == subject)


def _quarantine(
    failures: Sequence[Failure], rows: Mapping[str, Article] | Mapping[str, EventReport], run_id: str, now: datetime
) -> list[Quarantined]:
    """A record for each rule that each row broke, once, however many of its figures broke it."""
    records: dict[str, Quarantined] = {}
    for failure in failures:
        if failure.check.severity is not Severity.ROW:
            continue
        row = rows[failure.subject_id]
        record = Quarantined(
            quarantine_id=key(run_id, failure.check.name, failure.subject_id),
            run_id=run_id,
            stage="validate",
            subject="article" if isinstance(row, Article) else "report",
            subject_id=failure.subject_id,
            rule=failure.check.name,
            reason=f"{failure.check.fault[0].upper()}{failure.check.fault[1:]}.",
            value=failure.value,
            url=failure.url,
            row=json.dumps(asdict(row), default=str, ensure_ascii=False),
            quarantined_at=now,
        )
        records.setdefault(record.quarantine_id, record)
    return list(records.values())


def validate(
    staging: Staging,
    *,
    run_id: str,
    now: datetime,
    settings: Settings,
    expect_articles: bool,
    docs: Path | None = None,
    held: Waived = frozenset(),
) -> Verdict:
    """Judge a run's staged polls, articles and event reports; ``docs`` is the folder for its Data Docs.

    ``expect_articles`` is false in an idle run (no feed had a new entry): then an empty stage is skipped instead of
    broken. Rows that hang on a quarantined row (the reports of an article, the parts of an event) are quarantined too.
    For a row that the staged decisions release, the rule that it broke is waived, and no other. ``held`` are the rules
    and rows that are in quarantine already: they stay out, and nobody is told again.
    Never raises for what is in the data. Takes seconds, ten more for the import of Great Expectations.
    """
    polls, articles, reports = staging.read(FeedPoll), staging.read(Article), staging.read(EventReport)
    by_version = {a.version_id: a for a in articles}
    report_rows = {r.report_id: r for r in reports}
    judged_suites: dict[str, Judged] = {}
    waived = waived_rules(staging.read(Decision))

    def failures(
        suite: str, noun: str | None, frame: "pd.DataFrame", checks: Sequence[Check], rows_expected: bool = False
    ) -> list[Failure]:
        batch = Batch(suite=suite, noun=noun, frame=frame, checks=checks, rows_expected=rows_expected)
        judged = waive(judge(batch, run_id=run_id, now=now), waived, "Released by an operator")
        judged_suites[suite] = waive(judged, held, "In quarantine already")
        return judged.failures

    def fresh(rows: Sequence[Quarantined]) -> int:
        return len({row.subject_id for row in rows if (row.rule, row.subject_id) not in held})

    if polls:
        failures("feeds", None, frames.feeds_frame(polls), suites.feeds(settings.feed_failure_limit))

    found = failures("articles", "articles", frames.article_frame(articles, now), suites.ARTICLES, expect_articles)
    failures("publishers", "publishers", frames.publisher_frame(articles), suites.PUBLISHERS, bool(articles))
    dates = frames.feed_dates_frame(articles, staging.read(Feed))
    failures("feed_dates", "feeds", dates, suites.FEED_DATES, bool(dates.shape[0]))
    quarantined = _quarantine(found, by_version, run_id, now)
    held_versions, new_articles = {q.subject_id for q in quarantined}, fresh(quarantined)

    found = failures(
        "event_reports", "event reports", event_frames.report_frame(reports, by_version), event_suites.REPORTS
    )
    figures = event_frames.figure_frame(reports, by_version)
    found += failures("figures", "figures", figures, event_suites.FIGURES)
    own_faults = _quarantine(found, report_rows, run_id, now)
    held_reports = {q.subject_id for q in own_faults}

    attachments = event_frames.attachment_frame(reports, by_version, held_versions, held_reports)
    found = failures("attachments", "event reports", attachments, event_suites.ATTACHMENTS, bool(reports))
    quarantined += own_faults + _quarantine(found, report_rows, run_id, now)

    if articles:
        shares = frames.batch_frame(articles, len(reports), new_articles, fresh(own_faults))
        failures("batch", None, shares, suites.BATCH)

    if docs is not None:
        build_data_docs(docs, run_id, judged_suites)
    results = [result for judged in judged_suites.values() for result in judged.results]
    return Verdict(results=results, quarantined=quarantined, critical=any(result.is_critical for result in results))
