"""Who denies what, in which words, and which events a denial is given to: in our own words."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.denial_words import is_undone
from casualties.events.name_words import split
from casualties.events.names import find_denials

DAY = date(2024, 5, 16)


def deniers(text: str) -> list[str]:
    return [mention.by for mention in find_denials(text) if mention.others is None]


def denied(text: str) -> list[list[str]]:
    """Who denies each event of a text."""
    return [[denial.by for denial in event.denials] for event in extract_events(None, text, DAY)]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The navy flatly denied that its guns had fired on the pier.", ["navy"]),
        ("Moscow denied there had been any casualties.", ["Moscow"]),
        ("The governor, who denied ordering the shooting, left town.", ["governor"]),
        ("The president and his government deny using gas.", ["president and his government"]),
        ("The militia and the army denied the allegations.", ["militia", "army"]),
        ("The army, which called the story an invention, blocked the road.", ["army"]),
        ("The junta said the reports were fabricated.", ["junta"]),
        ("Police contest the account.", ["Police"]),
        ("Guards fired at the crowd, which the ministry denies.", ["ministry"]),
        ("The navy said none of its boats had fired.", ["navy"]),
        ("The navy said that its boats were nowhere near the island.", ["navy"]),
        ("Karl Venn, 44, of Ashford, pleaded not guilty on Monday.", ["Karl Venn"]),
        ("Ankara has always maintained its innocence.", ["Ankara"]),
        ("“We did not do this,” said the colonel.", ["colonel"]),
        (
            "A spokesman for the alliance said its aircraft had flown no sorties over the valley.",
            ["spokesman for the alliance"],
        ),
        ("The Karenni Front, which holds the pass, said its men had nothing to do with an ambush.", ["Karenni Front"]),
        ("The navy, in a short note, rejected any role in the sinking.", ["navy"]),
        ("Ankara brushed off accusations that it was to blame.", ["Ankara"]),
        (
            "The ministry's press office said on its website that no such incident had occurred.",
            ["ministry's press office"],
        ),
        ("The militia said it had nobody at the bridge.", ["militia"]),
        ("The junta said what had been reported was completely false.", ["junta"]),
        ("Talk of prisoners was disinformation, a colonel told reporters.", ["colonel"]),
        ("A minister said there was no truth in the tale.", ["minister"]),
        ("The rebels shelled the town. They denied it.", ["rebels"]),
        ("The navy says it has no record of any raid on the island.", ["navy"]),
        ("Ankara says it hit a depot and denies harming civilians.", ["Ankara"]),
        ("State radio quoted a naval source as denying that the fleet had fired.", ["naval source"]),
        ("Denying the allegations, the minister left for the north.", []),
        ("Denying the allegations, the minister said the pictures were old.", ["minister"]),
        ("Our ships were not in the area, the admiral said.", ["admiral"]),
        ("That is not true, the spokesman said.", ["spokesman"]),
        (
            "The country's information minister said that his country's forces had not been near the town.",
            ["country's information minister"],
        ),
        ("Ankara rejected a charge by the monitors that its jets had bombed the bridge.", ["Ankara"]),
    ],
)
def test_what_denies(text: str, by: list[str]) -> None:
    assert deniers(text) == by


@pytest.mark.parametrize(
    "text",
    [
        "The navy had not taken any prisoners, officials said.",
        "The ministry neither confirmed nor denied the raid.",
        "The ministry could not deny the raid.",
        "Nobody denied the raid.",
        "Nothing was heard of the navy, which usually denies such raids.",
        "He was denied a permit.",
        "The judge dismissed the charges.",
        "The minister denied corruption charges.",
        "The navy denied that it was arming the rebels.",
        "Police said he was not involved in the shooting.",
        "Officials said the gas had never been used before.",
        "The minister said that they were not responsible.",
        "The rebels denied a report that their leader had fled abroad.",
        "The ministry dismissed claims that bread was running out.",
        "Our army said none do",
        "The navy said that no sailors were hurt.",
        "The navy said its guns would not fire on the island.",
        "The navy said there was no evidence that a strike had hit the pier.",
        "Ankara denied that it was taking part in the talks.",
        "Ankara denied a report by a broadcaster that it had changed the terms of the truce.",
        "If the guards had not shot him, the mayor said, more would have died.",
    ],
)
def test_what_denies_nothing(text: str) -> None:
    assert deniers(text) == []


def test_the_denial_of_a_title_counts() -> None:
    events = extract_events("Turkey denies bombing village in Iraq", "Turkish jets killed six villagers in Iraq.", DAY)
    assert [[denial.by for denial in event.denials] for event in events] == [["Turkey"]]


@pytest.mark.parametrize(
    "answer",
    [
        "Damascus blamed the rebels for the attack.",
        "Damascus accused the rebels of the attack.",
        "Damascus said that the rebels had shelled it.",
        "Damascus pointed the finger at the rebels.",
    ],
)
def test_who_is_blamed_and_blames_another_denies_it(answer: str) -> None:
    text = "Shells killed six people at a market, medics said. The rebels accused the Syrian army of the shelling. "
    assert denied(text + answer) == [["Damascus"]]


def test_a_side_that_nobody_accuses_denies_nothing_by_blaming_another() -> None:
    text = "Shells fired by the Syrian army killed six people at a market on Monday, medics said. "
    assert denied(text + "Damascus blamed the rebels for shelling the capital.") == [[]]


@pytest.mark.parametrize(
    "answer",
    [
        "Monitors blamed the army for the attack.",
        "Damascus said that it had shelled the town.",
        "The Turkish government accused the army of the attack.",
    ],
)
def test_who_blames_another_and_is_not_blamed_denies_nothing(answer: str) -> None:
    text = "Shells fired by the Syrian army killed six people at a market on Monday, medics said. " + answer
    assert denied(text) == [[]]


def test_who_denies_hitting_civilians_denies_all_that_he_is_blamed_for() -> None:
    text = (
        "Syrian jets killed 30 people in Atareb on Monday, a monitor said. Syrian jets also killed 12 people in Arbin. "
        "Rebels killed three people in Aleppo with shells. Syria denies targeting civilians."
    )
    assert denied(text) == [["Syria"], ["Syria"], []]


def test_a_state_may_deny_the_deed_of_its_forces_by_name() -> None:
    text = (
        "Police shot dead three people at a march in Conakry, medics said. The government insists that {} never fired."
    )
    assert denied(text.format("police")) == [["government"]]
    assert denied(text.format("the rebels")) == [[]]


def test_a_denial_goes_to_the_event_told_before_it() -> None:
    text = (
        "A bomb killed 20 people in Kano on Monday, police said. In Jos, soldiers shot dead seven farmers on Friday, "
        "elders said. The army denied that any farmer was among the dead."
    )
    assert denied(text) == [[], ["army"]]


def test_who_rejects_both_claims_denies_both() -> None:
    text = (
        "Officials in Kano said that three people were killed by army shells on Friday. On Thursday two nurses died "
        "when a rocket hit a car in Jos, they said. The army rejected both claims."
    )
    assert denied(text) == [["army"], ["army"]]


def test_police_who_say_that_there_was_no_link_deny_nothing() -> None:
    text = "Two men were shot dead in Ashford on Monday. Police said they had no link with the victims of the riot."
    assert denied(text) == [[]]


def test_a_denial_of_gas_is_not_of_bombs() -> None:
    text = "Syrian jets killed 30 people in Atareb on Monday, a monitor said. Damascus denies using chemical weapons."
    assert denied(text) == [[]]


def test_a_man_who_pleads_not_guilty_is_the_one_who_is_named() -> None:
    text = "Karl Venn is charged with murder after two women were shot dead in Ashford. The man pleaded not guilty."
    assert denied(text) == [["Karl Venn"]]


def test_a_verb_of_denying_is_undone_by_the_words_before_it_alone() -> None:
    assert is_undone(split("They neither confirmed nor denied it"), 4)
    assert is_undone(split("They confirmed or denied it"), 3)
    assert not is_undone(split("Or denied it, whatever the army confirms"), 1)
