"""Which of the places and days that an article tells are an event's."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.train_places import same_name
from casualties.model import Event


def only(title: str, text: str, published: date = date(2022, 4, 6)) -> Event:
    (event,) = extract_events(title, text, published)
    return event


def test_a_place_of_a_reaction_is_not_the_events() -> None:
    text = "Gunmen killed 12 villagers in Gusau on Monday. Officials in Abuja condemned the raid."
    place = only("Gunmen kill twelve in Nigeria", text).place
    assert place is not None
    assert (place.name, place.country) == ("Gusau", "NGA")


def test_a_day_told_in_the_next_sentence_is_the_events() -> None:
    text = "Shelling killed four people in Kharkiv, the governor said. It began before dawn on Tuesday, residents said."
    when = only("Shelling in Kharkiv", text).date
    assert when is not None
    assert when.start == date(2022, 4, 5)


def test_since_a_dated_deed_is_a_period_up_to_publication() -> None:
    text = "Militants have killed 40 people since they closed the road to Kidal in early 2014."
    when = only("", text, date(2016, 8, 25)).date
    assert when is not None
    assert (when.start, when.end) == (date(2014, 1, 1), date(2016, 8, 25))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("Idlib", "Idlib province", True), ("Abu Kamal", "Abu Kemal", True), ("Homs", "Hama", False)],
)
def test_spellings_of_one_place(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same
