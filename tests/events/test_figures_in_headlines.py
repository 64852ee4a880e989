"""Counts as headlines, summaries and local reports tell them, sentence by sentence."""

from datetime import date

import pytest

from casualties.events.extractor import prepare
from casualties.events.mentions import read
from casualties.events.tokens import Sentence, tokenise

Told = set[tuple[str, int | None, int | None]]


def told(text: str, headline: bool = False) -> Told:
    sentence = tokenise(Sentence("title" if headline else "text", 1, 0, len(text), text, headline=headline))
    return {(m.outcome, m.low, m.high) for m in read(sentence) if not m.breakdown}


SENTENCES: list[tuple[str, Told]] = [
    ("The bodies of 14 stranded herders were found.", {("killed", 14, 14)}),
    ("Two tourists and their guide have been shot dead.", {("killed", 3, 3)}),
    ("The mother, son, and sister of a baker were killed.", {("killed", 3, 3)}),
    ("A man walked into the town hall and was taken to hospital.", {("injured", 1, 1)}),
    ("Ten members of one Swedish family - including a baby - killed in a flood", {("killed", 10, 10)}),
    ("At least 24 villagers have drowned and 91 are missing.", {("killed", 24, None), ("missing", 91, 91)}),
    ("At least 22 miners are known to have died.", {("killed", 22, None)}),
    ("Some 40,000 displaced farmers are in the camp.", {("displaced", 40000, 40000)}),
    ("A camp for 300 displaced families was built.", set()),
    ("Nine members of the choir who were working in the hall were also killed.", {("killed", 9, 9)}),
    ("Clashes left 23 farmers - including nine children - dead.", {("killed", 23, 23)}),
    ("It led to the killing of 46 villagers and injuring of many others.", {("killed", 46, 46), ("injured", 3, None)}),
    ("THE BOMB KILLED SIX MONKS ON THURSDAY AND HURT A COOK.", {("killed", 6, 6), ("injured", 1, 1)}),
    ("THE MURDER OF SIX MONKS SHOCKED THE TOWN.", {("killed", 6, 6)}),
    ("The raid that killed 17 people was the third.", {("killed", 17, 17)}),
    ("It's killed tens of thousands of farmers.", {("killed", 20000, None)}),
    ("Since then seven other villagers who used the ford have been mysteriously killed.", {("killed", 7, 7)}),
    ("At least 11 members of one patrol (a village militia that fights them) died.", {("killed", 11, None)}),
    (
        "Nine men were killed in one street and two others - including a nurse - died in the next.",
        {("killed", 9, 9)} | {("killed", 2, 2)},
    ),
    (
        "At least 26 villagers were killed including 13 farmers and more than 30 wounded.",
        {("killed", 26, None)} | {("injured", 30, None)},
    ),
    ("The governor said 31 people were killed or wounded.", {("killed", 0, 31), ("injured", 0, 31)}),
    ("Mines killed or wounded 30 people.", {("killed", 0, 30), ("injured", 0, 30)}),
    ("Mines killed and wounded hundreds of villagers.", {("killed", 200, None), ("injured", 200, None)}),
    ("The fire killed and injured a \u2018large number\u2019 of people.", {("killed", 2, None), ("injured", 2, None)}),
    ("Gunmen killed John Doe, his wife, son and two nephews.", {("killed", 5, 5)}),
    ("John Doe and his wife were killed.", {("killed", 2, 2)}),
    ("Jane Doe, his wife, was killed.", {("killed", 1, 1)}),
    ("Gunmen killed the mayor and three of his men.", {("killed", 4, 4)}),
    ("A boy kicked a shell, injuring himself and two soldiers.", {("injured", 3, 3)}),
    ("The bomber blew himself up, killing himself and three policemen.", {("killed", 3, 3)}),
    ("Police said 17 pupils had been killed along with four drivers.", {("killed", 21, 21)}),
    ("His parents were killed in the flood.", {("killed", 2, 2)}),
    ("A woman man and child died of gas.", {("killed", 3, 3)}),
    ("The shelling killed an entire family of six.", {("killed", 6, 6)}),
    ("A suspect was held in the shooting of two officers.", {("shot", 2, 2)}),
    ("The murder by machinegun fire of two nuns shocked the town.", {("killed", 2, 2)}),
    ("The toll of the attack on the market near the river on 3 May surpasses 130 people.", {("killed", 130, 130)}),
    ("The number of villagers killed by the slide has risen to 20.", {("killed", 20, 20)}),
    ("Inmates hold 800 visitors, including 100 children, hostage.", {("abducted", 800, 800)}),
    ("Thousands of people have left their homes.", {("displaced", 2000, None)}),
    ("Four people have bullet wounds.", {("injured", 4, 4)}),
    ("A jet carried out another raid to kill another 20 rebels.", {("killed", 20, 20)}),
    ("They threatened to kill another 20 hostages.", set()),
    ("Several other parked buses were incinerated.", set()),
    ("The army destroyed three more helicopters.", set()),
    ("Relatives claimed the bodies of the four men who were killed.", {("killed", 4, 4)}),
    ("The blaze, state radio says, has injured more than 14 villagers.", {("injured", 14, None)}),
    ("The flood led to hundreds of deaths in the valley.", {("killed", 200, None)}),
    ("A Swiss man who was serving in a foreign army has been killed in the battle.", {("killed", 1, 1)}),
    ("The ministry confirmed the death of 31-year-old student Jane Doe.", {("killed", 1, 1)}),
    ("Neighbours spoke of the killing of a journalist's family.", set()),
    ("A family of five found dead in the cellar.", {("killed", 5, 5)}),
    ("\u2018Scores\u2019 of miners were killed, the union said.", {("killed", 40, None)}),
    ("Envoys are trying to find 8 Belgian hostages.", {("abducted", 8, 8)}),
    ("How many hostages are alive is unknown.", set()),
    ("He was charged in the fatal stabbing of six-year-old Jane Doe.", {("killed", 1, 1)}),
    ("Jack Roe, 57, and son John, 32, were found dead in the barn.", {("killed", 2, 2)}),
    ("Rescuers were searching for nearly 100 people under the mud.", {("missing", 100, 100)}),
    ("Police are looking for two men after the raid.", set()),
    ("The search for a missing hiker was called off.", {("missing", 1, 1)}),
    ("Three men were killed and another badly injured at the farm.", {("killed", 3, 3), ("injured", 1, 1)}),
    ("Four nurses are dead and one more is fighting for her life.", {("killed", 4, 4), ("injured", 1, 1)}),
    ("Two miners died and several are in intensive care.", {("killed", 2, 2), ("injured", 3, None)}),
    ("The other victim is in critical condition.", {("injured", 1, 1)}),
    ("Two children were struck by stray bullets.", {("shot", 2, 2)}),
    ("The gun went off, hitting a girl of 16 in the right knee.", {("shot", 1, 1)}),
    ("The ball was hit by the captain.", set()),
    ("A hunter accidentally shot himself.", {("shot", 1, 1)}),
    ("Three men walked into the station with gunshot wounds.", {("injured", 3, 3)}),
    ("Five nurses are dead and a sixth is wounded.", {("killed", 5, 5), ("injured", 1, 1)}),
    ("The carpenter went back to the doctor with symptoms.", set()),
    ("The visitors suffered a shock defeat on Sunday.", set()),
    ("We get another shot at the title.", set()),
    ("The heat killed more than 100 rare marsh storks.", set()),
    ("More than 40 trapped miners died.", {("killed", 40, None)}),
    ("Digging 90 people from destroyed houses takes days.", set()),
    ("The army dispatched several dozen commandos.", set()),
    ("The village is being strangled, the mayor said.", set()),
    ("A boy died aged 9 after a crash.", {("killed", 1, 1)}),
]


HEADLINES: list[tuple[str, Told]] = [
    ("Raids kill two, dozens arrested", {("killed", 2, 2)}),
    ("Police look into death of ice hockey player", {("killed", 1, 1)}),
    ("Sudden deaths of Swedish elephants puzzle vets", set()),
    ("Five men shot at party", {("shot", 5, 5)}),
    ("Mob shot at police officer", set()),
    ("More than 50 villagers reported killed in overnight raids", {("killed", 50, None)}),
    ("Senior Commander 34 Fighters Killed in Clashes", {("killed", 35, 35)}),
    ("25 Fighters Killed, Injured", {("killed", 0, 25), ("injured", 0, 25)}),
    ("Parents of singer John Poe kidnapped", {("abducted", 2, 2)}),
    ("'I cannot sleep' says husband of mother missing after flood", {("missing", 1, 1)}),
    ("Man, woman shot outside bar", {("shot", 2, 2)}),
    ("3 dead, 1 critical after farm fire", {("killed", 3, 3), ("injured", 1, 1)}),
    ("Six children sent to area hospitals", {("injured", 6, 6)}),
    ("John Poe denies killing of Swedish boy", {("killed", 1, 1)}),
    ("Four men shot on Elm Street", {("shot", 4, 4)}),
    ("Eight shot, two in serious condition after drive-by", {("shot", 8, 8)}),
    ("Woman in her 80s dies in flood", {("killed", 1, 1)}),
    ("Band founder John Roe dies at 84", set()),
    ("Relief at release of three more hostages", set()),
    ("Army says killed 'Rebel Agent,' arrests 2 others", {("killed", 1, 1)}),
]


@pytest.mark.parametrize(("text", "figures"), HEADLINES)
def test_figures_of_a_headline(text: str, figures: Told) -> None:
    assert told(text, headline=True) == figures


@pytest.mark.parametrize(("text", "figures"), SENTENCES)
def test_figures_of_a_sentence(text: str, figures: Told) -> None:
    assert told(text) == figures


def injured_in(text: str) -> list[int | None]:
    article = prepare(None, text, date(2023, 10, 9))
    assert article is not None
    return [m.low for report in article.reports for m in report.mentions if m.outcome == "injured"]


def test_who_was_shot_and_died_is_not_injured() -> None:
    assert (
        injured_in("A 12-year-old boy was shot on Elm Street on Sunday. The boy died at a hospital, police said.") == []
    )


def test_who_was_shot_beside_the_dead_is_injured() -> None:
    assert injured_in("A man was shot dead on Elm Street on Sunday. A woman was shot in the leg.") == [1]


def test_the_dead_among_the_shot_are_taken_off() -> None:
    assert injured_in("Four people were shot on Elm Street on Sunday. One man died at the scene, police said.") == [3]


@pytest.mark.parametrize("where", ["Duma", "camp", "villages"])
def test_a_part_in_a_headline_is_told_by_its_place(where: str) -> None:
    text = f"Strikes kill 18 across the land, including 8 in {where}"
    assert told(text, headline=True) == {("killed", 18, 18), ("killed", 8, 8)}


@pytest.mark.parametrize("where", ["hospital", "Hospital", "total", "critical condition"])
def test_a_part_in_a_headline_without_a_place_is_not_killed_besides(where: str) -> None:
    text = f"Strikes kill 18 across the land, including 8 in {where}"
    assert told(text, headline=True) == {("killed", 18, 18)}
