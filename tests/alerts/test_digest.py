"""The daily digest: all that is no alarm by itself, in one message, also on a day on which there is nothing to tell."""

from datetime import timedelta

import pytest
from tests.alerts.mailbox import mailto
from tests.quality.records import NOW, make_article

from casualties import pipeline
from casualties.errors import AlertError
from casualties.model import Article, Feed, FeedPoll, Quarantined, ValidationResult, key
from casualties.orchestration.upkeep import send_digest
from casualties.pipeline import Run
from casualties.reports.newsdesk import read_snapshot
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.airflow
LINKS = {"Runbook": "http://127.0.0.1:8080/dags/maintain_warehouse"}
FEED = "https://gazette.example/rss"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def settings(tmp_path):
    silences = tmp_path / "silences.toml"
    silences.write_text(
        '[[silence]]\nsuite = "feeds"\nuntil = 2024-05-20\nlink = "https://tracker.example.org/1"\n'
        '[[silence]]\nsuite = "news"\nuntil = 2024-05-01\nlink = "https://tracker.example.org/2"\n'
        '[[silence]]\nsuite = "figures"\nuntil = 2024-06-01\n'
    )
    return Settings(data_dir=tmp_path / "data", silences=silences, lock_timeout=5)


def run_of(settings, name, at, *, warning=False, sick=False, held=False):
    run = Run.begin(name, at, settings)
    run.staging.write(Feed, "rest", [Feed(feed_id=key(FEED), url=FEED, title="News", publisher=f"Gazette {HOSTILE}")])
    poll = FeedPoll(run_id=name, feed_id=key(FEED), url=FEED, polled_at=at, status="timeout" if sick else "ok",
                    failures=4 if sick else 0)  # fmt: skip
    run.staging.write(FeedPoll, "0000", [poll])
    run.staging.write(Article, "0000", [make_article(at.minute, fetched_at=at)])
    result = ValidationResult(
        run_id=name, suite="publishers", expectation="publisher_dates_differ", severity="warning",
        outcome="failed" if warning else "passed", evaluated=3, failed=int(warning),
        message="1 of 3 publishers: same instant.", samples=("Build Date | 1.0 | https://gazette.example/1",),
        checked_at=at,
    )  # fmt: skip
    run.staging.write(ValidationResult, "validate", [result])
    row = Quarantined(
        quarantine_id=key(name), run_id=name, stage="validate", subject="article", subject_id="a", rule="text_readable",
        reason="It broke the rule.", value=None, url=None, row="{}", quarantined_at=at,
    )  # fmt: skip
    run.staging.write(Quarantined, "validate", [row] if held else [])
    pipeline.load(run)
    pipeline.publish(run)


def digest(settings, urls, now, failed_tasks=(), run_id="maintenance 1"):
    run = Run.begin(run_id, now, settings)
    return send_digest(run, urls, links=LINKS, failed_tasks=failed_tasks, now=now)


def test_a_day_is_told_in_one_message(settings, mailbox):
    run_of(settings, "run 1", NOW, warning=True, held=True)
    run_of(settings, "run 2", NOW + timedelta(minutes=15), warning=True, sick=True)
    now = NOW + timedelta(hours=2)
    assert digest(settings, [mailto(mailbox)], now, ["prune"]) == "1 messages sent"
    (mail,) = mailbox.handler.mails
    assert mail["Subject"] == (
        "Daily digest, 2024-05-14: 1 maintenance failed, 1 warnings, 1 sick feeds, 1 in quarantine, "
        "2 silences that do not hold"
    )
    text = mail.get_body(("plain",)).get_content()
    for words in (
        "Last load: 1.8 hours ago. The analysts' file: published",
        "In 24 hours: 2 loads (0 held back), 2 new articles",
        "prune: its log names the cause.",
        "Warning: 1 of 3 publishers: same instant.",
        "publishers.publisher_dates_differ, in 2 runs.",
        "timeout, 4 failures in a row, last success 2.0 hours ago",
        FEED,
        "text_readable: 1 new, 1 not decided",
        "feeds is silent until 2024-05-20",
        "Silence 2 (news) does not hold: it expired on 2024-05-01",
        "Silence 3 (figures) does not hold: it has no link that says why",
        LINKS["Runbook"],
    ):
        assert words in text
    assert "<script>" not in mail.get_body(("html",)).get_content()
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        assert con.execute("SELECT run_id, delivered FROM ops.alerts").fetchall() == [("maintenance 1", True)]


def test_a_good_day_is_told_too(tmp_path, webhook):
    settings = Settings(data_dir=tmp_path, lock_timeout=5, stale_hours=1e6)
    run_of(settings, "run 1", NOW)
    digest(settings, [f"json://127.0.0.1:{webhook.server_port}/"], NOW + timedelta(hours=1))
    (body,) = webhook.bodies
    assert (body["title"], body["type"]) == ("Daily digest, 2024-05-14: all well", "success")


def polled(settings, name, minutes, status="ok", **more):
    """A run that polls the one feed and brings nothing else."""
    at = NOW + timedelta(minutes=minutes)
    run = Run.begin(name, at, settings)
    run.staging.write(Feed, "rest", [Feed(feed_id=key(FEED), url=FEED, title="News", publisher="Gazette")])
    poll = FeedPoll(run_id=name, feed_id=key(FEED), url=FEED, polled_at=at, status=status, **more)
    run.staging.write(FeedPoll, "0000", [poll])
    pipeline.load(run)
    return at


def told_today(settings, mailbox, now):
    digest(settings, [mailto(mailbox)], now, run_id=f"maintenance {now}")
    return mailbox.handler.mails[-1].get_body(("plain",)).get_content()


def test_a_feed_that_has_moved_is_proposed_after_three_polls_in_a_row_and_its_address_stays(settings, mailbox):
    new = "https://gazette.example/new.xml"
    for number in range(2):
        polled(settings, f"run {number}", number, redirected_to=new)
    assert new not in told_today(settings, mailbox, NOW + timedelta(hours=1))
    polled(settings, "failed", 2, status="timeout", failures=1)
    polled(settings, "run 3", 3, status="not_modified", redirected_to=new)
    text = told_today(settings, mailbox, NOW + timedelta(hours=2))
    assert "Feeds to change in the list: 1" in text
    assert "has moved, told 3 times in a row, to" in text
    assert new in text
    (shown,) = read_snapshot(settings.newsdesk)["feeds"]
    assert (shown["url"], shown["moved_to"], shown["sightings"]) == (FEED, new, 3)
    polled(settings, "run 4", 4)
    assert new not in told_today(settings, mailbox, NOW + timedelta(hours=3))


def test_a_retired_feed_is_told_as_such_and_not_as_sick(settings, mailbox):
    polled(settings, "run 1", 0, status="gone", http_status=410, failures=1)
    text = told_today(settings, mailbox, NOW + timedelta(hours=1))
    assert "Gazette: retired by its publisher (410), polled no more" in text
    assert "Sick feeds" not in text


def test_yesterdays_warnings_are_not_told_again(settings, mailbox):
    run_of(settings, "run 1", NOW, warning=True)
    digest(settings, [mailto(mailbox)], NOW + timedelta(hours=30))
    (mail,) = mailbox.handler.mails
    assert "1 warnings" not in mail["Subject"]
    assert "stale" in mail["Subject"]
    assert "The last load was 30.0 hours ago; more than 24 hours is stale." in mail.get_body(("plain",)).get_content()


def test_a_digest_that_reaches_nobody_is_an_error(settings, closed_port):
    run_of(settings, "run 1", NOW)
    with pytest.raises(AlertError, match="no channel took the message 'Daily digest"):
        digest(settings, [f"json://127.0.0.1:{closed_port}/"], NOW)


def test_before_the_first_load_it_says_so(settings, mailbox):
    digest(settings, [mailto(mailbox)], NOW)
    text = mailbox.handler.mails[0].get_body(("plain",)).get_content()
    assert "Nothing was loaded yet." in text
    assert "Nothing was published yet." in text
