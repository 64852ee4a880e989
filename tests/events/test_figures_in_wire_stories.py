"""Figures as wire stories tell them: whole and parts in a sentence, whom a pronoun means, what does not count."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.mentions import read
from casualties.events.tokens import Sentence, tokenise

Told = set[tuple[str, int | None, int | None]]

SENTENCES: list[tuple[str, Told]] = [
    # a number beside the victims is not added to them
    ("In a village of some 400 people, 61 were killed.", {("killed", 61, 61)}),
    ("On a bus with 30 passengers, 12 were hurt.", {("injured", 12, 12)}),
    ("Ten died since it began on Oct. 17 and 40 have been hurt.", {("killed", 10, 10), ("injured", 40, 40)}),
    ("On Sunday 72 people, many of them children, were killed.", {("killed", 72, 72)}),
    ("More than 600 people about half of them farmers have been killed.", {("killed", 600, None)}),
    # the whole, and those that it is made of
    ("Raiders killed nine people, two cooks and seven guests.", {("killed", 9, 9)}),
    ("Five aid workers, a Kenyan and four Somalis, were killed.", {("killed", 5, 5)}),
    ("Two bakers, three nuns and a girl were burned to death.", {("killed", 6, 6)}),
    ("The jets killed a preacher with four of his sons.", {("killed", 5, 5)}),
    # whom a pronoun stands for
    ("Gunmen rounded up 14 villagers and executed them.", {("killed", 14, 14)}),
    ("Soldiers dragged 30 men from their homes and shot them.", {("killed", 30, 30)}),
    ("They lined up the 14 miners and shot them dead.", {("killed", 14, 14)}),
    ("Thirty miners of a company and a boy were lined up and shot on Monday.", {("killed", 31, 31)}),
    ("A mine killed two deminers and injured a third on Sunday.", {("killed", 2, 2), ("injured", 1, 1)}),
    # a list that ends with "among them" or "included" is of the whole before it
    ("Eight guests, the bride and two cousins among them, were hurt.", {("injured", 8, 8)}),
    ("Eleven pupils, a deaf boy and four girls included, were killed.", {("killed", 11, 11)}),
    ("Six clerks, including a father who was queueing with sons, were killed.", {("killed", 6, 6)}),
    ("Six villagers, three of them boys under nine, were killed.", {("killed", 6, 6)}),
    ("A mine left eight nuns dead three of them novices.", {("killed", 8, 8)}),
    # neither who tells nor where it happened is added
    ("The jets killed 26 people, three nurses interviewed by radio said.", {("killed", 26, 26)}),
    ("Rockets were fired at all three, and 14 people were killed.", {("killed", 14, 14)}),
    # who fell in battle, and who fell otherwise
    ("Four of its gunmen fell in an ambush near the ford.", {("killed", 4, 4)}),
    ("Nine policemen fell and 16 were hurt.", {("killed", 9, 9), ("injured", 16, 16)}),
    ("Two scouts of the force fell as martyrs at dawn.", {("killed", 2, 2)}),
    ("Five singers fell ill on Friday.", set()),
    ("Two pupils fell from a wall.", set()),
    ("Eleven villages fell in the fighting.", set()),
    ("Low pay is forcing hundreds of nurses to leave for better jobs.", set()),
    # set down in other ways
    ("A truck bomb hit the mill, killing (12) men and wounding (31) boys.", {("killed", 12, 12), ("injured", 31, 31)}),
    ("Raiders shot dead Hamas preacher Idris Wade at the well.", {("killed", 1, 1)}),
    ("Raiders shot dead village elder Idris Wade at the well.", {("killed", 1, 1)}),
    # none
    ("The blast wounded four, but killed no one.", {("injured", 4, 4), ("killed", 0, 0)}),
    ("A shell fell near the stadium without causing casualties.", {("killed", 0, 0), ("injured", 0, 0)}),
    # other ways to count
    ("Raiders slit the throats of 64 farmers.", {("killed", 64, 64)}),
    ("Eight men had their throats cut near the ford.", {("killed", 8, 8)}),
    ("A rights body puts civilian deaths in that raid at 28.", {("killed", 28, 28)}),
    ("The death toll of the flood is up to 31.", {("killed", 31, 31)}),
    ("The death toll of the flood may be up to 31.", {("killed", None, 31)}),
    ("The number of those killed when a rocket hit a bakery rose to 13.", {("killed", 13, 13)}),
    ("This brings to 41 including nine pupils the number killed.", {("killed", 41, 41)}),
    ("Troops killed 120 rebels, losing 10 soldiers of their own.", {("killed", 120, 120), ("killed", 10, 10)}),
    ("The grave is believed to hold the remains of 110 men.", {("killed", 110, 110)}),
    ("Raiders had hacked eight young Doma farmers to death.", {("killed", 8, 8)}),
    ("The war has sent millions fleeing abroad.", {("displaced", 2_000_000, None)}),
    ("The offensive drove about 40,000 people from the valley.", {("displaced", 40_000, 40_000)}),
    ("Police drove two witnesses from the airport.", set()),
    ("Troops destroyed four suicide vehicles and killed 80 fighters.", {("killed", 80, 80)}),
    ("Sixteen died on Friday, ten of them in an air raid on Duma.", {("killed", 16, 16), ("killed", 10, 10)}),
    ("A bus with families was fired on by gunmen and a girl was hurt.", {("injured", 1, 1)}),
    ("A man and a woman was killed by a bomb.", {("killed", 2, 2)}),
    ("A raid which killed 11 people and one on May 22 which hurt two.", {("killed", 11, 11), ("injured", 2, 2)}),
    ("They showed the graves of 12 men whom the militia had killed.", {("killed", 12, 12)}),
    ("The mudslide buried a bus with 22 pilgrims, all of whom died.", {("killed", 22, 22)}),
    ("Six monks were on the boat, all of whom drowned.", {("killed", 6, 6)}),
    ("Seven of the dead were in Lower Zara where a house was hit.", {("killed", 7, 7)}),
    ("Eight nurses are still hostages.", {("abducted", 8, 8)}),
    ("Seven monks, all older than 70, were hurt.", {("injured", 7, 7)}),
    ("Officials closed the road.[10][18] The gunman had been killed.", {("killed", 1, 1)}),
    ("The blast hurt two waiters, aged 19 and 52.", {("injured", 2, 2)}),
    ("The colonel shot dead six colleagues and then himself.", {("killed", 6, 6)}),
    ("Nine drowned, including the pilot, and two deckhands were hurt.", {("killed", 9, 9), ("injured", 2, 2)}),
    ("A missile killed 36 guards, and three bombers attacked a post.", {("killed", 36, 36)}),
    ("In 2018, 51 of 71 on board died when a flight caught fire.", {("killed", 51, 51)}),
    ("The army lost 27 soldiers within a month.", {("killed", 27, 27)}),
    ("Another eight all from a single household were killed.", {("killed", 8, 8)}),
    ("Six dancers all from one crew were hurt.", {("injured", 6, 6)}),
    ("Five, all of one crew, died in the blaze.", {("killed", 5, 5)}),
    ("The storm killed 12 people, and two sisters opened a shelter.", {("killed", 12, 12)}),
    ("The blast hurt 12 people, and two guards posted outside.", {("injured", 14, 14)}),
    ("Four drivers criticised the road after being injured in collisions.", {("injured", 4, 4)}),
    ("Three pupils missed an exam after being bitten by dogs.", {("injured", 3, 3)}),
    ("The husband of a mother missing since May spoke.", {("missing", 1, 1)}),
    ("The boss of a diver missing since Friday has resigned.", {("missing", 1, 1)}),
    ("More than 18,000 people have crossed into Chad since Monday.", {("displaced", 18_000, None)}),
    ("A dozen reporters crossed into Chad.", set()),
    ("Some 40,000 Yazidis have crossed into Turkey.", {("displaced", 40_000, 40_000)}),
    ("About 900 voters have crossed into the other camp.", set()),
    ("The flood made 20,000 villagers flee.", {("displaced", 20_000, 20_000)}),
    ("The row made 300 members leave the party.", set()),
    ("Aid groups saw 45,000 people leaving their homes within a week.", {("displaced", 45_000, 45_000)}),
    ("The war has driven 1.2 million over the border.", {("displaced", 1_200_000, 1_200_000)}),
    ("The offensive has sent 90,000 across the frontier.", {("displaced", 90_000, 90_000)}),
    ("The raids pushed 60,000 herders onto the roads.", {("displaced", 60_000, 60_000)}),
    ("The drought pushed two million people into poverty.", set()),
    ("The firm sent 900 trucks across the border.", set()),
    ("The general sent 900 soldiers across the border.", set()),
    ("The firm sent 2,000 workers across the border.", set()),
    ("The treaty made 40 members leave.", set()),
    ("The minister sent 300 people from the meeting.", set()),
    ("Seven of the dead were in the village of Lower Zara.", {("killed", 7, 7)}),
    ("The provisional toll also speaks of 19 missing and houses burned.", {("missing", 19, 19)}),
    ("They saved four men from the water, but one of them, a cook, died.", {("killed", 1, 1)}),
    ("On the island 60,000 have been left homeless.", {("displaced", 60_000, 60_000)}),
    ("Fans of the striker mourned coach Alf Dempsey, who died in May.", {("killed", 1, 1)}),
    ("Updated at May 162017 AMMAN Two people were killed.", {("killed", 2, 2)}),
    ("A leader of the Front militant group and two of his men were killed.", {("killed", 3, 3)}),
    ("A bomb killed five members of the town council and three drivers.", {("killed", 8, 8)}),
    # what a side lost
    ("Hamas lost 15 of its members around the port.", {("killed", 15, 15)}),
    ("The union lost 15 of its members around the port.", set()),
    ("The police lost 25 members of staff to a private firm.", set()),
    ("The militia lost three gunmen on Monday and another five on Tuesday.", {("killed", 3, 3), ("killed", 5, 5)}),
    ("Guerrillas killed 19 policemen and lost eleven of their own.", {("killed", 19, 19), ("killed", 11, 11)}),
    ("Troops killed 22 raiders for the loss of four of their men.", {("killed", 22, 22), ("killed", 4, 4)}),
    ("The marines took the bridge at the cost of seven of their own.", {("killed", 7, 7)}),
    ("The tug went down with the loss of five sailors.", {("killed", 5, 5)}),
    ("The mill closed with the loss of 90 workers.", set()),
    ("The siege cost the army at least 35 soldiers.", {("killed", 35, None)}),
    ("The affair cost six policemen their jobs.", set()),
    ("The Rebels lost 9 in a row.", set()),
    ("The army lost 14 tanks and two hills.", set()),
    # who is hurt, by what is told of him
    ("A rocket hurt a store keeper and a bee keeper.", {("injured", 2, 2)}),
    ("A bomb wounded a fruit seller.", {("injured", 1, 1)}),
    ("A goal keeper was hurt in the match.", set()),
    ("The keeper was hurt in the match.", set()),
    ("The blast wounded a nun and two of the cooks.", {("injured", 3, 3)}),
    ("The blast killed a nun and two of the wounded died later.", {("killed", 1, 1), ("killed", 2, 2)}),
    ("A shell killed two and nine farmers are being treated.", {("killed", 2, 2), ("injured", 9, 9)}),
    ("Two died in the blast and eight are receiving medical treatment.", {("killed", 2, 2), ("injured", 8, 8)}),
    ("Gas was used and 40 people have been treated for breathing difficulties.", {("injured", 40, 40)}),
    ("Six hundred people are being treated for cholera.", set()),
    ("Six hundred people are under treatment for cancer.", set()),
    ("Nine women are treated badly.", set()),
    ("A child lost both legs in the blast.", {("injured", 1, 1)}),
    ("Three farmers lost limbs when mines went off.", {("injured", 3, 3)}),
    ("A mine hurt five people, one of whom lost an eye.", {("injured", 5, 5)}),
    ("The team lost a leg of the tie.", set()),
    ("Two players lost sight of the ball.", set()),
    # words that count
    ("The body count in the camp reached 26 by noon.", {("killed", 26, 26)}),
    ("The head count in the camp reached 26 by noon.", set()),
    ("The number of victims of Friday's shelling went up late on Sunday to 37.", {("killed", 37, 37)}),
    ("The number wounded in the raid of Oct. 12 has since climbed to 44.", {("injured", 44, 44)}),
    ("The number of those who lost their lives in the flood passed 90.", {("killed", 90, 90)}),
    ("That took to 58 the number of farmers who have lost their lives in the valley.", {("killed", 58, 58)}),
    ("A marine was killed, bringing to 21 the number it has lost.", {("killed", 1, 1), ("killed", 21, 21)}),
    ("That brought to 21 the number of matches it has lost.", set()),
    ("The governor gave the number of injured as 54.", {("injured", 54, 54)}),
    ("The number of dead is not known, and 30 shops burned.", set()),
    ("The number of Hamas losses is put by the army at 130.", {("killed", 130, 130)}),
    ("The dead in the port were put at 45.", {("killed", 45, 45)}),
    ("The feud has claimed at least 70 villagers since spring.", {("killed", 70, None)}),
    ("Ambushes on the road have claimed 17 drivers.", {("killed", 17, 17)}),
    ("Deaths on the coast have climbed to 39.", {("killed", 39, 39)}),
    ("Deaths on the coast have gone to court.", set()),
    ("An unknown number of boys began shooting at each other.", set()),
    ("The army said that it had lost 16 in the marshes.", {("killed", 16, 16)}),
    ("The bakery said that it had lost 16 in the marshes.", set()),
    ("The rebels suffered losses of 33 men.", {("killed", 33, 33)}),
    ("The depot lost 33 drivers to a rival.", set()),
    ("The depot lost three drivers to sniper fire.", {("killed", 3, 3)}),
    ("Fourteen of its sons were buried on Sunday in a cemetery by the sea.", {("killed", 14, 14)}),
    ("Fourteen climbers were buried under the snow.", set()),
    # bodies
    ("The scorched bodies of three nurses who had hidden in the cellar of the clinic were found.", {("killed", 3, 3)}),
    ("Medics picked up the bodies of 18 miners.", {("killed", 18, 18)}),
    ("Thirteen corpses were lifted out of the well.", {("killed", 13, 13)}),
    ("Seven burnt bodies lay by the kiln.", {("killed", 7, 7)}),
    ("There were eleven bodies by the kiln.", {("killed", 11, 11)}),
    ("Only two of the recovered bodies were identified.", set()),
    ("She left seven bodies of work.", set()),
    ("Sarmada mourned five dockers.", {("killed", 5, 5)}),
    ("The clan buried fifteen of its own on Tuesday.", {("killed", 15, 15)}),
    ("An avalanche buried fifteen skiers.", set()),
    ("He mourned three wives.", set()),
    ("A lawyer claimed 17 drivers in the town were bribed.", set()),
    ("A report on the feud claimed 17 drivers in the town were bribed.", set()),
]  # fmt: skip


HEADLINES: list[tuple[str, Told]] = [
    ("Boat disaster claims 15 on lake", {("killed", 15, 15)}),
    ("Minister claims 15 in new poll", set()),
    ("Gunmen kidnap pupils from school", {("abducted", 2, None)}),
    ("Girl, seven, dies as dinghy collapses", {("killed", 1, 1)}),
    ("Militia hacks 15 to death in camp", {("killed", 15, 15)}),
    ("Helicopter crash kills crew of four", {("killed", 4, 4)}),
    ("Judge blocks execution of man, 40", set()),
    ("Officer guilty of killing folk singer's nephew", {("killed", 1, 1)}),
    ("Man, 62, seriously hurt in crash", {("injured", 1, 1)}),
    ("Strikes kill 18 across the land, including 8 in Duma", {("killed", 18, 18), ("killed", 8, 8)}),
]


@pytest.mark.parametrize(("text", "expected"), HEADLINES)
def test_headlines(text: str, expected: Told) -> None:
    sentence = tokenise(Sentence("title", 0, 0, len(text), text, headline=True))
    assert {(m.outcome, m.low, m.high) for m in read(sentence) if not m.breakdown} == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: Told) -> None:
    sentence = tokenise(Sentence("text", 1, 0, len(text), text))
    assert {(m.outcome, m.low, m.high) for m in read(sentence) if not m.breakdown} == expected


def test_a_days_walk_is_no_rate() -> None:
    told = extract_events(
        "", "In Lower Hasha, a day's walk to the east, 11 more villagers were killed on Wednesday.", None
    )
    assert [event.killed.low for event in told if event.killed] == [11]


def test_who_kills_is_no_illness_whatever_else_is_told() -> None:
    (toll,) = extract_events("", "The siege has killed over 9,000 people and brought the land near to famine.", None)
    assert toll.killed is not None
    assert toll.killed.low == 9000
    assert not extract_events("", "The cholera outbreak has killed more than 9,000 people.", None)


def test_a_toll_that_is_brought_higher_replaces_the_one_before() -> None:
    text = (
        "A bombing in Homs killed six people on Wednesday, doctors said. "
        "By evening two of the wounded had succumbed to their burns, which brought the death toll to eight."
    )
    (event,) = extract_events("Bombing in Homs leaves six dead", text, date(2017, 4, 6))
    assert event.killed is not None
    assert (event.killed.low, event.killed.high) == (8, 8)


def test_what_a_number_includes_is_a_part_of_it() -> None:
    whole, part = extract_events("", "Raids killed 18 people across Syria on Monday, including eight in Homs.", None)
    assert (whole.killed.low, part.killed.low, part.part_of) == (18, 8, 0)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Cholera kills 40 as floods recede", "Clinics in the delta are full."),
        ("Blade of wind turbine snaps", "The area was cordoned off but nobody was hurt."),
        ("Wildfire destroys homes in village", "A stable burned down but nobody was seriously hurt."),
        ("Fire at city library", "Firefighters said that the blaze was out and there were no deaths."),
    ],
)
def test_neither_illness_nor_an_accident_without_harm_is_an_event(title: str, text: str) -> None:
    assert not extract_events(title, text, None)


@pytest.mark.parametrize(
    "told",
    ["up from an earlier count of nine", "after the mayor had spoken of nine", "where an earlier report gave nine"],
)
def test_the_count_that_replaces_an_earlier_one_is_kept(told: str) -> None:
    text = f"Floods have killed 40 people this week. A slide at Orsa killed 16 on Monday, {told}."
    killed = {event.killed.low for event in extract_events("Floods kill 40", text, date(2024, 5, 16)) if event.killed}
    assert 16 in killed
