"""The codebook's counts, sentence by sentence: what a figure is, and for which outcome."""

import pytest

from casualties.events.mentions import read
from casualties.events.tokens import Sentence, tokenise

Told = set[tuple[str, int | None, int | None]]


def told(text: str, headline: bool = False) -> Told:
    field = "title" if headline else "text"
    sentence = tokenise(Sentence(field, 1, 0, len(text), text, headline=headline))
    return {(m.outcome, m.low, m.high) for m in read(sentence) if not m.breakdown}


BOUNDS = [
    ("The blast killed 59 people.", 59, 59),
    ("The blast killed at least 59 people.", 59, None),
    ("The blast killed more than 59 people.", 59, None),
    ("The blast killed nearly 750 people.", 750, 750),
    ("The blast killed about 30 people.", 30, 30),
    ("The blast killed some 30 people.", 30, 30),
    ("The blast killed up to 20 people.", None, 20),
    ("The blast killed as many as 20 people.", None, 20),
    ("The blast killed between 10 and 15 people.", 10, 15),
    ("The blast killed 10 to 15 people.", 10, 15),
    ("The blast killed dozens of people.", 24, None),
    ("The blast killed scores of people.", 40, None),
    ("The blast killed hundreds of people.", 200, None),
    ("The blast killed tens of thousands of villagers.", 20000, None),
    ("The blast killed several people.", 3, None),
    ("The blast killed a few people.", 3, None),
    ("The blast killed a couple of people.", 2, 2),
    ("The blast killed a dozen people.", 12, 12),
    ("The blast killed two dozen people.", 24, 24),
    ("The blast killed people.", 2, None),
    ("The blast killed a large number of people.", 2, None),
    ("The blast killed many people.", 3, None),
    ("The blast killed upwards of 40 people.", 40, None),
    ("The blast killed an estimated 40 people.", 40, 40),
    ("The blast killed 40 or more people.", 40, None),
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS)
def test_words_around_a_number_bound_it(text: str, low: int | None, high: int | None) -> None:
    assert told(text) == {("killed", low, high)}


NUMBERS = [
    ("thirty-five", 35),
    ("1,300", 1300),
    ("2.5 million", 2_500_000),
    ("one hundred and five", 105),
    ("a quarter of a million", 250_000),
    ("300k", 300_000),
    ("twenty one", 21),
    ("three thousand", 3000),
    ("\u0661\u0662", 12),
]


@pytest.mark.parametrize(("written", "number"), NUMBERS)
def test_numbers_in_words_and_digits(written: str, number: int) -> None:
    assert told(f"The war killed {written} people.") == {("killed", number, number)}


CONSTRUCTIONS: list[tuple[str, Told]] = [
    ("A policeman was shot dead outside his home.", {("killed", 1, 1)}),
    ("The death of a photographer shocked the town.", {("killed", 1, 1)}),
    ("Three soldiers and two civilians were killed.", {("killed", 5, 5)}),
    ("Four men, a woman and her three children died when the roof fell in.", {("killed", 8, 8)}),
    ("The death toll rose to 17 on Friday.", {("killed", 17, 17)}),
    ("Officials put the death toll at 16.", {("killed", 16, 16)}),
    ("The death toll rose from 12 to 17.", {("killed", 17, 17)}),
    ("The flood claimed 12 lives.", {("killed", 12, 12)}),
    ("The crash claimed the lives of nine pupils.", {("killed", 9, 9)}),
    ("Six miners lost their lives.", {("killed", 6, 6)}),
    ("It left 4 dead and 10 injured.", {("killed", 4, 4), ("injured", 10, 10)}),
    ("The bodies of 9 people were found in a well.", {("killed", 9, 9)}),
    ("A bomb tore through the market, killing 10 and wounding dozens.", {("killed", 10, 10), ("injured", 24, None)}),
    ("Six people were killed and 20 others wounded.", {("killed", 6, 6), ("injured", 20, 20)}),
    ("Dozens were killed or wounded.", {("killed", 0, None), ("injured", 0, None)}),
    ("The shells killed and wounded ten villagers.", {("killed", 0, 10), ("injured", 0, 10)}),
    ("At least five were killed, six injured.", {("killed", 5, None), ("injured", 6, 6)}),
    ("Ten people - six women and four children - were killed.", {("killed", 10, 10)}),
    ("Sixteen people, including three children and four women, were killed.", {("killed", 16, 16)}),
    ("The raid killed 16 people including three children and four women.", {("killed", 16, 16)}),
    ("No one was hurt.", {("injured", 0, 0)}),
    ("No casualties were reported.", {("killed", 0, 0), ("injured", 0, 0)}),
    ("Gunmen kidnapped seven workers on the road.", {("abducted", 7, 7)}),
    ("They took 40 people hostage.", {("abducted", 40, 40)}),
    ("Police are searching for 23 missing climbers.", {("missing", 23, 23)}),
    ("Twelve people are missing after the landslide.", {("missing", 12, 12)}),
    ("More than 300,000 people have been forced from their homes.", {("displaced", 300_000, None)}),
    ("Thousands fled the fighting.", {("displaced", 2000, None)}),
    ("The army said it had neutralised 12 militants.", {("killed", 12, 12)}),
    ("A gunman killed five people and wounded three others.", {("killed", 5, 5), ("injured", 3, 3)}),
    ("A 12-year-old boy was stabbed to death.", {("killed", 1, 1)}),
    ("The father of three was killed.", {("killed", 1, 1)}),
    ("Jane Roe, 34, was shot and killed.", {("killed", 1, 1)}),
    ("Two men were taken to hospital.", {("injured", 2, 2)}),
    ("Nine villagers suffered burns.", {("injured", 9, 9)}),
    ("Family of six found shot dead.", {("killed", 6, 6)}),
    (
        "Thirty fighters were killed near the dam and another five outside Marun.",
        {("killed", 30, 30), ("killed", 5, 5)},
    ),
    ("The brigade lost 12 soldiers in the ambush.", {("killed", 12, 12)}),
    ("Around 27 fighters were rounded up and executed.", {("killed", 27, 27)}),
]


@pytest.mark.parametrize(("text", "expected"), CONSTRUCTIONS)
def test_constructions(text: str, expected: Told) -> None:
    assert told(text) == expected


HEADLINES: list[tuple[str, Told]] = [
    ("3 killed in Kabul blast", {("killed", 3, 3)}),
    ("Blast kills six, injures nine", {("killed", 6, 6), ("injured", 9, 9)}),
    ("22 dead in heavy raids on border town", {("killed", 22, 22)}),
    ("Six Killed Dozens Hurt in Bus Blast", {("killed", 6, 6), ("injured", 24, None)}),
    ("Teacher shot dead in Lahore", {("killed", 1, 1)}),
    ("Raids kill scores of villagers", {("killed", 40, None)}),
    ("17 feared dead or missing after ferry sinks", {("missing", 17, 17)}),
]


@pytest.mark.parametrize(("text", "expected"), HEADLINES)
def test_headlines(text: str, expected: Told) -> None:
    assert told(text, headline=True) == expected


NOT_CASUALTIES = [
    "Police had received no reports of casualties.",
    "There are as yet no reports of casualties.",
    "Officials got no reports of injuries.",
    "As many as 1,000 rebels are in the area.",
    "The bill was killed in committee.",
    "He died of cancer at 91.",
    "The group threatened to kill 10 hostages.",
    "The storm could kill thousands of people.",
    "They were convicted of plotting to kill a senator.",
    "The town lies 40 kilometres from the border.",
    "Voters killed the plan by 52 percent.",
    "Some 20 people may have been killed.",
    "If 40 people are killed, the law applies.",
    "Twelve of those killed were women.",
]


@pytest.mark.parametrize("text", NOT_CASUALTIES)
def test_what_is_no_casualty(text: str) -> None:
    assert told(text) == set()


def test_a_year_is_no_count() -> None:
    assert told("In 2013 people were killed.") == {("killed", 2, None)}


def test_the_place_that_victims_are_from_is_no_count() -> None:
    assert told("Three pupils from one school were killed.") == {("killed", 3, 3)}
    assert told("The blast killed nine men from one village.") == {("killed", 9, 9)}


def test_an_age_is_no_count() -> None:
    assert told("Nine men between the ages of 20 and 31 were shot.") == {("shot", 9, 9)}


def test_a_group_among_the_dead_is_no_event_of_its_own() -> None:
    assert told("Twelve children were among the dead.") == set()


def test_the_whole_stands_after_among() -> None:
    assert told("A minister was among at least 17 villagers killed.") == {("killed", 17, None)}


def test_two_callings_of_one_person_are_one() -> None:
    assert told("A teacher and coach was shot in the park.") == {("shot", 1, 1)}
    assert told("Local teacher and coach killed in her home", headline=True) == {("killed", 1, 1)}
    assert told("A teacher and a coach were shot in the park.") == {("shot", 2, 2)}
    assert told("Mother and son killed in her home", headline=True) == {("killed", 2, 2)}


def test_kin_of_one_are_listed_without_and() -> None:
    assert told("The blast killed mother, sister, son, of a baker.") == {("killed", 3, 3)}
    assert told("The blast killed his wife, son, daughter and grandson.") == {("killed", 4, 4)}


def test_who_is_arrested_is_not_killed() -> None:
    assert told("Police kill gunman, arrest two others in raid", headline=True) == {("killed", 1, 1)}


def test_the_killing_of_a_mans_family_is_of_more_than_one() -> None:
    assert told("Union condemns the killing of baker John Roe's family.") == {("killed", 2, None)}


def test_the_relatives_of_one_are_killed_not_he() -> None:
    assert told("Several Relatives of Leeds Mayor Are Killed", headline=True) == {("killed", 3, None)}


@pytest.mark.parametrize("headline", [True, False])
def test_ages_after_the_noun_are_no_counts(headline: bool) -> None:
    assert told("Three brothers, 8, 9, and 10, drowned in the lake.", headline) == {("killed", 3, 3)}
    assert told("Sisters, 4, 7, and 9, killed in fire", headline) == {("killed", 3, 3)}
    assert told("Two cousins, 4 and 7 drowned in lake", headline) == {("killed", 2, 2)}


def test_numbers_that_are_not_as_many_as_the_persons_before_them_are_counts() -> None:
    assert told("Of nine miners, 3 and 4 drowned in two shafts.") == {("killed", 7, 7)}


def test_no_one_is_found_before_a_sentence_that_begins_with_whom() -> None:
    assert told("The 12 men, whom they killed, were cooks.") == {("killed", 12, 12)}
    assert told(", whom they killed beside 12 men") == set()
