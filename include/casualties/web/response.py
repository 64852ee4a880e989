"""The outcome of one exchange as a value: what came, or why nothing did."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


class FetchStatus(StrEnum):
    """How an exchange ended; a subset, by name and value, of PollStatus and of PageStatus (save NOT_MODIFIED there)."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What became of a request for ``url``. Header names are as the server wrote them, values verbatim."""

    url: str
    status: FetchStatus
    final_url: str
    http_status: int | None = None
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""  # content codings undone
    moved_to: str | None = None  # where permanent redirects lead, as far as they are permanent
    seconds: float = 0.0  # without the wait for the host's turn
    bytes: int = 0  # of the body, as received
    error: str | None = None  # a clause for an operator

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def retry_after(self, now: datetime) -> int | None:
        """Seconds that the server asks to wait (RFC 9110, 10.2.3), from a number or a date."""
        value = (self.header("Retry-After") or "").strip()
        if value.isascii() and value.isdigit():
            return int(value[:9])
        try:
            when = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError):
            return None
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max(0, int((when - now).total_seconds()))

    def max_age(self) -> int | None:
        """Seconds of freshness in Cache-Control; None where it says nothing usable."""
        for directive in (self.header("Cache-Control") or "").lower().split(","):
            name, _, value = directive.strip().partition("=")
            value = value.strip('"')
            if name == "max-age" and value.isascii() and value.isdigit():
                return int(value[:9])
        return None
