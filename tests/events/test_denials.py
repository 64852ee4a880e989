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
        ("The navy denied any and all involvement.", ["navy"]),
        ("The armed forces denied that soldiers perpetrated it.", ["armed forces"]),
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
        ("The junta rejected “the wild and baseless accusations” of the monks.", ["junta"]),
        ("The junta scoffed at the claim.", ["junta"]),
        ("The militia ruled out any involvement by its men.", ["militia"]),
        ("The Karenni Front also distanced itself from the killings.", ["Karenni Front"]),
        ("The navy denied it had fired, as did the army.", ["navy", "army"]),
        ("A naval source quoted by state television denied that the fleet had fired.", ["naval source"]),
        ("The ministry has doubts about the monitor and denies using gas.", ["ministry"]),
        ("The ministry denied the attack and called the report a smear.", ["ministry"]),
        ("The junta said the figure was not credible.", ["junta"]),
        ("The navy disputed the toll.", ["navy"]),
        ("The militia said that it had executed nobody.", ["militia"]),
        ("The militia said that it had neither planned nor carried out the attack.", ["militia"]),
        ("“It was not us,” said a militia spokesman.", ["militia spokesman"]),
        ("Ankara said it was not its jets that had bombed the bridge.", ["Ankara"]),
        ("The Karenni Front issued a statement saying its men had not shot anyone.", ["Karenni Front"]),
        ("The Karenni Front said in a statement that it rejects the charge.", ["Karenni Front"]),
        ("The army for its part denied it.", ["army"]),
        ("The M45 rejects these accusations.", ["M45"]),
        ("Karenni adviser Karl Venn denied it.", ["Karenni adviser Karl Venn"]),
        ("A lawmaker of the ruling League, Karl Venn, denied it.", ["lawmaker of the ruling League, Karl Venn"]),
    ],
)
def test_what_denies(text: str, by: list[str]) -> None:
    assert deniers(text) == by


@pytest.mark.parametrize(
    "text",
    [
        "The navy had not taken any prisoners, officials said.",
        "The council rejected any and all pretexts for the raid.",
        "The envoy took aim at Sylvania, calling on it to condemn the “staged” vote.",
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
        "Police ruled out sabotage.",
        "The singer distanced herself from the film.",
        "The blast killed nobody, police said.",
        "The general denied that the island is in foreign hands and promised to restore order.",
        "The monitor said that the report was credible.",
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


def test_who_answers_an_accusation_denies_what_that_is_about() -> None:
    text = (
        "Eleven inmates were killed in a riot at a jail in Manaus on Sunday. Relatives accused guards of opening fire. "
        "The prison service disputed that account. A bus crash near Natal killed four people on Monday."
    )
    assert denied(text) == [["prison service"], []]


@pytest.mark.parametrize("told", ["the killers were rebels", "the bomb had been planted by rebels"])
def test_who_was_told_to_have_done_it_denies_it_by_blaming_another(told: str) -> None:
    text = f"A bomb killed six people at a market in Homs on Monday. State media said {told}. "
    assert denied(text + "Rebels said it was planted by agents of the Syrian regime.") == [["Rebels"]]


def test_who_claims_a_deed_by_his_bombers_denies_nothing() -> None:
    text = "A blast killed six people in Homs on Monday. Islamic State said it was carried out by two suicide bombers."
    assert denied(text) == [[]]


def test_blame_for_the_end_of_talks_is_no_denial() -> None:
    text = "Rebel rockets killed six people in Homs on Monday. The rebels and Damascus traded blame for the lost truce."
    assert denied(text) == [[]]


def test_a_denial_is_not_of_what_is_told_after_it() -> None:
    text = (
        "The talks went on in Geneva. Delegates met twice. They said little. The hall was full. "
        "The army denied the charge. On Friday soldiers of the army shot dead nine farmers in Jos, elders said."
    )
    assert denied(text) == [[]]


def test_a_ministry_denies_what_police_are_said_not_to_have_done() -> None:
    text = "Police shot dead three people in Conakry, medics said. The security ministry said {} had fired no shots."
    assert denied(text.format("police")) == [["security ministry"]]
    assert denied(text.format("the rebels")) == [[]]


def test_who_is_blamed_for_one_event_does_not_deny_the_deed_of_another() -> None:
    text = (
        "Russian jets killed 12 people in Idlib on Monday. On Tuesday a Turkish strike killed nine people in Afrin. "
        "Russia dismissed the reports as biased."
    )
    assert denied(text) == [["Russia"], []]


def test_a_denial_far_down_is_of_the_one_event_that_its_side_is_blamed_for() -> None:
    aside = "The convoy had carried flour, tents and blankets. "
    text = (
        f"Russian jets hit a convoy near Azaz on Monday, killing 12 drivers. {aside * 15}Russia has denied the attack."
    )
    assert denied(text) == [["Russia"]]
