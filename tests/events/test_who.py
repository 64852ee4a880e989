"""Who did it, who says so and who denies it: of whole articles, in our own words."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.names import find_denials, find_sources
from casualties.events.player_roles import DOES, roles_of
from casualties.events.tellers import acronyms_of, tellers_of
from casualties.events.tokens import split, tokenise
from casualties.events.who import Weighed, Who, decide
from casualties.events.who_judge import judges_of
from casualties.model import Event

DAY = date(2024, 5, 16)


def main_event(title: str, text: str) -> Event:
    return extract_events(title, text, DAY)[0]


def tellers(text: str) -> list[str]:
    found = tellers_of({"title": [], "text": find_sources(text)}, split("", text), acronyms_of(text))
    return [teller.name for teller in found]


def acts(text: str, name: str) -> bool:
    """Whether the grammar takes a name of a one-sentence text for the doer."""
    context = Context.of("", text, DAY)
    sentence = tokenise(split("", text)[1])
    mention = next(m for m in context.actors["text"] if m.name == name)
    return bool(roles_of(sentence, mention, context) & DOES)


def test_who_only_tells_it_did_not_do_it_beside_the_doer() -> None:
    text = "Six were killed by bandits, police said."
    assert acts(text, "bandits")
    assert not acts(text, "police")


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ten died, according to data from the Coast Guard.", ["Coast Guard"]),
        ("The aid group that supports the clinic said ten died.", ["aid group"]),
        ("An organisation monitoring the conflict said ten died.", ["organisation"]),
        ("Ten died says the war monitor.", ["war monitor"]),
        ("Ten died while they fought the Red Brigade a monitor said.", ["monitor"]),
        ("The blast claimed the lives of ten people in Eastern Homs which claimed the lives of nine.", []),
        ("The committee relies on doctors for its reports.", []),
        ("Ten people died, court told.", []),
        ("The Lakeside Lawyers' Union said ten died.", ["Lakeside Lawyers' Union"]),
        ("Ten died, the emergencies service said.", ["emergencies service"]),
        ("Ten died, the ombudsman's office said.", ["ombudsman's office"]),
        ("The coroner in the river town of Maradi said ten died.", ["coroner in the river town of Maradi"]),
        (
            "Ten died, according to the ports planning and inspection office.",
            ["ports planning and inspection office"],
        ),
        ("Her family said that ten had died.", ["family"]),
        ("Ten died, say officials.", ["officials"]),
        ("Local activists are reporting that ten died.", ["Local activists"]),
        ("A medic pointed out that ten died.", ["medic"]),
        ("The inquiry pointed to the guards.", []),
        ("A war monitor raised its toll to ten dead.", ["war monitor"]),
        ("The relief committee published a list of the ten dead.", ["relief committee"]),
        ("Police released ten men.", []),
        (
            "Harbour Radio quoted a source in the governorate as saying ten died.",
            ["Harbour Radio", "source in the governorate"],
        ),
        ("Dr John Doe from the Tahoua hospital said ten died.", ["Dr John Doe from the Tahoua hospital"]),
        ("A field commander known as Abu Ali told the agency ten died.", ["field commander"]),
        ("The Ministry of Interior on its Telegram channel said ten died.", ["Ministry of Interior"]),
        ("The general was quoted by the agency as saying ten died.", ["general"]),
        ("Ten died reported Harbour News.", ["Harbour News"]),
        ("Jane Doe a doctor at the clinic told reporters that ten died.", ["Jane Doe"]),
        ("The Tahoua Rights Network a group based in Niamey said ten died.", ["Tahoua Rights Network"]),
        ("The death toll was put at ten by the health ministry.", ["health ministry"]),
        ("Ten died in the raid, the commission found.", ["commission"]),
        ("According to an official at the ministry ten died.", ["official at the ministry"]),
    ],
)
def test_who_tells_in_other_words(text: str, names: list[str]) -> None:
    assert tellers(text) == names


def test_who_hands_on_anothers_words_is_a_relay() -> None:
    found = find_sources("The channel reported that ten had died, citing medics.")
    assert [(m.name, m.relay) for m in found] == [("channel", True), ("medics", False)]


def test_the_papers_name_at_the_end_of_a_title_is_no_source() -> None:
    assert find_sources("Raid kills nine - Harbour Online") == []
    assert [m.name for m in find_sources("Raid kills nine - medics")] == ["medics"]


def test_a_group_is_the_body_that_is_named_elsewhere() -> None:
    text = (
        "A monitoring group said six died. The Tahoua Rights Network said two were hurt. The network said more may die."
    )
    assert tellers(text) == ["Tahoua Rights Network"]


def test_an_acronym_that_the_text_explains_is_its_name() -> None:
    text = "The Sahel Doctors Association (SDA) said six died. On Monday the SDA said that it was nine."
    assert tellers(text) == ["Sahel Doctors Association"]


def test_a_known_body_has_one_name() -> None:
    assert tellers("Six died, SOHR said. Rami Abdel Rahman told reporters that it was nine.") == [
        "Syrian Observatory for Human Rights"
    ]


def test_a_ministry_and_the_officials_of_a_town_are_two_tellers() -> None:
    found = tellers("Six died, the health ministry said. Officials in Tahoua said that it was nine.")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By the count of the Darfur Relief Desk, at least 400 have died.", "Darfur Relief Desk"),
        ("The fire service said a woman died.", "fire service"),
        ("The general staff put its losses at nine.", "general staff"),
        ("The UN has verified 43 deaths.", "UN"),
    ],
)
def test_more_ways_to_say_whose_figure_it_is(text: str, name: str) -> None:
    assert tellers(text) == [name]


def test_a_mayor_is_no_governor() -> None:
    text = "The governor of Tahoua said six died. In Niamey a house burnt down and a man died, the mayor said."
    assert tellers(text) == ["governor of Tahoua", "mayor"]


def test_an_observatory_that_is_named_so_is_the_monitor() -> None:
    assert tellers("A monitor said six died. Two were hurt, the Observatory said. The monitor said more may die.") == [
        "Observatory"
    ]


def test_a_known_body_keeps_the_acronym_that_alone_is_told() -> None:
    assert tellers("Six died, according to ACLED.") == ["ACLED"]


def test_a_source_of_the_sentence_before_is_the_source_of_the_next_figure() -> None:
    event = main_event(
        "Blast at Maiduguri market kills nine",
        "A bomb went off at a market in Maiduguri on Monday, police said. Nine people were killed and 14 wounded.",
    )
    assert event.sources == ("police",)


# ---------------------------------------------------------------- actors


@pytest.mark.parametrize(
    ("text", "name", "doer"),
    [
        ("Rocket fire from the rebels killed six.", "rebels", True),
        ("Hamas's rocket attack killed six.", "Hamas", True),
        ("Bombings claimed by the Taliban killed six.", "Taliban", True),
        ("Jets that belong to Russia killed six.", "Russia", True),
        ("An air strike in northern Syria killed six.", "Syria", False),
        ("A blast in a stronghold of the Taliban killed six.", "Taliban", False),
        ("Coalition jets fighting Boko Haram killed six.", "Boko Haram", False),
    ],
)
def test_who_acts_and_who_suffers(text: str, name: str, doer: bool) -> None:
    assert acts(text, name) is doer


def test_both_states_of_one_raid_did_it() -> None:
    event = main_event(
        "Raids kill nine in Idlib",
        "Russian and Syrian air strikes killed nine people in Idlib on Monday, the Syrian Observatory said.",
    )
    assert {actor.name for actor in event.actors} == {"Russian", "Syrian"}


def test_a_group_that_goes_by_an_acronym_keeps_both_names() -> None:
    event = main_event(
        "IS bomb kills nine in Kabul",
        "A bomb attack by IS killed nine people in Kabul on Monday, police said.",
    )
    assert [actor.name for actor in event.actors] == ["Islamic State (IS)"]


def test_who_is_known_not_to_be_known_did_not_do_it() -> None:
    assert not acts("It was unclear whether Ruritanian forces or Russian jets had carried out the raid.", "Russian")
    assert acts("Russian jets had carried out the raid.", "Russian")


def test_who_says_that_it_struck_did_it() -> None:
    assert acts("Israel says it was targeting a commander in the raid that killed ten people.", "Israel")
    assert not acts("Israel says it was not targeting the clinic in the raid that killed ten people.", "Israel")


def test_who_charges_somebody_is_no_doer() -> None:
    assert not acts("A driver was charged by police after ten people died.", "police")


def test_a_branch_in_brackets_does_not_part_a_group_from_its_deed() -> None:
    assert acts("Al-Shabaab (a branch of the network) shelled the town.", "Al-Shabaab")


def test_a_regime_is_called_by_its_fuller_name() -> None:
    event = main_event(
        "Regime raids kill nine in Atareb",
        "Regime air strikes killed nine people in Atareb on Monday, a monitor said. The Syrian regime is at war.",
    )
    assert [actor.name.lower() for actor in event.actors] == ["syrian regime"]


def test_a_place_in_a_headline_is_no_culprit() -> None:
    event = main_event(
        "Bomb in Northern Aleppo kills nine people", "A bomb in Northern Aleppo killed nine people on Monday."
    )
    assert [actor.name for actor in event.actors if "Aleppo" in actor.name] == []


@pytest.mark.parametrize("deed", ["Karl Venn launched a knife attack", "Karl Venn, who is now on trial, attacked them"])
def test_a_person_who_launches_an_attack_or_is_on_trial_did_it(deed: str) -> None:
    event = main_event("Two women stabbed to death in Ashford", f"Two women were stabbed to death in Ashford. {deed}.")
    assert [actor.name for actor in event.actors] == ["Karl Venn"]


# ---------------------------------------------------------------- denials


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Ankara has firmly denied carrying out the raid.", ["Ankara"]),
        ("The junta called the report a fabrication.", ["junta"]),
        ("The army said its pilots had hit nothing but a depot.", ["army"]),
        ("Russia denies Damascus used gas.", ["Russia"]),
        ("An air strike on the clinic killed four, a charge that the junta flatly rejected.", ["junta"]),
        ("The claim was denied by the army.", ["army"]),
        ('The junta called the accusation "a bedtime story".', ["junta"]),
        ("The army said its aircraft had not flown over the valley.", ["army"]),
        ('"We do not target homes," the army said.', ["army"]),
        ("The army in a statement denied any role.", ["army"]),
        ("The ministry issued a categorical denial.", ["ministry"]),
        ("Rebels said they had not received the aid.", []),
        ("The plan was rejected by the rebels.", []),
        ("The army called for calm.", []),
        ("The ministry declined to comment.", []),
    ],
)
def test_denials_in_other_words(text: str, by: list[str]) -> None:
    assert [mention.by for mention in find_denials(text)] == by


def test_a_denial_goes_to_the_whole_and_to_its_parts() -> None:
    events = extract_events(
        "Air strikes by army kill 47 in North Darfur",
        "Air strikes by Sudan's army killed 47 people in North Darfur on Monday, a lawyers' committee said. "
        "Thirty-one of the victims died in a single raid on the market of Kutum, it said.\n\n"
        "The army denied any involvement.",
        DAY,
    )
    assert [[denial.by for denial in event.denials] for event in events] == [["army"], ["army"]]


@pytest.mark.parametrize("denial", ["The group denied it.", "Turkeys defence ministry rejected this."])
def test_a_denier_is_known_by_what_stands_for_it(denial: str) -> None:
    who = "the Kurdish fighters of the YPG" if "group" in denial else "Turkey"
    event = main_event("Nine killed by shells in Afrin", f"Shells fired by {who} killed nine people in Afrin. {denial}")
    assert [given.by for given in event.denials] in (["YPG"], ["Turkeys defence ministry"])


def test_whom_nobody_else_is_named_beside_and_who_denies_has_been_accused() -> None:
    event = main_event(
        "Nine killed by shells in Aden",
        "Nine people were killed by shells in Aden on Monday, medics said. The Houthis denied any involvement.",
    )
    assert [(actor.name, denial.by) for actor in event.actors for denial in event.denials] == [("Houthis", "Houthis")]


# ---------------------------------------------------------------- the decision


def test_an_event_without_tellers_and_players_has_nobody() -> None:
    nobody = judges_of({"teller": {"names": [], "trees": []}, "player": {"names": [], "trees": []}})
    draft = Draft([Report(split("", "Nine people died.")[1], [])])
    nothing = Weighed([], [], [], [], (None, None, None))
    assert decide([nothing], [draft], ["unknown"], nobody) == [Who()]


def test_a_feature_above_a_threshold_counts() -> None:
    raw = {"names": ["own"], "trees": [[0, 0.5, [-2.0], [2.0]]]}
    teller = judges_of({"teller": raw, "player": raw}).teller
    without, having = teller.probabilities([{}, {"own": 1.0}])
    assert without < 0.2 < 0.8 < having
