"""Messages to the operators' channels through Apprise: e-mail (``mailto://``), chats, webhooks (``json://``).

The addresses of channels hold passwords and tokens, so a channel is named by its place in the list and its scheme, and
what Apprise and urllib3 would log while they send is taken out of the logs.
"""

import logging
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from casualties.alerts.message import Message
from casualties.errors import AlertError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How many channels took a message, and of those that did not which and why, without secrets."""

    channels: int
    delivered: int = 0
    failed: list[str]

    @property
    def configured(self) -> bool:
        """Whether there is any channel; where there is none, nobody was told and nothing failed."""
        return self.channels > 0


def channels(setting: str) -> list[str]:
    """The channels' addresses in a setting: separated by commas or white space, though an address may hold commas."""
    return [url for url in re.split(r"[,\s]+(?=[a-z][a-z0-9+.-]*://)", setting.strip()) if url]


class _Confidential(logging.Filter):
    """Keeps the log records of sending threads from all handlers and remembers them for the reason of a failure."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.local()

    def start(self) -> list[str]:
        self._thread.lines = []
        return self._thread.lines  # type: ignore[no-any-return]

    def filter(self, record: logging.LogRecord) -> bool:
        lines = getattr(self._thread, "lines", None)
        if lines is None:
            return True
        lines.append(record.getMessage())
        return False


_CONFIDENTIAL = _Confidential()


def _redacted(text: str, url: str) -> str:
    """The text without any piece of a channel's address that is long enough to be a secret."""
    raw = re.split(r"[/:@?&=+,;\s]+", url.partition("://")[2] or url)
    pieces = {piece for part in raw for piece in (part, unquote(part)) if len(piece) >= 4}
    for piece in sorted(pieces, key=len, reverse=True):
        text = text.replace(piece, "***")
    return text


def _notify(url: str, message: Message) -> bool:
    import apprise
    from apprise.plugins.email import NotifyEmail

    asset = apprise.AppriseAsset(
        app_id="casualties",
        app_desc="casualties",
        app_url="",
        async_mode=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
    channel = apprise.Apprise.instantiate(url, asset=asset)
    if channel is None:
        return False
    html = isinstance(channel, NotifyEmail)
    return bool(
        channel.notify(
            title=message.title,
            body=message.html if html else message.text,
            body_format=apprise.NotifyFormat.HTML if html else apprise.NotifyFormat.TEXT,
            notify_type=apprise.NotifyType.SUCCESS if message.good_news else apprise.NotifyType.FAILURE,
        )
    )


class _Sending(threading.Thread):
    """One channel. A thread of its own, and a daemon, so that a server that never answers cannot hold the run."""

    def __init__(self, place: int, url: str, message: Message) -> None:
        scheme = url.partition("://")[0] if "://" in url else "no scheme"
        super().__init__(name=f"channel {place} ({scheme})", daemon=True)
        self._url = url
        self._message = message
        self._why = "no answer in time"
        self.delivered = False

    def run(self) -> None:
        lines = _CONFIDENTIAL.start()
        try:
            delivered = _notify(self._url, self._message)
        except Exception as error:  # noqa: BLE001 - a plugin's bug is a failed channel like any other
            lines.append(f"{type(error).__name__}: {error}")
            delivered = False
        self._why = _redacted("; ".join(lines[-3:]), self._url) or "refused without a reason"
        self.delivered = delivered

    @property
    def failure(self) -> str:
        return f"{self.name}: {self._why}"


def send(urls: Sequence[str], message: Message, *, timeout: float = 30.0) -> Delivery:
    """Send a message to all channels at once, and wait ``timeout`` seconds for them together.

    Without channels, the value says so. Raises :class:`AlertError` where there are channels and none took the message.
    """
    for name in ("apprise", "urllib3.connectionpool"):
        logging.getLogger(name).addFilter(_CONFIDENTIAL)
    sendings = [_Sending(place, url.strip(), message) for place, url in enumerate(urls, start=1)]
    deadline = time.monotonic() + timeout
    for sending in sendings:
        sending.start()
    for sending in sendings:
        sending.join(max(0.0, deadline - time.monotonic()))
    done = [s.delivered for s in sendings]
    failed = [s.failure for s, delivered in zip(sendings, done, strict=True) if not delivered]
    if sendings and not any(done):
        raise AlertError(f"no channel took the message {message.title!r}: " + "; ".join(failed))
    for failure in failed:
        log.warning("an alert was not delivered to %s", failure)
    return Delivery(channels=len(sendings), delivered=sum(done), failed=failed)
