from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from tests.warehouse.records import IDLIB, MAARAT, MONDAY, NOON, copied, poll, report, story

from casualties.model import Actor, CheckOutcome, DateSpan, Figure, Place, PollStatus, Victim
from casualties.warehouse import open_warehouse
from casualties.warehouse.dictionary import CALLS, dictionary
from casualties.warehouse.sql import statement

DICTIONARY = Path(__file__).resolve().parents[2] / "docs" / "data_dictionary.md"
ALEPPO = Place(name="Aleppo", admin1="Aleppo", country="SYR", lat=36.2, lon=37.16, precision="exact")
HOUR = timedelta(hours=1)
AT_LEAST_20 = Figure(low=20, best=20, high=None, basis="at_least")
DOZENS = Figure(low=24, best=None, high=None, basis="vague", phrase="dozens")


def three_incidents(desk):
    articles = [story(outlet, "news", f"{outlet} tells") for outlet in ("alpha", "beta", "gamma")]
    wednesday = DateSpan(start=date(2019, 7, 24), end=date(2019, 7, 24))
    desk.load(
        *articles,
        report(articles[0], killed=9, place=MAARAT, injured=Figure(low=3, best=3, high=3)),
        report(articles[1], killed=AT_LEAST_20, place=ALEPPO),
        report(articles[2], killed=DOZENS, place=ALEPPO, date=wednesday),
    )


def test_days_and_places_are_summed_with_their_open_figures(desk):
    three_incidents(desk)
    rows = desk.ask(
        "SELECT day, place, deaths_low, deaths, deaths_high, injured, open_figures "
        "FROM analytics.daily_deaths ORDER BY ALL"
    )
    assert rows == [
        (MONDAY.start, "Aleppo", 20, 20, 20, None, 1),
        (MONDAY.start, "Maarat al-Numan", 9, 9, 9, 3, 0),
        (date(2019, 7, 24), "Aleppo", 24, 24, 24, None, 1),
    ]


def test_deaths_between_two_days_say_how_many_figures_were_open(desk):
    three_incidents(desk)
    assert desk.ask("FROM analytics.deaths_between('2019-07-22', '2019-07-23')") == [(2, 29, 29, 29, 1)]
    assert desk.ask("FROM analytics.deaths_between('2019-08-01', '2019-08-23')") == [(0, 0, 0, 0, 0)]


def test_incidents_near_a_point_come_nearest_first(desk):
    three_incidents(desk)
    rows = desk.ask("SELECT place, round(distance_km) FROM analytics.incidents_near(35.64, 36.68, 100)")
    assert rows == [("Maarat al-Numan", 0), ("Aleppo", 76), ("Aleppo", 76)]
    assert desk.ask("SELECT count(*) FROM analytics.incidents_near(35.64, 36.68, 10)") == [(1,)]


def test_an_incident_without_a_date_counts_under_the_day_of_its_first_report(desk):
    article = story("alpha", "news", "Nine died")
    desk.load(article, report(article, killed=9, date=None))
    assert desk.ask("SELECT day, date_start FROM analytics.incidents") == [(date(2019, 7, 23), None)]


def test_an_unsaid_number_is_null_and_a_said_none_is_zero(desk):
    none, unsaid = story("alpha", "none", "Nobody was killed"), story("beta", "unsaid", "Three were hurt")
    hurt = Figure(low=3, best=3, high=3)
    desk.load(none, unsaid, report(none, killed=0, place=MAARAT), report(unsaid, place=ALEPPO, injured=hurt))
    assert desk.ask("SELECT deaths FROM analytics.incidents ORDER BY ALL") == [(0,), (None,)]


def test_evidence_is_cut_out_of_the_text_by_code_points(desk):
    text = "Čapek 😀 wrote. Nine died in Idlib."
    article = story("alpha", "news", text)
    start = text.index("Nine")
    span = report(article).evidence[0]
    desk.load(article, report(article, killed=9, evidence=(type(span)(field="text", start=start, end=len(text)),)))
    assert desk.ask("SELECT evidence, place FROM analytics.reports") == [("Nine died in Idlib.", IDLIB.name)]


def test_an_article_names_the_feeds_that_carried_it(desk):
    article = story("alpha", "news", "Nine died")
    desk.load(article, outlets=["alpha"])
    assert desk.ask("SELECT feeds, versions, reports FROM analytics.articles") == [(["alpha world"], 1, 0)]


def test_the_data_dictionary_in_docs_is_that_of_the_schema(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb", lock_timeout=1) as con:
        assert DICTIONARY.read_text(encoding="utf-8") == dictionary(con), (
            "run: python -m casualties.warehouse.dictionary > docs/data_dictionary.md"
        )


def test_every_view_and_every_column_of_the_analysts_schema_has_a_comment(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb", lock_timeout=1) as con:
        views = con.execute("SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'analytics'").fetchall()
        columns = con.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'analytics'"
        ).fetchall()
    assert {
        "incidents", "reports", "articles", "tolls", "daily_deaths", "incident_changes", "source_comparison",
        "coverage",
    } <= {name for name, _ in views}  # fmt: skip
    assert len(columns) > 150
    assert [row for row in (*views, *columns) if not row[-1]] == []


@pytest.mark.parametrize("macro", sorted(CALLS))
def test_every_macro_and_every_column_that_it_gives_is_explained(tmp_path, macro):
    with open_warehouse(tmp_path / "w.duckdb", lock_timeout=1) as con:
        comments = con.execute(statement("dictionary_macros")).fetchall()
        said = dict(con.execute(statement("column_comments"), {"name": macro}).fetchall())
        columns = [name for name, *_ in con.execute(f"DESCRIBE FROM {CALLS[macro]}").fetchall()]
        explained = con.execute("SELECT column_name FROM analytics.macro_columns WHERE macro = ?", [macro]).fetchall()
    assert {name for name, _, comment in comments if comment} == set(CALLS)
    assert [name for name in columns if not said.get(name)] == []
    assert {name for (name,) in explained} <= set(columns)


def test_outlets_are_compared_by_their_own_last_word(desk):
    early, late = story("alpha", "early", "Nine died"), story("alpha", "late", "Twelve died", at=NOON + HOUR)
    other, copy = story("beta", "raid", "Twenty died", at=NOON + 2 * HOUR), story("gamma", "raid", "Twenty died.")
    desk.load(early, late, other, copy, report(early, killed=9), report(late, killed=12), report(other, killed=20),
              report(copy, killed=20, copy_of=other.article_id), copied(copy, other))  # fmt: skip
    rows = desk.ask(
        "SELECT publisher, reports, killed_best, killed_difference, hours_after_first, copies_only, sources_disagree "
        "FROM analytics.source_comparison ORDER BY publisher"
    )
    best = desk.ask("SELECT killed_best FROM analytics.incidents")[0][0]
    assert rows == [
        ("alpha", 2, 12, 12 - best, 0, False, True),
        ("beta", 1, 20, 20 - best, 2, False, True),
        ("gamma", 1, 20, 20 - best, 0, True, True),
    ]


def test_a_day_without_answers_is_a_gap_in_coverage(desk):
    for days, status in ((0, "ok"), (1, "timeout"), (3, "not_modified")):
        at = NOON + timedelta(days=days)
        desk.load(poll("alpha", f"run {days}", at, status), poll("beta", f"run {days}", at), outlets=["alpha", "beta"])
    assert desk.ask("SELECT day, feeds_polled, feeds_answered, gap FROM analytics.coverage") == [
        (date(2019, 7, 23), 2, 2, False),
        (date(2019, 7, 24), 2, 1, True),
        (date(2019, 7, 25), 0, 0, True),
        (date(2019, 7, 26), 2, 2, False),
    ]


ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
)


@pytest.mark.parametrize(("macro", "columns"), [("acled", ACLED), ("ucdp_ged", GED)])
def test_a_standard_has_all_its_columns_in_its_order(desk, macro, columns):
    assert [name for name, *_ in desk.ask(f"DESCRIBE FROM {CALLS[macro]}")] == columns.split()


@pytest.mark.parametrize(
    ("precision", "acled", "ged"),
    [("exact", 1, 1), ("near", 2, 2), ("admin2", 2, 3), ("admin1", 3, 4), ("country", 3, 6), (None, 3, None)],
)
def test_the_precision_of_a_place_is_coded_as_each_standard_has_it(desk, precision, acled, ged):
    article = story("alpha", "news", "Nine died")
    desk.load(article, report(article, killed=9, place=replace(MAARAT, precision=precision)))
    assert desk.ask("SELECT geo_precision FROM analytics.acled('acled')") == [(acled,)]
    assert desk.ask("SELECT where_prec, country, priogrid_gid FROM analytics.ucdp_ged()") == [(ged, "Syria", 181154)]


@pytest.mark.parametrize(
    ("start", "end", "acled", "ged"),
    [(22, 22, 1, 1), (21, 22, 1, 2), (18, 22, 2, 2), (15, 21, 2, 3), (1, 22, 3, 4)],
)
def test_the_precision_of_a_date_is_coded_as_each_standard_has_it(desk, start, end, acled, ged):
    article = story("alpha", "news", "Nine died")
    span = DateSpan(start=date(2019, 7, start), end=date(2019, 7, end))
    desk.load(article, report(article, killed=9, date=span))
    assert desk.ask("SELECT time_precision FROM analytics.acled('acled')") == [(acled,)]
    assert desk.ask("SELECT date_prec FROM analytics.ucdp_ged()") == [(ged,)]


def test_who_fought_together_stands_on_one_side(desk):
    names = (("Russia", "perpetrator"), ("Syria", "perpetrator"), ("rebels", "target"))
    article = story("alpha", "news", "Nine died")
    desk.load(article, report(article, killed=9, actors=tuple(Actor(name=name, role=role) for name, role in names)))
    sides = "SELECT actor1, assoc_actor_1, actor2, assoc_actor_2 FROM analytics.acled('acled')"
    assert desk.ask(sides) == [("Russia", "Syria", "rebels", None)]
    assert desk.ask("SELECT side_a, side_b, dyad_name FROM analytics.ucdp_ged()") == [
        ("Russia", "rebels", "Russia - rebels")
    ]


def test_acled_refuses_an_unknown_profile(desk):
    three_incidents(desk)
    with pytest.raises(duckdb.InvalidInputException, match="the profile is 'acled' or 'stated'"):
        desk.ask("FROM analytics.acled('vague')")


def test_acled_gives_vague_words_its_own_numbers_or_keeps_the_stated_ones(desk):
    three_incidents(desk)
    asked = "SELECT fatalities, event_type, time_precision, geo_precision FROM analytics.acled('{}') ORDER BY ALL"
    strike = ("Explosions/Remote violence", 1, 1)
    assert desk.ask(asked.format("acled")) == [(9, *strike), (12, *strike), (20, *strike)]
    assert desk.ask(asked.format("stated")) == [(9, *strike), (20, *strike), (24, *strike)]


def test_ucdp_ged_has_lethal_violence_only_with_its_precision_codes(desk):
    quake, strike = story("alpha", "quake", "Ninety died"), story("beta", "strike", "Nine died, five of them civilians")
    civilians = Victim(outcome="killed", group="civilians", low=5, best=5, high=5)
    desk.load(
        quake,
        strike,
        report(quake, killed=90, type="disaster", place=ALEPPO),
        report(strike, killed=9, actors=(Actor(name="army"), Actor(name="town", role="target")), victims=(civilians,)),
    )
    columns = "best, low, high, deaths_civilians, deaths_unknown, where_prec, date_prec, side_a, side_b"
    assert desk.ask(f"SELECT {columns} FROM analytics.ucdp_ged()") == [(9, 9, 9, 5, 4, 4, 1, "army", "town")]


@pytest.mark.parametrize(
    ("column", "words"),
    [("ops.feed_polls.status", PollStatus), ("ops.validation_results.outcome", CheckOutcome)],
)
def test_every_word_of_a_status_is_explained_beside_its_column(tmp_path, column, words):
    with open_warehouse(tmp_path / "w.duckdb", lock_timeout=1) as con:
        said = con.execute(
            "SELECT comment FROM duckdb_columns() WHERE concat_ws('.', schema_name, table_name, column_name) = ?",
            [column],
        ).fetchone()[0]
    assert [word for word in words if word not in said] == []
