"""The pipeline, stage by stage: plain functions over the staging folder of a run, with no scheduler in them.

    plan -> poll -> targets -> fetch -> read -> validate -> load -> publish

``poll``, ``fetch`` and ``read`` work on one batch and touch nothing but their own staging files (``fetch`` also writes
its WARC file), so that batches can run side by side and be repeated. ``plan`` and ``load`` open the warehouse.
"""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casualties.errors import FeedError, QualityError, SettingsError
from casualties.feeds.decide import is_due
from casualties.feeds.opml import read_opml
from casualties.model import (
    Article,
    CheckOutcome,
    Entry,
    EventReport,
    Feed,
    FeedPoll,
    FeedState,
    Flag,
    KnownArticle,
    Load,
    Page,
    PageStatus,
    PollStatus,
    Quarantined,
    Severity,
    Target,
    Unparsed,
    ValidationResult,
    key,
)
from casualties.pages.due import stories_to_read
from casualties.settings import Settings
from casualties.staging import Staging

if TYPE_CHECKING:
    from casualties.articles.clean import CleanPage
    from casualties.quality import Verdict
    from casualties.warehouse.publish import PublishedCounts

FAILED_POLLS = frozenset(PollStatus) - {PollStatus.OK, PollStatus.NOT_MODIFIED}


@dataclass(frozen=True, slots=True)
class RunNote:
    """What a staging folder says of its run."""

    run_id: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline: its name, its clock, and its staging folder."""

    run_id: str
    started_at: datetime
    settings: Settings

    @classmethod
    def begin(cls, run_id: str, started_at: datetime, settings: Settings) -> "Run":
        """Make the staging folder; a run begun again keeps the clock of its first try."""
        run = cls(run_id, started_at, settings)
        if run.staging.path(RunNote, "run").exists():
            return cls.reopen(run_id, settings)
        run.staging.write(RunNote, "run", [RunNote(run_id, started_at)])
        return run

    @classmethod
    def reopen(cls, run_id: str, settings: Settings) -> "Run":
        """The run that :meth:`begin` made. Raises SettingsError where there is none."""
        staging = cls(run_id, datetime.min, settings).staging
        notes = staging.read(RunNote)
        if not notes:
            raise SettingsError(
                f"run {run_id} has no staging folder in {settings.staging_dir}: its plan did not finish"
            )
        return cls(run_id, notes[0].started_at, settings)

    @property
    def staging(self) -> Staging:
        return Staging(self.settings.staging_dir / re.sub(r"[^\w.+-]+", "_", self.run_id))


class Planned(NamedTuple):
    """What the plan found: ``batches`` name the groups of due feeds."""

    feeds: int
    due: int
    batches: list[str]


def read_feed_list(source: str, settings: Settings) -> list[Feed]:
    """The feeds of an OPML file or address. Raises FeedError where it cannot be had or is no OPML."""
    if re.match(r"https?://", source):
        return read_opml(asyncio.run(_download(source, settings)), source)
    try:
        return read_opml(Path(source).read_bytes(), source)
    except OSError as error:
        raise FeedError(source, f"cannot be read ({error.strerror})") from error


async def _download(url: str, settings: Settings) -> bytes:
    from casualties.web.fetch import Client
    from casualties.web.response import FetchStatus

    async with Client(settings) as client:
        response = await client.get(url, max_bytes=settings.feed_max_bytes, timeout=settings.feed_timeout)
    if response.status is not FetchStatus.OK:
        raise FeedError(url, response.error or response.status)
    return response.body


def plan(run: Run, feeds: Sequence[Feed], *, force: bool = False) -> Planned:
    """Stage what later stages need to know, and the due feeds in batches. ``force`` polls feeds that are not due."""
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.plan import read_plan

    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        states, known = read_plan(con)
    by_feed = {state.feed_id: state for state in states}
    state_of = {f.feed_id: by_feed.get(f.feed_id, FeedState(feed_id=f.feed_id, url=f.url)) for f in feeds}
    due = [f for f in feeds if force or is_due(state_of[f.feed_id], run.started_at)]
    rest = [f for f in feeds if f not in due]
    run.staging.write(KnownArticle, "plan", known)
    run.staging.write(Feed, "rest", rest)
    batches: list[str] = []
    for start in range(0, len(due), run.settings.batch_feeds):
        batch, name = due[start : start + run.settings.batch_feeds], f"{len(batches):04}"
        run.staging.write(Feed, name, batch)
        run.staging.write(FeedState, name, [state_of[f.feed_id] for f in batch])
        batches.append(name)
    return Planned(len(feeds), len(due), batches)


def poll(run: Run, batch: str) -> int:
    """Poll one batch of feeds; stages a FeedPoll a feed and an Entry a story. Returns the number of entries."""
    from casualties.feeds.poll import poll_feeds
    from casualties.sandbox import Sandbox
    from casualties.web.fetch import Client

    feeds = run.staging.read(Feed, batch)
    states = {state.feed_id: state for state in run.staging.read(FeedState, batch)}
    known = {article.url for article in run.staging.read(KnownArticle)}

    async def work(sandbox: Sandbox) -> list[tuple[FeedPoll, list[Entry]]]:
        async with Client(run.settings) as client:
            return await poll_feeds(
                client,
                [(feed, states[feed.feed_id]) for feed in feeds],
                sandbox.parse_feed,
                run_id=run.run_id,
                now=run.started_at,
                settings=run.settings,
                known_urls=known,
            )

    with Sandbox(run.settings) as sandbox:
        polled = asyncio.run(work(sandbox))
    run.staging.write(FeedPoll, batch, [poll for poll, _ in polled])
    return run.staging.write(Entry, batch, [entry for _, entries in polled for entry in entries])


def targets(run: Run) -> list[str]:
    """Choose the pages to read, over all feeds; returns the names of their batches."""
    from casualties.pages.plan import plan_targets

    known = {article.url: article for article in run.staging.read(KnownArticle)}
    chosen = plan_targets(
        stories_to_read(run.staging.read(Entry), known, run.started_at),
        frozenset(),
        batch_pages=run.settings.batch_pages,
        host_cap=run.settings.host_cap,
        allowed=run.settings.allowed,
    )
    batches: dict[str, list[Target]] = {}
    for target in chosen:
        batches.setdefault(f"{target.batch:04}", []).append(target)
    for name, batch in batches.items():
        run.staging.write(Target, name, batch)
    return list(batches)


def fetch(run: Run, batch: str) -> int:
    """Fetch and archive the pages of one batch; stages a Page a target. Returns how many could be had."""
    from casualties.pages.archive import WarcWriter
    from casualties.pages.fetch import fetch_pages
    from casualties.web.fetch import Client

    async def work() -> list[Page]:
        with WarcWriter(run.settings.archive_dir, run.staging.folder.name, batch) as archive:
            async with Client(run.settings) as client:
                wanted = run.staging.read(Target, batch)
                return await fetch_pages(client, wanted, archive, now=run.started_at, settings=run.settings)

    pages = asyncio.run(work())
    run.staging.write(Page, batch, pages)
    return sum(page.status == PageStatus.OK for page in pages)


class ReadCounts(NamedTuple):
    articles: int
    reports: int


def read(run: Run, batch: str) -> ReadCounts:
    """Clean the pages of one batch in the sandbox and extract what they report.

    Stages an Article a target, an EventReport an event or toll, and a Quarantined a page that could not be parsed; its
    story is then told by its feed's summary.
    """
    from casualties.articles.make import make_article

    chosen = run.staging.read(Target, batch)
    pages = {page.article_id: page for page in run.staging.read(Page, batch)}
    cleaned = _clean(run, [page for page in pages.values() if page.warc_file])
    articles, quarantined = [], []
    for target in chosen:
        page, result = pages.get(target.article_id), cleaned.get(target.article_id)
        if isinstance(result, Unparsed) and page is not None:
            quarantined.append(_unreadable(run, page, result))
        clean = None if isinstance(result, Unparsed) else result
        articles.append(make_article(target, page, clean, now=run.started_at))
    reports = [report for article in articles for report in reports_of(article)]
    run.staging.write(Article, batch, articles)
    run.staging.write(EventReport, batch, reports)
    run.staging.write(Quarantined, f"read-{batch}", quarantined)
    return ReadCounts(len(articles), len(reports))


def _clean(run: Run, pages: Sequence[Page]) -> dict[str, "CleanPage | Unparsed"]:
    from casualties.pages.archive import read_page
    from casualties.sandbox import Job, Sandbox

    def job(page: Page) -> Job:
        archived = read_page(run.settings.archive_dir, page.warc_file or "", page.warc_offset or 0)
        return Job.page(archived.body, page.final_url or page.url, _charset(archived.content_type))

    with Sandbox(run.settings) as sandbox:
        results = list(sandbox.run(map(job, pages)))
    return {page.article_id: result for page, result in zip(pages, results, strict=True)}


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _unreadable(run: Run, page: Page, failure: Unparsed) -> Quarantined:
    return Quarantined(
        quarantine_id=key(run.run_id, "page_parses", page.article_id),
        run_id=run.run_id,
        stage="clean",
        subject="page",
        subject_id=page.article_id,
        rule="page_within_limits" if failure.killed else "page_parses",
        reason=failure.reason,
        value=f"{page.bytes} bytes of {page.content_type}",
        url=page.url,
        row=json.dumps(asdict(page), default=str),
        quarantined_at=run.started_at,
    )


def reports_of(article: Article) -> list[EventReport]:
    """What an article reports, as it is stored. Articles not in English are kept, but not extracted."""
    from casualties.events import EXTRACTOR_VERSION, extract_events

    if Flag.NOT_ENGLISH in article.flags:
        return []
    events = extract_events(article.title, article.text, article.published.date() if article.published else None)
    ids = [key(article.version_id, EXTRACTOR_VERSION, ordinal) for ordinal in range(len(events))]
    return [
        EventReport(
            **{field.name: getattr(event, field.name) for field in fields(event)},
            report_id=ids[ordinal],
            article_id=article.article_id,
            version_id=article.version_id,
            ordinal=ordinal,
            part_of_report=None if event.part_of is None else ids[event.part_of],
            extractor_version=EXTRACTOR_VERSION,
            publisher=article.publisher,
            published=article.published,
        )
        for ordinal, event in enumerate(events)
    ]


def mark_copies(run: Run) -> int:
    """Set ``copy_of`` on the staged articles that repeat another's text, over all batches; returns how many do."""
    from casualties.articles.copies import find_copies

    # The earliest of several known articles of one text is the original.
    oldest_last = sorted(run.staging.read(KnownArticle), key=lambda a: a.first_seen_at or run.started_at, reverse=True)
    known = {article.text_sha256: article.article_id for article in oldest_last}
    marked = {article.version_id: article for article in find_copies(run.staging.read(Article), known)}
    for batch in run.staging.batches(Article):
        articles = run.staging.read(Article, batch)
        run.staging.write(Article, batch, [marked[article.version_id] for article in articles])
    return sum(article.copy_of is not None for article in marked.values())


def validate(run: Run) -> "Verdict | None":
    """Mark copies and judge the staged records; stages results and quarantine.

    None where nothing came and no feed failed.
    """
    from casualties.quality import validate as judge

    expected = bool(run.staging.read(Target))
    if not expected and not any(poll.status in FAILED_POLLS for poll in run.staging.read(FeedPoll)):
        return None
    mark_copies(run)
    found = judge(run.staging, run_id=run.run_id, now=run.started_at, settings=run.settings, expect_articles=expected)
    run.staging.write(Quarantined, "validate", found.quarantined)
    run.staging.write(ValidationResult, "validate", found.results)
    return found


def load(run: Run) -> Load:
    """Load the run in one transaction; only ``ops`` where it :func:`is_held_back`."""
    from casualties.events import EXTRACTOR_VERSION
    from casualties.reports.newsdesk import write_snapshot
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.load import load_run

    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        loaded = load_run(
            con,
            run.staging,
            run_id=run.run_id,
            extractor_version=EXTRACTOR_VERSION,
            now=run.started_at,
            critical=is_held_back(run),
            feeds=run.staging.read(Feed),
        )
        write_snapshot(con, run.settings.newsdesk)
    return loaded


def is_held_back(run: Run) -> bool:
    """Whether the analysts' file must stay as it is: a result is critical, or there are stories and no results."""
    results = run.staging.read(ValidationResult)
    return any(map(is_critical, results)) if results else bool(run.staging.read(Target))


def is_critical(result: ValidationResult) -> bool:
    """Whether a result holds the analysts' file back: a critical expectation that failed, or one that is broken."""
    return result.severity == Severity.CRITICAL and result.outcome in (CheckOutcome.FAILED, CheckOutcome.BROKEN)


def brought_something(loaded: Load) -> bool:
    """Whether a load changed what analysts see."""
    return not loaded.critical and bool(loaded.new_articles or loaded.new_versions or loaded.incidents_changed)


def publish(settings: Settings, now: datetime) -> "PublishedCounts":
    """Replace the analysts' file by a checked copy of the warehouse."""
    from casualties.warehouse.publish import publish as replace_published

    return replace_published(settings.warehouse, settings.published, now=now, lock_timeout=settings.lock_timeout)


def verdict(run: Run, failed_tasks: Sequence[str] = ()) -> str:
    """One sentence on the run. Raises QualityError where an operator must look."""
    polls, results = run.staging.read(FeedPoll), run.staging.read(ValidationResult)
    failed = [poll for poll in polls if poll.status in FAILED_POLLS]
    reasons = [f"{result.suite}.{result.expectation}: {result.message}" for result in filter(is_critical, results)]
    if polls and len(failed) >= run.settings.feed_failure_limit * len(polls) and failed:
        reasons.append(f"{len(failed)} of {len(polls)} feeds failed")
    if failed_tasks:
        reasons.append(f"tasks failed: {', '.join(failed_tasks)}")
    if reasons:
        raise QualityError(f"run {run.run_id}: {'; '.join(reasons)}")
    return f"{len(polls)} feeds polled, {len(failed)} failed; nothing critical"


def ingest(
    run: Run, feeds: Sequence[Feed], *, force: bool = False, show: Callable[[str], None] = lambda stage: None
) -> Load:
    """The whole line, stage after stage, in this process. ``show`` is told the name of each stage as it begins."""
    show("plan")
    planned = plan(run, feeds, force=force)
    for batch in planned.batches:
        show(f"poll {batch}")
        poll(run, batch)
    for batch in targets(run):
        show(f"fetch {batch}")
        fetch(run, batch)
        show(f"read {batch}")
        read(run, batch)
    show("validate")
    validate(run)
    show("load")
    loaded = load(run)
    if brought_something(loaded):
        show("publish")
        publish(run.settings, run.started_at)
    return loaded
