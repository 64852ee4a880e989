"""Dates of feeds, read strictly: RFC 822 (RSS), RFC 3339 and W3C-DTF (Atom, Dublin Core), and C's asctime.

feedparser guesses: 1762768800 becomes the year 1762, 10000 becomes 2010, 25:61 the next day, an unknown zone UTC.
A wrong date puts deaths on a wrong day, so what is not certain is absent, with the reason.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
FUTURE = timedelta(days=1)

_NAMES = "January February March April May June July August September October November December"
_MONTHS = {
    form: number
    for number, name in enumerate(_NAMES.lower().split(" "), 1)
    for form in (name, name[:3], name[:4] if name == "september" else name)
}

# Hours east of UTC. RFC 822's names, and those abroad that mean one thing: IST, AST, CST of China and the like do not,
# save that RFC 822 gives CST, EST, MST and PST to North America.
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0.0),
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "akst": -9.0, "akdt": -8.0, "hst": -10.0, "nst": -3.5, "ndt": -2.5, "brt": -3.0,
    "west": 1.0, "cet": 1.0, "cest": 2.0, "met": 1.0, "mest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0, "trt": 3.0,
    "wat": 1.0, "cat": 2.0, "sast": 2.0, "eat": 3.0, "irst": 3.5, "pkt": 5.0, "npt": 5.75,
    "wib": 7.0, "hkt": 8.0, "sgt": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "aedt": 11.0,
    "nzst": 12.0, "nzdt": 13.0,
}  # fmt: skip

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>[+-]\d{1,2}:?\d{2}|[+-]\d{2}|[A-Za-z][A-Za-z/_]*(?:[+-]\d{1,2}:?\d{2})?)?(?:\s*\([^()]*\))?"
_RFC822 = re.compile(
    r"(?:[A-Za-z]+\.?(?:\s*,\s*|\s+))?(?P<day>\d{1,2})[\s-]+(?P<month>[A-Za-z]+)\.?,?[\s-]+(?P<year>\d+)(?:,?\s+"
    + _CLOCK
    + r"\s*"
    + _ZONE
    + ")?"
)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]+\.?,?\s+)?(?P<month>[A-Za-z]+)\.?\s+(?P<day>\d{1,2}),?\s+(?:(?P<year>\d+),?)(?:\s+"
    + _CLOCK
    + r"\s*"
    + _ZONE
    + ")?"
)
_ASCTIME = re.compile(
    r"[A-Za-z]+\s+(?P<month>[A-Za-z]+)\s+(?P<day>\d{1,2})\s+" + _CLOCK + r"\s+(?:" + _ZONE + r"\s+)?(?P<year>\d+)"
)
_ISO = re.compile(
    r"(?P<year>\d{4,})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:(?:[Tt]|\s+)" + _CLOCK + r"\s*" + _ZONE + ")?"
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>Z)?"
)
_FORMS = (_RFC822, _ISO, _ASCTIME, _MONTH_FIRST, _COMPACT)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date, or None, and why it is absent or doubtful; both None where the feed has no date."""

    value: datetime | None = None
    problem: str | None = None


def read_date(raw: str | None, now: datetime) -> Reading:
    """The instant that a feed's date means, in UTC."""
    text = " ".join((raw or "").split())
    if not text:
        return Reading()
    shown = text[:40]
    if len(text) > 100:
        return Reading(problem=f"{shown!r} is not a date")
    if text.isdigit():
        return Reading(problem=f"{shown!r} is a bare number, not a date")
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return Reading(problem=f"{shown!r} is in no date format of feeds")
    try:
        return _judge(match.groupdict(), shown, now)
    except (ValueError, OverflowError) as error:
        return Reading(problem=f"{shown!r} is no date: {error}")


def _judge(parts: dict[str, str | None], shown: str, now: datetime) -> Reading:
    offset = _offset(parts.get("zone"))
    second = min(int(parts.get("second") or 0), 59) if parts.get("second") == "60" else int(parts.get("second") or 0)
    local = datetime(
        _year(parts["year"] or ""),
        _month(parts["month"] or ""),
        int(parts["day"] or 0),
        int(parts["hour"] or 0),
        int(parts["minute"] or 0),
        second,
        tzinfo=timezone(offset or timedelta()),
    )
    value = local.astimezone(UTC)
    if value < EARLIEST:
        return Reading(problem=f"{shown!r} is before {EARLIEST.year}")
    if value.timestamp() == 0:
        return Reading(problem=f"{shown!r} is the clock's zero, not a date")
    if value > now + FUTURE:
        return Reading(value, f"{shown!r} is in the future")
    if parts["hour"] is None:
        return Reading(value, f"{shown!r} is a day without a time")
    return Reading(value, None if offset is not None else f"{shown!r} names no time zone, taken as UTC")


def _year(text: str) -> int:
    if len(text) == 2:  # RFC 2822, 4.3
        return int(text) + (2000 if int(text) < 50 else 1900)
    if len(text) != 4:
        raise ValueError(f"year {text}")
    return int(text)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text.lower() not in _MONTHS:
        raise ValueError(f"month {text!r}")
    return _MONTHS[text.lower()]


def _offset(zone: str | None) -> timedelta | None:
    """East of UTC; None where no zone is given."""
    if not zone:
        return None
    name, sign, digits = re.fullmatch(r"([A-Za-z/_]*)([+-]?)([\d:]*)", zone).groups()  # type: ignore[union-attr]
    if not sign:
        if name.lower() not in _ZONES:
            raise ValueError(f"unknown time zone {name!r}")
        return timedelta(hours=_ZONES[name.lower()])
    if name and name.lower() not in ("gmt", "utc", "ut"):
        raise ValueError(f"unknown time zone {zone!r}")
    digits = digits.replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        raise ValueError(f"time zone {zone!r}")
    return timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
