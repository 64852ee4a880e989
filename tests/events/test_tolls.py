"""Figures of a whole campaign are no event, also where nobody says since when."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.model import EventKind

PUBLISHED = date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "The health ministry says 640 people have been killed by air raids on the enclave.",
        "Relentless shelling of the two provinces has killed 900 people, doctors said.",
    ],
)
def test_hundreds_killed_by_many_strikes_on_no_day_are_a_toll(text: str) -> None:
    (event,) = extract_events("", text, PUBLISHED)
    assert event.kind == EventKind.TOLL


@pytest.mark.parametrize(
    "text",
    [
        "An air strike on a market killed 340 people.",
        "On Monday air strikes killed 310 people in the province.",
        "Air raids on the port killed 40 people, doctors said.",
    ],
)
def test_one_strike_one_day_or_fewer_dead_are_an_event(text: str) -> None:
    (event,) = extract_events("", text, PUBLISHED)
    assert event.kind == EventKind.EVENT


@pytest.mark.parametrize(
    "text",
    [
        "More than 130 farmers have been killed by soldiers since the rebels' raid on 3 February.",
        "The latest deaths take the number of farmers killed in the region to 130.",
        "Police shootings have led to five deaths in as many months in Leeds.",
        "All 148 recorded deaths in the sector were between May and August 2025.",
    ],
)
def test_what_is_counted_from_deed_to_deed_is_a_toll(text: str) -> None:
    assert [event.kind for event in extract_events("", text, PUBLISHED)] == [EventKind.TOLL]


def test_what_a_war_veteran_did_is_an_event() -> None:
    (event,) = extract_events("", "A war veteran who has killed nine people was arrested by the police.", PUBLISHED)
    assert event.kind is EventKind.EVENT


def test_the_worst_since_an_attack_is_an_event() -> None:
    text = "In the worst attack since the raid on 3 February, gunmen killed 13 farmers in Leeds."
    assert [event.kind for event in extract_events("", text, PUBLISHED)] == [EventKind.EVENT]


def test_the_period_of_the_second_toll_is_that_of_the_first() -> None:
    text = "The death toll stands at 426 rebels and at least 700 soldiers killed since January 20."
    assert [event.kind for event in extract_events("", text, PUBLISHED)] == [EventKind.TOLL, EventKind.TOLL]


def test_deaths_reported_among_users_are_a_toll() -> None:
    text = "The bikes were recalled after at least five deaths and many injuries were reported among riders."
    assert {event.kind for event in extract_events("", text, PUBLISHED)} == {EventKind.TOLL}


def test_the_death_toll_of_a_war_told_in_the_headline_is_a_toll() -> None:
    (event,) = extract_events("Rebels and army at war: what we know", "Death toll in Leeds passes 1,300.", PUBLISHED)
    assert event.kind == EventKind.TOLL


@pytest.mark.parametrize(
    "text",
    [
        "Clashes have killed 90 people in the two years since the vote.",
        "In the 10 days since the offensive started, 90 people have been killed.",
        "Over the two decades since the coup, raiders have killed 400 villagers.",
        "The six years since the vote have seen 90 people killed.",
    ],
)
def test_what_was_counted_over_the_years_since_something_is_a_toll(text: str) -> None:
    assert [event.kind for event in extract_events("", text, PUBLISHED)] == [EventKind.TOLL]


@pytest.mark.parametrize(
    "text",
    [
        "Ten years since a ferry sank and killed 90 people, divers came back.",
        "It has been ten years since a ferry sank and killed 90 people.",
        "The town is in mourning, two weeks since gunmen killed 12 farmers there.",
    ],
)
def test_the_years_gone_by_since_a_deed_make_it_no_toll(text: str) -> None:
    assert [event.kind for event in extract_events("", text, PUBLISHED)] == [EventKind.EVENT]
