"""Publication times: as written in markup, and as hidden in addresses."""

import re
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no news page is older; epoch zero and its kin are defaults of templates
LATEST_AHEAD = timedelta(days=1)  # clocks and zones differ by less than a day

# 2019/07/22, 2019-07-22, 2019/jul/22, 20190722; not as part of a longer number.
_IN_URL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[/_-]?)(?P<month>0[1-9]|1[0-2]|[a-z]{3})(?P=sep)(?P<day>[0-2]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}


def moment(value: object) -> datetime | None:
    """An ISO 8601 time as an aware datetime in UTC; a time without zone is taken for UTC; None for anything else.

    Also for a time before :data:`EARLIEST`, the default of some templates, which would hide a true one elsewhere.
    """
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value.strip())
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return time if time >= EARLIEST else None


def url_date(url: str) -> datetime | None:
    """The day (midnight UTC) that an address carries in its path, as most news sites write it."""
    for match in _IN_URL.finditer(url):
        month = _MONTHS.get(match["month"].lower()) or (int(match["month"]) if match["month"].isdigit() else 0)
        try:
            return datetime(int(match["year"]), month, int(match["day"]), tzinfo=UTC)
        except ValueError:
            continue
    return None


def plausible(time: datetime | None, now: datetime) -> bool:
    """Whether a time may be that of a news story: from 1990 on, and not more than a day ahead of ``now``."""
    return time is not None and EARLIEST <= time <= now + LATEST_AHEAD
