"""Messages on their way: a real SMTP server, a real webhook, and channels that fail."""

import logging
import socket
import time

import pytest
from tests.alerts.mailbox import mailto
from tests.alerts.results import LINKS, make_result

from casualties.alerts.message import Message, what_to_send
from casualties.alerts.send import _redacted as redacted
from casualties.alerts.send import channels, send
from casualties.errors import AlertError

MESSAGE = Message(title="Data quality: 1 failed", text="1 of 2.\n", html="<p>1 of 2.</p>")
SECRET = "s3cr3t-t0ken"


def json_url(server):
    return f"json://127.0.0.1:{server.server_port}/{SECRET}"


def test_an_email_arrives_as_plain_text_and_html_with_its_links(mailbox):
    (message,) = what_to_send([], [make_result()], held_back=True, links=LINKS)
    delivery = send([mailto(mailbox)], message)
    assert (delivery.channels, delivery.delivered, delivery.failed) == (1, 1, [])
    (mail,) = mailbox.handler.mails
    assert mail["Subject"] == (
        "Data quality, event reports (analysts' file held back): "
        "2 of 40 event reports: the coordinates lie outside the country"
    )
    assert (mail["From"], mail["To"]) == ("pipeline@example.org", "desk@example.org")
    assert mail.get_content_type() == "multipart/alternative"
    plain = mail.get_body(("plain",)).get_content()
    assert "2 of 40 event reports: the coordinates lie outside the country." in plain
    assert "https://gazette.example/0" in plain
    assert LINKS["Runbook"] in plain
    assert 'href="https://gazette.example/0"' in mail.get_body(("html",)).get_content()


def test_a_hostile_title_adds_no_header_and_no_markup_to_an_email(mailbox):
    title = "Blast\r\nBcc: victim@example.org\r\n\r\n<img src=x onerror=alert(1)>\u202e"
    result = make_result(samples=(f"{title} | value | https://gazette.example/1",), suite=title)
    (message,) = what_to_send([], [result], held_back=False, links=LINKS)
    send([mailto(mailbox)], message)
    (mail,) = mailbox.handler.mails
    assert mail["Bcc"] is None
    assert "Blast Bcc: victim＠example.org" in mail["Subject"]
    html = mail.get_body(("html",)).get_content()
    assert "<img" not in html
    assert "\u202e" not in html + mail.get_body(("plain",)).get_content() + mail["Subject"]


def test_a_webhook_gets_the_plain_text_and_whether_it_is_good_news(webhook):
    send([json_url(webhook)], MESSAGE)
    send([json_url(webhook)], Message(title="recovered", text="x", html="x", good_news=True))
    first, second = webhook.bodies
    assert (first["title"], first["message"].strip(), first["type"]) == (MESSAGE.title, "1 of 2.", "failure")
    assert second["type"] == "success"


def test_a_channel_that_is_down_is_named_and_the_others_are_told(mailbox, closed_port):
    delivery = send([f"json://127.0.0.1:{closed_port}/{SECRET}", mailto(mailbox)], MESSAGE)
    assert (delivery.channels, delivery.delivered, len(mailbox.handler.mails)) == (2, 1, 1)
    (failure,) = delivery.failed
    assert failure.startswith("channel 1 (json): ")


def test_where_no_channel_takes_the_message_it_is_an_error(closed_port):
    with pytest.raises(AlertError, match=r"no channel took the message 'Data quality: 1 failed': channel 1 \(mailto\)"):
        send([f"mailto://user:{SECRET}@127.0.0.1:{closed_port}/?from=a@example.org&to=b@example.org"], MESSAGE)


def test_without_channels_the_value_says_so():
    delivery = send([], MESSAGE)
    assert (delivery.configured, delivery.delivered, delivery.failed) == (False, 0, [])


def test_a_server_that_never_answers_does_not_hold_the_run():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"mailto://127.0.0.1:{silent.getsockname()[1]}/?from=a@example.org&to=b@example.org"
        started = time.monotonic()
        with pytest.raises(AlertError, match="no answer in time"):
            send([url], MESSAGE, timeout=0.5)
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "url",
    [
        f"json://user:{SECRET}@127.0.0.1:{{port}}/{SECRET}?x={SECRET}",
        f"mailto://user:{SECRET}@127.0.0.1:{{port}}/?from=a@example.org",
        f"slack://{SECRET}",
        f"{SECRET}",
        f"nosuch://{SECRET}@host/{SECRET}",
        f"json://127.0.0.1:{{port}}/{SECRET.replace('3', '%33')}",
    ],
)
def test_no_secret_of_a_channel_reaches_a_log_or_an_error(url, closed_port, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(AlertError) as raised:
        send([url.format(port=closed_port)], MESSAGE)
    shown = str(raised.value) + caplog.text + "".join(capfd.readouterr())
    assert SECRET not in shown
    assert SECRET.replace("3", "%33") not in shown


@pytest.mark.parametrize("password", ["p4ss%3Aw%40rd", "p4ss:w@rd"])
def test_a_password_is_taken_out_of_a_reason_as_it_is_written_and_as_it_is_meant(password):
    assert redacted(f"bad login {password}", "mailto://me:p4ss%3Aw%40rd@host/") == "bad login ***"


def test_a_webhook_that_refuses_leaves_no_secret_in_the_log_either(webhook, mailbox, caplog):
    caplog.set_level(logging.DEBUG)
    webhook.status = 500
    delivery = send([json_url(webhook), mailto(mailbox)], MESSAGE)
    assert "500" in delivery.failed[0]
    assert "channel 1 (json)" in caplog.text
    assert SECRET not in caplog.text + delivery.failed[0]


def test_a_setting_holds_several_channels_and_an_address_may_hold_commas():
    setting = "mailto://a.example/?to=x@a.example,y@a.example, json://127.0.0.1/hook\nslack://t/o/k"
    assert channels(setting) == [
        "mailto://a.example/?to=x@a.example,y@a.example",
        "json://127.0.0.1/hook",
        "slack://t/o/k",
    ]
    assert channels(" ") == []
