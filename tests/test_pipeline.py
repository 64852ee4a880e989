"""The stages of a run: what they stage, what a repeated, late or missing one does, and what load makes of it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.newsroom.content import articles
from tests.newsroom.server import Newsroom
from tests.warehouse.records import NOON, entry, feed, poll, quarantined, report, story
from warcio.archiveiterator import ArchiveIterator

from casualties import pipeline
from casualties.articles.fingerprint import fingerprint
from casualties.errors import FeedError, QualityError, SettingsError
from casualties.model import (
    Article,
    Entry,
    EventReport,
    Feed,
    FeedPoll,
    FeedState,
    Page,
    Quarantined,
    Target,
    ValidationResult,
)
from casualties.pages.archive import WarcWriter
from casualties.pipeline import Run
from casualties.pipeline.reading import reports_of
from casualties.quality import Verdict
from casualties.sandbox import Sandbox
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.web.response import FetchStatus, Response
from casualties.web.urls import article_id

LONG = "Nine people died when shells fell on the market of Idlib on Monday, the civil defence said. " * 5


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, lock_timeout=5)


@pytest.fixture
def dispatch(tmp_path: Path) -> Iterator[tuple[Newsroom, Settings, list[Feed]]]:
    """The newsroom of one publisher: its settings and its only feed."""
    with Newsroom() as newsroom:
        settings = Settings(data_dir=tmp_path, allow_hosts=newsroom.url.removeprefix("http://"), lock_timeout=5)
        feeds = pipeline.read_feed_list(newsroom.opml_url, settings)
        yield newsroom, settings, [feed for feed in feeds if feed.publisher == "Sahel Dispatch"]


def begin(settings: Settings, run_id: str = "run 1", at: datetime = NOON) -> Run:
    return Run.begin(run_id, at, settings)


def stage(run: Run, *records: object, batch: str = "0000") -> Run:
    for record in {type(r) for r in records}:
        run.staging.write(record, batch, [r for r in records if type(r) is record])
    return run


def target(*told: Entry, batch: int = 0) -> Target:
    return Target(article_id=article_id(told[0].url), url=told[0].url, batch=batch, entries=told)


def stored(told: Entry, text: str, at: datetime = NOON) -> Article:
    """The article that a feed's entry announced."""
    slug = told.url.rpartition("/")[2]
    return story("alpha", slug, text, at=at, article_id=article_id(told.url), entry_digests=(told.digest,))


def told(article: Article) -> tuple[object, ...]:
    """An article as it is staged, with one event."""
    return article, fingerprint(article), report(article, killed=9)


def records(settings: Settings, run: str) -> Counter[str]:
    """Of a run's archive, how many records there are of each kind."""
    [file] = settings.archive_dir.glob(f"{run}-*.warc.gz")
    with file.open("rb") as source:
        return Counter(record.rec_type for record in ArchiveIterator(source))


def page(wanted: Target, status: str = "gone") -> Page:
    return Page(article_id=wanted.article_id, url=wanted.url, status=status, fetched_at=NOON)


def result(outcome: str = "failed", severity: str = "critical", **more: Any) -> ValidationResult:
    fields = {"run_id": "run 1", "suite": "batch", "expectation": "articles_mostly_fit", "message": "1 of 2: too few."}
    return ValidationResult(
        **fields | more, severity=severity, outcome=outcome, evaluated=2, failed=1, checked_at=NOON
    )  # fmt: skip


def ask(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        return con.execute(query).fetchall()


# ---------------------------------------------------------------- the run itself


def test_a_run_begun_twice_keeps_its_clock(settings: Settings) -> None:
    first = begin(settings)
    again = begin(settings, at=NOON + timedelta(hours=1))
    assert first.started_at == again.started_at == Run.reopen("run 1", settings).started_at == NOON


def test_runs_of_one_second_or_of_odd_names_share_no_folder(settings: Settings) -> None:
    names = ["manual__2019-07-23T12:00:00+00:00", "scheduled__2019-07-23T12:00:00+00:00", "../../elsewhere"]
    folders = [begin(settings, name).staging.folder for name in names]
    assert len(set(folders)) == 3
    assert {folder.parent for folder in folders} == {settings.staging_dir}


def test_a_run_whose_plan_did_not_finish_cannot_be_reopened(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="run 7 has no staging folder"):
        Run.reopen("run 7", settings)


# ---------------------------------------------------------------- plan


def test_an_opml_file_that_cannot_be_read_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"nowhere\.opml: cannot be read \(No such file or directory\)"):
        pipeline.read_feed_list(str(tmp_path / "nowhere.opml"), settings)
    (tmp_path / "broken.opml").write_text("<opml><body><outline")
    with pytest.raises(FeedError, match=r"broken\.opml"):
        pipeline.read_feed_list(str(tmp_path / "broken.opml"), settings)


def test_an_opml_address_that_cannot_be_had_is_named(dispatch: tuple[Newsroom, Settings, list[Feed]]) -> None:
    newsroom, settings, _ = dispatch
    with pytest.raises(FeedError, match=r"/lost\.opml: .*404"):
        pipeline.read_feed_list(f"{newsroom.url}/lost.opml", settings)


def test_due_feeds_are_planned_in_batches_and_the_rest_is_noted(settings: Settings) -> None:
    settings = settings.model_copy(update={"batch_feeds": 2})
    feeds = [feed(name) for name in ("alpha", "beta", "gamma", "delta")]
    first = begin(settings)
    assert pipeline.plan(first, feeds) == (4, 4, ["0000", "0001"])
    stage(first, poll("alpha", "run 1"))
    pipeline.load(first)
    second = begin(settings, "run 2", NOON + timedelta(minutes=15))
    assert pipeline.plan(second, feeds) == (4, 3, ["0000", "0001"])
    assert [f.publisher for f in second.staging.read(Feed, "rest")] == ["alpha"]
    assert pipeline.plan(begin(settings, "run 3"), feeds, force=True).due == 4


# ---------------------------------------------------------------- poll, fetch, read


def test_repeating_a_stage_stages_the_same_records(dispatch: tuple[Newsroom, Settings, list[Feed]]) -> None:
    _, settings, feeds = dispatch
    run = begin(settings, at=datetime(2026, 3, 19, 12, tzinfo=UTC))
    pipeline.plan(run, feeds)
    stages: dict[str, Callable[[], object]] = {
        "plan": lambda: pipeline.plan(run, feeds),
        "poll": lambda: pipeline.poll(run, "0000"),
        "targets": lambda: pipeline.targets(run),
        "fetch": lambda: pipeline.fetch(run, "0000"),
        "read": lambda: pipeline.read(run, "0000"),
        "validate": lambda: pipeline.validate(run),
    }
    for name, repeat in stages.items():
        repeat()
        before = staged(run)
        repeat()
        assert staged(run) == before, name
    assert {file.parent.name for file in before} >= {"FeedPoll", "Entry", "Target", "Page", "Article", "EventReport"}


def staged(run: Run) -> dict[Path, object]:
    """The files of a run: their bytes; of polls and pages the records, without how long they took and other chance."""
    files: dict[Path, object] = {file: file.read_bytes() for file in run.staging.folder.rglob("*.parquet")}
    files[run.staging.path(Page, "0000")] = [
        replace(page, seconds=0, warc_offset=None, warc_length=None, archived=None) for page in run.staging.read(Page)
    ]
    polled = [replace(p, seconds=0) for p in run.staging.read(FeedPoll)]
    files[run.staging.path(FeedPoll, "0000")] = polled
    return files


def test_a_page_that_cannot_be_had_is_told_by_its_feed_s_summary(settings: Settings) -> None:
    told = replace(entry("alpha", "raid"), title="Raid in Idlib", summary="Two people died in Idlib, medics said.")
    run = stage(begin(settings), target(told), page(target(told)))
    assert pipeline.read(run, "0000") == (1, 1)
    (article,) = run.staging.read(Article)
    assert (article.text, article.flags) == ("Two people died in Idlib, medics said.", ("summary_only", "no_date"))
    (event,) = run.staging.read(EventReport)
    assert (event.article_id, event.version_id, event.killed.best if event.killed else None) == (
        article.article_id,
        article.version_id,
        2,
    )


def test_a_page_that_cannot_be_had_does_not_replace_what_was_read_before(settings: Settings) -> None:
    full = stored(entry("alpha", "raid"), LONG)
    pipeline.load(stage(begin(settings), poll("alpha", "run 1"), entry("alpha", "raid"), full, report(full, killed=9)))
    later = begin(settings, "run 2", NOON + timedelta(hours=2))
    told = replace(entry("alpha", "raid"), title="raid", summary="The page has been taken down.")
    stage(later, told, target(told), replace(page(target(told)), fetched_at=later.started_at))
    pipeline.read(later, "0000")
    loaded = pipeline.load(stage(later, result("passed")))
    assert (loaded.new_articles, loaded.new_versions) == (0, 0)
    assert ask(settings, "SELECT text FROM core.article_versions") == [(LONG,)]
    assert ask(settings, "SELECT killed_best, part_of FROM analytics.incidents") == [(9, None)]
    assert ask(settings, "SELECT last_looked_at FROM core.articles") == [(later.started_at.replace(tzinfo=None),)]


def test_a_page_that_no_parser_gets_through_is_quarantined_and_told_by_its_summary(settings: Settings) -> None:
    settings = settings.model_copy(update={"parse_timeout": 0.05})
    told = replace(entry("alpha", "raid"), title="Raid in Idlib", summary="Two people died in Idlib, medics said.")
    endless = b"<html><body><article>" + b"<p>Two people died in Idlib, medics said.</p>" * 50_000
    response = Response(url=told.url, final_url=told.url, status=FetchStatus.OK, http_status=200, body=endless)
    with WarcWriter(settings.archive_dir, "run_1", "0000") as archive:
        place, _ = archive.write(response, fetched_at=NOON)
    fetched = replace(page(target(told), "ok"), warc_file=place.file, warc_offset=place.offset, bytes=len(endless))
    run = stage(begin(settings), target(told), fetched)
    assert pipeline.read(run, "0000").articles == 1
    (row,) = run.staging.read(Quarantined)
    assert (row.stage, row.subject, row.rule, row.url) == ("clean", "page", "page_within_limits", told.url)
    assert "0.05 s" in row.reason
    assert json.loads(row.row)["warc_file"] == place.file
    (article,) = run.staging.read(Article)
    assert (article.text, article.flags[0]) == (told.summary, "summary_only")


def test_a_page_that_the_archive_has_no_more_is_quarantined_and_its_neighbour_is_read(settings: Settings) -> None:
    here, lost = (replace(entry("alpha", slug), title="Raid", summary="Two people died.") for slug in ("here", "lost"))
    body = f"<html><body><article><p>{LONG}</p></article></body></html>".encode()
    response = Response(url=here.url, final_url=here.url, status=FetchStatus.OK, http_status=200, body=body)
    with WarcWriter(settings.archive_dir, "run_1", "0000") as archive:
        place, _ = archive.write(response, fetched_at=NOON)
    pages = [
        replace(page(target(lost), "ok"), warc_file="gone.warc.gz", warc_offset=0),
        replace(page(target(here), "ok"), warc_file=place.file, warc_offset=place.offset),
    ]
    run = stage(begin(settings), target(lost), target(here), *pages)
    assert pipeline.read(run, "0000").articles == 2
    (row,) = run.staging.read(Quarantined)
    assert (row.subject, row.url) == ("page", lost.url)
    assert "gone.warc.gz@0: the archive cannot be read" in row.reason
    assert {a.url: a.method == "summary" for a in run.staging.read(Article)} == {lost.url: True, here.url: False}


def test_articles_in_other_languages_are_kept_and_not_extracted() -> None:
    told = story("alpha", "raid", LONG)
    assert reports_of(told)
    assert reports_of(replace(told, flags=("not_english",))) == []


# ---------------------------------------------------------------- what is left for later


def test_a_host_beyond_its_cap_keeps_its_feed_s_validators_back_until_all_is_read(settings: Settings) -> None:
    settings = settings.model_copy(update={"host_cap": 2})
    told = [replace(entry("alpha", f"raid-{n}"), published=NOON - timedelta(hours=n)) for n in range(3)]

    def run_once(run: Run) -> int:
        planned = pipeline.plan(run, [feed("alpha")], force=True)
        stage(run, replace(poll("alpha", run.run_id, at=run.started_at), etag='"all three"'), *told)
        read_now = [t.url.rpartition("/")[2] for b in pipeline.targets(run) for t in run.staging.read(Target, b)]
        for slug in read_now:
            (announced,) = [entry for entry in told if entry.url.endswith(slug)]
            stage(run, stored(announced, f"{LONG} {slug}", at=run.started_at), batch=slug)
        stage(run, result("passed"))
        pipeline.load(run)
        assert planned.batches == ["0000"]
        return len(read_now)

    def validators(run: Run) -> list[str | None]:
        return [state.etag for state in run.staging.read(FeedState)]

    first, second = begin(settings), begin(settings, "run 2", NOON + timedelta(minutes=30))
    assert run_once(first) == 2
    assert run_once(second) == 1
    assert validators(second) == [None]
    third = begin(settings, "run 3", NOON + timedelta(minutes=45))
    pipeline.plan(third, [feed("alpha")], force=True)
    assert validators(third) == ['"all three"']


def test_of_two_page_batches_the_one_that_never_arrived_is_read_by_the_next_run(settings: Settings) -> None:
    here, missing = entry("alpha", "here"), entry("alpha", "missing")
    run = begin(settings)
    pipeline.plan(run, [feed("alpha")])
    stage(run, poll("alpha", "run 1"), here, missing)
    stage(run, target(here), stored(here, LONG))
    stage(run, target(missing, batch=1), batch="0001")
    loaded = pipeline.load(stage(run, result("passed")))
    assert (loaded.critical, loaded.new_articles) == (False, 1)
    following = begin(settings, "run 2", NOON + timedelta(minutes=30))
    pipeline.plan(following, [feed("alpha")], force=True)
    assert [state.etag for state in following.staging.read(FeedState)] == [None]
    stage(following, here, missing)
    assert [t.url for b in pipeline.targets(following) for t in following.staging.read(Target, b)] == [missing.url]


def test_stories_that_never_arrived_hold_the_run_back(settings: Settings) -> None:
    run = begin(settings)
    pipeline.plan(run, [feed("alpha")])
    stage(run, poll("alpha", "run 1"), entry("alpha", "raid"), target(entry("alpha", "raid")))
    assert pipeline.is_held_back(run)
    judged = pipeline.validate(run)
    assert judged is not None
    assert judged.critical
    assert pipeline.load(run).critical
    with pytest.raises(QualityError, match=r"articles\."):
        pipeline.verdict(run, ["pages.read"])
    assert ask(settings, "SELECT etag, last_status FROM core.feeds") == [(None, "ok")]


# ---------------------------------------------------------------- validate, load, publish


def test_a_critical_verdict_loads_ops_only_and_the_next_run_reads_the_stories_again(settings: Settings) -> None:
    article = story("alpha", "raid", LONG)
    run = begin(settings)
    pipeline.plan(run, [feed("alpha")])
    stage(run, poll("alpha", "run 1"), entry("alpha", "raid"), article, report(article, killed=9), result())
    stage(run, quarantined("run 1", "article", article.article_id), batch="validate")
    loaded = pipeline.load(run)
    assert loaded.critical
    assert not pipeline.brought_something(loaded)
    counts = "SELECT (SELECT count(*) FROM core.articles), (SELECT count(*) FROM core.event_reports), "
    counts += "(SELECT count(*) FROM core.incident_history), (SELECT count(*) FROM ops.quarantine), "
    counts += "(SELECT count(*) FROM ops.validation_results), (SELECT count(*) FROM ops.feed_polls)"
    assert ask(settings, counts) == [(0, 0, 0, 1, 1, 1)]
    assert ask(settings, "SELECT etag, last_status FROM core.feeds") == [(None, "ok")]
    following = begin(settings, "run 2", NOON + timedelta(hours=2))
    pipeline.plan(following, [feed("alpha")])
    assert pipeline.targets(stage(following, entry("alpha", "raid"))) == ["0000"]


def test_all_batches_of_one_run_share_a_sandbox(
    dispatch: tuple[Newsroom, Settings, list[Feed]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, settings, feeds = dispatch
    settings = settings.model_copy(update={"batch_pages": 2})
    started: list[Sandbox] = []
    start = Sandbox._start
    monkeypatch.setattr(Sandbox, "_start", lambda sandbox: started.append(sandbox) or start(sandbox))
    run = begin(settings, at=datetime(2026, 3, 19, 12, tzinfo=UTC))
    loaded = pipeline.ingest(run, feeds)
    assert len(run.staging.batches(Target)) > 1
    assert loaded.new_articles > 2
    assert len(started) == 1
    assert started[0].ended


def test_a_critical_run_publishes_nothing_and_one_mended_later_does(
    dispatch: tuple[Newsroom, Settings, list[Feed]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, settings, feeds = dispatch

    def judged(critical: bool) -> Callable[..., Verdict]:
        def judge(staging: object, *, run_id: str, **options: object) -> Verdict:
            results = [replace(result("failed" if critical else "passed"), run_id=run_id)]
            return Verdict(results=results, quarantined=[], critical=critical)

        return judge

    shown: list[str] = []
    monkeypatch.setattr("casualties.quality.validate", judged(critical=True))
    loaded = pipeline.ingest(begin(settings, at=datetime(2026, 3, 19, 12, tzinfo=UTC)), feeds, show=shown.append)
    assert loaded.critical
    assert shown == ["plan", "poll 0000", "fetch 0000", "read 0000", "validate", "load"]
    assert not settings.published.exists()
    monkeypatch.setattr("casualties.quality.validate", judged(critical=False))
    again = pipeline.ingest(begin(settings, "run 2", datetime(2026, 3, 19, 15, tzinfo=UTC)), feeds, show=shown.append)
    assert not again.critical
    assert shown[-1] == "publish"
    assert again.new_articles == sum("sahel" in article.feeds for article in articles(1).values())
    assert settings.published.exists()


def test_an_idle_run_loads_its_poll_state_and_leaves_the_published_file_alone(settings: Settings) -> None:
    settings.published.write_bytes(b"as it was")
    run = begin(settings)
    pipeline.plan(run, [feed("alpha")])
    stage(run, poll("alpha", "run 1", status="not_modified", etag=None))
    assert pipeline.targets(run) == []
    assert pipeline.validate(run) is None
    loaded = pipeline.load(run)
    assert (loaded.critical, loaded.feeds_polled, loaded.entries, loaded.new_articles) == (False, 1, 0, 0)
    assert not pipeline.brought_something(loaded)
    assert pipeline.verdict(run) == "1 feeds polled, 0 failed; nothing critical"
    assert ask(settings, "SELECT last_status FROM core.feeds") == [("not_modified",)]
    assert settings.published.read_bytes() == b"as it was"


def test_where_nothing_is_due_nothing_is_asked_and_the_run_is_still_on_record(
    dispatch: tuple[Newsroom, Settings, list[Feed]],
) -> None:
    newsroom, settings, feeds = dispatch
    run = begin(settings, at=datetime(2026, 3, 19, 12, tzinfo=UTC))
    pipeline.plan(run, feeds)
    pipeline.poll(run, "0000")
    pipeline.load(run)
    newsroom.requests.clear()
    idle = begin(settings, "run 2", datetime(2026, 3, 19, 12, 1, tzinfo=UTC))
    loaded = pipeline.ingest(idle, feeds)
    assert newsroom.requests == []
    assert (loaded.feeds_polled, loaded.new_articles, loaded.critical) == (0, 0, False)
    assert pipeline.verdict(idle) == "0 feeds polled, 0 failed; nothing critical"
    assert ask(settings, "SELECT count(*) FROM ops.loads") == [(2,)]


def test_a_story_that_its_feed_tells_no_more_is_looked_at_again_and_noted_when_it_is_gone(
    dispatch: tuple[Newsroom, Settings, list[Feed]], monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom, settings, feeds = dispatch
    noon = datetime(2026, 3, 19, 12, tzinfo=UTC)
    pipeline.ingest(begin(settings, at=noon), feeds)
    told = ask(settings, "SELECT article_id, version_id FROM analytics.articles ORDER BY 1")
    newsroom.requests.clear()
    again = pipeline.ingest(begin(settings, "run 2", noon + timedelta(minutes=70)), feeds, force=True)
    assert len([r for r in newsroom.requests if r.path.endswith(".html")]) == len(told)
    assert (again.new_articles, again.new_versions, again.incidents_changed) == (0, 0, 0)
    assert records(settings, "run_1") == {"warcinfo": 1, "response": len(told)}
    assert records(settings, "run_2") == {"warcinfo": 1, "revisit": len(told)}
    monkeypatch.setattr("tests.newsroom.server.articles", lambda day: {})
    pipeline.ingest(begin(settings, "run 3", noon + timedelta(hours=7)), feeds, force=True)
    assert ask(settings, "SELECT article_id, version_id FROM analytics.articles ORDER BY 1") == told
    assert ask(settings, "SELECT count(*) FROM analytics.articles WHERE gone_at IS NULL") == [(0,)]


def test_the_second_day_s_correction_update_copy_and_vanished_page_are_told_as_such(
    dispatch: tuple[Newsroom, Settings, list[Feed]],
) -> None:
    newsroom, settings, _ = dispatch
    feeds = pipeline.read_feed_list(newsroom.opml_url, settings)
    for day in (1, 2):
        newsroom.day = day
        run = begin(settings, f"run {day}", datetime(2026, 3, 17 + day, 22, tzinfo=UTC))
        pipeline.ingest(run, feeds, force=True)
    changes = ask(settings, "SELECT change, killed_before, killed FROM analytics.incident_changes")
    assert ("corrected, figure lowered", 28, 22) in changes
    assert ("updated, figure raised", 5, 6) in changes
    articles_of = "SELECT publisher, versions FROM analytics.articles WHERE "
    assert ask(settings, articles_of + "correction LIKE 'Correction:%'") == [("Harbourside Courier", 2)]
    assert ask(settings, articles_of + "copy_of IS NOT NULL ORDER BY 1") == [
        ("Harbourside Courier", 1),
        ("Levant Ledger", 1),
    ]
    assert ask(settings, articles_of + "gone_at IS NOT NULL") == [("The Meridian Post", 1)]


@pytest.mark.parametrize("copied_at", ["0000", "0001"])
def test_a_copy_is_marked_over_batches_whichever_comes_first(settings: Settings, copied_at: str) -> None:
    original = story("alpha", "raid", LONG, at=NOON, published=NOON - timedelta(hours=5))
    copied = story("beta", "raid", LONG, at=NOON, published=NOON - timedelta(hours=1))
    run = begin(settings)
    stage(run, *told(original), batch="0001" if copied_at == "0000" else "0000")
    stage(run, *told(copied), batch=copied_at)
    loaded = pipeline.load(run)
    assert (loaded.copies, loaded.incidents_opened) == (1, 1)
    assert ask(settings, "SELECT publisher, copy_of FROM analytics.articles ORDER BY publisher") == [
        ("alpha", None),
        ("beta", original.article_id),
    ]


def test_a_story_copied_from_one_of_an_earlier_run_is_found_by_its_fingerprint(settings: Settings) -> None:
    original = story("alpha", "raid", LONG, at=NOON, published=NOON - timedelta(hours=5))
    copied = story("beta", "raid", f"{LONG}It was a busy day.", at=NOON, published=NOON)
    for name, article in (("run 1", original), ("run 2", copied)):
        run = begin(settings, name)
        stage(run, *told(article))
        pipeline.load(run)
    [(publisher, of, alike)] = ask(
        settings, "SELECT publisher, copy_of, copy_similarity FROM analytics.articles WHERE copy_of IS NOT NULL"
    )
    assert (publisher, of) == ("beta", original.article_id)
    assert 0.5 < alike < 1
    assert ask(settings, "SELECT reports, independent_sources FROM analytics.incidents") == [(2, 1)]


# ---------------------------------------------------------------- verdict


def polls(*statuses: str) -> list[FeedPoll]:
    return [poll(f"outlet{n}", "run 1", status=status) for n, status in enumerate(statuses)]


@pytest.mark.parametrize(
    ("records", "failed_tasks", "sentence"),
    [
        (polls("ok", "not_modified"), (), "2 feeds polled, 0 failed; nothing critical"),
        (polls("ok", "ok", "ok", "timeout"), (), "4 feeds polled, 1 failed; nothing critical"),
        ([*polls("ok"), result(severity="warning")], (), "1 feeds polled, 0 failed; nothing critical"),
        ([*polls("ok"), result(severity="row")], (), "1 feeds polled, 0 failed; nothing critical"),
        ([*polls("ok"), result("skipped")], (), "1 feeds polled, 0 failed; nothing critical"),
        ([], (), "0 feeds polled, 0 failed; nothing critical"),
    ],
)
def test_a_run_that_nobody_must_look_at_is_summed_up(
    settings: Settings, records: Sequence[object], failed_tasks: Sequence[str], sentence: str
) -> None:
    assert pipeline.verdict(stage(begin(settings), *records), failed_tasks) == sentence


@pytest.mark.parametrize(
    ("records", "failed_tasks", "sentence"),
    [
        (polls("ok", "ok", "timeout"), (), "run run 1: 1 of 3 feeds failed"),
        (polls("poison"), (), "run run 1: 1 of 1 feeds failed"),
        ([*polls("ok"), result()], (), "run run 1: batch.articles_mostly_fit: 1 of 2: too few."),
        ([*polls("ok"), result("broken")], (), "run run 1: batch.articles_mostly_fit: 1 of 2: too few."),
        (polls("ok"), ["pages.read", "publish"], "run run 1: tasks failed: pages.read, publish"),
        (
            [*polls("ok", "malformed"), result()],
            ["publish"],
            "run run 1: batch.articles_mostly_fit: 1 of 2: too few.; 1 of 2 feeds failed; tasks failed: publish",
        ),
    ],
)
def test_a_run_that_an_operator_must_look_at_says_why_in_one_sentence(
    settings: Settings, records: Sequence[object], failed_tasks: Sequence[str], sentence: str
) -> None:
    with pytest.raises(QualityError) as raised:
        pipeline.verdict(stage(begin(settings), *records), failed_tasks)
    assert str(raised.value) == sentence


def test_how_many_feeds_may_fail_is_a_setting(settings: Settings) -> None:
    run = stage(begin(settings.model_copy(update={"feed_failure_limit": 0.5})), *polls("ok", "ok", "timeout"))
    assert pipeline.verdict(run) == "3 feeds polled, 1 failed; nothing critical"
