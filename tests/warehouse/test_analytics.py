from datetime import date
from pathlib import Path

import pytest
from tests.warehouse.records import IDLIB, MAARAT, MONDAY, report, story

from casualties.model import Actor, CheckOutcome, DateSpan, Figure, Place, PollStatus, Victim
from casualties.warehouse import open_warehouse
from casualties.warehouse.dictionary import dictionary

DICTIONARY = Path(__file__).resolve().parents[2] / "docs" / "data_dictionary.md"
ALEPPO = Place(name="Aleppo", admin1="Aleppo", country="SYR", lat=36.2, lon=37.16, precision="exact")
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
    assert desk.ask(f"SELECT {columns} FROM analytics.ucdp_ged()") == [(9, 9, 9, 5, 4, 4, 1, "army", None)]


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
