"""A real SMTP server on a free port that keeps what it is given."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller


class _Keep:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(BytesParser(EmailMessage, policy=policy.default).parsebytes(envelope.content))
        return "250 OK"


class Mailbox(Controller):
    """Its ``handler.mails`` are the mails that came, parsed."""

    def __init__(self) -> None:
        super().__init__(_Keep(), hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def mailto(mailbox: Mailbox) -> str:
    return f"mailto://127.0.0.1:{mailbox.port}/?from=pipeline@example.org&to=desk@example.org"
