"""Which of the places and days that an article tells are an event's."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.context import Context
from casualties.events.extractor import prepare
from casualties.events.place_clues import pointers_of
from casualties.events.place_relations import story_of
from casualties.events.tokens import split, tokenise
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


def test_a_region_of_suburbs_is_narrower_than_the_city_it_is_near() -> None:
    text = "Air strikes killed 14 people near Damascus on Monday. The strikes hit Eastern Ghouta, a monitor said."
    place = only("Air strikes near capital kill 14", text).place
    assert place is not None
    assert place.name == "Eastern Ghouta"


def test_a_toll_of_a_war_is_of_the_country_that_it_names() -> None:
    text = "Troops advanced in Homs on Monday. The war in Syria has killed more than 300,000 people since 2011."
    place = only("Battle for Homs goes on", text).place
    assert place is not None
    assert (place.name, place.precision) == ("Syria", "country")


def test_a_toll_of_very_many_is_of_no_town_told_before() -> None:
    text = (
        "Drones hit El Obeid on Monday. The war in Sudan goes on. More than 90,000 people have fled since April 2023."
    )
    (toll,) = (e for e in extract_events("Drones hit a city in Sudan", text, date(2025, 4, 6)) if e.kind == "toll")
    assert toll.place is not None
    assert toll.place.country == "SDN"
    assert toll.place.name != "El Obeid"


def test_a_region_holds_what_lies_in_it_and_not_its_whole_province() -> None:
    text = "Shells fell on Eastern Ghouta, where Douma lies, and on Zabadani and Damascus."
    context = Context.of("", text, None)
    named = {m.name: m for m in context.by_field["text"]}
    ghouta = named["Eastern Ghouta"]
    assert not context.contains(ghouta, named["Zabadani"])
    assert context.specificity(ghouta) > context.specificity(named["Damascus"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rockets killed nine in the city and wounded four.", [("city", False)]),
        ("Jets killed nine on the citys outskirts.", [("city", False)]),
        ("Raids killed nine in three villages.", [("villages", True)]),
        ("Raids killed nine in the city of Aleppo and in Idlib province.", []),
        ("The state killed nine in the capital.", []),
    ],
)
def test_a_sentence_takes_up_a_place_without_its_name(text: str, words: list[tuple[str, bool]]) -> None:
    sentence = tokenise(split(None, text)[1])
    assert [(p.word, p.several) for p in pointers_of(sentence, Context.of("", text, None))] == words


def test_the_city_is_the_one_told_before_and_not_the_town_between() -> None:
    text = (
        "Rebels fought the army in Aleppo on Monday. Atareb, a town to the west, was calm. "
        "Shelling killed six people in the east of the city, a monitor said."
    )
    place = only("Fighting goes on", text).place
    assert place is not None
    assert place.name == "Aleppo"


@pytest.mark.parametrize(
    ("opening", "goes_on"),
    [("The blast damaged a school.", True), ("Meanwhile, talks were held.", False)],
)
def test_a_story_goes_on_until_a_sentence_turns_to_something_else(opening: str, goes_on: bool) -> None:
    sentences = split(None, f"A bomb killed nine people in Aleppo. {opening}")
    story = story_of({1}, set(), sentences)
    assert (2 in story) is goes_on


def test_a_story_ends_where_another_event_is_told() -> None:
    sentences = split(None, "A bomb killed nine people. A shell killed two others. Rescuers came.")
    assert story_of({1}, {2}, sentences) == {1: 0}


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


def test_a_square_is_an_address_where_its_town_is_told() -> None:
    text = "Shells that fell on Daraa on Monday killed three people. They hit al-Shuhada Square."
    place = only("Shelling kills three in Daraa", text).place
    assert place is not None
    assert place.name == "Daraa"


@pytest.mark.parametrize(
    ("hit", "name"),
    [("Qasr Nabil Square", "Qasr Nabil Square"), ("al-Shuhada Square", "Syria")],  # Egypt has an al-Shuhada
)
def test_a_square_is_the_place_where_only_its_country_is_told_and_none_in_another(hit: str, name: str) -> None:
    text = f"Four people were killed in Syria on Monday. The shells hit {hit}."
    place = only("Shelling kills four", text).place
    assert place is not None
    assert (place.name, place.country) == (name, "SYR")


def test_areas_that_are_told_together_are_the_area_that_holds_them():
    text = "Russia sent drones overnight against depots in the Odesa, Vinnytsia and Poltava regions."
    (event,) = extract_events("Russian Drones Kill Seven in Ukraine", text, date(2026, 5, 9))
    assert (event.place.country, event.place.precision) == ("UKR", "country")


def test_where_somebody_speaks_is_not_where_it_happened():
    text = "Relatives said at a London press conference that the raid in Kenya had cost twelve lives."
    (event,) = extract_events("Families speak out", text, date(2026, 5, 9))
    assert event.place.country == "KEN"


def test_where_a_bus_was_bound_for_may_be_where_it_crashed():
    (event,) = extract_events("Nine pilgrims killed as bus bound for Kenya overturns", "The driver fled.", None)
    assert event.place.country == "KEN"


@pytest.mark.parametrize("served", ["agents working", "volunteers who fought", "men spying"])
def test_whom_one_worked_for_is_not_where_he_was_killed(served):
    text = "Russia's security service said that they had opened fire on officers."
    (event,) = extract_events(f"Four {served} for Kenya killed in shootout", text, date(2026, 5, 9))
    assert event.place.country == "RUS"


def held(text: str) -> set[tuple[str, str]]:
    """Which places of a text hold which."""
    context = Context.of("", text, None)
    told = context.by_field["text"]
    return {(a.name, b.name) for a in told for b in told if a is not b and context.contains(a, b)}


def test_an_unlisted_quarter_lies_in_the_town_told_last() -> None:
    text = "Jets bombed Aleppo at dawn. Ten people died in the Zurqabiya neighbourhood. Idlib was calm."
    assert ("Aleppo", "Zurqabiya") in held(text)
    assert ("Idlib", "Zurqabiya") not in held(text)


def test_a_village_that_shells_fell_on_lies_in_the_province_named_like_its_town() -> None:
    text = "A blast killed ten people in Hama on Monday. Shells fell on Zurqabiya and on Morek."
    assert {("Hama", "Zurqabiya"), ("Hama", "Morek")} <= held(text)
    assert ("Morek", "Zurqabiya") not in held(text)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Two more were killed in a village east of the town.", "Azaz"),
        ("Two more were killed on the edge of the city.", "Homs"),
    ],
)
def test_a_figure_is_where_its_clause_points(told: str, name: str) -> None:
    text = f"Clashes shook Homs. Shells killed nine people in the town of Azaz on Monday. {told}"
    found = prepare("", text, date(2022, 4, 6))
    assert found is not None
    where = found.reports[-1].where
    assert where is not None
    assert where.name == name
