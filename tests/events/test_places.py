"""Names of places in an article, resolved together."""

import time

import pytest

from casualties.events.gazetteer import Gazetteer
from casualties.events.places import PlaceMention, find_places, read_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def named(mentions: list[PlaceMention], name: str) -> PlaceMention:
    return next(m for m in mentions if m.name == name)


def test_a_town_has_its_province_country_and_position(gazetteer: Gazetteer) -> None:
    found = named(find_places("", "A mortar hit a bakery in Mosul, Iraq.", gazetteer), "Mosul")
    assert (found.place.admin1, found.place.country, found.place.precision) == ("Nineveh", "IRQ", "exact")
    assert found.place.lat == pytest.approx(36.34, abs=0.1)
    assert found.relation == "in"


def test_a_district_means_the_one_in_the_articles_city(gazetteer: Gazetteer) -> None:
    text = "Barrel bombs fell on the Salaheddin district of Aleppo. Syrian rebels hold most of Aleppo."
    found = named(find_places("", text, gazetteer), "Salaheddin")
    assert (found.place.country, found.place.admin1) == ("SYR", "Aleppo")


def test_a_province_is_chosen_where_the_text_says_province(gazetteer: Gazetteer) -> None:
    found = named(find_places("", "Clashes went on in Homs province in Syria.", gazetteer), "Homs")
    assert found.place.precision == "admin1"
    found = named(find_places("", "Clashes went on in the city of Homs in Syria.", gazetteer), "Homs")
    assert found.place.precision == "exact"


@pytest.mark.parametrize("written", ["Rocky Mount, N.C.", "Rocky Mount, North Carolina", "Rocky Mount, NC"])
def test_the_state_after_a_town_decides(gazetteer: Gazetteer, written: str) -> None:
    found = named(find_places("", f"A boy was shot in {written}, on Sunday.", gazetteer), "Rocky Mount")
    assert (found.place.admin1, found.place.country) == ("North Carolina", "USA")


def test_a_hamlet_that_no_list_has_is_in_the_state_written_after_it(gazetteer: Gazetteer) -> None:
    found = named(find_places("", "Two men drowned in Zzyzx Hollow, Mo., on Sunday.", gazetteer), "Zzyzx Hollow")
    assert (found.id, found.place.admin1, found.place.country) == (None, "Missouri", "USA")


def test_an_unknown_village_keeps_its_name_and_gets_the_contexts_province(gazetteer: Gazetteer) -> None:
    text = "Helicopters fired at the village of Kafr Zbeidatin in Idlib province, Syria."
    found = named(find_places("", text, gazetteer), "Kafr Zbeidatin")
    assert found.id is None
    assert (found.place.admin1, found.place.country, found.place.precision) == ("Idlib", "SYR", "admin1")


def test_a_namesake_far_from_everything_is_not_meant(gazetteer: Gazetteer) -> None:
    text = "Rockets hit the village of Medford near Hama in Syria. The Syrian army blamed rebels in Hama."
    assert named(find_places("", text, gazetteer), "Medford").place.country == "SYR"


def test_a_name_that_only_a_far_off_town_has_does_not_mean_that_town(gazetteer: Gazetteer) -> None:
    text = "Floods cut off Petite-Riviere, a farming town in Haiti's Artibonite valley, a mayor in Port-au-Prince said."
    assert "MUS" not in {mention.place.country for mention in find_places("", text, gazetteer)}


def test_every_place_of_a_list_is_read(gazetteer: Gazetteer) -> None:
    text = "In Syria, rockets hit the quarters of Jumhuriya and Salamat. Shells fell on the Anbat and Ikdakh districts."
    names = {mention.name for mention in find_places("", text, gazetteer)}
    assert {"Jumhuriya", "Salamat", "Ikdakh"} <= names


def test_a_quarter_told_after_its_town_is_no_namesake_abroad(gazetteer: Gazetteer) -> None:
    text = "In Syria, shells hit Aleppo al-Jadida and Homs. Troops entered the Sahel district, the army said."
    assert {m.place.country for m in find_places("", text, gazetteer)} == {"SYR"}


@pytest.mark.parametrize(
    "text",
    [
        "Twelve died in Syria in Mondays clashes.",
        "In Syria, troops held the Military Academy region on Sunday.",
        "In Syria, a bomb went off in the Baydani Mosque.",
        "In Syria, the army used a MOAB bomb.",
    ],
)
def test_common_words_and_days_without_an_apostrophe_are_no_villages(gazetteer: Gazetteer, text: str) -> None:
    assert [mention.name for mention in find_places("", text, gazetteer)] == ["Syria"]


def test_what_is_told_right_after_a_name_says_that_it_is_a_place(gazetteer: Gazetteer) -> None:
    text = "Gunmen killed ten in Morne-Zabel, a farming town in Haiti's Artibonite valley, police said."
    place = named(find_places("", text, gazetteer), "Morne-Zabel").place
    assert (place.country, place.gazetteer_name) == ("HTI", None)


def test_a_direction_with_a_capital_is_no_province(gazetteer: Gazetteer) -> None:
    names = {m.name for m in find_places("", "In Syria, rebels advanced in Northeastern Aleppo.", gazetteer)}
    assert "Northeastern" not in names


def test_a_namesake_abroad_gives_way_to_the_country_that_the_sentence_names(gazetteer: Gazetteer) -> None:
    text = "Gang members overran the town of Petite-Rivière de l’Artibonite in Haiti on Monday, its mayor said."
    assert {m.place.country for m in find_places("Gang raid on Haitian town", text, gazetteer)} == {"HTI"}


def test_spellings_of_other_lists_are_resolved_in_the_articles_country(gazetteer: Gazetteer) -> None:
    text = "In Syria, shells hit the town of Mayadeen in Deir Ezzor province."
    found = find_places("", text, gazetteer)
    assert named(found, "Mayadeen").place.gazetteer_name == "Al Mayādīn"
    assert named(found, "Deir Ezzor").place.admin1 == "Deir ez-Zor"


def test_a_sea_that_tells_where_a_port_is_is_not_the_place(gazetteer: Gazetteer) -> None:
    told = find_places(
        "", "A blast killed five in the Black Sea port of Odesa. A ship sank in the Black Sea.", gazetteer
    )
    assert [m.name for m in told] == ["Odesa", "Black Sea"]


def test_near_a_town_is_not_in_it(gazetteer: Gazetteer) -> None:
    for text in ("A bus burnt near Kandahar.", "A bus burnt north of Kandahar.", "It fell 12 km from Kandahar."):
        found = named(find_places("", text, gazetteer), "Kandahar")
        assert found.relation == "near", text
    assert named(find_places("", "A bus burnt near Kandahar city.", gazetteer), "Kandahar").place.precision == "near"


def test_the_dateline_is_marked(gazetteer: Gazetteer) -> None:
    found = find_places("", "BEIRUT, March 4 (Agency) -- A raid on Raqqa in Syria killed six.", gazetteer)
    assert [m.name for m in found if m.is_dateline] == ["BEIRUT"]
    assert not named(found, "Raqqa").is_dateline


def test_a_government_that_acts_is_marked(gazetteer: Gazetteer) -> None:
    assert named(find_places("", "Russia denied it.", gazetteer), "Russia").relation == "agent"


def test_police_and_papers_named_after_a_town(gazetteer: Gazetteer) -> None:
    found = find_places("", "The Elmira Police Department was called, the Washington Post wrote.", gazetteer)
    assert [(m.name, m.relation) for m in found] == [("Elmira", "org")]


@pytest.mark.parametrize(
    "text",
    [
        "President Jackson met Gen. Lincoln.",
        "Jamel Everett was charged. Everett told the court that he was asleep.",
        "On Monday the Syrian and Turkish armies fired.",
        "They live on Columbus Street, police in the USA said.",
        "May the force be with you. Most Of it burnt.",
        "Walker said nothing.",
    ],
)
def test_persons_adjectives_streets_and_common_words_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert [m for m in find_places("", text, gazetteer) if m.place.precision != "country"] == []


def test_a_place_based_group_is_no_place_of_action(gazetteer: Gazetteer) -> None:
    found = find_places("", "The Britain-based group counted ten dead in Hama.", gazetteer)
    assert named(found, "Britain").relation == "org"


def test_part_of_a_country_keeps_its_direction(gazetteer: Gazetteer) -> None:
    found = named(find_places("", "Raids killed nine in northern Syria.", gazetteer), "northern Syria")
    assert (found.place.country, found.place.precision) == ("SYR", "country")
    assert len(find_places("", "Raids killed nine in northern Syria.", gazetteer)) == 1


def test_a_name_whose_apostrophe_the_feed_lost(gazetteer: Gazetteer) -> None:
    found = find_places("", "Mortars in Syrias Aleppo killed nine.", gazetteer)
    assert [m.name for m in found] == ["Syria", "Aleppo"]


def test_headlines_and_capitals_are_read_too(gazetteer: Gazetteer) -> None:
    assert named(find_places("Blast Kills Six In Northern Mali", "", gazetteer), "Mali").place.country == "MLI"
    assert (
        named(find_places("", "GUERRILLAS ATTACKED A POST IN AYACUCHO, PERU.", gazetteer), "AYACUCHO").place.country
        == "PER"
    )


def test_the_company_of_other_names_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    text = "Deputies from Habersham County came to Cornelia and Clarkesville; the sheriff lives in Demorest."
    assert {m.place.admin1 for m in find_places("", text, gazetteer)} == {"Georgia"}


def test_the_article_has_a_country(gazetteer: Gazetteer) -> None:
    assert read_places("Six die in Kabul", "Afghan police blamed the Taliban.", gazetteer).country == "AFG"


def test_offsets_give_back_the_names(gazetteer: Gazetteer) -> None:
    title, text = "Raids on northern Syria", "Shells hit Deir ez-Zor and the town of Qamishli."
    for mention in find_places(title, text, gazetteer):
        assert (title if mention.field == "title" else text)[mention.start : mention.end] == mention.name


@pytest.mark.parametrize(
    "text",
    ["", "A " * 30_000, "Aleppo, " * 10_000, "al-" * 30_000, "\x00\u202e" * 9_000, "Émile " * 9_000, "X" * 200_000],
)
def test_hostile_text_takes_time_in_proportion(gazetteer: Gazetteer, text: str) -> None:
    started = time.process_time()
    find_places(text[:500], text, gazetteer)
    assert time.process_time() - started < 5


def test_a_name_that_only_one_place_has_means_that_one_in_news_of_another_country(gazetteer: Gazetteer) -> None:
    text = "Brazil and Argentina called for calm. Argentines were taken to the enclave of the Gaza Strip."
    assert named(find_places("Brazil urges calm", text, gazetteer), "Gaza Strip").place.country == "PSE"


def test_an_attack_from_an_occupied_area_is_not_in_it(gazetteer: Gazetteer) -> None:
    found = named(
        find_places("", "Shells were fired at Deraa from the occupied Golan Heights.", gazetteer), "Golan Heights"
    )
    assert found.relation == "from"


def test_a_highway_bears_a_name_but_is_not_the_town_of_that_name(gazetteer: Gazetteer) -> None:
    assert not [
        m for m in find_places("", "Two died on the Stuart Highway in Australia.", gazetteer) if m.name == "Stuart"
    ]


def test_a_river_that_no_list_has_is_not_where_people_died(gazetteer: Gazetteer) -> None:
    text = "Two died in Scotland after flooding at the Zabbrock river."
    assert not [m for m in find_places("", text, gazetteer) if m.name == "Zabbrock"]


def test_a_village_once_introduced_is_known_without_its_kind(gazetteer: Gazetteer) -> None:
    text = (
        "Mortars fell on the city of Idlib and on the village of Tell Zarbush in Idlib province. "
        "Nobody was hurt in Idlib, but two shepherds were killed in Tell Zarbush."
    )
    told = [m for m in find_places("Shelling in Syria", text, gazetteer) if m.name == "Tell Zarbush"]
    assert [m.relation for m in told] == ["in", "in"]
    assert {m.place.admin1 for m in told} == {"Idlib"}


def test_a_refugee_camp_bears_the_name_of_its_province(gazetteer: Gazetteer) -> None:
    (camp,) = find_places("Shell hits a school in Gaza refugee camp", "", gazetteer)
    assert camp.place.gazetteer_name == "Gaza Strip"


@pytest.mark.parametrize(
    "written", ["the town of Mansoura west of Raqqa", "Mansoura, about 30 km west of the city of Raqqa"]
)
def test_a_name_is_not_of_a_city_far_from_where_the_text_puts_it(gazetteer: Gazetteer, written: str) -> None:
    found = find_places("", f"A raid hit {written} in Syria on Tuesday.", gazetteer)
    assert named(found, "Mansoura").place.country == "SYR"
