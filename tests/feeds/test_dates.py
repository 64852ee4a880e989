"""A date of a feed is right, or absent with the reason; never guessed."""

from datetime import UTC, datetime

import pytest

from casualties.feeds.dates import read_date

NOW = datetime(2025, 11, 12, tzinfo=UTC)
TEN = datetime(2025, 11, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "Mon, 10 Nov 2025 10:00:00 +0000",
        "Mon, 10 Nov 2025 10:00:00 GMT",
        "mon, 10 NOV 2025 10:00:00 gmt",
        "10 Nov 2025 10:00 UT",
        "10 Nov 25 10:00:00 Z",
        "Monday, 10 November 2025 12:00:00 +0200",
        "Mon,10 Nov 2025 05:00:00 EST",
        "Mon, 10 Nov 2025 11:00:00 CET",
        "Mon, 10 Nov 2025 15:30:00 +05:30",
        "Mon, 10 Nov 2025 10:00:00 GMT+00:00",
        "Mon, 10 Nov 2025 10:00:00 +0000 (UTC)",
        "  Mon,  10 Nov 2025\n 10:00:00  +0000 ",
        "2025-11-10T10:00:00Z",
        "2025-11-10t10:00:00z",
        "2025-11-10T13:00:00+03:00",
        "2025-11-10T10:00:00.123Z",
        "2025-11-10 10:00:00 +0000",
        "2025-11-10T10:00Z",
        "2025-11-10T13:00:00+03",
        "Mon Nov 10 10:00:00 GMT 2025",
        "November 10, 2025 10:00:00 GMT",
        "20251110T100000Z",
    ],
)
def test_dates_as_feeds_write_them(raw):
    reading = read_date(raw, NOW)
    assert (reading.value, reading.problem) == (TEN, None)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("1762768800", "a bare number"),
        ("20251110", "a bare number"),
        ("10000-01-01T00:00:00Z", "year 10000"),
        ("Mon, 10 Nov 10000 10:00:00 GMT", "year 10000"),
        ("Mon, 10 Nov 2025 25:61:00 GMT", "hour"),
        ("Mon, 10 Nov 2025 23:61:00 GMT", "minute"),
        ("2025-11-10T24:30:00Z", "hour"),
        ("Mon, 31 Nov 2025 10:00:00 GMT", "day"),
        ("2025-02-29T10:00:00Z", "day"),
        ("2025-13-01T10:00:00Z", "month"),
        ("Mon, 10 Brumaire 2025 10:00:00 GMT", "month"),
        ("Mon, 10 Nov 2025 10:00:00 XYZ", "unknown time zone 'XYZ'"),
        ("Mon, 10 Nov 2025 10:00:00 IST", "unknown time zone 'IST'"),
        ("2025-11-10T10:00:00+25:00", "time zone"),
        ("0001-01-01T00:00:00Z", "before 1900"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "clock's zero"),
        ("yesterday", "no date format"),
        ("10/11/2025", "no date format"),
        ("25-11-10", "no date format"),
        ("", None),
        (None, None),
        ("1" * 100_000, "is not a date"),
        ("x" * 90, "no date format"),
    ],
)
def test_what_is_not_certain_is_absent_with_the_reason(raw, why):
    reading = read_date(raw, NOW)
    assert reading.value is None
    if why is None:
        assert reading.problem is None
    else:
        assert why in reading.problem


def test_a_date_in_the_future_is_kept_and_flagged():
    reading = read_date("Mon, 10 Nov 2035 10:00:00 GMT", NOW)
    assert (reading.value, reading.problem) == (
        datetime(2035, 11, 10, 10, tzinfo=UTC),
        "'Mon, 10 Nov 2035 10:00:00 GMT' is in the future",
    )


def test_a_clock_that_is_some_hours_ahead_is_no_future():
    assert read_date("Wed, 12 Nov 2025 20:00:00 GMT", NOW).problem is None


def test_a_date_without_a_zone_is_taken_as_utc_and_flagged():
    reading = read_date("2025-11-10 10:00:00", NOW)
    assert reading.value == TEN
    assert "no time zone" in reading.problem


def test_a_day_without_a_time_is_its_beginning_and_flagged():
    reading = read_date("2025-11-10", NOW)
    assert reading.value == datetime(2025, 11, 10, tzinfo=UTC)
    assert "without a time" in reading.problem


def test_an_old_date_is_a_date():
    assert read_date("Sat, 05 Jun 1999 10:00:00 GMT", NOW).value == datetime(1999, 6, 5, 10, tzinfo=UTC)
