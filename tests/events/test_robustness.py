"""Nothing raises, nothing hangs, and time grows with length."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.events import extract_events

DAY = date(2023, 10, 9)

ODD = [
    "",
    " ",
    "\x00\x01\x02 killed 12 \x1b[31mpeople\x07",
    "9" * 100_000 + " people were killed",
    "killed " * 3000,
    "12 " * 5000 + "killed",
    "\u202e12 people were killed\u202c in \u200fHaifa\u200e",
    "\u0642\u062a\u0644 \u0661\u0662 people were killed in Gaza",
    "убито 12 people were killed в Донецке",
    "12 people were killed" + "\ud83d\ude00" * 3,
    "(((((" * 500 + "12 killed" + ")))))" * 500,
    "and " * 4000 + "12 people were killed",
    "\n\n\n12\n\n\npeople\n\n\nwere\n\n\nkilled",
    "At least at least at least at least 12 people were killed",
    "between 10 and between 12 and 14 people were killed",
    "1,2,3,4,5,6 people were killed",
    "0 people were killed",
    "Mr. Mr. Mr. Mr. " * 500,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_input_never_raises(text: str) -> None:
    extract_events(text[:300], text, DAY)


def test_a_number_that_cannot_be_read_is_no_figure() -> None:
    assert extract_events(None, "9" * 100_000 + " people were killed", DAY) == []
    assert extract_events(None, "In all 1.300 people were killed by the bomb.", DAY) == []


def test_arabic_digits_are_digits() -> None:
    found = extract_events(None, "\u0661\u0662 people were killed by a bomb in Baghdad.", DAY)
    assert [e.killed.low for e in found if e.killed] == [12]


def test_marks_of_direction_change_no_figure() -> None:
    found = extract_events(None, "\u200f12\u200e people\u202e were killed\u202c by a bomb in \u200fHaifa\u200e.", DAY)
    assert [(e.killed.low, e.killed.high) for e in found if e.killed] == [(12, 12)]
    assert extract_events(None, "1\u200e2 people were killed by a bomb.", DAY) == []


@pytest.mark.parametrize(
    "unit",
    [
        "12 PEOPLE WERE KILLED AND THE MURDER OF SIX MONKS ",
        "\u200f12\u200e people\u202e were killed\u202c ",
        "(12 killed - a raid - and his wife, ",
        "a man, a woman, his wife, ",
        "12 people were killed in Homs. ",
        "The river is 40 km long and 3 m deep. ",
        "no end here and 12 people died ",
        "1 2 3 4 5\n",
    ],
)
def test_a_long_text_takes_seconds(unit: str) -> None:
    start = time.process_time()
    extract_events("Report", unit * (400_000 // len(unit)), DAY)
    assert time.process_time() - start < 30


def test_a_table_of_numbers_takes_seconds() -> None:
    start = time.process_time()
    extract_events("Table", "\n".join(f"{n} | {n * 7} | {n % 13} killed" for n in range(10_000)), DAY)
    assert time.process_time() - start < 30


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200), st.sampled_from(["killed", "wounded in", "people dead,", "toll rose to 12", "at least 5"])
)
def test_any_text_around_a_word_of_dying_is_read(text: str, word: str) -> None:
    extract_events(text, f"{text} {word} {text}", DAY)
