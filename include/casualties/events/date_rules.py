"""Rules for weekdays, months, numeric dates and years: each looks around a trigger and says which days are meant.

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

DAY = timedelta(days=1)
_FORETOLD = 20  # tokens between what tells of things to come and their day


class Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Days meant by tokens first..last (inclusive). ``kind`` as in :class:`casualties.events.dates.DateMention`, or
    ``aftermath``: when that was which the words after it tell."""

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


def word_at(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _is_year(tokens: list[Token], i: int) -> int | None:
    raw = tokens[i].text if 0 <= i < len(tokens) else ""
    words = vocabulary()["words"]
    if len(raw) != 4 or not raw.isdigit() or not raw.isascii() or word_at(tokens, i + 1) in words["counted"]:
        return None
    year, after = int(raw), word_at(tokens, i + 1)
    recent = 1900 <= year <= 2100
    old = 1000 <= year < 1900 and (not after or after in words["after_old_year"] or after in words["deeds"])
    return year if recent or old else None


def _dates_a_deed(tokens: list[Token], i: int) -> bool:
    """Whether what stands at ``i`` tells when a deed named after it was: "the 1995 murder", "the June bus crash"."""
    words = vocabulary()["words"]
    if word_at(tokens, i - 1) not in words["determiners"]:
        return False
    return any(word_at(tokens, k) in words["deeds"] for k in range(i + 1, i + 4))


def _day_number(tokens: list[Token], i: int) -> int | None:
    raw = word_at(tokens, i)
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


def month_back(day: date, months: int) -> date:
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
    before = word_at(tokens, i - 1)
    day = words["weekdays"].get(low)
    if day is None:
        day = words["weekdays_short"].get(low)
        if day is None or before not in ("on", ",", "(", "last"):
            return None
    if (
        published is None
        or not tokens[i].text[0].isupper()
        or before in ("next", "every", "each", "black", "bloody", "good")
        or word_at(tokens, i + 1) in ("briefing", "newsletter")
    ):
        return None
    if (published + DAY).weekday() == day and _is_foretold(tokens, i):
        return None
    if word_at(tokens, i + 1) == "in" and _is_year(tokens, i + 2) is not None:  # "on a Thursday in 1983"
        return None
    first = i - 1 if before in ("last", "this", "past") else i
    found = recent_weekday(published, day, strictly_before=before in ("last", "past"))
    last = i
    after, after2 = word_at(tokens, i + 1), word_at(tokens, i + 2)
    if (after, after2) in (("last", "week"), ("of", "last")) and "week" in (after2, word_at(tokens, i + 3)):
        monday = published - timedelta(days=published.weekday() + 7)
        found, last = monday + timedelta(days=day), i + (2 if after2 == "week" else 3)
    elif (
        (after in ("to", "and", "-", "–", "into", "through", "until"))
        and word_at(tokens, i - 1) in ("between", "from", "overnight")
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
        return Found(i - 1, last, found, min(found + DAY, published))
    return Found(first, last, found, found)


def _is_foretold(tokens: list[Token], i: int) -> bool:
    """Whether the sentence tells before what is to come: "a warning of floods for parts of the coast on Saturday"."""
    foretelling = frozenset(vocabulary()["words"]["foretelling"])
    for k in range(i - 1, max(-1, i - _FORETOLD), -1):
        if tokens[k].low in foretelling:
            return True
        if tokens[k].low in (".", "!", "?"):
            return False
    return False


# ---------------------------------------------------------------- months


def month(tokens: list[Token], i: int, published: date | None) -> Found | None:
    """Days with a month, months, and parts of months; without a year, the most recent."""
    words = vocabulary()
    number = words["months"].get(tokens[i].low.removesuffix(".").removesuffix("'s").removesuffix("’s"))
    if number is None or not tokens[i].text[0].isupper():
        return None
    after = i + 2 if word_at(tokens, i + 1) == "." else i + 1  # "Jan. 4"
    before = i - 2 if word_at(tokens, i - 1) == "of" else i - 1
    day, first, last, until = None, i, i, None
    if (told := _day_number(tokens, before)) is not None:
        day, first = told, before
        if (
            word_at(tokens, first - 1) in ("-", "–", "and", "to")
            and (other := _day_number(tokens, first - 2)) is not None
            and other < day
        ):
            until, day, first = day, other, first - 2
        if word_at(tokens, first - 1) == "the":
            first -= 1
    elif (told := _day_number(tokens, after)) is not None and (
        word_at(tokens, i - 1) in ("on", ",") or word_at(tokens, after + 1) not in words["words"]["counted"]
    ):
        day, last = told, after
        after += 1
        if (
            word_at(tokens, after) in ("-", "–", "and", "to")
            and (other := _day_number(tokens, after + 1)) is not None
            and other > day
        ):
            until, last, after = other, after + 1, after + 2
    year, last = _year_after(tokens, after, last, day is not None, published)
    if day is None:
        return _whole_month(tokens, i, last, number, year, published)
    chosen = _day_of_month(year, number, day, published)
    if chosen is None:
        return None
    if until and word_at(tokens, first - 1) in ("between", "from"):
        first -= 1
    if (prior := word_at(tokens, first - 1)) == "," and word_at(tokens, first - 2) in words["weekdays"]:
        first -= 2
    elif prior in words["weekdays"]:
        first -= 1
    end = _made(chosen.year, chosen.month, until) if until else chosen
    if end is None:
        return None
    return Found(first, last, chosen, end, "day" if end == chosen else "period")


def _year_after(tokens: list[Token], i: int, last: int, dated: bool, published: date | None) -> tuple[int | None, int]:
    at = i + 1 if word_at(tokens, i) in (",", "of") else i
    if (year := _is_year(tokens, at)) is not None:
        return year, at
    shift = {"last": 1, "this": 0}.get(word_at(tokens, at))
    if shift is not None and word_at(tokens, at + 1) == "year" and published is not None:  # "in March of last year"
        return published.year - shift, at + 1
    raw = tokens[i].text if 0 <= i < len(tokens) else ""
    if dated and len(raw) == 2 and raw.isdigit() and raw.isascii() and i == last + 1:  # "12 JAN 90"
        year = (1900 if int(raw) > 40 else 2000) + int(raw)
        if not _counts(tokens, i) and (published is None or year <= published.year + 1):
            return year, i
    return None, last


def _counts(tokens: list[Token], i: int) -> bool:
    """Whether a number counts what stands after it: "on 23 September 28 bodies", "28 burnt bodies"."""
    counted = vocabulary()["words"]["counted"]
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    plural = after.isalpha() and after.islower() and after.endswith("s") and after not in ("was", "as", "has", "is")
    return plural or word_at(tokens, i + 1) in counted or (after.islower() and word_at(tokens, i + 2) in counted)


def _day_of_month(year: int | None, number: int, day: int, published: date | None) -> date | None:
    if year is not None:
        return _made(year, number, day)
    if published is None:
        return None
    # A day or two ahead is a zone's difference, not a year's.
    chosen = _made(published.year, number, day)
    if chosen is None or chosen > published + 2 * DAY:
        chosen = _made(published.year - 1, number, day)
    return chosen


def _whole_month(
    tokens: list[Token], i: int, last: int, number: int, year: int | None, published: date | None
) -> Found | None:
    words = vocabulary()
    before = word_at(tokens, i - 1)
    part, first = None, i
    if before in ("-", "–") and word_at(tokens, i - 2) in words["parts"]:
        part, first = words["parts"][word_at(tokens, i - 2)], i - 2
    elif before in words["parts"]:
        part, first = words["parts"][before], i - 1
    elif before == "of" and word_at(tokens, i - 2) in words["parts"]:
        part, first = words["parts"][word_at(tokens, i - 2)], i - 3 if word_at(tokens, i - 3) == "the" else i - 2
    elif year is None and before not in words["words"]["before_month"] and not _dates_a_deed(tokens, i):
        subject = word_at(tokens, i + 1) in ("was", "is", "has", "saw") and number not in (
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
    separator = word_at(tokens, i + 1)
    if separator not in ("/", "-", ".") or word_at(tokens, i + 3) != separator:
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


def _is_hour(tokens: list[Token], i: int) -> bool:
    """Whether four digits are a time of the day: "shortly before 1700", "from 1710 to 2250", "by 2000 on 3 June"."""
    words = vocabulary()["words"]
    if not _is_clock(word_at(tokens, i)) or word_at(tokens, i - 1) in words["before_no_hour"]:
        return False
    after, then = word_at(tokens, i + 1), word_at(tokens, i + 2)
    if after in words["after_hour"] or word_at(tokens, i - 1) == "at" or word_at(tokens, i - 2) in words["near_hour"]:
        return True
    if after == "on" and (
        _day_number(tokens, i + 2) is not None or then in {**vocabulary()["weekdays"], **vocabulary()["months"]}
    ):
        return True
    ends = [k for k in (i - 2, i + 2) if word_at(tokens, min(i, k) + 1) in ("to", "and", "until", "-", "–")]
    return any(_is_clock(word_at(tokens, k)) and _is_year(tokens, k) is None for k in ends)


def _is_clock(raw: str) -> bool:
    return len(raw) == 4 and raw.isascii() and raw.isdigit() and int(raw) < 2400 and int(raw[2:]) < 60


def bare_year(tokens: list[Token], i: int, published: date | None) -> Found | None:
    year = _is_year(tokens, i)
    words = vocabulary()
    before = word_at(tokens, i - 1)
    if year is None or (published is not None and year > published.year) or _is_hour(tokens, i):
        return None
    if before not in words["words"]["before_year"] and not _dates_a_deed(tokens, i):
        return None
    first, start, end = i, date(year, 1, 1), date(year, 12, 31)
    part = words["parts"].get(before) or (words["parts"].get(word_at(tokens, i - 2)) if before == "of" else None)
    if part:
        first = i - 1 if before != "of" else i - 2
        start, end = date(year, part[2], 1), month_end(year, part[3])
    season = words["seasons"].get(word_at(tokens, i - 2 if before == "of" else i - 1))
    if season:
        first, start = i - 1, date(year, season[0], 1)
        end = month_end(year + (season[1] - 1) // 12, (season[1] - 1) % 12 + 1)
    if published is not None:
        end = min(end, published)
    return Found(first, i, start, end, "period" if part or season else "year") if start <= end else None
