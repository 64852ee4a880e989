"""Rules for what is told from the day of publication: today, last week, the past three days, two weeks ago."""

import re
from dataclasses import replace
from datetime import date, timedelta

from casualties.events.date_rules import DAY, Found, Token, month_back, month_end, recent_weekday, vocabulary, word_at

_LONG = ("week", "fortnight", "month", "year", "decade", "century")
_MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)")


def anniversary(tokens: list[Token], i: int, published: date | None) -> Found | None:
    """``the 25th anniversary of the murder``: the year of the murder."""
    told = word_at(tokens, i - 1)
    written = _ORDINAL.fullmatch(told)
    count = int(written[1]) if written else vocabulary()["ordinals"].get(told)
    if count is None or published is None or count >= published.year:
        return None
    year = published.year - count
    return Found(i - 1, i, date(year, 1, 1), date(year, 12, 31), "year", "aftermath")


def named_day(tokens: list[Token], i: int, published: date | None) -> Found | None:
    low, before, after = tokens[i].low, word_at(tokens, i - 1), word_at(tokens, i + 1)
    if published is None:
        return None
    if low in ("today", "today's", "today’s", "tonight"):
        return Found(i - 1 if before == "earlier" else i, i, published, published)
    if low in ("yesterday", "yesterday's", "yesterday’s"):
        if before == "before" and word_at(tokens, i - 2) == "day":
            return Found(i - 3, i, published - 2 * DAY, published - 2 * DAY)
        return Found(i, i, published - DAY, published - DAY)
    if (
        low == "overnight"
        and after not in vocabulary()["weekdays"]
        and not (after == "on" and word_at(tokens, i + 2) in vocabulary()["weekdays"])
    ):
        return Found(i, i, published - DAY, published)
    if low in vocabulary()["words"]["times_of_day"] and before in ("this", "last"):
        day = published if before == "this" else published - DAY
        return Found(i - 1, i, day, day)
    return None


def unit(tokens: list[Token], i: int, published: date | None) -> Found | None:
    """``last week``, ``so far this year``, ``the past three days``, ``two weeks ago``, ``over the weekend``."""
    words = vocabulary()
    what = words["units"].get(tokens[i].low.removesuffix("'s").removesuffix("’s"))
    if what is None or published is None:
        return None
    if (word_at(tokens, i - 1), word_at(tokens, i + 1), word_at(tokens, i + 2)) == ("-", "-", "old") and what in (
        "day",
        "week",
        "month",
    ):
        count = _count(tokens, i - 2)  # a "two-week-old battle"; years are ages
        if word_at(tokens, i + 3) not in words["words"]["lasting"]:
            return None
        return window(i - 2, i + 2, what, count, published) if count else None
    before, second = word_at(tokens, i - 1), word_at(tokens, i - 2)
    plural = tokens[i].low.endswith("s")
    if what == "weekend" and before in ("the", "last", "this", "past"):
        sunday = recent_weekday(published, 6) if published.weekday() != 5 else published + DAY
        if before == "last" and published.weekday() >= 5:
            sunday -= timedelta(days=7)
        return Found(i - 1, i, sunday - DAY, min(sunday, published), "period")
    if before == "this":
        return _this(tokens, i, what, published)
    if before == "last" and not plural and what in ("week", "month", "year") and second != "the":
        return _last(i, what, published, words["parts"].get(second))
    if word_at(tokens, i + 1) == "ago":
        return _ago(tokens, i, what, published)
    if word_at(tokens, i + 1) == "after" and (what in _LONG or (what == "day" and tokens[i].low.endswith("s"))):
        return _after(tokens, i, what, published)
    if before == "recent" and plural:
        return window(i - 1, i, what, 3, published)
    if before in words["words"]["past"] and not plural and what != "hour" and before != "previous":
        return window(i - 1, i, what, 1, published)
    count = _count(tokens, i - 1)
    at = i - 1
    if count is None and second in words["words"]["past"] and before == "of":
        return None
    if count is not None:
        while word_at(tokens, at - 1) in ("a", "of", "few", "couple"):
            at -= 1
        if word_at(tokens, at - 1) in words["words"]["past"]:
            return window(at - 1, i, what, count, published)
        if (
            what == "hour"
            and count in (24, 36, 48, 72)
            and word_at(tokens, at - 1) in ("in", "within", "over", "during", "under", "than")
        ):
            return window(at, i, what, count, published)
        if what in ("day", "week", "month", "year") and word_at(tokens, i + 1) in ("earlier", "later", "before"):
            sign = 1 if word_at(tokens, i + 1) == "later" else -1
            shift = sign * round(count * words["days_in"][what])
            return Found(at, i + 1, published, published, "day" if what == "day" else what, "relative", shift)
    return None


def _count(tokens: list[Token], i: int) -> int | None:
    low = word_at(tokens, i)
    if low.isascii() and low.isdigit() and len(low) <= 3:
        return int(low)
    if low == "of" and word_at(tokens, i - 1) == "couple":
        return 2
    found: int | None = vocabulary()["numbers"].get(low)
    return found


def _this(tokens: list[Token], i: int, what: str, published: date) -> Found | None:
    if word_at(tokens, i - 2) == "later":  # still to come
        return None
    so_far = word_at(tokens, i - 2) == "far" or what in ("month", "year")
    earlier = word_at(tokens, i - 2) == "earlier"
    first = i - 2 if earlier else i - 3 if word_at(tokens, i - 2) == "far" else i - 1
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
        end = published.replace(day=1) - DAY
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
    months = _MONTHS_IN.get(what)
    if months is None:
        day = published - timedelta(days=round(count * vocabulary()["days_in"][what]))
    elif count * months <= 12 * (published.year - 2):  # no day is before the year 1, nor the month or year before it
        day = month_back(published, count * months)
    else:
        return None
    first = i - 1
    while word_at(tokens, first - 1) in ("a", "couple", "about", "around"):
        first -= 1
    if what in ("hour", "day"):
        return Found(first, i + 1, day, day)
    if what == "week":
        return Found(first, i + 1, day, day, "week")
    if what == "month":
        return Found(first, i + 1, day.replace(day=1), month_end(day.year, day.month), "month")
    return Found(first, i + 1, date(day.year, 1, 1), date(day.year, 12, 31), "year")


def _after(tokens: list[Token], i: int, what: str, published: date) -> Found | None:
    """``a month after the quake``; ``more than a month after`` may be a month earlier."""
    found = _ago(tokens, i, what, published)
    if found is None:
        return None
    start = found.start
    if word_at(tokens, found.first - 1) in ("over", "than") and what in ("month", "year"):
        start = month_back(start, _MONTHS_IN[what])
    return replace(found, start=start, kind="aftermath")


def window(first: int, last: int, what: str, count: int, published: date) -> Found | None:
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
        return Found(first, last, month_back(published, months), published, "period", "window")
    days = round(count * vocabulary()["days_in"][what])
    return Found(first, last, published - timedelta(days=days), published, "period", "window")
