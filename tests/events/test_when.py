"""When an event was and over what a toll was counted, in the ways that news and wire copy tell it."""

from datetime import date

import pytest

from casualties.events import extract_events
from casualties.events.dates import find_dates
from casualties.model import Event, EventKind

PUBLISHED = date(2026, 3, 4)  # a Wednesday
Days = tuple[str, str] | None


def days(event: Event) -> Days:
    return None if event.date is None else (event.date.start.isoformat(), event.date.end.isoformat())


def spans(text: str) -> list[tuple[str, str]]:
    return [(m.span.start.isoformat(), m.span.end.isoformat()) for m in find_dates(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since the beginning of last week", "2026-02-23", "2026-03-04"),
        ("since the start of last month", "2026-02-01", "2026-03-04"),
        ("since the outset of last year", "2025-01-01", "2026-03-04"),
        ("since the end of January", "2026-01-31", "2026-03-04"),
        ("between 21 and 26 of January", "2026-01-21", "2026-01-26"),
        ("in May last year", "2025-05-01", "2025-05-31"),
        ("on 3 February this year", "2026-02-03", "2026-02-03"),
        ("in October of last year", "2025-10-01", "2025-10-31"),
        ("yesterday [18 January]", "2026-01-18", "2026-01-18"),
        ("last night (Feb. 9)", "2026-02-09", "2026-02-09"),
        ("on the night of 12 February", "2026-02-12", "2026-02-12"),
        ("at 2230 on 3 January", "2026-01-03", "2026-01-03"),
        ("by 2000 on 3 January", "2026-01-03", "2026-01-03"),
        ("by 2000", "2000-01-01", "2000-12-31"),
        ("from 2000 to 2015", "2000-01-01", "2015-12-31"),
        ("on a Thursday in 1983", "1983-01-01", "1983-12-31"),
        ("on 4 February 90", "1990-02-04", "1990-02-04"),
        ("on 4 February 28 buses burnt", "2026-02-04", "2026-02-04"),
        ("on 4 February 28 charred bodies", "2026-02-04", "2026-02-04"),
        ("the push launched on 3 February, the largest since 2011, has cost 90 lives", "2026-02-03", "2026-02-03"),
        ("the offensive launched on 3 February, the largest since 2011, has cost 90", "2026-02-03", "2026-03-04"),
        ("the operation began on 3 February with a raid", "2026-02-03", "2026-02-03"),
        ("most of those hurt since Monday", "2026-03-02", "2026-03-04"),
        ("the first lady said 300 had died since Monday", "2026-03-02", "2026-03-04"),
        ("the largest clan has lost 300 men since Monday", "2026-03-02", "2026-03-04"),
    ],
)
def test_days_and_periods(text: str, start: str, end: str) -> None:
    assert spans(text) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "shortly before 1700",
        "from 1710 to 2250",
        "the worst flood since 2003",
        "the first raid since May",
        "the first to have died since 2 May",
    ],
)
def test_hours_and_the_date_of_a_record_are_no_dates(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since the beginning of last week shelling has led to the killing of more than 70 farmers.", "2026-02-23"),
        ("Between 21 and 26 of January hospitals in Leeds received 270 dead bodies.", "2026-01-21"),
        ("A string of bombings in the port in February left 134 people dead.", "2026-02-01"),
        ("The offensive that the rebels began on Monday has left 90 people dead.", "2026-03-02"),
        ("Six days of clashes between the two clans have killed 85 people.", "2026-02-26"),
        ("A two-week bombardment has killed at least 60 farmers.", "2026-02-18"),
        ("Five judges have been killed in two months, the court said.", "2026-01-04"),
        ("A war that has lasted a decade has left 720 people dead.", "2016-03-04"),
        ("Between Jan. 21 to Jan. 26 shells killed 270 people in Leeds.", "2026-01-21"),
        ("Some 40 people were killed over a five-day stretch of very heavy fighting.", None),
        ("Doctors counted 40 people killed over a five-day period.", None),
        ("Some 40 people were killed in a five-day assault on the town.", None),
        ("Some 40 people were killed in a five day assault on the town.", None),
        ("Around 300 people were killed in a three-month operation.", None),
        ("The 20-month war has killed 40,000 people.", None),
        ("The war between the two clans has already claimed more than 120 lives.", None),
    ],
)
def test_what_is_counted_over_days_is_a_toll_of_them(text: str, expected: str | None) -> None:
    (event,) = extract_events("", text, PUBLISHED)
    start = None if event.date is None else event.date.start.isoformat()
    assert (event.kind, start) == (EventKind.TOLL, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A series of blasts on Monday killed 13 people in the port.", ("2026-03-02", "2026-03-02")),
        ("Two soldiers were killed in a two-day battle for the port.", None),
        ("Two soldiers were killed in a two-day period.", None),
        ("A two-week-old baby was killed in the raid.", None),
        ("A raid has killed nine people in a port that has seen three years of war.", None),
        ("A blast has killed nine people after six days of clashes.", None),
        ("The hostage crisis has left nine people dead.", None),
        ("Nine people were killed a week after attacks on the port.", None),
        (
            "In May a truck bomb killed 40 people, the worst attack in the port since 2003.",
            ("2025-05-01", "2025-05-31"),
        ),
        ("The town has been tense since May, when a row at a market left 8 people dead.", ("2025-05-01", "2025-05-31")),
        ("Talks have stopped since they raided a town on 3 May, killing 90 people.", ("2025-05-03", "2025-05-03")),
        ("In the north on 23 January 28 people were killed by gunmen.", ("2026-01-23", "2026-01-23")),
        ("On the night of 12 January three men were killed by gunmen.", ("2026-01-12", "2026-01-12")),
        ("Date of publication 3 January 2026 A blast at a mill killed nine people.", None),
        ("A group claimed responsibility for Monday's raid, which killed nine people.", ("2026-03-02", "2026-03-02")),
    ],
)
def test_what_happened_once_is_an_event_of_its_day(text: str, expected: Days) -> None:
    (event,) = extract_events("", text, PUBLISHED)
    assert (event.kind, days(event)) == (EventKind.EVENT, expected)


@pytest.mark.parametrize(
    ("when", "day"),
    [("last night", "1990-01-03"), ("this morning", "1990-01-04"), ("today", "1990-01-04"), ("Monday", "1990-01-01")],
)
def test_the_day_of_the_dateline_is_that_of_its_words(when: str, day: str) -> None:
    text = f"Puerto Viejo, 4 Jan 90 (Agency) -- Two soldiers were killed by gunmen {when}."
    (event,) = extract_events("", text, PUBLISHED)
    assert days(event) == (day, day)


def test_a_dateline_that_is_yet_to_come_tells_no_day() -> None:
    (event,) = extract_events("", "Puerto Viejo, 4 Jan 2040 -- Two soldiers were killed by gunmen today.", PUBLISHED)
    assert days(event) == ("2026-03-04", "2026-03-04")


def test_an_event_has_the_day_of_the_deed_told_some_sentences_before() -> None:
    text = (
        "A bomb exploded at a mill on Monday. The roof fell in. The street was closed. "
        "Three women were killed in the explosion."
    )
    (event,) = extract_events("", text, PUBLISHED)
    assert days(event) == ("2026-03-02", "2026-03-02")


def test_a_day_on_which_nothing_struck_is_not_that_of_an_event_far_after_it() -> None:
    text = (
        "The council met on Monday. It spoke of the harbour. It will meet again. "
        "Three women were killed in an explosion at a mill."
    )
    (event,) = extract_events("", text, PUBLISHED)
    assert event.date is None


def test_a_deed_of_another_sort_told_before_dates_no_event() -> None:
    text = "Clashes ended on Monday. The shops opened. The roads were full. Nine people were killed in a train crash."
    (event,) = extract_events("", text, PUBLISHED)
    assert event.date is None


def test_an_attack_is_of_the_month_told_right_before() -> None:
    text = "In January gunmen bombed a bus of miners. Fifteen miners were wounded."
    (event,) = extract_events("", text, PUBLISHED)
    assert days(event) == ("2026-01-01", "2026-01-31")
