"""Several victims in one sentence: listed by name, kin, nation or office, and what is told of them between."""

import pytest

from casualties.events.extractor import prepare
from casualties.events.mentions import read
from casualties.events.tokens import Sentence, split, tokenise

Told = set[tuple[str, int | None, int | None]]

SENTENCES: list[tuple[str, Told]] = [
    # what they come from is no number of them
    ("Three pupils from one family were killed in Duma.", {("killed", 3, 3)}),
    ("Six members of one family and two cousins of the mayor were hurt.", {("injured", 8, 8)}),
    ("One member of the family was killed.", {("killed", 1, 1)}),
    # by name
    ("Gunmen kidnapped students Ann Bell and Jim Poe on Sunday.", {("abducted", 2, 2)}),
    ("The guards Ann Bell, Jim Poe, and Al Roe were killed.", {("killed", 3, 3)}),
    ("Gunmen kidnapped farmers Rosa Bell and her son Jim Poe, who were led away.", {("abducted", 2, 2)}),
    ("A raid killed rebels, Reed Hill Radio and Northford Herald said.", {("killed", 2, None)}),
    ("The singer and her companion Ann Bell, a member of the Reed Guild, were abducted.", {("abducted", 2, 2)}),
    ("Roe and his companion Ann Bell, a member of the Reed Guild, were abducted.", {("abducted", 2, 2)}),
    ("Ann Bell, a member of the Reed Guild, was abducted.", {("abducted", 1, 1)}),
    # by office
    ("They spoke of the kidnapping of a mayor, an official, and a candidate.", {("abducted", 3, 3)}),
    ("Troops killed a farmer, a father of two, and a cook.", {("killed", 1, 1)}),
    # whom a number is made of
    ("Three reporters, two Norwegians and a Dane, were killed.", {("killed", 3, 3)}),
    ("Three cooks, two women and a man, were hurt.", {("injured", 3, 3)}),
    ("Three cooks, two nuns and a baker, were hurt.", {("injured", 6, 6)}),
    ("Judge Ann Bell, cook Jim Poe and nurse Al Roe were killed.", {("killed", 3, 3)}),
    ("Gunmen kidnapped Roe, the Bishop of Reed, and his assistant, Jim Poe.", {("abducted", 2, 2)}),
    ("Gunmen killed Roe, the Bishop of Reed, and his assistant said so.", {("killed", 1, 1)}),
    ("The murder of Northford department governor Jim Poe is a crime.", {("killed", 1, 1)}),
    ("The killing of a captain and his wife was one of many.", {("killed", 2, 2)}),
    ("The murder of a teacher and the siege was one of many.", {("killed", 1, 1)}),
    # what is told of some of them between
    ("Six monks -- five of whom were Kenyans -- and two cooks were killed.", {("killed", 8, 8)}),
    ("The murder of six monks (five of whom were Kenyans) and two cooks.", {("killed", 8, 8)}),
    ("Thirty people, nine of whom have bullet wounds, were hospitalised.", {("injured", 30, 30)}),
    ("Thirty people, nine of whom have relatives abroad, were hurt.", {("injured", 30, 30)}),
    ("Thirty rangers, nine of whom have been killed, keep the park.", {("killed", 9, 9)}),
    ("Two farmers, one of them a boy of 12, were killed.", {("killed", 2, 2)}),
    ("On Monday six monks, five of whom were Kenyans, and two cooks were killed.", {("killed", 8, 8)}),
    (
        "Police arrested 30 people, nine of whom were hurt, and two cooks were killed.",
        {("injured", 9, 9), ("killed", 2, 2)},
    ),
    ("Nine rebels, including a chief known as Abu Reed, were killed.", {("killed", 9, 9)}),
    # the object of one verb is not the subject of the next
    (
        "A shell killed a cook, Jim Poe, 53, and his wife, and eight were killed in raids.",
        {("killed", 2, 2), ("killed", 8, 8)},
    ),
    ("Police seek two helpers of the man who murdered H-12 leader Ann Bell.", set()),
    ("Rebels killed Ann Bell and Jim Poe on Sunday.", {("killed", 2, 2)}),
    ("Rebels killed Ann Bell, Jim Poe and Al Roe, a witness said.", {("killed", 3, 3)}),
    ("Rebels killed Ann Bell, Jim Poe and Al Roe said.", {("killed", 1, 1)}),
    ("They condemned the murder of Ann Bell and Jim Poe.", {("killed", 2, 2)}),
    ("The shell caused the injury of three visitors in addition to a guard.", {("injured", 4, 4)}),
    ("Gunmen kidnapped a high school student.", {("abducted", 1, 1)}),
    # those who died with them
    ("The mayor was shot dead in an attack that also killed two guards.", {("killed", 3, 3)}),
    ("The mayor was shot dead in an attack in which his driver was also killed.", {("killed", 2, 2)}),
    (
        "The mayor was shot dead in an attack which came after one that also killed two guards.",
        {("killed", 1, 1), ("killed", 2, 2)},
    ),
    ("The mayor was killed in May, and two guards were also killed in June.", {("killed", 1, 1), ("killed", 2, 2)}),
    # whose verb it is
    (
        "A mine hit a cart, killing a 19-year-old farm worker and seriously wounding his aunt.",
        {("killed", 1, 1), ("injured", 1, 1)},
    ),
    ("Trucks were driven by suicide bombers and came to where 28 of them were killed.", {("killed", 28, 28)}),
    (
        "The army killed 500 civilians, the rebels 120 and the Reed Front 45, she said.",
        {("killed", 500, 500), ("killed", 120, 120), ("killed", 45, 45)},
    ),
    ("A blast killed 30 people, Channel 4 said.", {("killed", 30, 30)}),
    ("A fire killed three people, Channel 5 and Radio 7 reported.", {("killed", 3, 3)}),
    ("A fire killed two boys, Jim 12 and Al 9.", {("killed", 2, 2)}),
    ("Two people died; the fire killed two cooks, guard Jim Poe 45.", {("killed", 2, 2)}),
    ("Turkey killed 30 rebels, Syria 20.", {("killed", 30, 30), ("killed", 20, 20)}),
    ("Hamas killed 30 people, Channel 4 said.", {("killed", 30, 30)}),
    ("The blast killed two cooks, Jim Poe, 45, and Ann Bell, 32.", {("killed", 2, 2)}),
    ("In May 50 drowned, up from 40 the previous year.", {("killed", 50, 50), ("killed", 40, 40)}),
    ("Her mother is still held by rebels.", {("abducted", 1, 1)}),
    ("They blamed exhaust gases two cooks breathed.", set()),
    # other ways to count
    ("At least 900 ABC/DEF and Daesh fighters have been neutralised.", {("killed", 900, None)}),
    ("He said that five people had choked to death.", {("killed", 5, 5)}),
    ("He said that guards had beaten to death five people.", {("killed", 5, 5)}),
    ("She put the rebels' losses at 33.", {("killed", 33, 33)}),
    ("She put the losses of the storm at 33 million dollars.", set()),
    ("She put the losses of the rebels at 33.", {("killed", 33, 33)}),
    ("The firm put its losses at 33 million.", set()),
    ("She put the team's losses at 33.", set()),
    ("In 1989, 31 assassinations were blamed on the rebels.", {("killed", 31, 31)}),
    ("On 23 September 28 bodies of miners were found.", {("killed", 28, 28)}),
    ("On September 28 the bodies of two miners were found.", {("killed", 2, 2)}),
    ("Judge Ann Bell was riddled with bullets on Sunday.", {("killed", 1, 1)}),
    ("The house of a judge was riddled with bullets.", set()),
    ("The army gassed hundreds of villagers.", {("killed", 200, None)}),
    ("Rebels inflicted 18 casualties on the army.", {("injured", 18, 18)}),
    ("The clashes resulted in dozens of casualties.", {("injured", 24, None)}),
    ("The blast caused 18 casualties, nine of them dead.", {("killed", 9, 9)}),
    ("A war would have caused 18 casualties.", set()),
    ("The murders this month add up to 62, police said.", {("killed", 62, 62)}),
    ("The victims of the war amount to about 19,000.", {("killed", 19_000, 19_000)}),
    ("The profits add up to 62 millions.", set()),
    ("The damages for the victims amount to 62.", set()),
    ("The gifts to the wounded add up to 62.", set()),
    ("A policeman succumbed to his wounds on Friday.", {("killed", 1, 1)}),
    ("A policeman succumbed to pressure on Friday.", set()),
    ("The driver and his wife did not survive.", {("killed", 2, 2)}),
    ("Two climbers did not survive the fall.", {("killed", 2, 2)}),
    ("Two drivers did not survive the blast.", {("killed", 2, 2)}),
    ("Two ministers did not survive the vote.", set()),
    ("The army suffered the loss of 20 soldiers.", {("killed", 20, 20)}),
    ("The firm announced the loss of 20 jobs.", set()),
    ("Rebels machinegunned a guard and a passer-by near the port.", {("killed", 2, 2)}),
    ("Rebels opened machine-gun fire on the port.", set()),
    ("Rebels machine-gunned his house.", set()),
    ("Rebels machine-gunned a bus, killing two cooks.", {("killed", 2, 2)}),
    ("Snipers sniped four soldiers in the port.", {("killed", 4, 4)}),
    ("He said 28 troops had been brought in dead.", {("killed", 28, 28)}),
    ("He saw seven corpses near the ford.", {("killed", 7, 7)}),
    ("Two reporters were dragged out of their car and shot.", {("killed", 2, 2)}),
    ("Two men were shot and lightly wounded by guards.", {("injured", 2, 2)}),
    ("The blast wounded some of the staff.", {("injured", 2, None)}),
    ("Doctors said some of the injured were in critical condition.", set()),
    ("Doctors said 15 of the wounded were in critical condition.", set()),
    ("Nine soldiers captured by jihadists in May are still held.", {("abducted", 9, 9)}),
    ("Some 80,000 people have found refuge abroad.", {("displaced", 80_000, 80_000)}),
    ("Nine hikers found shelter in a hut.", set()),
    ("Some 4,000 fans took shelter from the rain.", set()),
    ("Some 4,000 fans sought shelter as sirens wailed.", set()),
    ("Some 4,000 villagers have found shelter in tents.", {("displaced", 4_000, 4_000)}),
    ("Private homes were destroyed by bombs.", set()),
    ("Banks and private homes have been destroyed by bombs.", set()),
    ("It is unknown whether civilians have been hurt.", set()),
    # none
    ("The post was shelled without any reported casualties.", {("killed", 0, 0), ("injured", 0, 0)}),
    ("There are no reports of civilian casualties.", {("killed", 0, 0), ("injured", 0, 0)}),
    ("There were no immediate reports of casualties.", set()),
    ("A spokesman said he had no reports of casualties.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: Told) -> None:
    sentence = tokenise(Sentence("text", 1, 0, len(text), text))
    assert {(m.outcome, m.low, m.high) for m in read(sentence) if not m.breakdown} == expected


def test_a_remark_between_dashes_ends_no_sentence() -> None:
    text = "HOMS -- Six monks -- five of them old -- were killed. HOMS (AP) -- all is well."
    told = [sentence.text for sentence in split("", text)]
    assert told[1:] == ["HOMS", "Six monks -- five of them old -- were killed. ", "HOMS (AP)", "all is well."]


def test_fire_that_soldiers_return_is_no_blaze() -> None:
    article = prepare("", "Rebels attacked a post near Duma with rifle fire, without any reported casualties.", None)
    assert article is not None
    assert [m.outcome for report in article.reports for m in report.mentions] == ["killed", "injured"]


def test_as_many_in_each_of_several_towns() -> None:
    article = prepare("", "On Monday two cooks were killed in each of the towns of Duma, Arbin and Harasta.", None)
    assert article is not None
    told = [(report.where and report.where.name, report.mentions[0].low) for report in article.reports]
    assert told == [("Duma", 2), ("Arbin", 2), ("Harasta", 2)]
