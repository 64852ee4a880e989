"""Replays choose what they are told; a dry run says what would change, and changes nothing."""

import hashlib
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.pages.test_archive import archive, response
from tests.warehouse.records import NOON, feed, poll, report, story

from casualties import pipeline
from casualties.errors import SettingsError
from casualties.model import Article, Entry, EventReport, Feed, FeedPoll, Page, PageStatus, Target
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.web.urls import article_id

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
WINDOW = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The newsroom's first day, of three feeds."""
    with Newsroom() as newsroom:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("data"), allow_hosts=newsroom.url.removeprefix("http://"), batch_pages=5
        )
        feeds = pipeline.read_feed_list(f"{newsroom.url}/feeds.opml", settings)[:3]
        pipeline.ingest(Run.begin("run 1", NOW, settings), feeds, force=True)
    return settings


def asked(settings: Settings, query: str) -> list[tuple]:
    with open_warehouse(settings.warehouse, read_only=True, lock_timeout=5) as con:
        return con.execute(query).fetchall()


def test_a_window_is_narrowed_by_publisher_and_by_feed(ingested: Settings) -> None:
    stored = asked(ingested, "SELECT url, publisher FROM core.articles")
    publisher = stored[0][1]
    run = Run.begin("of one publisher", NOW, ingested)
    pipeline.plan_replay(run, *WINDOW, publisher=publisher)
    wanted = {url for url, by in stored if by == publisher}
    assert {target.url for target in run.staging.read(Target)} == wanted != {url for url, _ in stored}
    ((address, ident),) = asked(ingested, "SELECT url, feed_id FROM core.feeds ORDER BY url LIMIT 1")
    run = Run.begin("of one feed", NOW, ingested)
    pipeline.plan_replay(run, *WINDOW, feed=address)
    told = asked(ingested, f"SELECT url FROM core.articles WHERE list_contains(feed_ids, '{ident}')")
    assert {target.url for target in run.staging.read(Target)} == {url for (url,) in told}


def test_a_replay_with_the_same_rules_changes_nothing_and_says_so(ingested: Settings) -> None:
    run = Run.begin("again", NOW + timedelta(hours=1), ingested)
    for batch in pipeline.plan_replay(run, *WINDOW):
        pipeline.read(run, batch)
    pipeline.validate(run)
    difference = pipeline.rehearse(run)
    assert (difference.opened, difference.changed, difference.gone) == (0, 0, 0)
    assert difference.deaths_before == difference.deaths_after > 0
    assert difference.examples == ()


def test_pages_of_another_s_archive_are_read_without_a_network(ingested: Settings, tmp_path: Path) -> None:
    other = Settings(data_dir=tmp_path, batch_pages=5)
    (other.archive_dir / "imports").mkdir(parents=True)
    for number, file in enumerate(sorted(ingested.archive_dir.glob("*.warc.gz"))):
        shutil.copy(file, other.archive_dir / "imports" / f"CC-NEWS-{number}.warc.gz")
    files = sorted(f"imports/{file.name}" for file in (other.archive_dir / "imports").iterdir())
    run = Run.begin("import", NOW, other)
    batches = pipeline.plan_import(run, files)
    assert len(batches) > 1
    for batch in batches:
        pipeline.read(run, batch)
    pipeline.validate(run)
    pipeline.load(run)
    pages = "SELECT url FROM core.articles JOIN core.article_versions USING (article_id) WHERE warc_file IS NOT NULL"
    assert set(asked(other, pages)) == set(asked(ingested, pages)) != set()
    assert set(asked(other, "SELECT DISTINCT publisher FROM core.articles")) == {("127.0.0.1",)}
    killed = "SELECT killed.best FROM core.event_reports ORDER BY ALL"
    assert asked(other, killed)


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(SettingsError, match=r"imports/none\.warc\.gz"):
        pipeline.plan_import(Run.begin("import", NOW, settings), ["imports/none.warc.gz"])


def test_a_file_outside_the_archive_is_not_read(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    archive(tmp_path, response(), run="apart")
    with pytest.raises(SettingsError, match=r"apart-0\.warc\.gz.*lies outside the archive"):
        pipeline.plan_import(Run.begin("import", NOW, settings), ["imports/../../apart-0.warc.gz"])


def test_an_imported_page_is_known_by_the_address_under_which_feeds_announce_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    archive(settings.archive_dir, response("https://a.example/raid?utm_source=x#top"), response("ftp://a.example/1"))
    run = Run.begin("import", NOW, settings)
    pipeline.plan_import(run, ["run-0.warc.gz"])
    (target,) = run.staging.read(Target)
    assert (target.url, target.article_id) == ("https://a.example/raid", article_id("https://a.example/raid"))


def test_a_story_that_was_updated_before_it_was_first_seen_is_dated_alike_by_a_replay(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    html = """<html><head><title>Raid on Manbij market kills nine</title>
        <meta property="article:published_time" content="2026-03-16T20:00:00Z">
        <meta property="article:modified_time" content="2026-03-18T08:00:00Z"></head><body><article>
        <p>Nine people were killed on Tuesday in a raid on the market of Manbij in northern Syria, medics said.</p>
        <p>The dead were taken to the town hospital, where families waited through the night for news of them.</p>
        </article></body></html>"""
    url = "https://a.example/raid"
    (place,) = archive(settings.archive_dir, response(url, html.encode()))
    run = Run.begin("first", NOW, settings)
    ident = article_id(url)
    entry = Entry(entry_id="e", feed_id="f", publisher="alpha", url=url, link=url)
    page = Page(
        article_id=ident,
        url=url,
        status=PageStatus.OK,
        fetched_at=NOW,
        warc_file=place.file,
        warc_offset=place.offset,
    )
    run.staging.write(Target, "0000", [Target(article_id=ident, url=url, batch=0, entries=(entry,))])
    run.staging.write(Page, "0000", [page])
    pipeline.read(run, "0000")
    pipeline.validate(run)
    pipeline.load(run)
    again = Run.begin("again", NOW + timedelta(days=1), settings)
    (batch,) = pipeline.plan_replay(again, *WINDOW)
    pipeline.read(again, batch)
    (first,), (second,) = run.staging.read(EventReport), again.staging.read(EventReport)
    assert first.date is not None
    assert second == first


def test_a_dry_run_says_what_would_change_and_changes_no_file(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    def staged(run_id: str, slug: str, killed: int) -> Run:
        run = Run.begin(run_id, NOON, settings)
        article = story("alpha", slug, f"A raid on {slug} left {killed} people dead on Monday, doctors said. " * 4)
        run.staging.write(Feed, "rest", [feed("alpha")])
        run.staging.write(FeedPoll, "0000", [poll("alpha", run_id)])
        run.staging.write(Article, "0000", [article])
        run.staging.write(EventReport, "0000", [report(article, killed=killed)])
        pipeline.validate(run)
        return run

    pipeline.load(staged("first", "the-market", 9))
    files = {path: hashlib.sha256(path.read_bytes()).digest() for path in tmp_path.rglob("*") if path.is_file()}
    second = staged("second", "the-market", 12)
    difference = pipeline.rehearse(second)
    assert (difference.opened, difference.changed, difference.gone) == (0, 1, 0)
    assert (difference.deaths_before, difference.deaths_after) == (9, 12)
    assert difference.examples == ("2019-07-22, Idlib: 9 -> 12",)
    assert str(difference).endswith("deaths 9 before, 12 after")
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in files} == files
    assert not list(tmp_path.glob(".rehearsal*"))
    pipeline.load(second)
    assert asked(settings, "SELECT deaths FROM analytics.incidents") == [(12,)]


def test_a_dry_run_is_not_loaded_when_the_warehouse_is_restored(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    for run_id, killed, dry_run in (("first", 9, False), ("second", 12, True)):
        run = Run.begin(run_id, NOON, settings, dry_run=dry_run)
        text = f"A raid on the market left {killed} people dead on Monday, doctors said. " * 4
        article = story("alpha", "the-market", text)
        run.staging.write(Article, "0000", [article])
        run.staging.write(EventReport, "0000", [report(article, killed=killed)])
        pipeline.validate(run)
        if not dry_run:
            pipeline.load(run)
            pipeline.publish(run)
    assert pipeline.restore(settings, now=NOW).reloaded == []
    assert asked(settings, "SELECT deaths FROM analytics.incidents") == [(9,)]
