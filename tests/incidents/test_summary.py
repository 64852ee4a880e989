import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from casualties.incidents import summarise
from casualties.model import Actor, DateSpan, Denial, EventReport, EventType, Figure, Place, Victim, key

NOON = datetime(2019, 7, 23, 12, 0, tzinfo=UTC)


def figure(low, best, high, basis="exact"):
    return Figure(low=low, best=best, high=high, basis=basis, phrase=f"{best} people")


def exactly(number):
    return figure(number, number, number)


def at_least(number):
    return figure(number, number, None, "at_least")


DOZENS = Figure(low=24, best=None, high=None, basis="vague", phrase="dozens")


def says(outlet, killed=None, hours=0, slug="", **more) -> EventReport:
    article = f"{outlet}{slug}{hours}"
    fields = {
        "report_id": key(article), "article_id": article, "version_id": article, "ordinal": 0,
        "extractor_version": "1", "publisher": outlet, "published": NOON + timedelta(hours=hours), "killed": killed,
        "type": EventType.AIR_STRIKE, "confidence": 0.5,
    }  # fmt: skip
    return EventReport(**(fields | more))


def state(*reports, **more):
    return summarise(reports, incident_id="i", now=NOON, **more)


def killed(*reports):
    told = state(*reports).killed
    return (told.low, told.best, told.high)


def test_a_single_report_speaks_for_itself():
    assert killed(says("alpha", exactly(59))) == (59, 59, 59)
    assert killed(says("alpha", at_least(59))) == (59, 59, None)
    assert killed(says("alpha", DOZENS)) == (24, None, None)


def test_the_range_spans_what_independent_outlets_say():
    assert killed(says("alpha", exactly(51)), says("beta", exactly(52), hours=3)) == (51, 52, 52)


def test_a_later_figure_of_one_outlet_takes_the_place_of_its_earlier_one():
    assert killed(says("alpha", exactly(13)), says("alpha", exactly(14), hours=5)) == (14, 14, 14)


def test_a_later_vague_word_of_one_outlet_does_not_take_the_place_of_its_number():
    assert killed(says("alpha", exactly(59)), says("alpha", DOZENS, hours=5)) == (59, 59, 59)


def test_a_vague_word_widens_no_range_that_it_admits():
    assert killed(says("alpha", exactly(59)), says("beta", DOZENS, hours=1)) == (59, 59, 59)


def test_best_is_what_most_outlets_say_of_late():
    told = [says("alpha", exactly(40), hours=-50), says("beta", exactly(52)), says("gamma", exactly(52), hours=1)]
    assert killed(*told, says("delta", exactly(55), hours=2)) == (40, 52, 55)


def test_a_copy_counts_once_with_its_original():
    original = says("alpha", exactly(59))
    copy = says("beta", exactly(59), hours=1, copy_of=original.article_id)
    told = state(original, copy)
    assert (told.reports, told.independent_sources, told.publishers) == (2, 1, ("alpha", "beta"))


def test_copies_of_a_story_that_is_not_there_count_as_one():
    told = state(says("alpha", exactly(59), copy_of="agency"), says("beta", exactly(59), hours=1, copy_of="agency"))
    assert told.independent_sources == 1


def test_zero_is_said_and_null_is_unsaid():
    told = state(says("alpha", exactly(0)))
    assert (told.killed.best, told.injured) == (0, None)


@pytest.mark.parametrize(
    ("first", "second", "hours", "disagree"),
    [
        (exactly(59), exactly(59), 1, False),
        (at_least(20), exactly(24), 1, False),
        (exactly(13), exactly(14), 1, False),  # a toll that rises
        (exactly(20), exactly(60), 12, False),  # likewise
        (exactly(20), exactly(60), 1, True),  # two counts of one hour
        (exactly(60), exactly(20), 12, True),  # a later, lower count of another outlet
        (DOZENS, exactly(60), 1, False),
    ],
)
def test_sources_disagree_where_their_figures_cannot_both_hold(first, second, hours, disagree):
    assert state(says("alpha", first), says("beta", second, hours=hours)).sources_disagree is disagree


def test_figures_that_disagree_are_marked_conflicting():
    told = state(says("alpha", exactly(500)), says("beta", exactly(100), hours=1))
    assert told.killed.basis == "conflicting"
    assert (told.killed.low, told.killed.high) == (100, 500)


def test_the_most_exact_place_and_the_date_told_most_are_kept():
    country = Place(name="Syria", country="SYR", precision="country")
    town = Place(name="Maarat al-Numan", country="SYR", precision="exact")
    month = DateSpan(start=date(2019, 7, 1), end=date(2019, 7, 31), precision="month")
    monday, sunday = (DateSpan(start=date(2019, 7, day), end=date(2019, 7, day)) for day in (22, 21))
    told = state(
        says("alpha", place=country, date=month),
        says("beta", place=town, date=sunday, hours=1),
        says("gamma", place=country, date=monday, hours=2),
        says("delta", date=monday, hours=3),
    )
    assert (told.place, told.date) == (town, monday)


def test_an_unknown_type_gives_way_to_a_told_one():
    told = state(says("alpha", type=EventType.UNKNOWN), says("beta", hours=1), says("gamma", type=EventType.UNKNOWN))
    assert told.type == EventType.AIR_STRIKE


def test_of_the_statuses_of_an_actor_the_weaker_is_kept_where_they_are_told_as_often():
    stated, accused = Actor(name="Russia", status="stated"), Actor(name="russia", status="accused")
    assert state(says("alpha", actors=(stated,)), says("beta", actors=(accused,), hours=1)).actors == (
        Actor(name="Russia", status="accused"),
    )


def test_denials_sources_and_victims_are_gathered():
    children = Victim(outcome="killed", group="children", low=5, best=5, high=5)
    told = state(
        says("alpha", denials=(Denial(by="Russia"),), sources=("monitor",)),
        says("beta", sources=("ministry", "monitor"), victims=(children,), hours=1),
    )
    assert told.denials == (Denial(by="Russia"),)
    assert (told.sources, told.victims) == (("monitor", "ministry"), (children,))
    assert (told.first_reported, told.last_reported) == (NOON, NOON + timedelta(hours=1))


def test_the_order_of_the_reports_does_not_matter():
    reports = [
        says("alpha", exactly(51), actors=(Actor(name="A"),)),
        says("beta", DOZENS, hours=1),
        says("gamma", exactly(52), hours=1, sources=("x",)),
        says("alpha", exactly(52), hours=2),
    ]
    assert len({repr(state(*order)) for order in itertools.permutations(reports)}) == 1


def test_a_first_state_is_opened_and_an_equal_one_is_no_change():
    first = state(says("alpha", exactly(59)))
    assert first.change == "opened"
    assert state(says("alpha", exactly(59)), previous=first).change == ""


@pytest.mark.parametrize(
    ("reports", "more", "change"),
    [
        ([("alpha", 59), ("beta", 59)], {}, "report added"),
        ([("alpha", 59), ("beta", 61)], {}, "report added, figure raised"),
        ([("alpha", 49)], {"corrected": True}, "corrected, figure lowered"),
        ([], {}, "withdrawn"),
        ([], {"merged_into": "j"}, "merged"),
        ([("alpha", 59)], {"part_of": "w"}, "part of another"),
    ],
)
def test_a_change_is_named(reports, more, change):
    before = state(says("alpha", exactly(59)))
    told = [says(outlet, exactly(number), hours=at) for at, (outlet, number) in enumerate(reports)]
    assert state(*told, previous=before, **more).change == change


def test_an_incident_that_leaves_the_one_it_was_merged_into_is_split():
    merged = replace(state(), merged_into="j", change="merged")
    assert state(says("alpha", exactly(5)), previous=merged).change == "split"


def test_the_count_of_one_group_neither_lowers_nor_raises_the_figure_but_stands_where_no_other_is_told():
    group = says("beta", exactly(9), hours=50, scope="group")
    assert state(says("alpha", exactly(140)), group).killed == exactly(140)
    assert state(group).killed == exactly(9)


def test_what_was_told_to_be_twice_as_many_a_day_later_is_outdated():
    told = state(
        says("alpha", at_least(15)), says("beta", exactly(300), hours=30), says("gamma", exactly(310), hours=31)
    )
    assert (told.killed.low, told.killed.best, told.killed.high) == (300, 310, 310)


def test_that_nobody_died_is_not_outdated_by_who_says_otherwise():
    told = state(says("alpha", exactly(0)), says("beta", exactly(0)), says("gamma", exactly(3)))
    assert (told.killed.low, told.killed.high) == (0, 3)


def test_more_than_half_of_what_is_known_says_nothing_new():
    told = state(says("alpha", exactly(2050)), says("beta", at_least(1000), hours=30))
    assert (told.killed.low, told.killed.best, told.killed.high) == (2050, 2050, 2050)


def test_at_least_a_number_gives_way_to_the_higher_one_told_later():
    told = [says("alpha", at_least(21)), says("beta", at_least(21)), says("gamma", at_least(28), hours=1)]
    assert state(*told).killed.best == 28


IDLIB = Place(name="Idlib", admin1="Idlib", country="SYR", lat=35.8, lon=36.7, precision="admin1")


def test_the_place_lies_in_the_country_that_is_told_most_often():
    city = Place(name="Oslo", country="NOR", lat=59.9, lon=10.7, precision="exact")
    told = [says("alpha", place=IDLIB), says("beta", place=IDLIB), says("gamma", place=city)]
    assert state(*told).place == IDLIB


def test_a_town_of_a_great_attack_is_not_its_place():
    town = Place(name="Maarat al-Numan", admin1="Idlib", country="SYR", lat=35.64, lon=36.68, precision="exact")
    assert state(says("alpha", exactly(900), place=IDLIB), says("beta", exactly(100), place=town)).place == IDLIB


def test_a_day_after_the_first_report_is_not_the_day_of_the_incident():
    monday = DateSpan(start=date(2019, 7, 29), end=date(2019, 7, 29), precision="day")
    week = DateSpan(start=date(2019, 7, 22), end=date(2019, 7, 28), precision="week")
    reports = [says("a", exactly(1)), says("b", exactly(1), 150, date=monday), says("c", exactly(1), 152, date=week)]
    assert state(*reports).date == week


def test_reports_that_were_published_at_no_time_have_a_day_all_the_same():
    day = DateSpan(start=date(2019, 7, 21), end=date(2019, 7, 21))
    assert state(replace(says("alpha", date=day), published=None)).date == day
