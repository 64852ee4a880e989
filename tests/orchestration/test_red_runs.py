"""Runs that an operator must look at, through the real DAG: what turns red, what loads all the same, who is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.alerts.mailbox import Mailbox, mailto
from tests.newsroom.server import Newsroom
from tests.warehouse.records import NOON

from casualties.errors import QualityError
from casualties.model import ValidationResult
from casualties.quality import Verdict
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def run_dag(
    ingest_news: Callable[[], Any], mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., dict[str, set[str]]]]:
    """Runs the DAG on one feed of the newsroom; gives the states of its tasks, and of the run as ``""``."""
    with Newsroom() as newsroom:
        outline = f'<outline text="Courier" xmlUrl="{newsroom.url}/feeds/harbourside.xml"/>'
        (tmp_path / "feeds.opml").write_text(f"<opml><body>{outline}</body></opml>")
        monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setenv("CASUALTIES_FEEDS", str(tmp_path / "feeds.opml"))
        monkeypatch.setenv("CASUALTIES_ALLOW_HOSTS", newsroom.url.removeprefix("http://"))
        monkeypatch.setenv("CASUALTIES_ALERT_URLS", mailto(mailbox))

        def run(**conf: object) -> dict[str, set[str]]:
            ended = ingest_news().test(run_conf=conf)
            states: dict[str, set[str]] = {"": {str(ended.state)}}
            for instance in ended.get_task_instances():
                states.setdefault(instance.task_id, set()).add(str(instance.state))
            return states

        yield run


def ask(query: str) -> list[tuple[Any, ...]]:
    with open_warehouse(Settings().warehouse, lock_timeout=5) as con:
        return con.execute(query).fetchall()


def test_a_feed_list_that_cannot_be_read_is_not_tried_again(run_dag: Any) -> None:
    states = run_dag(feeds="/nowhere/feeds.opml")
    assert states[""] == states["plan"] == states["verdict"] == {"failed"}
    assert states["poll"] == states["publish"] == {"upstream_failed"}
    assert not Settings().published.exists()


def test_a_critical_check_publishes_nothing_tells_operators_once_and_turns_the_run_red(
    run_dag: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(staging: Any, *, run_id: str, **options: Any) -> Verdict:
        result = ValidationResult(
            run_id=run_id, suite="batch", expectation="articles_mostly_fit", severity="critical", outcome="failed",
            evaluated=9, failed=9, message="9 of 9 articles do not fit.", checked_at=options.get("now", NOON),
        )  # fmt: skip
        return Verdict(results=[result], quarantined=[], critical=True)

    monkeypatch.setattr("casualties.quality.validate", judge)
    states = run_dag()
    assert states.pop("") == states.pop("verdict") == {"failed"}
    assert states.pop("publish") == {"skipped"}
    assert set().union(*states.values()) == {"success"}, states
    assert not Settings().published.exists()
    assert ask("SELECT critical FROM ops.loads") == [(True,)]
    assert ask("SELECT count(*) FROM core.articles") == [(0,)]
    (mail,) = mailbox.handler.mails
    assert "9 of 9 articles do not fit." in mail.get_body(("plain",)).get_content()
    assert ask("SELECT channels, delivered FROM ops.alerts") == [(1, True)]


def test_pages_that_are_never_read_turn_the_run_red_and_are_read_by_the_next(
    run_dag: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(run: Any, batch: str) -> None:
        raise QualityError("the parser is gone")

    with monkeypatch.context() as broken:
        broken.setattr("casualties.pipeline.read", die)
        states = run_dag()
    assert states[""] == states["pages.read"] == states["verdict"] == {"failed"}
    assert states["load"] == states["notify"] == {"success"}
    assert states["publish"] == {"skipped"}
    told = [mail["Subject"] for mail in mailbox.handler.mails]
    assert len([subject for subject in told if subject.startswith("Data quality, articles ")]) == 1
    assert len(told) == len(set(told))
    assert ask("SELECT etag, last_status FROM core.feeds") == [(None, "ok")]
    states = run_dag(force=True)
    assert set().union(*states.values()) == {"success"}, states
    assert ask("SELECT count(*) > 0 FROM core.articles") == [(True,)]
    assert Settings().published.exists()
    assert "Data quality, articles: recovered" in [mail["Subject"] for mail in mailbox.handler.mails[len(told) :]]
