"""Who is carried off or held, who has been let go, and of whom only a video was released."""

from datetime import date

import pytest

from casualties.events.extractor import extract_events


def held(title: str, text: str) -> list[int | None]:
    events = extract_events(title, text, date(2023, 10, 20))
    return [event.abducted.low for event in events if event.abducted is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels released a new video of 12 hostages on Monday.",
        "A video of 12 hostages was released by rebels on Monday.",
        "The families of 12 hostages watched footage that was released by rebels.",
    ],
)
def test_whose_video_is_released_is_still_held(text: str) -> None:
    assert held("Families plead", text) == [12]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve hostages were freed on Monday, a video showed.",
        "A clip shows how rebels released 12 hostages.",
        "Twelve hostages, seen in earlier footage, were released on Monday.",
    ],
)
def test_who_is_seen_going_free_is_no_longer_held(text: str) -> None:
    assert held("A day of news", text) == []


def test_one_who_was_freed_was_abducted_in_no_event_of_this_news() -> None:
    assert held("Freed hostage speaks of ordeal", "She was kidnapped by rebels in Kano.") == []
    assert held("Cook is back", "The cook, who was kidnapped in June, has been freed, a video shows.") == []


def test_others_who_are_abducted_beside_a_freed_hostage_are_held() -> None:
    assert held("Freed hostage speaks", "Rebels abducted another nurse from a clinic in Kano.") == [1]
    assert held("Freed hostage speaks", "On Friday rebels abducted four nurses from a clinic in Kano.") == [4]
    assert held("Freed hostages speak", "On Friday rebels abducted four nurses from a clinic in Kano.") == [4]
    assert held("Freed hostages speak", "Four nurses had been abducted from a clinic in Kano.") == []
    assert held("Freed hostages speak", "Two cooks who were abducted on Friday were released at dawn.") == []


def test_a_longer_story_tells_of_others_than_the_one_freed_in_its_title() -> None:
    between = "She is home. Her town is glad. The army was on alert. Police closed roads."
    assert held("Freed hostage speaks", f"{between} On Friday rebels abducted a nurse from a clinic in Kano.") == [1]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Bandits are holding at least 24 passengers in the hills.", 24),
        ("Three engineers are still held at a camp near the river by a group of rebels.", 3),
        ("Nine sailors remain in the hands of the pirates.", 9),
        ("Six clerks who work for a bank in Kano, two of them women, are in the hands of bandits.", 6),
        ("Insurgents stormed the mill, hurt two guards and took five clerks with them.", 5),
        ("Raiders rounded up eight teachers and took them away.", 8),
        ("The attackers led away six teachers.", 6),
        ("The attackers led six teachers away.", 6),
        ("Two brothers were led off by hooded men.", 2),
        ("Armed men bundled a lawyer into a van.", 1),
        ("The army said raiders took seven members of the clan from their tents.", 7),
        ("Raiders burned the clinic and made off with three nurses.", 3),
        ("Seven divers were taken from their boats by pirates on Monday.", 7),
        ("Seven divers, who were taken from a pier by masked men, have not been seen since.", 7),
    ],
)
def test_who_is_carried_off_or_kept_by_captors_is_abducted(text: str, people: int) -> None:
    assert held("", text) == [people]


@pytest.mark.parametrize(
    "text",
    [
        "Police are holding 12 villagers over the fire.",
        "Rebels are holding 40 soldiers.",
        "The militants are holding more than 60 tanks.",
        "Robbers held two clerks at gunpoint and left with the cash.",
        "The town of 90,000 people is in the hands of rebels.",
        "Three villages remain in the hands of rebels.",
        "Kidal has been held by rebels since spring.",
        "The rebels took 12 seats from the party.",
        "The Raiders took 12 rookies from the draft.",
        "The Pirates hold three men on the injured list.",
        "Twelve children were led away from the school by teachers.",
        "Rebels held the town of 40,000 people for a year.",
        "A bus took 12 villagers from the town.",
        "Soldiers fought the rebels and took 15 miners with them.",
        "The militia, led by an exiled colonel, left the town; 15 men led by rebels stayed.",
        "Police led away six suspects.",
        "Robbers made off with 20,000 dollars.",
        "The couple drove off with four friends.",
        "The prison holds 300 people.",
    ],
)
def test_who_is_arrested_led_or_driven_is_not_abducted(text: str) -> None:
    assert held("", text) == []


def test_who_is_carried_off_is_read_in_a_long_story_too() -> None:
    before = "The road was calm. Shops were open. The mayor spoke. Rain fell. Schools were full. Buses ran. " * 3
    assert held("A day of news", f"{before}In Kano masked men took four porters from their lodge.") == [4]
