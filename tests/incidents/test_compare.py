"""What speaks for and against two reports being of one incident."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import numpy as np

from casualties.incidents import LinkedReport
from casualties.incidents.compare import clues as many_clues
from casualties.incidents.compare import compare
from casualties.incidents.filed import lookup_keys, stored_keys
from casualties.incidents.mention import mention
from casualties.incidents.mentions import Mentions
from casualties.model import Actor, DateSpan, EventReport, EventType, Figure, Place

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_numbers = count()


def at(name, lat=44.0, lon=-90.0, admin1="Wisconsin", country="USA", precision="exact"):
    return Place(name=name, admin1=admin1, country=country, lat=lat, lon=lon, precision=precision)


ADDISON = at("Addison")
FARAWAY = at("Faraway", lat=30.0, lon=-95.0, admin1="Texas")
MARCH_3 = DateSpan(start=date(2026, 3, 3), end=date(2026, 3, 3))
DOZENS = Figure(low=24, best=None, high=None, basis="vague")


def tells(killed=1, *, terms=(), **more):
    """A report of a shooting in Addison on 3 March, unless said otherwise, with the terms of its article."""
    article = f"article {next(_numbers)}"
    figure = Figure(low=killed, best=killed, high=killed) if isinstance(killed, int) else killed
    fields = {
        "report_id": article, "article_id": article, "version_id": article, "ordinal": 0, "extractor_version": "1",
        "publisher": article, "published": NOON, "killed": figure, "type": EventType.SHOOTING, "place": ADDISON,
        "date": MARCH_3,
    }  # fmt: skip
    return LinkedReport(report=EventReport(**(fields | more)), terms=frozenset(terms))


def clues(a, b):
    return {clue.name: clue.score for clue in compare(a, b) or ()}


def matches(a, b):
    return sum(clues(a, b).values()) >= 0


def meet(a, b):
    return lookup_keys(mention(a)) & stored_keys(mention(b))


def test_the_same_street_speaks_for_two_reports_and_different_streets_against():
    here, there = tells(terms={"bakery", "street: larch"}), tells(terms={"bakery", "street: wapiti"})
    assert clues(here, tells(terms={"bakery", "street: larch"}))["the same street"] > 0
    assert clues(here, there)["no street in common"] < 0


def test_the_same_street_brings_reports_together_though_a_place_was_misread():
    here, astray = tells(terms={"bakery", "street: larch"}), tells(terms={"bakery", "street: larch"}, place=FARAWAY)
    assert meet(here, astray)
    assert "apart" not in clues(here, astray)
    assert "apart" in clues(here, tells(place=FARAWAY))


def test_the_same_age_speaks_for_two_reports_and_different_ages_against():
    old = tells(terms={"aged 71"})
    assert clues(old, tells(terms={"aged 71"}))["the same age"] > 0
    assert clues(old, tells(terms={"aged 19"}))["no age in common"] < 0


def test_a_place_that_the_other_article_names_is_not_far_away_unless_it_is_war():
    both = {"addison", "qvist bakery", "qvist"}
    here, astray = tells(terms=both), tells(terms=both, place=FARAWAY)
    assert "place told by both" in clues(here, astray)
    strike = {"type": EventType.AIR_STRIKE, "terms": both}
    assert "apart" in clues(tells(**strike), tells(place=FARAWAY, **strike))


def test_words_of_war_make_a_war_of_an_attack_of_unsaid_means():
    said = {"rebels", "shelling", "bakery"}
    assert mention(tells(type=EventType.UNKNOWN, terms=said)).war
    assert not mention(tells(type=EventType.UNKNOWN, terms={"bakery", "rebels"})).war
    assert not mention(tells(type=EventType.DISASTER, terms=said)).war


def test_two_crashes_with_many_dead_in_one_country_and_day_are_likely_one():
    crash = {"type": EventType.ACCIDENT, "place": at("USA", admin1=None, precision="country")}
    town = {"type": EventType.ACCIDENT, "place": ADDISON}
    assert matches(tells(6, **crash), tells(11, **town, published=NOON + timedelta(hours=9)))
    assert not matches(tells(1, **crash), tells(2, **town, published=NOON + timedelta(hours=9)))


def test_a_very_large_number_of_dead_is_known_again_weeks_later_also_in_a_war():
    country = at("USA", admin1=None, precision="country")
    first = tells(1450, type=EventType.ARMED_CLASH, place=country)
    later = tells(1450, type=EventType.UNKNOWN, place=country, date=None, published=NOON + timedelta(days=20))
    assert meet(first, later)
    assert matches(first, later)
    few = {"type": EventType.UNKNOWN, "place": country, "date": None, "published": NOON + timedelta(days=20)}
    assert not matches(tells(45, type=EventType.ARMED_CLASH, place=country), tells(45, **few))


def test_a_vague_word_for_an_area_joins_the_number_it_admits():
    area = at("Wisconsin", precision="admin1")
    strike = {"type": EventType.AIR_STRIKE, "place": area}
    vague = tells(DOZENS, **strike, date=None)
    assert matches(vague, tells(30, **strike))
    assert not matches(vague, tells(9, **strike))


def test_two_stories_that_name_only_the_country_are_not_of_one_place():
    country = at("USA", admin1=None, precision="country")
    county = at("Larch County", precision="admin1")
    assert (
        clues(tells(place=country), tells(place=country))["same country"]
        < clues(tells(place=county), tells(place=county))["same place name"]
    )


def test_a_stray_shot_is_told_as_accident_or_shooting_but_a_crash_with_many_dead_is_no_shooting():
    assert matches(tells(1), tells(1, type=EventType.ACCIDENT))
    assert compare(tells(1), tells(9, type=EventType.ACCIDENT)) is None


def test_an_estimate_speaks_not_against_a_number_that_is_within_twice_of_it():
    estimate = tells(Figure(low=100, best=None, high=300, basis="range"))
    assert "killed alike, in vague words" in clues(estimate, tells(500))
    assert "killed differ" in clues(estimate, tells(900))


def test_so_many_dead_are_one_attack_though_its_means_are_told_differently():
    attack = {"place": at("USA", admin1=None, precision="country")}
    assert matches(tells(1450, type=EventType.AIR_STRIKE, **attack), tells(1450, type=EventType.ABDUCTION, **attack))


def test_clues_are_the_same_whichever_report_comes_first_and_however_many_pairs_are_compared_at_once():
    war, later = {"type": EventType.AIR_STRIKE}, NOON + timedelta(hours=9)
    told = [
        tells(1, terms={"bakery", "aged 71", "who: omar haddad"}),
        tells(3, terms={"omar haddad", "bakery", "street: larch"}, date=None),
        tells(900, actors=(Actor(name="Lions"),), **war),
        tells(900, actors=(Actor(name="Lions"),), place=at("Wisconsin", precision="admin1"), **war),
        tells(12, place=FARAWAY, published=later, **war),
        tells(DOZENS, place=None, date=None, published=None, type=EventType.UNKNOWN),
    ]
    mentions = Mentions()
    mentions.add(told)
    one, other = np.nonzero(~np.eye(len(told), dtype=bool))
    at_once = many_clues(mentions, one, other)
    assert at_once == many_clues(mentions, other, one)
    assert at_once == [compare(told[a], told[b]) for a, b in zip(one, other, strict=True)]


def test_two_reports_of_one_moment_neither_rise_nor_fall():
    war = {"type": EventType.AIR_STRIKE}
    assert "killed fallen" in clues(tells(40, **war), tells(12, **war, published=NOON + timedelta(hours=1)))
    assert "killed differ" in clues(tells(40, **war), tells(12, **war))


def names(a, b):
    return {clue.name for clue in compare(a, b) or ()}


def test_that_neither_tells_of_killed_says_nothing():
    hurt = [tells(None, injured=Figure(low=4, best=4, high=4)) for _ in range(2)]
    assert "killed unsaid" not in names(*hurt)
    assert "killed unsaid" in names(hurt[0], tells(1, injured=Figure(low=4, best=4, high=4)))


def test_doers_who_may_be_anybody_are_no_clue():
    gunmen, police = ((Actor(name=name, role="perpetrator"),) for name in ("Gunmen", "Addison police"))
    assert "actors" not in names(tells(actors=gunmen), tells(actors=gunmen))
    assert "actors" in names(tells(actors=police), tells(actors=police))


def test_two_dead_are_not_among_hundreds_of_dead():
    (many,) = (clue for clue in compare(tells(2), tells(380)) or () if clue.name == "killed differ")
    (few,) = (clue for clue in compare(tells(2), tells(20)) or () if clue.name == "killed differ")
    assert many.score < 2 * few.score
