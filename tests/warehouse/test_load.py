import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.warehouse.records import NOON, copied, entry, feed, fingerprint, poll, quarantined, report, story

from casualties.errors import LoadError
from casualties.model import Listing, Page, ValidationResult
from casualties.warehouse import open_warehouse
from casualties.warehouse.copies import copy_candidates
from casualties.warehouse.load import load_run
from casualties.warehouse.plan import known_among, read_plan

TABLES = (
    *(
        f"core.{name}"
        for name in ("feeds", "articles", "article_versions", "article_copies", "extractions", "fingerprints")
    ),
    *(f"core.{name}" for name in ("event_reports", "report_terms", "report_blocks")),
    *(f"core.{name}" for name in ("incident_reports", "incident_history")),
    *(f"ops.{name}" for name in ("loads", "feed_polls", "validation_results", "quarantine")),
)


def contents(desk):
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        return {table: sorted(map(str, con.execute(f"FROM {table}").fetchall())) for table in TABLES}


def a_run(run_id="run 1"):
    article = story("alpha", "raid", "Nine people died in a raid")
    return [poll("alpha", run_id), entry("alpha", "raid"), article, report(article, killed=9)]


def result(run_id, outcome="passed"):
    return ValidationResult(
        run_id=run_id, suite="articles", expectation="has text", severity="critical", outcome=outcome,
        evaluated=1, failed=0, message="fine", checked_at=NOON,
    )  # fmt: skip


def test_a_run_is_counted(desk):
    load = desk.load(*a_run(), result("run 1"), outlets=["alpha"])
    assert (load.feeds_polled, load.feeds_failed, load.entries) == (1, 0, 1)
    assert (load.new_articles, load.new_versions, load.copies, load.reports) == (1, 1, 0, 1)
    assert (load.incidents_opened, load.incidents_changed, load.quarantined, load.critical) == (1, 0, 0, False)


def test_a_run_loaded_twice_changes_nothing(desk):
    first = desk.load(*a_run(), result("run 1"), outlets=["alpha"])
    before = contents(desk)
    again = desk.load(*a_run(), result("run 1"), run_id="run 1", now=NOON + timedelta(days=1), outlets=["alpha"])
    assert again == first
    assert contents(desk) == before


def test_what_is_known_already_inserts_nothing_in_a_later_run(desk):
    desk.load(*a_run(), outlets=["alpha"])
    load = desk.load(*a_run("run 2"), outlets=["alpha"])
    assert (load.new_articles, load.new_versions, load.reports) == (0, 0, 0)
    assert (load.incidents_opened, load.incidents_changed) == (0, 0)


def test_an_article_that_several_feeds_carry_is_one_row(desk):
    one = story("alpha", "raid", "Nine people died in a raid", feed_ids=("f2", "f1"))
    desk.load(one, report(one, killed=9))
    desk.load(replace(one, feed_ids=("f3", "f1"), fetched_at=NOON + timedelta(hours=1)))
    assert desk.ask("SELECT feed_ids, versions FROM core.articles") == [(["f1", "f2", "f3"], 1)]


def test_what_is_staged_twice_is_stored_once_and_the_later_look_at_it_counts(desk):
    one = story("alpha", "raid", "Nine people died in a raid")
    later = replace(one, url=f"{one.url}?again", fetched_at=NOON + timedelta(hours=1))
    load = desk.load(later, one, report(one, killed=9), report(one, killed=9))
    assert (load.new_articles, load.new_versions, load.reports) == (1, 1, 1)
    assert desk.ask("SELECT url, versions, last_fetched_at FROM core.articles") == [
        (later.url, 1, later.fetched_at.replace(tzinfo=None))
    ]


def test_versions_are_counted_over_runs(desk):
    texts = ("Nine people died", "Ten people died", "Nine people died", "Eleven people died")
    told = [story("alpha", "raid", text, at=NOON + timedelta(hours=hour)) for hour, text in enumerate(texts)]
    desk.load(told[0])
    desk.load(told[1], told[2], told[3])
    assert desk.ask("SELECT versions, current_version_id FROM core.articles") == [(3, told[3].version_id)]
    assert desk.ask("SELECT count(*) FROM core.article_versions") == [(3,)]


def test_a_changed_story_is_a_new_version_and_its_reports_the_current_ones(desk):
    old = story("alpha", "raid", "Nine people died in a raid")
    new = story("alpha", "raid", "Seven people died in a raid", at=NOON + timedelta(hours=2))
    desk.load(old, report(old, killed=9))
    load = desk.load(new, report(new, killed=7))
    assert (load.new_articles, load.new_versions) == (0, 1)
    assert desk.ask("SELECT killed_best FROM analytics.reports") == [(7,)]
    assert desk.ask("SELECT killed.best FROM core.event_reports ORDER BY ALL") == [(7,), (9,)]
    history = desk.ask(f"SELECT is_current, told[1].killed FROM analytics.article_history('{old.url}')")
    assert history == [(False, 9), (True, 7)]


def test_a_story_that_returns_to_its_old_text_has_its_old_version_again(desk):
    old = story("alpha", "raid", "Nine people died in a raid")
    new = story("alpha", "raid", "Seven people died in a raid", at=NOON + timedelta(hours=2))
    desk.load(old, report(old, killed=9))
    desk.load(new, report(new, killed=7))
    desk.load(replace(old, fetched_at=NOON + timedelta(hours=4)), report(old, killed=9))
    assert desk.ask("SELECT deaths, reports FROM analytics.incidents") == [(9, 1)]
    assert desk.ask("SELECT count(*) FROM core.article_versions") == [(2,)]


def test_an_older_fetch_that_loads_late_does_not_become_the_current_version(desk):
    old = story("alpha", "raid", "Nine people died in a raid")
    new = story("alpha", "raid", "Seven people died in a raid", at=NOON + timedelta(hours=2))
    desk.load(new, report(new, killed=7))
    desk.load(old, report(old, killed=9))
    assert desk.ask("SELECT deaths FROM analytics.incidents") == [(7,)]


def test_a_newer_extractor_takes_the_place_of_the_older_also_where_it_finds_nothing(desk):
    article = story("alpha", "raid", "Nine people died in a raid")
    desk.load(article, report(article, killed=9))
    desk.load(article, version="newer")
    assert desk.ask("SELECT count(*) FROM analytics.reports") == [(0,)]
    assert desk.ask("SELECT count(*) FROM analytics.incidents") == [(0,)]
    assert desk.ask("SELECT change FROM analytics.incident_changes") == [("withdrawn",), ("opened",)]


def test_quarantined_rows_are_left_out_and_kept_aside(desk):
    good, bad, doubtful = (story("alpha", slug, f"{slug} died") for slug in ("nine", "ten", "eleven"))
    load = desk.load(
        entry("alpha", "nine"), entry("alpha", "ten"), good, bad, doubtful,
        report(good, killed=9), report(bad, killed=10), report(doubtful, killed=11), report(doubtful, 1, killed=12),
        quarantined("run 1", "entry", entry("alpha", "ten").entry_id),
        quarantined("run 1", "article", bad.article_id),
        quarantined("run 1", "report", report(doubtful, killed=11).report_id),
    )  # fmt: skip
    assert (load.entries, load.new_articles, load.reports, load.quarantined) == (1, 2, 2, 3)
    assert desk.ask("SELECT killed_best FROM analytics.reports ORDER BY ALL") == [(9,), (12,)]
    assert desk.ask("SELECT subject FROM ops.quarantine ORDER BY ALL") == [("article",), ("entry",), ("report",)]


def test_the_list_of_feeds_is_mirrored_and_a_feed_off_the_list_keeps_its_row(desk):
    desk.load(outlets=["alpha", "beta"])
    desk.load(outlets=["beta", "gamma"])
    desk.load()  # a replay has no list
    assert desk.ask("SELECT publisher, listed FROM core.feeds ORDER BY ALL") == [
        ("alpha", False),
        ("beta", True),
        ("gamma", True),
    ]


def test_a_feed_tells_its_etag_to_the_next_plan_once_its_stories_are_stored(desk):
    desk.load(*a_run(), outlets=["alpha"])
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        (state,), (known,) = read_plan(con, NOON - timedelta(days=1))
    assert (state.etag, state.last_status, state.failures) == ('"1"', "ok", 0)
    assert state.last_success_at == NOON
    assert (known.url, known.first_seen_at) == ("https://alpha.example/raid", NOON)


def test_what_feeds_said_of_an_article_adds_up_and_its_last_look_is_kept(desk):
    one = story("alpha", "raid", "Nine people died in a raid", entry_digests=("d1",))
    desk.load(one)
    desk.load(replace(one, entry_digests=("d2",), fetched_at=NOON + timedelta(hours=1)))
    gone = Page(article_id=one.article_id, url=one.url, status="gone", fetched_at=NOON + timedelta(hours=3))
    desk.load(gone)
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        _, (known,) = read_plan(con, NOON - timedelta(days=1))
    assert known.entry_digests == ("d1", "d2")
    assert (known.first_seen_at, known.last_looked_at) == (NOON, NOON + timedelta(hours=3))


def test_a_summary_does_not_take_the_place_of_a_text_that_was_had_before(desk):
    full = story("alpha", "raid", "Nine people died in a raid, and more is told here")
    summary = story("alpha", "raid", "Nine people died", at=NOON + timedelta(hours=1), flags=("summary_only",))
    desk.load(full, report(full, killed=9))
    desk.load(replace(summary, entry_digests=("d2",)), report(summary, killed=9))
    assert desk.ask("SELECT current_version_id, versions, entry_digests FROM core.articles") == [
        (full.version_id, 1, ["d2"])
    ]
    assert desk.ask("SELECT reports FROM analytics.incidents") == [(1,)]


def test_a_text_takes_the_place_of_the_summary_that_stood_in_for_it(desk):
    summary = story("alpha", "raid", "Nine people died", flags=("summary_only",))
    full = story("alpha", "raid", "Nine people died in a raid, and more is told here", at=NOON + timedelta(hours=1))
    desk.load(summary, report(summary, killed=9))
    desk.load(full, report(full, killed=9))
    assert desk.ask("SELECT current_version_id FROM core.articles") == [(full.version_id,)]


def test_a_feed_is_read_again_while_one_of_its_stories_is_neither_stored_nor_quarantined(desk):
    desk.load(*a_run(), entry("alpha", "left-for-later"), outlets=["alpha"])
    assert desk.ask("SELECT etag, body_sha256, last_status FROM core.feeds") == [(None, None, "ok")]
    kept_out = quarantined("run 2", "page", "p1", url="https://alpha.example/left-for-later")
    desk.load(*a_run("run 2"), entry("alpha", "left-for-later"), kept_out, outlets=["alpha"])
    assert desk.ask("SELECT etag FROM core.feeds") == [('"1"',)]


@pytest.mark.parametrize("edition", ["http://www.alpha.example/raid", "https://m.alpha.example/raid/"])
def test_a_feed_that_lists_another_edition_of_a_stored_address_has_been_read(desk, edition):
    desk.load(*a_run(), replace(entry("alpha", "raid"), url=edition), outlets=["alpha"])
    assert desk.ask("SELECT etag FROM core.feeds") == [('"1"',)]


def test_a_feed_whose_story_an_earlier_run_has_quarantined_has_been_read(desk):
    told, out = entry("alpha", "odd"), quarantined("run 1", "article", "a1", url="https://alpha.example/odd")
    desk.load(*a_run(), told, out, outlets=["alpha"])
    later = replace(poll("alpha", "run 2", at=NOON + timedelta(hours=1)), etag='"2"')
    desk.load(later, entry("alpha", "raid"), told, outlets=["alpha"])
    assert desk.ask("SELECT etag FROM core.feeds") == [('"2"',)]


def test_a_failed_poll_counts_and_keeps_the_etag(desk):
    desk.load(*a_run(), outlets=["alpha"])
    later = NOON + timedelta(hours=1)
    load = desk.load(poll("alpha", "run 2", at=later, status="timeout", etag=None), outlets=["alpha"])
    assert load.feeds_failed == 1
    assert desk.ask("SELECT etag, failures, last_status, last_polled_at > last_success_at FROM core.feeds") == [
        ('"1"', 1, "timeout", True)
    ]


def test_a_critical_run_loads_ops_only_and_its_feeds_are_read_again(desk):
    load = desk.load(
        *a_run(), result("run 1", "failed"), quarantined("run 1", "report", "r"), critical=True, outlets=["alpha"]
    )
    assert (load.critical, load.new_articles, load.reports, load.quarantined) == (True, 0, 0, 1)
    stored = contents(desk)
    filled = {table for table, rows in stored.items() if rows}
    assert filled == {"core.feeds", "ops.loads", "ops.feed_polls", "ops.validation_results", "ops.quarantine"}
    assert desk.ask("SELECT etag, last_modified, body_sha256, last_status FROM core.feeds") == [
        (None, None, None, "ok")
    ]


def test_a_critical_run_can_be_loaded_again_when_its_check_was_at_fault(desk):
    desk.load(*a_run(), result("run 1", "failed"), critical=True, outlets=["alpha"])
    load = desk.load(*a_run(), result("run 1"), run_id="run 1", outlets=["alpha"])
    assert (load.critical, load.new_articles) == (False, 1)
    assert desk.ask("SELECT outcome FROM ops.validation_results") == [("passed",)]
    assert desk.ask("SELECT critical FROM ops.loads") == [(False,)]


def test_a_load_that_fails_leaves_the_warehouse_as_it_was(desk):
    desk.load(*a_run(), outlets=["alpha"])
    before = contents(desk)
    nameless = replace(story("beta", "blast", "Three died"), publisher=None)
    with pytest.raises(LoadError, match=r"run 2 cannot be loaded, the warehouse is as before: .*publisher"):
        desk.load(nameless, poll("beta", "run 2"), outlets=["alpha", "beta"])
    assert contents(desk) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from casualties.warehouse import load, open_warehouse
from casualties.staging import Staging
from casualties.model import Feed
from datetime import UTC, datetime

def dies(*args):
    print("in the middle", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

load.relink = dies
with open_warehouse(Path(sys.argv[1]), lock_timeout=5) as con:
    load.load_run(con, Staging(Path(sys.argv[2])), run_id="run 2", extractor_version="1",
                  now=datetime(2019, 7, 24, tzinfo=UTC), critical=False, feeds=[])
"""


def test_a_load_that_is_killed_leaves_no_trace_and_can_be_repeated(desk):
    desk.load(*a_run(), outlets=["alpha"])
    before = contents(desk)
    article = story("beta", "blast", "Three died in a blast")
    records = [poll("beta", "run 2"), article, report(article, killed=3)]
    staging = desk.stage("run 2", records)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(desk.warehouse), str(staging.folder)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
    )  # fmt: skip
    assert (done.stdout, done.returncode) == ("in the middle\n", -signal.SIGKILL), done.stderr
    assert contents(desk) == before
    assert desk.load(*records, run_id="run 2").new_articles == 1


def test_a_copy_is_recorded_with_its_original_and_handed_to_its_reports(desk):
    original = story("alpha", "raid", "Nine people died in a raid")
    copy = story("beta", "raid", "Nine people died in a raid")
    load = desk.load(original, copy, copied(copy, original), report(original, killed=9), report(copy, killed=9))
    assert load.copies == 1
    assert desk.ask("SELECT copy_of, similarity FROM core.article_copies") == [(original.article_id, 1.0)]
    assert desk.ask("SELECT copy_of FROM core.event_reports WHERE publisher = 'beta'") == [(original.article_id,)]


def test_a_page_that_is_gone_is_noted_and_its_last_version_kept(desk):
    article = story("alpha", "raid", "Nine died")
    desk.load(article)
    asked = "SELECT gone_at, versions, title FROM analytics.articles"
    for hours, status, gone in ((1, "gone", 1), (6, "gone", 1), (24, "timeout", 1), (72, "ok", None)):
        at = NOON + timedelta(hours=hours)
        desk.load(Page(article_id=article.article_id, url=article.url, status=status, fetched_at=at))
        since = None if gone is None else (NOON + timedelta(hours=gone)).replace(tzinfo=None)
        assert desk.ask(asked) == [(since, 1, "raid")]


def test_of_a_story_that_changes_all_day_five_versions_a_day_are_kept(desk):
    for hours in (*range(8), 25):
        desk.load(story("alpha", "live", f"Count {hours}", at=NOON + timedelta(hours=hours), published=NOON))
    assert desk.ask("SELECT versions FROM core.articles") == [(6,)]
    assert desk.ask("SELECT text FROM core.article_versions ORDER BY fetched_at DESC LIMIT 2") == [
        ("Count 25",),
        ("Count 4",),
    ]


def test_stored_fingerprints_that_share_text_with_new_ones_are_found_within_a_month(desk):
    article, other = story("alpha", "raid", "Nine died"), story("beta", "fire", "A fire")
    marks = [fingerprint(article, range(20)), fingerprint(other, range(100, 120))]
    desk.load(article, other, *marks, copied(other, article, 0.5))
    desk.load(article, other, *marks)
    assert desk.ask("SELECT count(*), count(DISTINCT version_id) FROM core.fingerprint_keys") == [(32, 2)]

    def near(*sketch, days=0):
        later = story("gamma", "raid", "Nine", at=NOON + timedelta(days=days))
        with open_warehouse(desk.warehouse, lock_timeout=5) as con:
            return copy_candidates(con, [fingerprint(later, sketch)])

    assert near(3, 4, 5) == [marks[0]]
    assert near(103, 104) == [replace(marks[1], copy_of=article.article_id)]
    assert near(3, 104) == []
    assert near(3, 4, days=40) == []


def test_an_empty_run_loads(desk):
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        load = load_run(
            con, desk.stage("idle", []), run_id="idle", extractor_version="1", now=NOON, critical=False, feeds=[]
        )
    assert (load.feeds_polled, load.new_articles) == (0, 0)
    assert desk.ask("SELECT run_id FROM ops.loads") == [("idle",)]


def test_a_feed_without_a_poll_waits_for_its_first(desk):
    desk.load(outlets=["alpha"])
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        (state,), known = read_plan(con, NOON - timedelta(days=1))
    assert (state.feed_id, state.next_poll_at, known) == (feed("alpha").feed_id, None, [])


def test_the_plan_tells_of_young_stories_and_of_those_that_feeds_list_and_finds_the_others_by_id(desk):
    old, listed, young = (story("alpha", slug, f"Nine people died in the {slug}") for slug in ("raid", "flood", "fire"))
    week, feed_id = timedelta(days=7), feed("alpha").feed_id
    desk.load(old, listed, poll("alpha", "run 1"), Listing(feed_id=feed_id, article_id=old.article_id))
    now_listed = Listing(feed_id=feed_id, article_id=listed.article_id)
    desk.load(replace(young, fetched_at=NOON + week), poll("alpha", "run 2"), now_listed)
    desk.load(poll("alpha", "run 3", status="not_modified"))
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        _, known = read_plan(con, NOON + timedelta(days=1))
        assert {article.article_id for article in known} == {listed.article_id, young.article_id}
        assert [article.url for article in known_among(con, {old.article_id, "never seen"})] == [old.url]
