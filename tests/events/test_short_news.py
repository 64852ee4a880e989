"""Headlines with a sentence of summary: what they tell, and what they only seem to tell."""

from datetime import date

import pytest

from casualties.events.extractor import extract_events
from casualties.model import OUTCOMES, Event

DAY = date(2023, 10, 20)  # a Friday
Told = list[tuple[str, str, int | None, int | None]]


def events_of(title: str, text: str) -> list[Event]:
    return extract_events(title, text, DAY)


def told(title: str, text: str = "More details to follow on this page soon.") -> Told:
    figures = ((e.kind, o, getattr(e, o)) for e in events_of(title, text) for o in OUTCOMES)
    return [(kind, outcome, f.low, f.high) for kind, outcome, f in figures if f is not None]


FIGURES: list[tuple[str, str, Told]] = [
    # verbs and their persons
    (
        "Grief in the hills",
        "Neighbours help after a raid that killed more than 40 people.",
        [("event", "killed", 40, None)],
    ),
    ("Guards shoot man in hunt for robber", "He was seen by the river.", [("event", "injured", 1, 1)]),
    ("Tourist shot", "A farmer shot Danish tourist Ole Berg in the leg.", [("event", "injured", 1, 1)]),
    ("Army says it killed Rebel commander", "It gave no name.", [("event", "killed", 1, 1)]),
    ("Eight members of one Danish family killed in strike", "All lived there.", [("event", "killed", 8, 8)]),
    (
        "Ten cousins - including four-month-old baby - killed in strike",
        "All lived there.",
        [("event", "killed", 10, 10)],
    ),
    ("Cook's family killed in air strike", "He was at work.", [("event", "killed", 2, None)]),
    ("Dane believed to be missing after ferry sinks", "He was 30.", [("event", "missing", 1, 1)]),
    (
        "Hall roof falls in",
        "Six people have died and 20 are in hospital after the collapse.",
        [("event", "killed", 6, 6), ("event", "injured", 20, 20)],
    ),
    ("Boy fights for life after dog attack", "It was on a lead.", [("event", "injured", 1, 1)]),
    ("Boy bitten by shark off the coast", "He was swimming.", [("event", "injured", 1, 1)]),
    ("Man dies, woman in hospital after shooting", "", [("event", "killed", 1, 1), ("event", "injured", 1, 1)]),
    ("Thousands of Danes fleeing the islands as storm nears", "", [("event", "displaced", 2000, None)]),
    ("Floods force 10,000 from homes", "The river is rising.", [("event", "displaced", 10000, 10000)]),
    ("20-month-old shot in garden", "The child is in hospital.", [("event", "injured", 1, 1)]),
    # nouns
    ("Row over Danish singer's murder", "Ministers met.", [("event", "killed", 1, 1)]),
    ("Man held over teenager's death in street attack", "", [("event", "killed", 1, 1)]),
    ("Cook on trial for double murder", "She denies it.", [("event", "killed", 2, 2)]),
    # one who is hurt or sought, and then told to be dead
    (
        "Woman hurt when van hit kiosk dies",
        "Ann Roe, 70, dies of her injuries after the crash.",
        [("event", "killed", 1, 1)],
    ),
    ("Woman missing after attack is dead, says mother", "She was told today.", [("event", "killed", 1, 1)]),
    ("Police name stabbed boy", "John Roe, 16, was stabbed to death in York.", [("event", "killed", 1, 1)]),
    ("Hiker who went missing after storm confirmed dead", "Her sister told us.", [("event", "killed", 1, 1)]),
    ("Hiker missing after storm has been murdered, police say", "A man was held.", [("event", "killed", 1, 1)]),
    (
        "Hikers' club mourns",
        "A hiker who got lost after guides left her was found dead in a fire.",
        [("event", "killed", 1, 1)],
    ),
    ("Woman arrested over death of baker John Roe", "He was 40.", [("event", "killed", 1, 1)]),
    # who is counted
    ("Elderly couple found dead after gun attack", "Neighbours heard shots.", [("event", "killed", 2, 2)]),
    ("Village mourns", "The killing of a baker and his partner shook the village.", [("event", "killed", 2, 2)]),
    ("Family of Radio Nord reporter killed in air strike", "He was at work.", [("event", "killed", 2, None)]),
    (
        "Two hikers shot dead",
        "Two hikers and their guide have been shot dead near Faro, police said.",
        [("event", "killed", 3, 3)],
    ),
    ("Strike on a road", "The strike killed a reported 70 people.", [("event", "killed", 70, 70)]),
    ("Boy died with 70 visible injuries, court hears", "A man is charged with murder.", [("event", "killed", 1, 1)]),
    (
        "Quake kills 53 people",
        "Officials say 240 people are injured and 1,320 houses damaged or destroyed.",
        [("event", "killed", 53, 53), ("event", "injured", 240, 240)],
    ),
    (
        "Fans mourn",
        "Dancer Ann Roe was fatally injured when a lamp fell on the stage.",
        [("event", "killed", 1, 1)],
    ),
    ("Writers grieve", "A rocket killed the family of a Danish editor.", [("event", "killed", 2, None)]),
    ("Law changes for murdered woman's family", "They waited for years.", [("event", "killed", 1, 1)]),
    ("Murdered singer's parents thank nurses", "They spoke in Faro.", [("event", "killed", 1, 1)]),
    ("Kidnapped pilot's three brothers wait", "They live in Faro.", [("event", "abducted", 1, 1)]),
    ("Aunt of missing girl speaks", "She asked for help.", []),
    ("Missing girl's aunt speaks", "She asked for help.", [("event", "missing", 1, 1)]),
    ("Danish man, son walking to market in Faro shot dead", "They sold eggs.", [("event", "killed", 2, 2)]),
    ("Damages for dancer", "The dancer sued the hall after being hurt in a fall.", [("event", "injured", 1, 1)]),
    ("Captive on video", "Cook Ann Roe said that she was kidnapped on a ferry.", [("event", "abducted", 1, 1)]),
    (
        "Strikes go on",
        "The offensive took the total killed to 3,150 since May.",
        [("toll", "killed", 3150, 3150)],
    ),
    # one who was hurt, and by all else that is told is dead
    (
        "Last words of stabbed boy",
        "A murder charge was brought against his landlord as the boy was laid to rest.",
        [("event", "killed", 1, 1)],
    ),
    ("Efforts to save Ann Roe - inquest", "Ann Roe was shot by a guest in a hotel.", [("event", "killed", 1, 1)]),
    ("Youth charged with attempted murder", "A jogger was shot near the pond.", [("event", "injured", 1, 1)]),
    (
        "Cook charged with poisoning partner",
        "The cook is said to have fatally poisoned her partner. He was hospitalised and died on Monday.",
        [("event", "killed", 1, 1)],
    ),
    # another event than the one the title tells
    (
        "Guards shoot man at port",
        "It follows Monday's attack where two sailors were killed.",
        [("event", "injured", 1, 1), ("event", "killed", 2, 2)],
    ),
    ("Parents of Faro player Luis Roe kidnapped in the hills", "He was at home.", [("event", "abducted", 2, 2)]),
    ("A filmmaker and two plumbers were killed as a barn in Faro burned.", "", [("event", "killed", 3, 3)]),
    # who is among the victims, where nobody tells how many there were
    (
        "Dreams of a club",
        "Ten Danish guards were among those killed as bandits overran the inn.",
        [("event", "killed", 10, 10)],
    ),
    ("Reporter among dead in strike on hall", "They mourn.", [("event", "killed", 1, 1)]),
    (
        "A town waits",
        "Her cousin was among the first villagers to be killed in the raid.",
        [("event", "killed", 1, 1)],
    ),
    ("Who they are", "At least 30 children are among the captives.", [("event", "abducted", 30, None)]),
    # kin
    ("A night in Faro", "She lost her husband and two sons in a rocket attack.", [("event", "killed", 3, 3)]),
    ("Mother of man killed by guards wants answers", "Her son was shot.", [("event", "killed", 1, 1)]),
    ("Family of man shot dead by guards demand inquiry", "", [("event", "killed", 1, 1)]),
    ("Brothers, 8 and 10, drown in lake", "They swam.", [("event", "killed", 2, 2)]),
    ("Sisters, 4, 7 and 9, killed in fire", "They slept.", [("event", "killed", 3, 3)]),
    ("Bodies of Ann, Bob and Eve Roe found after raid", "", [("event", "killed", 3, 3)]),
    # other ways to tell it
    ("Strike on bus kills civilians", "It was full.", [("event", "killed", 2, None)]),
    ("Deaths reported after boat capsizes", "It was full.", [("event", "killed", 2, None)]),
    ("Quake deaths top 2,000", "Aid is under way.", [("event", "killed", 2000, 2000)]),
    ("Shooting leaves two dead and one in hospital", "", [("event", "killed", 2, 2), ("event", "injured", 1, 1)]),
    ("Body pulled out of lake after flood", "It is that of a cook.", [("event", "killed", 1, 1)]),
    ("Police kill suspect in port shooting", "He was 40.", [("event", "killed", 1, 1)]),
    ("Surfer loses leg in shark attack", "He is calm.", [("event", "injured", 1, 1)]),
    ("Pensioner dies after being hit by scooter", "He was 80.", [("event", "killed", 1, 1)]),
    ("The 220 people held by rebels", "Their families wait.", [("event", "abducted", 220, 220)]),
    ("Camp is full", "Some 7,000 refugees had crossed by noon.", [("toll", "displaced", 7000, 7000)]),
    (
        "Suspects die in prison fire",
        "Seven suspects in the murder of mayor Luis Roe died on Monday.",
        [("event", "killed", 7, 7)],
    ),
    (
        "A girl, 16",
        "A girl reported missing since the raid was murdered by rebels, an aunt said.",
        [("event", "killed", 1, 1)],
    ),
    ("Ten years since ferry disaster that claimed 300 lives", "", [("event", "killed", 300, 300)]),
    ("Settlers shoot farmer dead as he picks olives", "He was 40.", [("event", "killed", 1, 1)]),
    ("Teen shot by police dies in hospital", "Riots broke out.", [("event", "killed", 1, 1)]),
    ("Killer of police officer denied parole", "It was in May.", [("event", "killed", 1, 1)]),
    ("Four hostages freed, more than 200 still held", "Talks go on.", [("event", "abducted", 200, None)]),
    ("Ten members of one family missing after flood", "", [("event", "missing", 10, 10)]),
    ("\u2018I\u2019ve lost 40 relatives\u2019", "An air strike hit his house.", [("event", "killed", 40, 40)]),
    ("Inmate held down by guards. Soon she was dead", "An inquest saw a video.", [("event", "killed", 1, 1)]),
    ("Ex-soldier charged over 1972 killings", "Two men were shot dead on the day.", [("event", "killed", 2, 2)]),
    (
        "Three guards shot at gate",
        "The suspect was found dead at an inn.",
        [("event", "killed", 1, 1), ("event", "injured", 3, 3)],
    ),
    (
        "Raid: six villagers including boy, 15, killed",
        "Ninety were wounded.",
        [("event", "killed", 6, 6), ("event", "injured", 90, 90)],
    ),
    ("50 hostages killed in air strikes, rebels say", "", [("event", "killed", 50, 50)]),
    ("Six pupils abducted on bus found dead", "They were in a ravine.", [("event", "killed", 6, 6)]),
    ("Faro star's parents kidnapped in the hills; mother rescued", "", [("event", "abducted", 2, 2)]),
    (
        "Guards killed hundreds of migrants, report says",
        "Danes were shot at the fence.",
        [("event", "killed", 200, None)],
    ),
    ("Acrobat falls to death in circus", "The show was stopped.", [("event", "killed", 1, 1)]),
    # of one event, and of many
    ("War in the east: alarm as thousands flee the city", "", [("event", "displaced", 2000, None)]),
    (
        "Families wait",
        "The attack killed at least 12 Danes, and 14 are missing, unaccounted for since Sunday.",
        [("event", "killed", 12, None), ("event", "missing", 14, 14)],
    ),
    (
        "Second quake hits hills",
        "The earthquake strikes the valley days after quakes killed 2,400 people.",
        [("event", "killed", 2400, 2400)],
    ),
    ("Quakes in the east", "Thousands dead and villages gone after an earthquake.", [("event", "killed", 2000, None)]),
    ("300 people killed in a single day by strikes on the strip", "", [("event", "killed", 300, 300)]),
    ("Camp under fire", "Hundreds of people have been killed in air strikes.", [("toll", "killed", 200, None)]),
]

NOTHING = [
    ("Man dies during open-air concert", "The show was stopped."),
    ("Band confirms death of drummer John Roe", "The drummer died on Monday after battling lung cancer."),
    ("Woman found dead in garden", "Her name was not given."),
    ("Man kills himself in park, police say", "He was found dead near the lake with a gun."),
    ("Rebels release 2 hostages", "Ann Roe and her sister were kidnapped in May."),
    ("Kidnapped pupil freed", "He is well."),
    ("Bishop speaks out", "He said the killing of civilians must stop."),
    ("A list for the year", "Only 2019 had more mass killings."),
    ("Club wins first match since death of chairman John Roe", "Fans sang for him."),
    ("Names of the shooting victims", "They will be read on Sunday."),
    ("Striker carried off on stretcher after clash of heads", "She waved to the fans."),
    ("Crowds press for release of captives", "They asked for the release of those held captive."),
    ("Costs are hurting one more industry: bakers", "Prices rise."),
    ("Girl who vanished from camp found safe", "She was well."),
    ("Minister missing from public life since spring is dismissed", "He was seen in May."),
    ("Talks go on", "Rebels are handing over two more hostages."),
    ("Minister missing for two months is dismissed", "She went missing from public view in spring."),
    ("Driver who was declared dead is alive", "The clinic apologised."),
    ("Match report", "The player didn\u2019t suffer a concussion."),
    ("The Night a Fortune in Silver and Stamps disappeared", "It was a theft."),
    ("Singer dies after collapsing", "Her heart stopped."),
    ("Family sues jail for man\u2019s death", "Guards failed to give medication."),
    ("Guard leaked secrets", "He was one of those who rescued kidnapped girl Ann Roe."),
    ("Woman\u2019s body found at school", "It was on Monday."),
    ("Army frees soldier held by rebels", "She had been held since May."),
    ("A village after the raid", "One in four people of West Park is dead or missing."),
    ("Freed hostage speaks", "Ann Roe was kidnapped by rebels in May."),
    ("Video shows release of Danish hostages", "Ann Roe and her daughter had been kidnapped during the raid."),
    ("A war of choices", "When has killing more villagers ever brought calm?"),
    ("\u2018Everybody died\u2019", "A play about the end of the world."),
]


@pytest.mark.parametrize(("title", "text", "figures"), FIGURES)
def test_figures(title: str, text: str, figures: Told) -> None:
    assert told(title, text) == figures


@pytest.mark.parametrize(("title", "text"), NOTHING)
def test_nothing_told(title: str, text: str) -> None:
    assert told(title, text) == []


def test_who_is_held_stays_told_where_a_video_of_them_is_released() -> None:
    assert told("Families plead", "The families of three hostages who are in a video released by rebels wait.") == [
        ("event", "abducted", 3, 3)
    ]


def test_an_accident_with_a_gun_is_no_suicide() -> None:
    assert told("Boy accidentally shoots, kills himself", "The boy died at home.") == [("event", "killed", 1, 1)]


def culprits(title: str, text: str) -> list[tuple[str, str]]:
    return [(a.name, a.status) for e in events_of(title, text) for a in e.actors]


CULPRITS: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("Cook on trial", "Jon Poe, 50, pleaded not guilty to the murder of Ann Roe.", [("Jon Poe", "accused")]),
    ("Cook stabbed at work", "Jon Poe repeatedly stabbed the cook, a court heard.", [("Jon Poe", "stated")]),
    (
        "Six killed in mall",
        "Police named Jon Poe in the shooting; the suspect Jon Poe, 40, is free.",
        [("Jon Poe", "suspected")],
    ),
    ("Driver killed", "Jon Poe's wife struck and killed a driver in York.", []),
    ("Tutor found dead", "The murder of Ann Roe, a tutor, shocked the town.", []),
]


@pytest.mark.parametrize(("title", "text", "named"), CULPRITS)
def test_persons_who_are_told_to_have_done_it(title: str, text: str, named: list[tuple[str, str]]) -> None:
    assert culprits(title, text) == named


PLACES: list[tuple[str, str, str | None]] = [
    ("Strike Kills 40 in Ukrainian Village", "The market was full.", None),
    ("Crowd marks the day 100 people were killed in a Halloween crush", "It was in Seoul.", "Seoul"),
    ("Toll rises", "At least 12 people were killed before Secretary of State Joan Poe's visit.", None),
]


@pytest.mark.parametrize(("title", "text", "place"), PLACES)
def test_what_is_no_place(title: str, text: str, place: str | None) -> None:
    (event,) = events_of(title, text)
    assert (event.place.name if event.place else None) == place


def test_who_was_found_or_is_sought_has_not_done_it() -> None:
    for told in ("Police found Mary Quill in her flat.", "The search for Mary Quill goes on."):
        text = f"A woman was shot dead in Denver on Monday. {told}"
        assert [event.actors for event in extract_events("Woman shot dead in Denver", text, DAY)] == [()]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Fourteen patients dead in two days at hospital in Sunda", "Their families blame the ministry."),
        ("At least 90 bodies found at funeral home", "The sheriff of a county in Utah said burials were never held."),
        ("At least 40 bodies buried in Sunda", "Nobody knows their names."),
        ("Officials identify only four of the bodies", "The families of the dead in the Sunda fire are still waiting."),
        ("Doubt hangs over 64 migrants on Nauru", "They say that nobody tells them what comes next."),
    ],
)
def test_the_sick_the_kept_and_the_doubtful_are_no_victims(title: str, text: str) -> None:
    assert extract_events(title, text, DAY) == []


def test_the_bodies_in_a_funeral_home_that_was_bombed_are_victims() -> None:
    text = "Officials said the bodies of 12 people were found in the funeral home after a bomb hit it."
    (event,) = extract_events("Bomb hits funeral home in Homs", text, DAY)
    assert event.killed is not None
    assert event.killed.low == 12


def test_those_shot_at_a_hospital_are_victims_and_a_political_storm_is_no_storm() -> None:
    (event,) = extract_events("Four shot dead at hospital in Leeds", "The deaths caused a political storm.", DAY)
    assert (event.killed and event.killed.low, event.type) == (4, "shooting")
