"""From staged records to what analysts see: validate, load, publish, and the verdict on the run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casualties.errors import QualityError
from casualties.model import (
    Article,
    ArticleCopy,
    Feed,
    FeedPoll,
    Fingerprint,
    KnownArticle,
    Load,
    Quarantined,
    Target,
    ValidationResult,
)
from casualties.pipeline.garbage import collecting_seldom
from casualties.pipeline.run import Run
from casualties.reports.newsdesk import write_snapshot
from casualties.reports.quarantine import held_rules, write_quarantine

if TYPE_CHECKING:
    import duckdb

    from casualties.quality import Verdict
    from casualties.warehouse.publish import PublishedCounts

PUBLISHED = "publish"  # the batch of results on the copy that was to be published


def find_copies(run: Run, con: "duckdb.DuckDBPyConnection") -> int:
    """Stage which of the run's articles, and of the stored ones, are copies; returns how many.

    A matter of the writer's turn: the articles of a run that loads at the same time could be the originals.
    """
    from casualties.articles.copies import find_copies as compare
    from casualties.warehouse.copies import copy_candidates, unstored

    rejected = {row.subject_id for row in run.staging.read(Quarantined) if row.subject == "article"}
    fit = [mark for mark in run.staging.read(Fingerprint) if not {mark.article_id, mark.version_id} & rejected]
    new = unstored(con, fit)
    return run.staging.write(ArticleCopy, "load", compare(new, copy_candidates(con, new)))


@collecting_seldom()
def validate(run: Run) -> "Verdict | None":
    """Judge the staged records; stages results and quarantine.

    None where nothing came and no feed failed.
    """
    from casualties.quality import validate as judge

    targets = run.staging.read(Target)
    if not targets and not run.staging.batches(Article) and not any(poll.failed for poll in run.staging.read(FeedPoll)):
        return None
    # Of known stories that were looked at again, none may be left to judge.
    known = {article.article_id for article in run.staging.read(KnownArticle)}
    expected = any(target.article_id not in known for target in targets)
    found = judge(
        run.staging,
        run_id=run.run_id,
        now=run.started_at,
        settings=run.settings,
        expect_articles=expected,
        docs=run.settings.data_docs / run.staging.folder.name,
        held=held_rules(run.settings.quarantine, run.run_id),
    )
    run.staging.write(Quarantined, "validate", found.quarantined)
    run.staging.write(ValidationResult, "validate", found.results)
    return found


@collecting_seldom()
def load(run: Run) -> Load:
    """Load the run in one transaction; only ``ops`` where it :func:`is_held_back`."""
    from casualties.events import EXTRACTOR_VERSION
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.load import load_run

    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        find_copies(run, con)
        loaded = load_run(
            con,
            run.staging,
            run_id=run.run_id,
            extractor_version=EXTRACTOR_VERSION,
            now=run.started_at,
            critical=is_held_back(run, before_load=True),
            feeds=run.staging.read(Feed),
        )
        write_snapshot(con, run.settings.newsdesk)
        write_quarantine(con, run.settings.quarantine)
    return loaded


def is_held_back(run: Run, *, before_load: bool = False) -> bool:
    """Whether the analysts' file must stay as it is: a result is critical, or there are stories and no results.

    ``before_load`` leaves out what was judged after the load, and so tells whether anything but ``ops`` may load.
    """
    batches = [name for name in run.staging.batches(ValidationResult) if not before_load or name != PUBLISHED]
    results = [result for name in batches for result in run.staging.read(ValidationResult, name)]
    return any(result.is_critical for result in results) if results else bool(run.staging.read(Target))


def brought_something(loaded: Load) -> bool:
    """Whether a load changed what analysts see."""
    return not loaded.critical and bool(loaded.new_articles or loaded.new_versions or loaded.incidents_changed)


def publish(run: Run) -> "PublishedCounts":
    """Replace the analysts' file by a checked copy of the warehouse.

    The copy is judged by the suites on the warehouse first. Raises QualityError, with the file as it was, where a
    result is critical.
    """
    from casualties.quality import warehouse_checks
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.publish import publish as replace_published
    from casualties.warehouse.results import record_results

    settings = run.settings

    def inspect(copy: "duckdb.DuckDBPyConnection") -> None:
        docs = settings.data_docs / run.staging.folder.name
        results = warehouse_checks(copy, run_id=run.run_id, now=run.started_at, docs=docs)
        run.staging.write(ValidationResult, PUBLISHED, results)
        with open_warehouse(settings.warehouse, lock_timeout=settings.lock_timeout) as con:
            record_results(con, results)
            write_snapshot(con, settings.newsdesk)
        if critical := [result for result in results if result.is_critical]:
            raise QualityError(f"the analysts' file stays as it was: {'; '.join(r.message for r in critical)}")

    return replace_published(
        settings.warehouse,
        settings.published,
        now=run.started_at,
        lock_timeout=settings.lock_timeout,
        inspect=inspect,
    )


def verdict(run: Run, failed_tasks: Sequence[str] = ()) -> str:
    """One sentence on the run. Raises QualityError where an operator must look."""
    polls, results = run.staging.read(FeedPoll), run.staging.read(ValidationResult)
    failed = [poll for poll in polls if poll.failed]
    reasons = [f"{result.suite}.{result.expectation}: {result.message}" for result in results if result.is_critical]
    if polls and len(failed) >= run.settings.feed_failure_limit * len(polls) and failed:
        reasons.append(f"{len(failed)} of {len(polls)} feeds failed")
    if failed_tasks:
        reasons.append(f"tasks failed: {', '.join(failed_tasks)}")
    if reasons:
        raise QualityError(f"run {run.run_id}: {'; '.join(reasons)}")
    return f"{len(polls)} feeds polled, {len(failed)} failed; nothing critical"
