"""What is found in a loaded warehouse, and when its file must not be published."""

import shutil
from datetime import timedelta

import pytest
from tests.warehouse.records import NOON, Desk, report, story

from casualties.quality import warehouse_checks
from casualties.warehouse import open_warehouse


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A warehouse into which one run brought two stories of one strike, one of them with a part."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    first, second = story("alpha", "strike", "59 killed in Idlib"), story("beta", "strike", "60 killed in Idlib")
    reports = [report(first, 0, killed=59), report(first, 1, killed=38, part_of=0), report(second, 0, killed=60)]
    desk.load(first, second, *reports, run_id="r1")
    return desk.warehouse


@pytest.fixture
def con(loaded, tmp_path):
    shutil.copy(loaded, tmp_path / "warehouse.duckdb")
    with open_warehouse(tmp_path / "warehouse.duckdb", lock_timeout=1) as con:
        yield con


def results(con, now=NOON, run_id="r1"):
    return {r.expectation: r for r in warehouse_checks(con, run_id=run_id, now=now)}


def red(con, **options):
    return sorted(name for name, r in results(con, **options).items() if r.outcome in ("failed", "broken"))


def test_a_sound_warehouse_passes(con):
    found = results(con)
    assert red(con) == []
    assert found["incident_high_is_told"].evaluated >= 2
    assert found["load_adds_up"].evaluated == 3


def test_each_suite_on_the_warehouse_has_a_page_beside_those_of_the_run(con, tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "articles.html").write_text("<h1>articles</h1><p>7 passed. <a>All suites</a></p>")
    warehouse_checks(con, run_id="r1", now=NOON, docs=docs)
    index = (docs / "index.html").read_text()
    names = ("articles", "incidents", "load", "news", "references", "repeats")
    assert [path.stem for path in sorted(docs.glob("*.html"))] == sorted([*names, "index"])
    assert all(f'<a href="{name}.html">{name}</a>' in index for name in names)
    assert index.count(" passed</td>") + index.count(" passed, ") == len(names)
    assert "an incident&#x27;s low is below" in (docs / "incidents.html").read_text()


def test_an_empty_warehouse_has_nothing_to_judge(tmp_path):
    with open_warehouse(tmp_path / "new.duckdb", lock_timeout=1) as con:
        assert red(con) == []
        assert results(con)["news_fresh"].outcome == "skipped"


def set_killed(field, value):
    kept = {name: f"killed.{name}" for name in ("low", "best", "high", "basis", "phrase")} | {field: value}
    fields = ", ".join(f"'{name}': {value}" for name, value in kept.items())
    return f"UPDATE core.incident_history SET killed = {{{fields}}} WHERE killed IS NOT NULL"


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("DELETE FROM core.article_versions WHERE title = 'strike'", "references_hold"),
        ("DELETE FROM core.incident_reports", "references_hold"),
        ("UPDATE core.event_reports SET part_of_report = 'gone' WHERE part_of_report IS NOT NULL", "references_hold"),
        ("INSERT INTO core.incident_reports SELECT * FROM core.incident_reports LIMIT 1", "nothing_repeated"),
        ("UPDATE ops.loads SET new_versions = 7", "load_adds_up"),
        (set_killed("high", 900), "incident_high_is_told"),
        (set_killed("best", 900), "incident_best_is_told"),
        (set_killed("low", 1), "incident_low_is_told"),
        ("UPDATE core.incident_history SET injured = killed", "incident_is_reported"),
    ],
)
def test_damage_is_found_and_is_critical(con, damage, rule):
    con.execute(damage)
    result = results(con)[rule]
    assert (result.outcome, result.severity) == ("failed", "critical")
    assert result.samples


def test_a_copy_whose_original_was_never_stored_is_a_warning(con):
    con.execute(
        "INSERT INTO core.article_copies SELECT version_id, article_id, 'gone', 1.0, run_id FROM core.article_versions"
    )
    result = results(con)["originals_stored"]
    assert (result.outcome, result.severity) == ("failed", "warning")


def test_a_day_without_one_new_article_is_told(con):
    assert red(con, now=NOON + timedelta(hours=23)) == []
    assert red(con, now=NOON + timedelta(hours=25)) == ["news_fresh"]
    assert "25.0" in results(con, now=NOON + timedelta(hours=25))["news_fresh"].samples[0]


@pytest.mark.parametrize(
    ("articles", "broken"),
    [(90, []), (20, ["volume_usual"]), (400, ["volume_usual"]), (3, ["volume_possible", "volume_usual"])],
)
def test_the_articles_of_an_hour_are_compared_with_that_hour_in_past_weeks(con, articles, broken):
    con.execute("UPDATE ops.loads SET new_articles = 0")
    for week in range(4):
        at = NOON - timedelta(weeks=week, minutes=10)
        amount = articles if week == 0 else 100
        con.execute(
            "INSERT INTO ops.loads FROM (SELECT * REPLACE (? AS run_id, ? AS loaded_at, ? AS new_articles) "
            "FROM ops.loads LIMIT 1)",
            [f"week-{week}", at.replace(tzinfo=None), amount],
        )
    assert red(con) == broken


def test_a_few_articles_or_weeks_give_nothing_to_compare_with(con):
    assert results(con)["volume_possible"].outcome == "skipped"
