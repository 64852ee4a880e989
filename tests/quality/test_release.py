"""Quarantined rows that an operator lets in or drops: judged again, with the one rule waived that each broke."""

import json
import shlex
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.quality.records import NOW, make_article

from casualties import pipeline
from casualties.cli import main
from casualties.errors import SettingsError
from casualties.model import Article, EventReport, Place, Quarantined, key
from casualties.pipeline import Run
from casualties.pipeline.reading import reports_of
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

LINK = "https://tracker.example.org/12"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    return Settings(lock_timeout=5)


def ask(settings, query):
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        return con.execute(query).fetchall()


def load_articles(settings, *articles, reports=None, run_id="run 1"):
    """The articles as a run that has read them; returns what it put into quarantine, by rule."""
    run = Run.begin(run_id, NOW, settings)
    run.staging.write(Article, "0000", articles)
    told = [report for article in articles for report in reports_of(article)] if reports is None else reports
    run.staging.write(EventReport, "0000", told)
    pipeline.validate(run)
    pipeline.load(run)
    return {q.rule: q.quarantine_id for q in run.staging.read(Quarantined)}


def decide(settings, release=(), drop=(), why=LINK, run_id="replay 1"):
    run = Run.begin(run_id, NOW + timedelta(hours=1), settings)
    pipeline.plan_decisions(run, release, drop, why=why, by="desk")
    verdict = pipeline.validate(run)
    pipeline.load(run)
    return verdict


@pytest.fixture
def ahead(settings):
    """An article dated in the future, in quarantine with its report, beside a good one that has loaded."""
    article = make_article(1, published=NOW + timedelta(days=9))
    return article, load_articles(settings, make_article(0), article)


def test_a_released_article_loads_with_its_reports_and_who_and_why_are_on_record(settings, ahead):
    article, held = ahead
    assert ask(settings, "SELECT count(*) FROM core.article_versions") == [(1,)]
    verdict = decide(settings, release=[held["published_not_in_future"]])
    assert (verdict.quarantined, verdict.critical) == ([], False)
    stored = ask(settings, "SELECT article_id FROM core.articles ORDER BY article_id")
    assert stored == sorted([(article.article_id,), (make_article(0).article_id,)])
    told = f"SELECT count(*) > 0 FROM core.event_reports WHERE version_id = '{article.version_id}'"
    assert ask(settings, told) == [(True,)]
    record = "SELECT decision, rule, why, decided_by, run_id FROM ops.quarantine_decisions"
    assert ask(settings, record) == [("released", "published_not_in_future", LINK, "desk", "replay 1")]
    (result,) = [r for r in verdict.results if r.expectation == "published_not_in_future"]
    assert (result.outcome, result.failed) == ("passed", 0)
    assert "Released by an operator: 1; left: 0." in result.message


def test_only_the_rule_that_is_released_is_waived(settings):
    held = load_articles(settings, make_article(0), make_article(1, published=NOW + timedelta(days=9), text="Brief."))
    verdict = decide(settings, release=[held["published_not_in_future"]])
    assert [q.rule for q in verdict.quarantined if q.subject == "article"] == ["text_long_enough"]
    assert ask(settings, "SELECT count(*) FROM core.articles") == [(1,)]


def test_a_released_report_joins_its_article(settings, monkeypatch):
    article = make_article(0)

    def elsewhere(of, changed=False):
        return [replace(r, place=Place(name="Hodan", country="SOM", lat=45.3, lon=2.0)) for r in reports_of(of)]

    held = load_articles(settings, article, reports=elsewhere(article))
    assert ask(settings, "SELECT count(*) FROM core.event_reports") == [(0,)]
    monkeypatch.setattr("casualties.pipeline.deciding.reports_of", elsewhere)
    assert decide(settings, release=[held["place_inside_country"]]).quarantined == []
    assert ask(settings, "SELECT place.lat FROM core.event_reports") == [(45.3,)]


def test_a_dropped_row_stays_out_and_is_marked(settings, ahead):
    _, held = ahead
    decide(settings, drop=[held["published_not_in_future"]])
    assert ask(settings, "SELECT count(*) FROM core.articles") == [(1,)]
    assert ask(settings, "SELECT decision FROM ops.quarantine_decisions") == [("dropped",)]


def test_a_release_that_is_held_back_is_not_on_record(settings, ahead, monkeypatch):
    _, held = ahead
    monkeypatch.setattr("casualties.quality.suites.ARTICLES", ())
    assert decide(settings, release=[held["published_not_in_future"]]).critical
    assert ask(settings, "SELECT * FROM ops.quarantine_decisions") == []


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ({"release": ["nosuch"]}, "not in quarantine: nosuch"),
        ({"drop": ["ID"], "why": " "}, "needs a reason"),
        ({"release": ["ID"], "drop": ["ID"]}, "released and dropped at once"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_says_so_and_changes_nothing(settings, ahead, decision, words):
    held = ahead[1]["published_not_in_future"]
    chosen = {name: [held if v == "ID" else v for v in value] if name != "why" else value
              for name, value in decision.items()}  # fmt: skip
    with pytest.raises(SettingsError, match=words):
        decide(settings, **chosen)
    assert ask(settings, "SELECT * FROM ops.quarantine_decisions") == []


def test_a_page_that_could_not_be_parsed_cannot_be_released(settings):
    run = Run.begin("run 1", NOW, settings)
    page = Quarantined(
        quarantine_id=key("p"), run_id="run 1", stage="clean", subject="page", subject_id="a", rule="page_parses",
        reason="No text.", value=None, url=None, row="{}", quarantined_at=NOW,
    )  # fmt: skip
    run.staging.write(Quarantined, "read-0000", [page])
    pipeline.load(run)
    with pytest.raises(SettingsError, match="is a page, which cannot be let in by waiving a rule"):
        decide(settings, release=[key("p")])


# ---------------------------------------------------------------- the command


def command(monkeypatch, capfd, *words):
    monkeypatch.setattr(sys, "argv", ["casualties", "quarantine", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capfd.readouterr()
    return ended.value.code, shown.out, shown.err


def test_the_command_lists_and_shows_whole_rows_also_of_a_run_that_was_held_back(settings, monkeypatch, capfd):
    bad = make_article(1, published=NOW + timedelta(days=9))
    held = load_articles(settings, bad, make_article(0), make_article(0))  # one version twice: critical
    assert not settings.published.exists()
    id_ = held["published_not_in_future"]
    code, out, _ = command(monkeypatch, capfd, "list", "--rule", "published_not_in_future")
    assert code == 0
    assert out.splitlines() == [
        f"{id_}\t2024-05-14 12:00:00\tarticle\tpublished_not_in_future\theld\t2024-05-23T12:00:00+00:00\t{bad.url}"
    ]
    code, out, _ = command(monkeypatch, capfd, "show", id_[:8])
    head, _, row = out.partition("{")
    assert "reason           The publication date lies more than a day after this run." in head
    assert json.loads("{" + row)["text"] == bad.text


def test_the_command_prints_the_trigger_and_writes_nothing(settings, ahead, monkeypatch, capfd):
    id_ = ahead[1]["published_not_in_future"]
    before = settings.warehouse.stat().st_mtime_ns
    code, out, _ = command(monkeypatch, capfd, "release", id_, "--why", "it's fine")
    assert code == 0
    words = shlex.split(out)
    assert words[:5] == ["airflow", "dags", "trigger", "replay_archive", "--conf"]
    conf = json.loads(words[5])
    assert (conf["release"], conf["why"], set(conf)) == ([id_], "it's fine", {"release", "why", "by"})
    assert settings.warehouse.stat().st_mtime_ns == before
    assert ask(settings, "SELECT * FROM ops.quarantine_decisions") == []


def test_what_was_decided_is_listed_only_when_asked_for(settings, ahead, monkeypatch, capfd):
    for number, id_ in enumerate(ahead[1].values()):
        decide(settings, drop=[id_], run_id=f"replay {number}")
    assert command(monkeypatch, capfd, "list")[1] == ""
    assert command(monkeypatch, capfd, "list", "--all")[1].count("\tdropped\t") == len(ahead[1])


def test_an_id_that_names_no_row_is_an_error(settings, ahead, monkeypatch, capfd):
    code, _, err = command(monkeypatch, capfd, "show", "zzz")
    assert (code, "no row in quarantine with an id that begins with 'zzz'" in err) == (1, True)


@pytest.mark.airflow
def test_the_trigger_is_one_that_the_dag_takes(monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    from casualties.settings import PROJECT

    dag = DagBag(dag_folder=str(PROJECT / "dags" / "replay_archive.py")).dags["replay_archive"]
    params = dag.params
    params.update({"release": ["a"], "why": LINK, "by": "desk"})
    assert params.validate()["release"] == ["a"]
