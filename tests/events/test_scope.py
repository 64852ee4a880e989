"""Of whom and of what an event's figures are told."""

from dataclasses import replace
from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.places import PlaceMention
from casualties.events.scope import place_hit
from casualties.model import Place

MAY_9 = date(2026, 5, 9)


def scope(title, text="", killed=None):
    """The scope of the first event told, or of the one with ``killed`` dead."""
    events = extract_events(title, text, MAY_9)
    return next(e.scope for e in events if killed is None or (e.killed and e.killed.best == killed))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Twelve Canadians killed in attack in Nairobi", "Gunmen stormed a hotel in Kenya on Friday."),
        ("Number of Danes killed in attack in Kenya rises to seven", ""),
        ("Teacher loses 14 family members in strike on Aden", ""),
        ("Strike on Aden kills nine of his relatives", ""),
        (
            "Students mourn in Quito",
            "Eleven from the university community were killed in the attack in Ecuador on Friday.",
        ),
        ("Nine children killed in attack in Kenya", ""),
    ],
)
def test_who_is_of_one_nation_one_family_or_one_community_is_a_group(title, text):
    assert scope(title, text) == "group"


@pytest.mark.parametrize(
    "title",
    [
        "Twelve Kenyans killed in attack in Nairobi",
        "Canadian killed in attack in Nairobi",
        "Twelve people killed in attack in Nairobi",
        "Six children and four women killed in attack in Nairobi",
    ],
)
def test_the_people_of_a_country_and_single_victims_are_no_group(title):
    assert scope(title) == "all"


@pytest.mark.parametrize(
    "title",
    [
        "Dozens killed in air strikes on Yemen",
        "Hundreds killed as army jets pound rebels in Sudan",
        "Air strikes kill 130 people in Yemen",
        "Army's bombing of Yemen kills 1,250 people",
    ],
)
def test_a_vague_or_great_number_of_many_attacks_in_an_area_on_no_day_is_a_summary(title):
    assert scope(title) == "summary"


@pytest.mark.parametrize(
    "title",
    [
        "Dozens killed in air strike on market in Yemen",
        "Dozens killed in air strikes on Yemen on Friday",
        "Dozens killed in overnight air strikes on Yemen",
        "Dozens killed in air strikes on Taiz",
        "Dozens killed in floods in Yemen",
        "Air strikes kill 13 people in Yemen",
    ],
)
def test_one_attack_a_day_a_town_and_a_number_make_it_an_event(title):
    assert scope(title) == "all"


@pytest.mark.parametrize(
    ("title", "text", "country"),
    [
        ("Egypt continues to shell Gaza", "At least 40 people were killed.", "PSE"),
        ("Gaza sees heaviest night of Egyptian raids", "In the past day 310 people were killed.", "PSE"),
        ("Syria: UK special forces killed nine people in a raid", "", "SYR"),
    ],
)
def test_a_state_that_strikes_is_not_where_it_strikes(title, text, country):
    assert [e.place.country for e in extract_events(title, text, MAY_9)] == [country]


def test_many_dead_of_one_nation_died_in_their_country():
    text = "Raids on Lima go on, weeks after 1,400 Chileans were killed in an attack by rebels."
    (event,) = extract_events("Rebels attack", text, MAY_9)
    assert (event.place.country, event.scope) == ("CHL", "all")


def test_the_day_of_a_later_event_is_not_that_of_the_earlier_one():
    text = "Homes fell when another quake shook Chile on Friday, just days after 940 people died in an earlier one."
    (event,) = extract_events("Another quake hits Chile", text, MAY_9)
    assert (event.killed.best, event.date) == (940, None)


def test_a_family_its_parents_and_citizens_abroad_are_groups():
    assert scope("Rebels killed my parents, but war is not the answer", killed=2) == "group"
    assert scope("Six Danish citizens killed in rebel attack, says minister") == "group"


def test_what_is_told_of_no_number_no_day_and_no_means_is_a_summary():
    told = extract_events("Police ignore murdered women and children, senator says", "", MAY_9)
    assert {e.scope for e in told} <= {"summary"}


def where(title, text=""):
    (event,) = extract_events(title, text, MAY_9)
    return event.place and event.place.country


def test_a_state_whose_planes_bomb_is_not_the_place_that_they_hit():
    assert where("Twelve killed in Turkish air strike", "The Turkish army says that it aimed at rebels.") is None
    assert where("Turkish air strike kills twelve Iraqis", "") == "IRQ"
    text = (
        "Turkey warned that more would follow the bombing of a market, which left twelve people dead. Iraq protested."
    )
    assert where("Families flee Iraq", text) == "IRQ"
    assert where("Turkish air strike kills twelve in Turkey", "") == "TUR"


def test_near_a_country_is_in_the_one_beside_and_no_one_is_killed_in_a_part_of_the_world():
    assert where("Kenya mourns twelve soldiers killed near Somalia", "Fighters had attacked their camp.") == "KEN"
    assert where("Kenya: gunman shoots four teachers dead", "Violence in Africa is rising, the union said.") == "KEN"


def test_a_city_that_stands_for_a_government_is_not_where_its_soldiers_killed():
    text = "The arrest in a village in Somalia was a rare admission by Nairobi that its forces do wrong."
    assert where("Two soldiers held for killing nine farmers", text) == "SOM"


def test_a_city_that_does_nothing_is_the_place_whatever_is_told_from_abroad():
    text = "A Damascus car bomb killed twelve people on Monday. Talks in Geneva resumed on Tuesday."
    assert where("Bomb kills twelve", text) == "SYR"


def test_old_deeds_of_which_an_inquiry_hears_without_a_day_are_a_summary():
    text = "Special forces killed nine people in their beds in Kenya, an inquiry has heard."
    assert scope("Killings covered up for years", text) == "summary"


def test_victims_of_bombing_without_a_number_or_a_place_in_the_country_are_a_summary():
    assert scope("Little sympathy for farmers killed in air strikes, envoy of Yemen says") == "summary"


def test_an_old_case_that_is_looked_back_at_is_a_summary():
    assert scope("How were the 21 people killed in the ferry case named?") == "summary"
    text = "The minister apologised to families of nine farmers killed by soldiers in Kenya."
    assert scope("A late apology", text) == "summary"


def test_bare_plurals_of_a_year_or_of_a_speech_are_a_summary():
    assert scope("Malta marks anniversary", "Sailors were killed in a shipwreck off Malta in 2013.") == "summary"
    text = "On Saturday an organiser spoke about children being killed in air strikes in Yemen."
    assert scope("Rally in London", text) == "summary"


def test_a_place_that_no_words_tell_as_such_stays():
    (event,) = extract_events("Bomb kills twelve in Homs", "", MAY_9)
    country = Place(name=None, country="SYR", precision="country")
    (span, *_) = event.evidence
    told = PlaceMention(
        field="title", start=span.start + 21, end=span.start + 25, name="Homs", place=event.place, id=1, relation="in"
    )
    assert place_hit(replace(event, place=country), [told], []) == country


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Man who killed neighbour jailed for 20 years", "Jon Poe killed Ann Roe at her flat in Leeds."),
        ("Appeal begins after nurse found guilty of drowning husband in Malta", ""),
        ("Leeds deaths: a coroner says errors led to murder of mother and two sons", ""),
        ("Envoys sent home in row over the assassination of Kurdish singer", "The singer was killed in Oslo."),
        ("Stories of the hikers who were killed in Peru", "The writer saw where the bodies of 18 hikers were found."),
        ("Governor refuses clemency", "The man and his brother murdered three clerks in a shop."),
        ("Gunman sentenced to life", "Six people were killed in the attack in Leeds."),
        ("Divers visit a wreck off Aden", "Twenty years later, the ferry that drowned nine people draws crowds."),
        ("Memorial to 12 who died in mine fire opens", ""),
        ("Anniversary of the massacre of 40 farmers marked in Leeds", ""),
    ],
)
def test_a_deed_that_is_only_judged_or_looked_back_at_without_its_day_is_a_summary(title, text):
    assert {e.scope for e in extract_events(title, text, MAY_9) if e.killed} == {"summary"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Five killed in Leeds shooting", "The gunman, who was on parole, fled."),
        ("Five killed in Leeds shooting", "The gunman, who had been convicted of robbery, fled."),
        ("Gunmen killed 12 guards to free men sentenced to death", ""),
        ("Forty inmates awaiting trial died in a fire in Lima", ""),
        ("Nine killed as gunmen storm court where general faces trial", ""),
        ("Prison fire", "Police said that nine people were killed. Three were on death row."),
        ("Blast kills nine in crowd at a memorial for a singer", ""),
        ("Death toll in blast at memorial for singer rises to nine", ""),
        ("Bomb kills 14 at parade for anniversary of independence", ""),
        ("Shelling goes on in Aden", "Shells fell months later, killing seven."),
    ],
)
def test_who_is_killed_now_by_or_beside_the_judged_or_the_remembered_is_told(title, text):
    assert {e.scope for e in extract_events(title, text, MAY_9) if e.killed} == {"all"}


def test_a_deed_that_is_judged_keeps_its_day_and_is_told():
    assert scope("Man jailed for 20 years", "Jon Poe killed Ann Roe at her flat in Leeds in March 2025.") == "all"


def test_who_were_killed_in_two_countries_are_of_no_one_event():
    assert scope("How two boys were killed", "The boys in Kenya and Peru were victims of gangs.") == "summary"
    assert scope("At least 900 people killed in earthquake", "It shook homes in Turkey and Syria.") == "all"


def test_what_others_did_before_is_not_the_attack_that_is_told():
    text = "Turkish jets bombed homes, killing hundreds, after the rebels' surprise attack."
    assert scope("No place to hide in Syria", text) == "summary"
