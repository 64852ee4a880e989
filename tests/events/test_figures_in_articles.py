"""Figures as long articles tell them: parts told by place, numbers without a verb, counts among other words."""

import pytest
from tests.events.test_figures_in_sentences import Told, told

from casualties.events.extractor import prepare
from casualties.events.means import tells_illness
from casualties.events.tokens import Sentence, tokenise

KILLED = "killed"

PARTS_BY_PLACE: list[tuple[str, list[int]]] = [
    ("At least 33 people were killed on Monday, 14 of them in Homs, activists said.", [33, 14]),
    ("Twelve died in Homs, where the army is pressing on, and seven in Hama.", [12, 7]),
    ("On that day five people died when a shell hit a bakery in Karmel and two more in Shaghour.", [5, 2]),
    ("The council gave a breakdown of fourteen dead in Karm nine in Bab and six in Haydariya.", [14, 9, 6]),
    (
        "Strikes killed 84 people, the ministry said: 33 in the south, 46 in the Bekaa and five in Aley.",
        [84, 33, 46, 5],
    ),
    ("Twenty people were shot dead on Thursday in Basra and three more on Friday.", [20, 3]),
]


@pytest.mark.parametrize(("text", "numbers"), PARTS_BY_PLACE)
def test_a_number_with_a_place_or_day_of_its_own_shares_the_verb_of_the_one_before(
    text: str, numbers: list[int]
) -> None:
    assert {(outcome, low) for outcome, low, _ in told(text)} == {(KILLED, n) for n in numbers}


NO_PARTS = [
    "The blast killed 18 people, five of them in the yard.",
    "Six children were wounded, two of them in the head.",
    "Six soldiers were killed and five in custody were let go.",
]


@pytest.mark.parametrize("text", NO_PARTS)
def test_a_victim_group_without_a_named_place_is_no_part(text: str) -> None:
    assert len(told(text)) == 1


COUNTS: list[tuple[str, Told]] = [
    ("In April the insurgents shot dead nine soldiers at a roadblock.", {(KILLED, 9, 9)}),
    ("The raid left 12 dead and over 30 injured Saba television says.", {(KILLED, 12, 12), ("injured", 30, None)}),
    ("Fifteen villagers six of them under ten died on Friday.", {(KILLED, 15, 15)}),
    ("Six peacekeepers four of them Nepalese died on May 4.", {(KILLED, 6, 6)}),
    ("At least 700 civilians, amongst whom were 90 children and 60 women, have been killed.", {(KILLED, 700, None)}),
    ("It ended in the death of two medics and injured a third one.", {(KILLED, 2, 2), ("injured", 1, 1)}),
    ("Three volunteers of the local militia and a driver were missing.", {("missing", 4, 4)}),
    ("A farmer, Omar Haddad, and two of his sons were killed.", {(KILLED, 3, 3)}),
    ("Two sisters and a falafel seller were killed.", {(KILLED, 3, 3)}),
    ("The group was mourning two of its men killed by a roadside bomb.", {(KILLED, 2, 2)}),
    ("In the attack four of their own were slain.", {(KILLED, 4, 4)}),
    ("Another five were pulled dead from the rubble.", {(KILLED, 5, 5)}),
    ("Two volunteers were blown up by a mine on Friday.", {(KILLED, 2, 2)}),
    ("The militia put 160 to death at once.", {(KILLED, 160, 160)}),
    ("Rebels said they had lost 31 fighters there.", {(KILLED, 31, 31)}),
    ("The country has lost 24 of its citizens, builders for the most part.", {(KILLED, 24, 24)}),
    ("The raids had cost, residents say, over 300 lives in the town.", {(KILLED, 300, None)}),
    ("The raid cost 12 soldiers' lives.", {(KILLED, 12, 12)}),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_figures_among_other_words(text: str, expected: Told) -> None:
    assert told(text) == expected


TOLLS: list[tuple[str, Told]] = [
    ("The number of people killed by the blast had gone up to 150.", {(KILLED, 150, 150)}),
    ("The spokesman put the toll at 47: 44 gendarmes and three civilians.", {(KILLED, 47, 47)}),
    ("A councillor put the dead at twelve.", {(KILLED, 12, 12)}),
    ("Officials gave 40 as the number of dead.", {(KILLED, 40, 40)}),
    ('The ministry had "more than 50" deaths on its list.', {(KILLED, 50, None)}),
    ("He was the fifth to lose his life in the raid.", {(KILLED, 5, 5)}),
    ("She was the 38th person to be murdered there this year.", {(KILLED, 38, 38)}),
    ("The death toll rose to 20 after two men died of their wounds.", {(KILLED, 20, 20)}),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS)
def test_words_for_a_count(text: str, expected: Told) -> None:
    assert told(text) == expected


def test_none_and_no_victims() -> None:
    assert told("Not one villager was hurt, he said.") == {("injured", 0, 0)}
    assert told("Hundreds of soldiers fled into the desert.") == set()
    assert told("She begged a neighbour: don't let me die.") == set()


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        ("A suicide bomber struck the market.", False),
        ("The raid was in the old city.", False),
        ("He died of old age.", True),
        ("The man's death was a suicide.", True),
    ],
)
def test_a_word_of_illness_in_another_sense_is_none(text: str, illness: bool) -> None:
    assert tells_illness(tokenise(Sentence("text", 1, 0, len(text), text))) is illness


MORE_LISTS: list[tuple[str, list[int]]] = [
    ("Five deaths were reported from Quetta and one from Gilgit.", [5, 1]),
    ("On Saturday 91 people lost their lives in bombings, of which 61 in Idlib city alone.", [91, 61]),
    (
        "The quake has killed 3,264 people in Syria, rescuers said, and 19,800 across the border in Turkey.",
        [3264, 19800],
    ),
    ("A policeman guarding polio workers was shot dead on Saturday.", [1]),
    ("Rangers of the park, 200 of whom have been killed in fights, got to the place.", [200]),
]


@pytest.mark.parametrize(("text", "numbers"), MORE_LISTS)
def test_who_is_counted_among_several(text: str, numbers: list[int]) -> None:
    assert {(outcome, low) for outcome, low, _ in told(text)} == {(KILLED, n) for n in numbers}


WOUNDED: list[tuple[str, Told]] = [
    (
        "Some 133 civilians were killed, among them 31 children and 19 women, and not less than 460 wounded.",
        {(KILLED, 133, 133), ("injured", 460, None)},
    ),
    ('The monitor had 82 dead and 140 wounded "mostly civilians".', {(KILLED, 82, 82), ("injured", 140, 140)}),
    ("An official put the dead at 47; 52 people are in hospital.", {(KILLED, 47, 47), ("injured", 52, 52)}),
    ("Some 700 people have died and 90,000 newly displaced.", {(KILLED, 700, 700), ("displaced", 90_000, 90_000)}),
    ("Nineteen people were dragged off into the hills.", {("abducted", 19, 19)}),
]


@pytest.mark.parametrize(("text", "expected"), WOUNDED)
def test_outcomes_beside_the_dead(text: str, expected: Told) -> None:
    assert told(text) == expected


NUMBERS_AND_NONE: list[tuple[str, Told]] = [
    ('Up to 70 servicemen had been "destroyed" in the past 24 hours.', {(KILLED, None, 70)}),
    ('It admitted that 624 civilians had been "unintentionally" killed.', {(KILLED, 624, 624)}),
    ("Some 1310 people, at least 390 children among them, were killed with gas.", {(KILLED, 1310, 1310)}),
    ("Some 83 people were killed, 17 of them children, and 487 wounded.", {(KILLED, 83, 83), ("injured", 487, 487)}),
    ("The office documented 934 killings and 680 kidnappings.", {(KILLED, 934, 934), ("abducted", 680, 680)}),
    ("About 18000 people lost their homes at least for a time.", {("displaced", 18_000, 18_000)}),
    ("A car bomb went off, killing no one, a doctor said.", {(KILLED, 0, 0)}),
    ("Two shells had come down on his street without hurting anyone.", {("injured", 0, 0)}),
    ("Some 20,000 people live there, many of them displaced.", {("displaced", 3, None)}),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS_AND_NONE)
def test_numbers_beside_quotes_groups_and_nobody(text: str, expected: Told) -> None:
    assert told(text) == expected


MORE_WAYS: list[tuple[str, Told]] = [
    ("In May 2019 rebels bombed a bakery killing 38.", {(KILLED, 38, 38)}),
    ("Rebels may strike the town killing 38.", set()),
    ("An ambush left nine of its men dead and others injured.", {(KILLED, 9, 9), ("injured", 2, None)}),
    ("More than 150 pupils most of them girls between 11 and 15 were injured.", {("injured", 150, None)}),
    ("The dead number 45, the mayor said.", {(KILLED, 45, 45)}),
    ("The day's dead in the town were at least 55.", {(KILLED, 55, None)}),
    (
        "Some 132 guests died, with nine cooks bringing the total of deaths to 141.",
        {(KILLED, 132, 132), (KILLED, 141, 141)},
    ),
    ("In July 520 people were killed, compared with 453 in June.", {(KILLED, 520, 520), (KILLED, 453, 453)}),
    ("Some 21 civilians were killed, 15 of them when a shell hit a bus.", {(KILLED, 21, 21), (KILLED, 15, 15)}),
    ("About 14,000 people have had to leave their homes.", {("displaced", 14_000, 14_000)}),
    ("Militiamen killed eight gold diggers.", {(KILLED, 8, 8)}),
    ("A strike killed a linesman.", {(KILLED, 1, 1)}),
    ("The fire killed eight badgers.", set()),
    ("Mortar bombs killed four in Jaramana and two in Bab Sharqi.", {(KILLED, 4, 4), (KILLED, 2, 2)}),
    (
        "Fifty-eight people were massacred in two villages, 23 of them on Tuesday in Belu and 35 on Thursday in Roe.",
        {(KILLED, 58, 58), (KILLED, 23, 23), (KILLED, 35, 35)},
    ),
    ("Strikes killed 31 people on Thursday and 22 by shelling.", {(KILLED, 31, 31), (KILLED, 22, 22)}),
    ("Some 31 people were killed by strikes on Thursday and 22 by shelling.", {(KILLED, 31, 31), (KILLED, 22, 22)}),
    ("The raid wounded eight state news agency Nord said.", {("injured", 8, 8)}),
    ("Nine people were brought dead to the hospital.", {(KILLED, 9, 9)}),
    ("The group has lost 13 men and killed 40.", {(KILLED, 13, 13), (KILLED, 40, 40)}),
    ("Rescuers told of 42 dead but the figure climbed to 68.", {(KILLED, 42, 42), (KILLED, 68, 68)}),
    ("The figure climbed to 68.", set()),
    ("The singer lost 14 followers in a week.", set()),
    ("The baker lost 14 family members in a week.", {(KILLED, 14, 14)}),
    ("At least 35 of the victims were found shot.", set()),
]


@pytest.mark.parametrize(("text", "expected"), MORE_WAYS)
def test_other_ways_to_tell_a_count(text: str, expected: Told) -> None:
    assert told(text) == expected


def test_a_list_of_places_parted_by_semicolons_is_read() -> None:
    text = "Twenty-two martyrs were reported in Homs; fifteen in Damascus; eleven in Daraa and one in Lattakia."
    assert {low for _, low, _ in told(text)} == {22, 15, 11, 1}


def test_a_count_given_before_is_replaced_by_a_higher_one() -> None:
    text = (
        "The Observatory had put the toll of the raid at five. Warplanes killed nine people in Atarib, the town said. "
        "The tally had been six at noon."
    )
    reports = prepare("Raid on Atarib", text, None)
    assert reports is not None
    assert [m.low for report in reports.reports for m in report.mentions] == [9]
