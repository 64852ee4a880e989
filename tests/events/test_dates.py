"""Dates by the codebook. The day of publication is Wednesday, 12 March 2014, unless said otherwise."""

from datetime import date

import pytest

from casualties.events.dates import DateMention, dateline, dateline_date, find_dates

PUBLISHED = date(2014, 3, 12)


def only(text: str, published: date | None = PUBLISHED) -> DateMention:
    found = find_dates(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("a blast on Monday hurt six", "2014-03-10", "2014-03-10"),
        ("shots rang out on Wednesday", "2014-03-12", "2014-03-12"),
        ("it fell on Thursday", "2014-03-06", "2014-03-06"),
        ("killed last Wednesday", "2014-03-05", "2014-03-05"),
        ("early on Tuesday", "2014-03-11", "2014-03-11"),
        ("Tuesday's attack", "2014-03-11", "2014-03-11"),
        ("on Monday last week", "2014-03-03", "2014-03-03"),
        ("raids on Sunday and Monday", "2014-03-09", "2014-03-10"),
        ("overnight Sunday into Monday", "2014-03-09", "2014-03-10"),
        ("last week", "2014-03-03", "2014-03-09"),
        ("over the weekend", "2014-03-08", "2014-03-09"),
        ("last month", "2014-02-01", "2014-02-28"),
        ("late last year", "2013-09-01", "2013-12-31"),
        ("today", "2014-03-12", "2014-03-12"),
        ("yesterday", "2014-03-11", "2014-03-11"),
        ("the day before yesterday", "2014-03-10", "2014-03-10"),
        ("overnight shelling", "2014-03-11", "2014-03-12"),
        ("in April", "2013-04-01", "2013-04-30"),
        ("in March", "2014-03-01", "2014-03-31"),
        ("in late February", "2014-02-21", "2014-02-28"),
        ("in mid-January", "2014-01-11", "2014-01-20"),
        ("early December", "2013-12-01", "2013-12-10"),
        ("in 2011", "2011-01-01", "2011-12-31"),
        ("on 2 March", "2014-03-02", "2014-03-02"),
        ("March 2, 2013", "2013-03-02", "2013-03-02"),
        ("Monday, March 3, 2014", "2014-03-03", "2014-03-03"),
        ("on December 30 killed ten", "2013-12-30", "2013-12-30"),
        ("2014-02-11", "2014-02-11", "2014-02-11"),
        ("on 25/02/2014", "2014-02-25", "2014-02-25"),
        ("from March 3 to March 5", "2014-03-03", "2014-03-05"),
        ("between 2011 and 2013", "2011-01-01", "2013-12-31"),
        ("two weeks ago", "2014-02-26", "2014-02-26"),
        ("the last 24 hours", "2014-03-11", "2014-03-12"),
    ],
)
def test_when_something_happened(text: str, start: str, end: str) -> None:
    found = only(text)
    assert (found.span.start.isoformat(), found.span.end.isoformat()) == (start, end)
    assert found.kind == "point"


@pytest.mark.parametrize(
    ("text", "start", "kind"),
    [
        ("since 2011", "2011-01-01", "since"),
        ("since March", "2014-03-01", "since"),
        ("since late January", "2014-01-21", "since"),
        ("since Monday", "2014-03-10", "since"),
        ("since the start of the year", "2014-01-01", "since"),
        ("since the revolt began in March 2011", "2011-03-01", "since"),
        ("the war, which began in 2011,", "2011-01-01", "since"),
        ("this month", "2014-03-01", "so_far"),
        ("so far this year", "2014-01-01", "so_far"),
        ("in the past three days", "2014-03-09", "window"),
        ("over the past few days", "2014-03-09", "window"),
        ("in the last two months", "2014-01-12", "window"),
        ("the two-week-old siege", "2014-02-26", "window"),
    ],
)
def test_a_toll_has_a_period_up_to_publication(text: str, start: str, kind: str) -> None:
    found = only(text)
    assert (found.span.start.isoformat(), found.span.end, found.kind) == (start, PUBLISHED, kind)


def test_since_then_counts_from_the_period_told_before() -> None:
    first, second = find_dates("The push opened in late January. Since then 80 have died.", PUBLISHED)
    assert second.span.start == first.span.start == date(2014, 1, 21)
    assert second.anchor == first.start


def test_a_day_that_is_still_to_come_is_none() -> None:
    assert find_dates("A warning of floods covers parts of the coast on Thursday.", PUBLISHED) == []
    assert find_dates("More rain is forecast for Thursday.", PUBLISHED) == []
    assert [d.span.start for d in find_dates("Rain is forecast. On Thursday a bus burnt.", PUBLISHED)] == [
        date(2014, 3, 6)
    ]


def test_relative_days_count_from_the_day_told_before() -> None:
    monday, before, after = find_dates(
        "On Monday a bus burnt. A day earlier came shells. The following day rain.", PUBLISHED
    )
    assert before.span.start == date(2014, 3, 9)
    assert after.span.start == date(2014, 3, 11)
    assert {before.kind, after.kind} == {"relative"}
    assert before.anchor == after.anchor == monday.start


def test_a_relative_day_never_lies_after_publication() -> None:
    assert find_dates("On Wednesday it rained. Three days later", PUBLISHED)[-1].span.end == PUBLISHED


@pytest.mark.parametrize(
    "text",
    [
        "he may die",
        "they march on the town",
        "the Sun said so",
        "a cat sat there",
        "2013 people fled",
        "aged 20",
        "in 300 homes",
        "a man, 31",
        "Every Monday they pray",
        "on page 2011",
        "she was 1999 metres away",
        "next Friday",
    ],
)
def test_counts_ages_and_verbs_are_no_dates(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_without_a_day_of_publication_only_full_dates_are_read() -> None:
    found = find_dates("On Monday, in April, last week, on 4 May 2012", None)
    assert [m.span.start for m in found] == [date(2012, 5, 4)]


def test_a_date_whose_day_and_month_are_unclear_is_left_out_unless_near() -> None:
    assert only("on 3/2/2014").span.start == date(2014, 3, 2)
    assert find_dates("on 3/2/2009", PUBLISHED) == []


def test_offsets_give_back_the_words() -> None:
    text = "Ten died on Monday evening, said a nurse."
    found = only(text)
    assert text[found.start : found.end] == "Monday evening"
    assert found.span.phrase == "on Monday evening"


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("BEIRUT, 12 JAN 90 -- Shells", "BEIRUT", date(1990, 1, 12)),
        ("DAMASCUS, March 4 (Agency) -- A car", "DAMASCUS", date(2014, 3, 4)),
        ("TRIPOLI, Libya (Agency) — Gunmen", "TRIPOLI", None),
        ("Kabul (Agency) - Two", "Kabul", None),
        ("SAN SALVADOR, 4 JAN 90 -- [TEXT] The", "SAN SALVADOR", date(1990, 1, 4)),
    ],
)
def test_datelines(text: str, place: str, day: date | None) -> None:
    line = dateline(text, PUBLISHED)
    assert line is not None
    assert line.place == text[line.place_start : line.place_end] == place
    assert line.date == dateline_date(text, PUBLISHED) == day


def test_an_ordinary_sentence_has_no_dateline() -> None:
    assert dateline("At least nine people - all of them farmers - drowned.") is None


@pytest.mark.parametrize(
    "text", ["", "9" * 100_000, "1/" * 20_000, "Monday " * 5_000, "\x00\u202e٢٠١٤", "May 32, 9999"]
)
def test_hostile_text_neither_raises_nor_hangs(text: str) -> None:
    find_dates(text, PUBLISHED)
    dateline(text, PUBLISHED)


def test_years_earlier_are_a_year_and_later_than_nothing_is_no_date() -> None:
    published = date(2023, 10, 16)
    (found,) = find_dates("The flood two years earlier killed twelve.", published)
    assert (found.span.start, found.span.end) == (date(2021, 1, 1), date(2021, 12, 31))
    assert find_dates("A month later they were found dead.", published) == []
    day_after = find_dates("She was buried on Monday, a day after she was shot.", published)[-1]
    assert day_after.span.start == date(2023, 10, 15)


def test_the_day_of_a_briefing_is_not_that_of_what_it_tells():
    assert find_dates("Thursday Briefing: Blast Kills Nine", PUBLISHED) == []


def test_later_this_week_is_still_to_come() -> None:
    assert find_dates("will not be named until later this week", date(2023, 10, 2)) == []
