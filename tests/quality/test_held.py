"""A quarantined article that its feed still lists: known and left alone, until its page changes or it is let in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.quality.records import NOW, make_article
from tests.warehouse.records import entry, feed

from casualties import pipeline
from casualties.alerts.message import what_to_send
from casualties.model import Article, Entry, Target, ValidationResult
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.web.urls import article_id

TOLD = entry("alpha", "raid")
AHEAD = make_article(
    1, url=TOLD.url, article_id=article_id(TOLD.url), published=NOW + timedelta(days=9), entry_digests=(TOLD.digest,)
)


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path, lock_timeout=5)


def run_with(settings, name, hours, *articles):
    run = Run.begin(name, NOW + timedelta(hours=hours), settings)
    run.staging.write(Article, "0000", articles)
    pipeline.validate(run)
    pipeline.load(run)
    return run.staging.read(ValidationResult)


def reads(settings, name, hours, told=TOLD):
    """Whether a run would read the story that its feed lists."""
    run = Run.begin(name, NOW + timedelta(hours=hours), settings)
    pipeline.plan(run, [feed("alpha")], force=True)
    run.staging.write(Entry, "0000", [told])
    return TOLD.url in [target.url for batch in pipeline.targets(run) for target in run.staging.read(Target, batch)]


def ask(settings, query):
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        return con.execute(query).fetchall()


def test_it_is_left_until_its_next_look_or_until_its_feed_tells_it_anew(settings):
    assert reads(settings, "before", 0)
    run_with(settings, "run 1", 0, make_article(0), AHEAD)
    assert not reads(settings, "run 2", 0.5)
    assert reads(settings, "run 3", 0.5, replace(TOLD, title="Raid: four dead"))
    assert reads(settings, "run 4", 1)


def test_a_look_that_finds_the_same_is_noted_and_nobody_is_told_again(settings):
    first = run_with(settings, "run 1", 0, make_article(0), AHEAD)
    again = run_with(settings, "run 2", 1, make_article(2), AHEAD)
    assert ask(settings, "SELECT run_id, last_met_at - quarantined_at FROM ops.quarantine") == [
        ("run 1", timedelta(hours=1))
    ]
    assert ask(settings, "SELECT count(*) FROM core.articles") == [(2,)]
    (result,) = [r for r in again if r.expectation == "published_not_in_future"]
    assert (result.outcome, result.failed) == ("passed", 0)
    assert "In quarantine already: 1; left: 0." in result.message
    told = [len(what_to_send([], results, held_back=False, links={})) for results in (first, again)]
    assert told == [1, 0]
    assert not reads(settings, "run 3", 1.5)


def test_a_changed_page_is_judged_as_any_other(settings):
    run_with(settings, "run 1", 0, make_article(0), AHEAD)
    run_with(settings, "run 2", 1, replace(AHEAD, version_id="v2", published=NOW))
    assert ask(settings, "SELECT count(*) FROM core.articles") == [(2,)]
    assert ask(settings, "SELECT count(*) FROM ops.quarantine") == [(1,)]


def test_a_stored_article_whose_newer_version_is_held_is_left_as_well(settings):
    run_with(settings, "run 1", 0, replace(AHEAD, version_id="v0", published=NOW, entry_digests=()))
    run_with(settings, "run 2", 0.5, AHEAD)
    assert ask(settings, "SELECT count(*) FROM ops.quarantine") == [(1,)]
    assert not reads(settings, "run 3", 0.6)


def test_what_a_run_that_was_held_back_quarantined_is_read_again(settings, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("casualties.quality.suites.BATCH", ())
        run_with(settings, "run 1", 0, make_article(0), AHEAD)
    assert ask(settings, "SELECT critical FROM ops.loads") == [(True,)]
    assert reads(settings, "run 2", 0.5)
    run_with(settings, "run 3", 0.5, make_article(0), AHEAD)
    assert ask(settings, "SELECT run_id FROM ops.quarantine ORDER BY run_id") == [("run 1",), ("run 3",)]
