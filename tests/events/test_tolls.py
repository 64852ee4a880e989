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
