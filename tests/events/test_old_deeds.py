"""Deeds of long ago that are told, judged or remembered now: they keep their own date."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.dates import find_dates

DAY = date(2023, 10, 20)  # a Friday


def days(title: str, text: str) -> tuple[str, str] | None:
    event = extract_events(title, text, DAY)[0]
    return event.date and (event.date.start.isoformat(), event.date.end.isoformat())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("almost six centuries ago", "1423-01-01", "1423-12-31"),
        ("in 1381, when", "1381-01-01", "1381-12-31"),
        ("on 3 May 1871, soldiers", "1871-05-03", "1871-05-03"),
        ("on the site of the 1871 massacre", "1871-01-01", "1871-12-31"),
        ("the 1994 murder of two", "1994-01-01", "1994-12-31"),
        ("after the June ferry disaster", "2023-06-01", "2023-06-30"),
        ("the 20th anniversary of the fire", "2003-01-01", "2003-12-31"),
        ("two years after the fire", "2021-01-01", "2021-12-31"),
        ("more than three months after the fire", "2023-06-01", "2023-07-31"),
    ],
)
def test_when_old_deeds_were(text: str, start: str, end: str) -> None:
    (found,) = find_dates(text, DAY)
    assert (found.span.start.isoformat(), found.span.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", ["99 centuries ago", "999 decades ago", "more than 900 decades after the fire"])
def test_what_was_before_the_calendar_has_no_date(text: str) -> None:
    assert find_dates(text, DAY) == []


def test_an_anniversary_held_in_a_year_is_not_the_one_of_that_number() -> None:
    assert not any(found.aftermath for found in find_dates("the 2016 anniversary of the fire", DAY))


@pytest.mark.parametrize("text", ["1500 were lost in 1800 raids", "the March on the capital", "a total of 1650 fled"])
def test_numbers_and_marches_are_no_old_dates(text: str) -> None:
    assert find_dates(text, DAY) == []


def test_a_disaster_told_of_a_month_after_is_of_that_month() -> None:
    text = "A month after a landslide killed 140 people, the people of Sunda province are still in tents."
    assert days("Life in tents", text) == ("2023-09-01", "2023-09-30")
    text = "A month after the landslide, a bus fell into a gorge in Sunda province and 14 people were killed."
    assert days("Life in tents", text) is None


def test_the_day_of_an_inquest_is_not_that_of_the_deaths() -> None:
    text = "Speaking on Tuesday at an inquest into the deaths of five men who were shot in Leeds, she wept."
    assert days("Inquest hears of five shot dead in Leeds", text) is None


def test_an_inquest_tells_the_month_of_the_attack_in_its_next_sentence() -> None:
    text = "The hearings will take two months. They will look into what was known in May 2017."
    assert days("Inquest opens into Leeds mosque attack that killed 22", text) == ("2017-05-01", "2017-05-31")


def test_of_a_meeting_and_an_old_crime_the_year_of_the_crime_counts() -> None:
    text = "A man on death row for the murders of two shopkeepers during a 1994 robbery lost his appeal on Tuesday."
    assert days("Death row inmate loses appeal", text) == ("1994-01-01", "1994-12-31")


def test_days_after_an_attack_that_killed_are_counted_back() -> None:
    text = "Troops are still in the streets of Leeds, four days after an attack that left 30 people dead."
    assert days("Troops in the streets", text) == ("2023-10-16", "2023-10-16")
