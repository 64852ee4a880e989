"""What operators are sent for a run, once each, through a real mail server; and what is on record about it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.alerts.mailbox import Mailbox, mailto
from tests.warehouse.records import NOON

from casualties import pipeline
from casualties.errors import AlertError
from casualties.model import ValidationResult
from casualties.orchestration.alerting import channels, notify_operators
from casualties.orchestration.service import free_port
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.airflow
RUN_URL = "http://127.0.0.1:8080/dags/ingest_news/runs/run_1"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, lock_timeout=5)


def result(suite: str, expectation: str, outcome: str = "failed", severity: str = "critical") -> ValidationResult:
    return ValidationResult(
        run_id="", suite=suite, expectation=expectation, severity=severity, outcome=outcome, evaluated=9,
        failed=int(outcome == "failed"), message=f"{expectation}: 1 of 9.", checked_at=NOON,
    )  # fmt: skip


def judged(settings: Settings, *results: ValidationResult, run_id: str = "run 1", hours: int = 0) -> Run:
    """A run with these results, loaded."""
    at = NOON + timedelta(hours=hours)
    run = Run.begin(run_id, at, settings)
    stamped = [
        ValidationResult(**{name: getattr(r, name) for name in r.__slots__} | {"run_id": run_id, "checked_at": at})
        for r in results
    ]
    run.staging.write(ValidationResult, "validate", stamped)
    pipeline.load(run)
    return run


def on_record(settings: Settings) -> list[dict[str, Any]]:
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        query = "SELECT run_id, subject, channels, delivered, error FROM ops.alerts ORDER BY sent_at"
        return con.execute(query).to_arrow_table().to_pylist()


def dead_channel() -> str:
    return f"mailto://someone:s3cret-w0rd@127.0.0.1:{free_port()}/?from=a@example.org&to=b@example.org"


def test_a_failing_suite_sends_one_message_however_many_checks_fail(settings: Settings, mailbox: Mailbox) -> None:
    run = judged(settings, result("articles", "says_something"), result("articles", "text_long_enough"))
    assert notify_operators(run, [mailto(mailbox)], run_url=RUN_URL) == "1 messages sent"
    (mail,) = mailbox.handler.mails
    assert mail["Subject"].startswith("Data quality, articles ")
    body = mail.get_body(("plain",)).get_content()
    for words in ("says_something: 1 of 9.", "text_long_enough: 1 of 9.", RUN_URL):
        assert words in body
    (row,) = on_record(settings)
    assert (row["run_id"], row["subject"]) == ("run 1", mail["Subject"])
    assert (row["channels"], row["delivered"], row["error"]) == (1, True, None)


def test_each_failing_suite_has_its_own_message_and_good_ones_none(settings: Settings, mailbox: Mailbox) -> None:
    results = [result("articles", "a"), result("feeds", "b", "broken"), result("figures", "c", "passed")]
    run = judged(settings, *results, result("batch", "d", severity="warning"))
    assert notify_operators(run, [mailto(mailbox)], run_url=RUN_URL) == "2 messages sent"
    assert sorted(mail["Subject"].split()[2] for mail in mailbox.handler.mails) == ["articles", "feeds"]


def test_a_repeated_task_sends_none_again(settings: Settings, mailbox: Mailbox) -> None:
    run = judged(settings, result("articles", "says_something"))
    notify_operators(run, [mailto(mailbox)], run_url=RUN_URL)
    before = on_record(settings)
    assert notify_operators(run, [mailto(mailbox)], run_url=RUN_URL) == "0 messages sent"
    assert len(mailbox.handler.mails) == 1
    assert on_record(settings) == before


def test_a_suite_that_passes_again_is_told_once(settings: Settings, mailbox: Mailbox) -> None:
    urls = [mailto(mailbox)]
    notify_operators(judged(settings, result("articles", "says_something")), urls, run_url=RUN_URL)
    mended = judged(settings, result("articles", "says_something", "passed"), run_id="run 2", hours=1)
    assert notify_operators(mended, urls, run_url=RUN_URL) == "1 messages sent"
    after = judged(settings, result("articles", "says_something", "passed"), run_id="run 3", hours=2)
    assert notify_operators(after, urls, run_url=RUN_URL) == "0 messages sent"
    assert ["recovered" in mail["Subject"] for mail in mailbox.handler.mails] == [False, True]


def test_a_good_run_sends_nothing_and_records_nothing(settings: Settings, mailbox: Mailbox) -> None:
    run = judged(settings, result("articles", "says_something", "passed"))
    assert notify_operators(run, [mailto(mailbox)], run_url=RUN_URL) == "0 messages sent"
    assert mailbox.handler.mails == on_record(settings) == []


def test_without_a_channel_a_sentence_says_what_was_due_and_it_is_sent_once_there_is_one(
    settings: Settings, mailbox: Mailbox
) -> None:
    run = judged(settings, result("articles", "says_something"))
    said = notify_operators(run, [], run_url=RUN_URL)
    assert said.startswith("1 messages are due, but no channel is set up: Data quality, articles ")
    (row,) = on_record(settings)
    assert (row["channels"], row["delivered"]) == (0, False)
    assert notify_operators(run, [mailto(mailbox)], run_url=RUN_URL) == "1 messages sent"
    assert [(row["channels"], row["delivered"]) for row in on_record(settings)] == [(1, True)]


def test_a_dead_channel_is_an_error_on_record_and_the_task_can_be_repeated(
    settings: Settings, mailbox: Mailbox
) -> None:
    run = judged(settings, result("articles", "says_something"), result("feeds", "answers"))
    with pytest.raises(AlertError, match=r"no channel took the message .Data quality, articles .*channel 1"):
        notify_operators(run, [dead_channel()], run_url=RUN_URL)
    rows = on_record(settings)
    assert [(row["channels"], row["delivered"]) for row in rows] == [(0, False), (0, False)]
    assert all("channel 1 (mailto)" in row["error"] and "s3cret" not in row["error"] for row in rows)
    assert notify_operators(run, [mailto(mailbox)], run_url=RUN_URL) == "2 messages sent"
    assert [(row["channels"], row["delivered"], row["error"]) for row in on_record(settings)] == [(1, True, None)] * 2


def test_of_two_channels_one_may_be_dead(settings: Settings, mailbox: Mailbox) -> None:
    run = judged(settings, result("articles", "says_something"))
    assert notify_operators(run, [dead_channel(), mailto(mailbox)], run_url=RUN_URL) == "1 messages sent"
    (row,) = on_record(settings)
    assert (row["channels"], row["delivered"]) == (1, True)
    assert "channel 1 (mailto)" in row["error"]


def test_channels_come_from_the_connection_else_from_the_settings(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = settings.model_copy(update={"alert_urls": "json://127.0.0.1/ours, mailto://127.0.0.1/?to=a@example.org"})
    assert channels(settings) == []
    assert channels(ours) == ["json://127.0.0.1/ours", "mailto://127.0.0.1/?to=a@example.org"]
    stored = json.dumps({"conn_type": "generic", "password": "json://127.0.0.1/theirs"})
    monkeypatch.setenv("AIRFLOW_CONN_ALERTS", stored)
    assert channels(ours) == ["json://127.0.0.1/theirs"]
    monkeypatch.setenv("AIRFLOW_CONN_ALERTS", json.dumps({"conn_type": "generic"}))
    assert channels(ours) == channels(ours.model_copy()) != []
