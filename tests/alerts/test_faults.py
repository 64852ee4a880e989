"""Fault by fault, from staged records on: the messages that arrive, the rows that load, the state of analysts' file."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.alerts.mailbox import mailto
from tests.quality.records import NOW, make_article, make_report

from casualties import pipeline
from casualties.errors import AlertError, LoadError, QualityError
from casualties.events import EXTRACTOR_VERSION
from casualties.model import Article, Entry, EventReport, FeedPoll, Figure, Place, Quarantined, Target, key
from casualties.orchestration.alerting import notify_operators
from casualties.orchestration.upkeep import check_freshness
from casualties.pipeline import Run
from casualties.quality import judge, suites
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.airflow
RUN_URL = "http://127.0.0.1:8080/dags/ingest_news/runs/run_2"
LATER = NOW + timedelta(minutes=15)


def reports_of(article, *changes):
    return [make_report(article, n, extractor_version=EXTRACTOR_VERSION, **more) for n, more in enumerate(changes)]


GOOD = make_article(0, fetched_at=LATER)
EXACTLY = {n: Figure(low=n, best=n, high=n) for n in (59, 95)}
WHOLE = make_report(GOOD, 0).report_id


def polls(failed):
    urls = [f"https://gazette.example/rss/{n}" for n in range(10)]
    return [
        FeedPoll(run_id="run 2", feed_id=key(u), url=u, polled_at=LATER, status="timeout" if n < failed else "ok")
        for n, u in enumerate(urls)
    ]


def target():
    told = Entry(entry_id="e", feed_id="f1", publisher="Harbour Gazette", url=GOOD.url, link=GOOD.url)
    return Target(article_id=GOOD.article_id, url=GOOD.url, batch=0, entries=(told,))


def explode(gxe):
    return gxe.ExpectColumnValuesToBeBetween(column="nosuch", min_value=0)


RAISES = judge.Check(name="odd", severity="warning", fault="odd", expect=explode, show="label")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is staged, and what must come of it; ``articles`` and ``reports`` are the rows that the run loads."""

    staged: list
    suites: tuple | None = None  # in place of the one on articles
    usual: int = 0  # new articles at this hour of past weeks
    subject: str
    sentences: list[str]
    articles: int = 0
    reports: int = 0
    quarantined: int = 0
    replaced: bool = False  # analysts' file


HELD = "Data quality, {} (analysts' file held back): "
LOADS = "Data quality, {} (the rest loads): "
STAYS = "The analysts' file stays as it was before this run."
BROKEN = "The check could not run, which says nothing about the data"

FAULTS = {
    "empty batch": Fault(
        staged=[target()],
        subject=HELD.format("articles") + "1 could not run",
        sentences=[BROKEN, "there are no articles although some are expected", STAYS],
    ),
    "all-NULL column": Fault(
        staged=[make_article(n, published=None) for n in range(20)],
        subject=HELD.format("articles") + "1 could not run",
        sentences=[BROKEN, "none of the 20 articles has a value to judge", STAYS],
    ),
    "raised check": Fault(
        staged=[GOOD],
        suites=(RAISES,),
        subject=HELD.format("articles") + "1 could not run",
        sentences=[BROKEN, "Great Expectations raised", STAYS],
    ),
    "empty suite": Fault(
        staged=[GOOD],
        suites=(),
        subject=HELD.format("articles") + "1 could not run",
        sentences=[BROKEN, "the suite holds no expectation", STAYS],
    ),
    "30% of the feeds down": Fault(
        staged=[GOOD, *polls(3)],
        subject=LOADS.format("feeds") + "At least 30% of the feeds could not be had (0.3)",
        sentences=["The analysts' file was not held back.", "gazette.example/rss/0 (timeout)"],
        articles=1,
        replaced=True,
    ),
    "drift in volume": Fault(
        staged=[GOOD],
        usual=100,
        subject=HELD.format("news") + "This hour brought less than a twentieth",
        sentences=["usually 100", "(0.02)", STAYS],
        articles=1,
    ),
    "wrong dates from one publisher": Fault(
        staged=[
            GOOD,
            *(make_article(n) for n in range(10, 20)),
            *(make_article(n, publisher="Skewed Clock", published=NOW + timedelta(days=9)) for n in range(1, 4)),
        ],
        subject=LOADS.format("articles") + "3 of 14 articles: the publication date lies more than a day after this run",
        sentences=[
            "Rows that broke a rule: 3; they are quarantined, the others load.",
            "- Shelling at the market, part 1 | 2024-05-23T12:00:00+00:00",
            "Last time it passed.",
        ],
        articles=11,
        quarantined=3,
        replaced=True,
    ),
    "a part above its whole": Fault(
        staged=[
            GOOD,
            *reports_of(GOOD, {"killed": EXACTLY[59]}, {"killed": EXACTLY[95], "part_of": 0, "part_of_report": WHOLE}),
        ],
        subject=LOADS.format("figures") + "1 of 2 figures: a part claims more people than the event it is a part of",
        sentences=["killed, event 2 of: Shelling at the market, part 0 | low 95, best 95, high 95"],
        articles=1,
        reports=1,
        quarantined=1,
        replaced=True,
    ),
    "coordinates outside the country": Fault(
        staged=[GOOD, *reports_of(GOOD, {"place": Place(name="Hodan", country="SOM", lat=45.3, lon=2.0)})],
        subject=LOADS.format("event reports") + "1 of 1 event reports: the coordinates lie outside the country",
        sentences=["Check: place_inside_country, row.", GOOD.url],
        articles=1,
        quarantined=1,
        replaced=True,
    ),
    "duplicate keys": Fault(
        staged=[GOOD, GOOD],
        subject=HELD.format("articles") + "2 of 2 articles: the same version of an article is staged more than once",
        sentences=["Check: article_version_unique, critical.", STAYS],
    ),
}


@pytest.fixture
def settings(tmp_path):
    """Of a desk that has had one good run, with its published file."""
    settings = Settings(data_dir=tmp_path, lock_timeout=2)
    before = make_article(100)
    assert carry_out(stage(Run.begin("run 1", NOW, settings), before, *reports_of(before, {}))) == []
    return settings


def stage(run, *records):
    for kind in {type(r) for r in records}:
        run.staging.write(kind, "0000", [r for r in records if type(r) is kind])
    return run


def carry_out(run):
    """Validate, load and publish as the DAG does; returns the names of the tasks that failed."""
    pipeline.validate(run)
    try:
        loaded = pipeline.load(run)
    except LoadError:
        return ["load"]
    if pipeline.brought_something(loaded):
        try:
            pipeline.publish(run)
        except QualityError:
            return ["publish"]
    return []


def counts(path: Path):
    with duckdb.connect(str(path), read_only=True) as con:
        query = "SELECT (SELECT count(*) FROM core.articles), (SELECT count(*) FROM core.event_reports)"
        return con.execute(query).fetchone()


def ask(settings, query):
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        return con.execute(query).fetchall()


def hook(webhook):
    return f"json://127.0.0.1:{webhook.server_port}/"


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_and_loads_and_publishes_what_is_stated(name, settings, mailbox, webhook, monkeypatch):
    fault = FAULTS[name]
    for weeks in range(1, 5) if fault.usual else ():
        values = f"'past {weeks}', TIMESTAMP '{LATER:%Y-%m-%d %H:%M}' - INTERVAL {7 * weeks} DAY"
        ask(settings, f"INSERT INTO ops.loads SELECT * REPLACE ({values.split(', ')[0]} AS run_id, "
                      f"{values.split(', ')[1]} AS loaded_at, {fault.usual} AS new_articles) "
                      "FROM ops.loads WHERE run_id = 'run 1'")  # fmt: skip
    if fault.suites is not None:
        monkeypatch.setattr(suites, "ARTICLES", fault.suites)
    file_before, held_before = settings.published.read_bytes(), counts(settings.warehouse)
    run = stage(Run.begin("run 2", LATER, settings), *fault.staged)
    failed = carry_out(run)
    notify_operators(run, [mailto(mailbox), hook(webhook)], run_url=RUN_URL, failed_tasks=failed)

    (mail,) = mailbox.handler.mails
    assert mail["Subject"].startswith(fault.subject)
    text = mail.get_body(("plain",)).get_content()
    for sentence in [*fault.sentences, f"Log: {RUN_URL}", "Run: run 2"]:
        assert sentence in text
    assert [body["title"] for body in webhook.bodies] == [mail["Subject"]]
    loaded = tuple(now - before for now, before in zip(counts(settings.warehouse), held_before, strict=True))
    assert loaded == (fault.articles, fault.reports)
    assert ask(settings, "SELECT count(*) FROM ops.quarantine") == [(fault.quarantined,)]
    assert (settings.published.read_bytes() != file_before) is fault.replaced
    assert counts(settings.published) == (counts(settings.warehouse) if fault.replaced else held_before)
    assert ask(settings, "SELECT run_id, delivered, channels FROM ops.alerts") == [("run 2", True, 2)]


def test_a_stale_warehouse_is_told_and_nothing_else_changes(settings, mailbox, webhook):
    run = Run.begin("maintenance 1", NOW, settings)
    links = {"Runbook": "http://127.0.0.1:8080/dags/maintain_warehouse"}
    published, before = settings.published.read_bytes(), counts(settings.warehouse)
    assert check_freshness(run, [], links=links, now=NOW + timedelta(hours=2)).endswith("are fresh")
    with pytest.raises(QualityError, match=r"The last load was 30\.0 hours ago"):
        check_freshness(run, [mailto(mailbox), hook(webhook)], links=links, now=NOW + timedelta(hours=30))
    (mail,) = mailbox.handler.mails
    assert mail["Subject"] == webhook.bodies[0]["title"] == "Stale: no fresh data for analysts"
    text = mail.get_body(("plain",)).get_content()
    assert "The last load was 30.0 hours ago; more than 24 hours is stale." in text
    assert (settings.published.read_bytes(), counts(settings.warehouse)) == (published, before)


def test_when_the_channel_is_down_the_task_fails_and_says_so_and_the_data_is_as_stated(settings, mailbox, closed_port):
    run = stage(Run.begin("run 2", LATER, settings), GOOD, *polls(3))
    assert carry_out(run) == []
    dead = f"mailto://127.0.0.1:{closed_port}/?from=a@example.org&to=b@example.org"
    with pytest.raises(AlertError, match=r"no channel took the message 'Data quality, feeds .*channel 1 \(mailto\)"):
        notify_operators(run, [dead], run_url=RUN_URL)
    assert counts(settings.published) == counts(settings.warehouse) == (2, 1)
    ((delivered, error),) = ask(settings, "SELECT delivered, error FROM ops.alerts")
    assert not delivered
    assert "channel 1 (mailto)" in error
    notify_operators(run, [mailto(mailbox)], run_url=RUN_URL)
    assert len(mailbox.handler.mails) == 1


# ---------------------------------------------------------------- the end of a run


def test_a_refused_file_sends_the_message_on_its_suite_and_none_on_the_task(settings, mailbox, monkeypatch):
    published = settings.published.read_bytes()
    ask(settings, "INSERT INTO core.event_reports SELECT * REPLACE ('lost' AS report_id, 'nosuch' AS version_id) "
                  "FROM core.event_reports")  # fmt: skip
    run = stage(Run.begin("run 2", LATER, settings), GOOD)
    failed = carry_out(run)
    assert failed == ["publish"]
    notify_operators(run, [mailto(mailbox)], run_url=RUN_URL, failed_tasks=failed)
    (mail,) = mailbox.handler.mails
    assert mail["Subject"].startswith("Data quality, references (analysts' file held back): ")
    assert settings.published.read_bytes() == published
    with pytest.raises(QualityError, match="tasks failed: publish"):
        pipeline.verdict(run, failed)


@pytest.mark.parametrize(
    ("failed", "file", "meaning"),
    [
        (["load"], "analysts' file held back", "Nothing of this run was loaded."),
        (["publish"], "analysts' file held back", "The run was loaded, but analysts have not got it."),
        (["pages.read"], "file not held back", "Some pages were not read"),
    ],
)
def test_a_task_that_failed_is_told_once_with_what_it_means(settings, mailbox, failed, file, meaning):
    run = Run.begin("run 2", LATER, settings)
    for _ in range(2):
        notify_operators(run, [mailto(mailbox)], run_url=RUN_URL, failed_tasks=failed)
    (mail,) = mailbox.handler.mails
    assert mail["Subject"] == f"Run failed, ingest_news ({file}): {failed[0]}"
    assert meaning in mail.get_body(("plain",)).get_content()


def test_operators_are_told_also_while_the_warehouse_cannot_be_opened(settings, mailbox, monkeypatch):
    run = Run.begin("run 2", LATER, settings)

    def locked(*args, **options):
        raise LoadError("the warehouse is locked by process 1")

    with monkeypatch.context() as patch:
        for module in ("alerting", "delivery"):
            patch.setattr(f"casualties.orchestration.{module}.open_warehouse", locked)
        with pytest.raises(LoadError, match="locked by process 1"):
            notify_operators(run, [mailto(mailbox)], run_url=RUN_URL, failed_tasks=["load"])
    assert len(mailbox.handler.mails) == 1
    notify_operators(run, [mailto(mailbox)], run_url=RUN_URL, failed_tasks=["load"])
    assert len(mailbox.handler.mails) == 1
    assert ask(settings, "SELECT delivered FROM ops.alerts") == [(True,)]


def test_the_run_after_a_repaired_fault_sends_one_recovered_mail(settings, mailbox):
    for number, articles in ((2, [GOOD, GOOD]), (3, [GOOD])):
        run = stage(Run.begin(f"run {number}", NOW + timedelta(minutes=15 * number), settings), *articles)
        carry_out(run)
        notify_operators(run, [mailto(mailbox)], run_url=RUN_URL)
    assert [mail["Subject"].partition(" (")[0] for mail in mailbox.handler.mails] == [
        "Data quality, articles",
        "Data quality, articles: recovered",
    ]
    assert run.staging.read(Quarantined) == run.staging.read(EventReport) == []
    assert len(run.staging.read(Article)) == 1
