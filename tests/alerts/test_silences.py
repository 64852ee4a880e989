"""Silences: only with a link and a last day, said when they no longer hold, on record when they take effect."""

from datetime import date, timedelta

import pytest
from tests.alerts.mailbox import mailto
from tests.alerts.results import AT, LINKS, make_result

from casualties.alerts.message import what_to_send
from casualties.alerts.silences import Silences, read_silences, sort_out
from casualties.settings import Settings

WHY = "https://tracker.example.org/12"
TODAY = AT.date()
SUITES = {"event_reports": ["one", "two", "place_inside_country"], "articles": []}
ENTRY = {"suite": "event_reports", "until": TODAY, "link": WHY}


def silences(*entries):
    found = sort_out(entries, AT, SUITES)
    assert found.problems == ()
    return found


def sent(results, previous=(), **entry):
    return what_to_send(previous, results, held_back=False, links=LINKS, silences=silences(ENTRY | entry))


def test_the_list_that_is_shipped_silences_nothing():
    assert read_silences(Settings().silences, AT, SUITES) == Silences()


def test_a_silence_of_a_suite_covers_all_its_checks():
    (message,) = sent([make_result("one"), make_result("two")])
    assert (message.silence.link, message.silence.until) == (WHY, TODAY)


def test_another_suite_is_told():
    assert sent([make_result(suite="articles")])[0].silence is None


def test_what_is_not_silenced_is_told_and_what_is_is_named_with_its_link():
    message = sent([make_result("one"), make_result("two")], expectation="one")[0]
    assert message.silence is None
    assert "1 failed" in message.text
    assert "Check: two" in message.text
    assert "Check: one" not in message.text
    assert f"Silenced until {TODAY}, so not told here: event_reports.one." in message.text


def test_the_recovery_of_what_was_silenced_is_silent_too():
    (message,) = sent([make_result(outcome="passed")], previous=[make_result()])
    assert message.good_news
    assert message.silence


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (ENTRY | {"until": TODAY - timedelta(days=1)}, "it expired on 2024-05-13"),
        ({k: v for k, v in ENTRY.items() if k != "link"}, "it has no link that says why"),
        (ENTRY | {"link": "because"}, "it has no link that says why"),
        ({k: v for k, v in ENTRY.items() if k != "until"}, "it has no last day"),
        (ENTRY | {"until": "soon"}, "it has no last day"),
        ({k: v for k, v in ENTRY.items() if k != "suite"}, "it needs the name of a suite"),
        (ENTRY | {"who": "me"}, "it has unknown keys: who"),
        ("articles", "it is no table"),
        (ENTRY | {"suite": "event_report"}, "there is no suite event_report; there are event_reports, articles"),
        (ENTRY | {"expectation": "tow"}, "the suite event_reports has no expectation tow"),
    ],
)
def test_a_silence_that_is_expired_or_lacks_something_does_not_hold_and_says_why(entry, problem):
    found = sort_out([entry, ENTRY], AT, SUITES)
    assert len(found.active) == 1
    (said,) = found.problems
    assert said.startswith("Silence 1 (")
    assert problem in said


@pytest.mark.parametrize("text", ["[[silence", "silence = 3", "[other]\nx = 1"])
def test_a_file_that_cannot_be_read_silences_nothing_and_is_a_problem(text, tmp_path):
    path = tmp_path / "silences.toml"
    path.write_text(text)
    found = read_silences(path, AT, SUITES)
    assert found.active == ()
    assert "nothing is silenced" in found.problems[0]
    assert "cannot be read" in read_silences(tmp_path / "absent.toml", AT, SUITES).problems[0]


@pytest.mark.airflow
def test_a_silenced_message_is_not_sent_and_stands_on_record_with_its_link_and_end(tmp_path, mailbox):
    from casualties import pipeline
    from casualties.model import ValidationResult
    from casualties.orchestration.alerting import notify_operators
    from casualties.pipeline import Run
    from casualties.warehouse import open_warehouse

    path = tmp_path / "silences.toml"
    path.write_text(f'[[silence]]\nsuite = "event_reports"\nuntil = {date(2024, 5, 20)}\nlink = "{WHY}"\n')
    settings = Settings(data_dir=tmp_path / "data", silences=path, lock_timeout=5)
    run = Run.begin("r2", AT, settings)
    run.staging.write(ValidationResult, "validate", [make_result(), make_result("old", suite="articles")])
    pipeline.load(run)
    said = notify_operators(run, [mailto(mailbox)], run_url=LINKS["Log"])
    assert said == "1 messages sent, 1 silenced"
    assert [mail["Subject"].partition(" (")[0] for mail in mailbox.handler.mails] == ["Data quality, articles"]
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        rows = con.execute(
            "SELECT delivered, CAST(silenced_until AS VARCHAR), silenced_why FROM ops.alerts ORDER BY subject"
        ).fetchall()
    assert rows == [(True, None, None), (False, "2024-05-21 00:00:00", WHY)]
    assert notify_operators(run, [mailto(mailbox)], run_url=LINKS["Log"]) == "0 messages sent"
