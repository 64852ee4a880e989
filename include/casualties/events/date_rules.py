"""The rules of :mod:`casualties.events.dates`: each looks at the words around a trigger and says which days are meant.

A rule gets the tokens, the position of its trigger and the day of publication, and returns a :class:`Found`, or None
where the words are no date. "Most recent" always means: not after publication.
"""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_DAY = timedelta(days=1)


class Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Days meant by tokens first..last (inclusive). ``kind`` as in :class:`casualties.events.dates.DateMention`."""

    first: int
    last: int
    start: date
    end: date
    precision: str = "day"
    kind: str = "point"
    shift: int | None = None  # days from the date told before, of a relative one


@cache
def vocabulary() -> dict[str, Any]:
    """``lexicon/dates.toml``."""
    return tomllib.loads((files("casualties.events") / "lexicon" / "dates.toml").read_text(encoding="utf-8"))


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _is_year(tokens: list[Token], i: int) -> int | None:
    raw = tokens[i].text if 0 <= i < len(tokens) else ""
    if (
        len(raw) == 4
        and raw.isdigit()
        and raw.isascii()
        and 1900 <= int(raw) <= 2100
        and _low(tokens, i + 1) not in vocabulary()["words"]["counted"]
    ):
        return int(raw)
    return None


def _day_number(tokens: list[Token], i: int) -> int | None:
    raw = _low(tokens, i)
    for suffix in ("st", "nd", "rd", "th"):
        raw = raw.removesuffix(suffix)
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 2 and 1 <= int(raw) <= 31 else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def recent_weekday(published: date, weekday: int, *, strictly_before: bool = False) -> date:
    """The most recent such weekday; of a story published on that weekday, the day itself."""
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly_before else 0))


# ---------------------------------------------------------------- days of the week


def weekday(tokens: list[Token], i: int, published: date | None) -> Found | None:
    words = vocabulary()
    low = tokens[i].low.removesuffix("'s").removesuffix("’s").removesuffix(".")
    before = _low(tokens, i - 1)
    day = words["weekdays"].get(low)
    if day is None:
        day = words["weekdays_short"].get(low)
        if day is None or before not in ("on", ",", "(", "last"):
            return None
    if (
        published is None
        or not tokens[i].text[0].isupper()
        or before in ("next", "every", "each", "black", "bloody", "good")
    ):
        return None
    first = i - 1 if before in ("last", "this", "past") else i
    found = recent_weekday(published, day, strictly_before=before in ("last", "past"))
    last = i
    after, after2 = _low(tokens, i + 1), _low(tokens, i + 2)
    if (after, after2) in (("last", "week"), ("of", "last")) and "week" in (after2, _low(tokens, i + 3)):
        monday = published - timedelta(days=published.weekday() + 7)
        found, last = monday + timedelta(days=day), i + (2 if after2 == "week" else 3)
    elif (
        (after in ("to", "and", "-", "–", "into", "through", "until"))
        and _low(tokens, i - 1) in ("between", "from", "overnight")
    ) or after in ("into", "through"):
        until = words["weekdays"].get(after2)
        if until is not None:
            end = recent_weekday(published, until)
            start = recent_weekday(end, day)
            return Found(
                i - 1 if before in ("between", "from", "overnight") else i,
                i + 2,
                start,
                end,
                "period" if (end - start).days > 1 else "day",
            )
    elif after in words["words"]["times_of_day"]:
        last = i + 1
    if before == "overnight":
        return Found(i - 1, last, found, min(found + _DAY, published))
    return Found(first, last, found, found)


# ---------------------------------------------------------------- months


def month(tokens: list[Token], i: int, published: date | None) -> Found | None:
    """Days with a month, months, and parts of months; without a year, the most recent."""
    words = vocabulary()
    number = words["months"].get(tokens[i].low.removesuffix(".").removesuffix("'s").removesuffix("’s"))
    if number is None or not tokens[i].text[0].isupper():
        return None
    after = i + 2 if _low(tokens, i + 1) == "." else i + 1  # "Jan. 4"
    before = i - 2 if _low(tokens, i - 1) == "of" else i - 1
    day, first, last, until = None, i, i, None
    if (told := _day_number(tokens, before)) is not None:
        day, first = told, before
        if (
            _low(tokens, first - 1) in ("-", "–", "and", "to")
            and (other := _day_number(tokens, first - 2)) is not None
            and other < day
        ):
            until, day, first = day, other, first - 2
        if _low(tokens, first - 1) == "the":
            first -= 1
    elif (told := _day_number(tokens, after)) is not None and (
        _low(tokens, i - 1) in ("on", ",") or _low(tokens, after + 1) not in words["words"]["counted"]
    ):
        day, last = told, after
        after += 1
        if (
            _low(tokens, after) in ("-", "–", "and", "to")
            and (other := _day_number(tokens, after + 1)) is not None
            and other > day
        ):
            until, last, after = other, after + 1, after + 2
    year, last = _year_after(tokens, after, last, day is not None)
    if day is None:
        return _whole_month(tokens, i, last, number, year, published)
    chosen = _day_of_month(year, number, day, published)
    if chosen is None:
        return None
    if (prior := _low(tokens, first - 1)) == "," and _low(tokens, first - 2) in words["weekdays"]:
        first -= 2
    elif prior in words["weekdays"]:
        first -= 1
    end = _made(chosen.year, chosen.month, until) if until else chosen
    if end is None:
        return None
    return Found(first, last, chosen, end, "day" if end == chosen else "period")


def _year_after(tokens: list[Token], i: int, last: int, dated: bool) -> tuple[int | None, int]:
    at = i + 1 if _low(tokens, i) in (",", "of") else i
    if (year := _is_year(tokens, at)) is not None:
        return year, at
    raw = tokens[i].text if 0 <= i < len(tokens) else ""
    if dated and len(raw) == 2 and raw.isdigit() and raw.isascii() and i == last + 1:  # "12 JAN 90"
        return (1900 if int(raw) > 40 else 2000) + int(raw), i
    return None, last


def _day_of_month(year: int | None, number: int, day: int, published: date | None) -> date | None:
    if year is not None:
        return _made(year, number, day)
    if published is None:
        return None
    # A day or two ahead is a zone's difference, not a year's.
    chosen = _made(published.year, number, day)
    if chosen is None or chosen > published + 2 * _DAY:
        chosen = _made(published.year - 1, number, day)
    return chosen


def _whole_month(
    tokens: list[Token], i: int, last: int, number: int, year: int | None, published: date | None
) -> Found | None:
    words = vocabulary()
    before = _low(tokens, i - 1)
    part, first = None, i
    if before in ("-", "–") and _low(tokens, i - 2) in words["parts"]:
        part, first = words["parts"][_low(tokens, i - 2)], i - 2
    elif before in words["parts"]:
        part, first = words["parts"][before], i - 1
    elif before == "of" and _low(tokens, i - 2) in words["parts"]:
        part, first = words["parts"][_low(tokens, i - 2)], i - 3 if _low(tokens, i - 3) == "the" else i - 2
    elif year is None and before not in words["words"]["before_month"]:
        subject = _low(tokens, i + 1) in ("was", "is", "has", "saw") and number not in (
            3,
            5,
        )  # "September was the deadliest"
        if not (subject or tokens[i].low.endswith("s")):
            return None
    if year is None:
        if published is None or before == "next":
            return None
        year = published.year
        if (number, 1) > (published.month, published.day) or (before == "last" and number >= published.month):
            year -= 1
    if before in ("last", "this"):
        first = i - 1
    end = month_end(year, number)
    start = date(year, number, 1)
    if part:
        start, end = start.replace(day=part[0]), start.replace(day=min(part[1], end.day))
    return Found(first, last, start, end, "period" if part else "month")


# ---------------------------------------------------------------- numeric dates and years


def numeric(tokens: list[Token], i: int, published: date | None) -> Found | None:
    """``2014-03-02``, ``3/2/2014``, ``02.03.2014``; where day and month could be either, the one near publication."""
    separator = _low(tokens, i + 1)
    if separator not in ("/", "-", ".") or _low(tokens, i + 3) != separator:
        return None
    raw = [tokens[k].text if k < len(tokens) else "" for k in (i, i + 2, i + 4)]
    if not all(r.isascii() and r.isdigit() for r in raw) or tokens[i + 4].start - tokens[i].end > 4:
        return None
    a, b, c = map(int, raw)
    if len(raw[0]) == 4:
        options = [_made(a, b, c)]
    elif len(raw[2]) == 4 and len(raw[0]) <= 2 and len(raw[1]) <= 2:
        options = [_made(c, b, a), _made(c, a, b)]
    else:
        return None
    valid = sorted({o for o in options if o is not None and 1900 <= o.year <= 2100})
    if len(valid) == 2:
        if published is None:
            return None
        valid = [o for o in valid if abs((published - o).days) <= 31]
    return Found(i, i + 4, valid[0], valid[0]) if len(valid) == 1 else None


def bare_year(tokens: list[Token], i: int, published: date | None) -> Found | None:
    year = _is_year(tokens, i)
    words = vocabulary()
    before = _low(tokens, i - 1)
    if year is None or (published is not None and year > published.year) or before not in words["words"]["before_year"]:
        return None
    first, start, end = i, date(year, 1, 1), date(year, 12, 31)
    part = words["parts"].get(before) or (words["parts"].get(_low(tokens, i - 2)) if before == "of" else None)
    if part:
        first = i - 1 if before != "of" else i - 2
        start, end = date(year, part[2], 1), month_end(year, part[3])
    season = words["seasons"].get(_low(tokens, i - 2 if before == "of" else i - 1))
    if season:
        first, start = i - 1, date(year, season[0], 1)
        end = month_end(year + (season[1] - 1) // 12, (season[1] - 1) % 12 + 1)
    if published is not None:
        end = min(end, published)
    return Found(first, i, start, end, "period" if part or season else "year") if start <= end else None


# ---------------------------------------------------------------- today, last week, the past three days, two weeks ago


def named_day(tokens: list[Token], i: int, published: date | None) -> Found | None:
    low, before, after = tokens[i].low, _low(tokens, i - 1), _low(tokens, i + 1)
    if published is None:
        return None
    if low in ("today", "today's", "today’s", "tonight"):
        return Found(i - 1 if before == "earlier" else i, i, published, published)
    if low in ("yesterday", "yesterday's", "yesterday’s"):
        if before == "before" and _low(tokens, i - 2) == "day":
            return Found(i - 3, i, published - 2 * _DAY, published - 2 * _DAY)
        return Found(i, i, published - _DAY, published - _DAY)
    if (
        low == "overnight"
        and after not in vocabulary()["weekdays"]
        and not (after == "on" and _low(tokens, i + 2) in vocabulary()["weekdays"])
    ):
        return Found(i, i, published - _DAY, published)
    if low in vocabulary()["words"]["times_of_day"] and before in ("this", "last"):
        day = published if before == "this" else published - _DAY
        return Found(i - 1, i, day, day)
    return None


def unit(tokens: list[Token], i: int, published: date | None) -> Found | None:
    """``last week``, ``so far this year``, ``the past three days``, ``two weeks ago``, ``over the weekend``."""
    words = vocabulary()
    what = words["units"].get(tokens[i].low.removesuffix("'s").removesuffix("’s"))
    if what is None or published is None:
        return None
    if (_low(tokens, i - 1), _low(tokens, i + 1), _low(tokens, i + 2)) == ("-", "-", "old") and what in (
        "day",
        "week",
        "month",
    ):
        count = _count(tokens, i - 2)  # a "two-week-old battle"; years are ages
        return _window(i - 2, i + 2, what, count, published) if count else None
    before, second = _low(tokens, i - 1), _low(tokens, i - 2)
    plural = tokens[i].low.endswith("s")
    if what == "weekend" and before in ("the", "last", "this", "past"):
        sunday = recent_weekday(published, 6) if published.weekday() != 5 else published + _DAY
        if before == "last" and published.weekday() >= 5:
            sunday -= timedelta(days=7)
        return Found(i - 1, i, sunday - _DAY, min(sunday, published), "period")
    if before == "this":
        return _this(tokens, i, what, published)
    if before == "last" and not plural and what in ("week", "month", "year") and second != "the":
        return _last(i, what, published, words["parts"].get(second))
    if _low(tokens, i + 1) == "ago":
        return _ago(tokens, i, what, published)
    if before == "recent" and plural:
        return _window(i - 1, i, what, 3, published)
    if before in words["words"]["past"] and not plural and what != "hour" and before != "previous":
        return _window(i - 1, i, what, 1, published)
    count = _count(tokens, i - 1)
    at = i - 1
    if count is None and second in words["words"]["past"] and before == "of":
        return None
    if count is not None:
        while _low(tokens, at - 1) in ("a", "of", "few", "couple"):
            at -= 1
        if _low(tokens, at - 1) in words["words"]["past"]:
            return _window(at - 1, i, what, count, published)
        if (
            what == "hour"
            and count in (24, 36, 48, 72)
            and _low(tokens, at - 1) in ("in", "within", "over", "during", "under", "than")
        ):
            return _window(at, i, what, count, published)
        if what in ("day", "week", "month", "year") and _low(tokens, i + 1) in ("earlier", "later", "before"):
            sign = 1 if _low(tokens, i + 1) == "later" else -1
            shift = sign * round(count * words["days_in"][what])
            return Found(at, i + 1, published, published, "day" if what == "day" else what, "relative", shift)
    return None


def _count(tokens: list[Token], i: int) -> int | None:
    low = _low(tokens, i)
    if low.isascii() and low.isdigit() and len(low) <= 3:
        return int(low)
    if low == "of" and _low(tokens, i - 1) == "couple":
        return 2
    found: int | None = vocabulary()["numbers"].get(low)
    return found


def _this(tokens: list[Token], i: int, what: str, published: date) -> Found | None:
    so_far = _low(tokens, i - 2) == "far" or what in ("month", "year")
    earlier = _low(tokens, i - 2) in ("earlier", "later")
    first = i - 2 if earlier else i - 3 if _low(tokens, i - 2) == "far" else i - 1
    starts = {
        "week": published - timedelta(days=published.weekday()),
        "month": published.replace(day=1),
        "year": published.replace(month=1, day=1),
    }
    if what not in starts:
        return None
    return Found(first, i, starts[what], published, what, "so_far" if so_far and not earlier else "point")


def _last(i: int, what: str, published: date, part: list[int] | None) -> Found:
    """``last week``, ``last month``, ``late last year``."""
    if what == "week":
        start = published - timedelta(days=published.weekday() + 7)
        return Found(i - 1, i, start, start + timedelta(days=6), "week")
    if what == "month":
        end = published.replace(day=1) - _DAY
        start = end.replace(day=1)
        if part:
            return Found(i - 2, i, start.replace(day=part[0]), start.replace(day=min(part[1], end.day)), "period")
        return Found(i - 1, i, start, end, "month")
    year = published.year - 1
    if part:
        return Found(i - 2, i, date(year, part[2], 1), month_end(year, part[3]), "period")
    return Found(i - 1, i, date(year, 1, 1), date(year, 12, 31), "year")


def _ago(tokens: list[Token], i: int, what: str, published: date) -> Found | None:
    count = _count(tokens, i - 1)
    if count is None or what == "weekend":
        return None
    day = published - timedelta(days=round(count * vocabulary()["days_in"][what]))
    if what in ("month", "year") and count < 200:
        day = _month_back(published, count * (12 if what == "year" else 1))
    first = i - 1
    while _low(tokens, first - 1) in ("a", "couple", "about", "around"):
        first -= 1
    if what in ("hour", "day"):
        return Found(first, i + 1, day, day)
    if what == "week":
        return Found(first, i + 1, day, day, "week")
    if what == "month":
        return Found(first, i + 1, day.replace(day=1), month_end(day.year, day.month), "month")
    return Found(first, i + 1, date(day.year, 1, 1), date(day.year, 12, 31), "year")


def _window(first: int, last: int, what: str, count: int, published: date) -> Found | None:
    if what == "weekend" or count > 1000:
        return None
    if what == "hour":
        days = max(1, round(count / 24))
        return Found(
            first,
            last,
            published - timedelta(days=days),
            published,
            "day" if days == 1 else "period",
            "point" if days == 1 else "window",
        )
    if what in ("month", "year", "decade"):
        months = {"month": 1, "year": 12, "decade": 120}[what] * count
        if months > 12 * 100:
            return None
        return Found(first, last, _month_back(published, months), published, "period", "window")
    days = round(count * vocabulary()["days_in"][what])
    return Found(first, last, published - timedelta(days=days), published, "period", "window")
