"""Maintenance: what is removed and what never is, the DAG as a whole, and word of a run that is late."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.alerts.mailbox import Mailbox, mailto
from tests.quality.records import make_article

from casualties import pipeline
from casualties.errors import AlertError
from casualties.model import Alert, Article, Quarantined, key
from casualties.orchestration.alerting import notify_operators
from casualties.orchestration.late import deadline, tell_late
from casualties.orchestration.service import free_port
from casualties.pipeline import Run
from casualties.pipeline.tidying import expire, orphans, prune, sweep
from casualties.settings import PROJECT, Settings
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.airflow
NOW = datetime.now(UTC)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path / "data"))
    return Settings(lock_timeout=5)


def aged(path: Path, days: float) -> Path:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    then = (NOW - timedelta(days=days)).timestamp()
    for inside in [*path.rglob("*"), path]:
        os.utime(inside, (then, then))
    return path


def loaded(settings: Settings, run_id: str, at: datetime, *, held: Article | None = None, **article: Any) -> None:
    run = Run.begin(run_id, at, settings)
    run.staging.write(Article, "0000", [make_article(1, fetched_at=at, published=at, **article)])
    rows = [] if held is None else [
        Quarantined(
            quarantine_id=key(run_id), run_id=run_id, stage="validate", subject="article", subject_id=held.version_id,
            rule="r", reason="R.", value=None, url=None, row=json.dumps(asdict(held), default=str), quarantined_at=at,
        )
    ]  # fmt: skip
    run.staging.write(Quarantined, "validate", rows)
    pipeline.load(run)
    pipeline.publish(run)


# ---------------------------------------------------------------- what is removed


def test_folders_are_removed_by_the_age_of_what_changed_last_in_them(tmp_path: Path) -> None:
    for name, days in (("old", 40), ("new", 3)):
        aged(tmp_path / name / "index.html", days)
        aged(tmp_path / name, days)
    aged(tmp_path / "touched" / "index.html", 1)
    os.utime(tmp_path / "touched", (0, 0))
    assert prune(tmp_path, days=30, now=NOW) == ["old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "touched"]
    assert prune(tmp_path / "absent", days=30, now=NOW) == []


def test_only_old_archive_files_of_runs_that_never_loaded_and_that_no_row_needs_are_removed(settings: Settings) -> None:
    at, archive = NOW - timedelta(days=30), settings.archive_dir
    needed = make_article(2, warc_file="lost__1-0000.warc.gz")
    loaded(settings, "scheduled__1", at, held=needed)
    aged(archive / "scheduled_1-0000.warc.gz", 30)  # its run loaded, though no row is in it
    aged(archive / "lost__1-0000.warc.gz", 30)  # a quarantined row is in it
    aged(archive / "died_1-0001.warc.gz", 2)  # its run may be repeated
    gone = [aged(archive / name, 30) for name in (".died_1-0000.warc.gz.77", "died_1-0000.warc.gz")]
    others = [aged(archive / name, 300) for name in ("notes.txt", "CC-NEWS-20200101-00042.warc.gz", "mine.warc.gz")]
    assert orphans(settings, now=NOW) == gone
    assert sweep(settings, now=NOW) == [path.name for path in gone]
    assert all(path.exists() for path in others)
    assert sweep(settings, now=NOW) == []


def test_pages_are_kept_for_good_unless_a_setting_says_otherwise(settings: Settings) -> None:
    loaded(settings, "run 1", NOW - timedelta(days=900), warc_file="run_1-0000.warc.gz", warc_offset=0)
    kept = aged(settings.archive_dir / "run_1-0000.warc.gz", 900)
    assert expire(settings, now=NOW) == []
    assert kept.exists()


def test_old_pages_are_removed_but_those_of_newest_versions_and_of_undecided_rows(settings: Settings) -> None:
    at = NOW - timedelta(days=100)
    place = {"warc_offset": 0, "warc_length": 9}
    loaded(settings, "run 1", at, warc_file="old-0000.warc.gz", **place)
    held = make_article(2, warc_file="held-0000.warc.gz")
    loaded(settings, "run 2", at + timedelta(hours=1), held=held, text="Changed. " * 20, version_id="v2",
           warc_file="new-0000.warc.gz", **place)  # fmt: skip
    for name, days in (("old", 100), ("held", 100), ("new", 100), ("young", 40)):
        aged(settings.archive_dir / f"{name}-0000.warc.gz", days)
    settings = settings.model_copy(update={"keep_archive_days": 60})
    assert expire(settings, now=NOW) == ["old-0000.warc.gz"]
    places = "SELECT warc_file, warc_offset FROM core.article_versions ORDER BY fetched_at"
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        assert con.execute(places).fetchall() == [(None, None), ("new-0000.warc.gz", 0)]
    everything = settings.model_copy(update={"keep_archive_newest": False})
    assert expire(everything, now=NOW) == ["held-0000.warc.gz", "new-0000.warc.gz"]
    assert [path.name for path in settings.archive_dir.iterdir()] == ["young-0000.warc.gz"]
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        assert con.execute(places).fetchall() == [(None, None), (None, None)]


def test_no_page_is_removed_before_its_run_can_no_longer_be_repeated(settings: Settings) -> None:
    loaded(settings, "run 1", NOW)
    kept = aged(settings.archive_dir / "run_1-0000.warc.gz", settings.keep_staging_days - 1)
    hasty = settings.model_copy(update={"keep_archive_days": 1, "keep_archive_newest": False})
    assert expire(hasty, now=NOW) == []
    assert kept.exists()


# ---------------------------------------------------------------- the DAG


def maintain() -> dict[str, str]:
    from airflow.dag_processing.dagbag import DagBag

    ended = DagBag(dag_folder=str(PROJECT / "dags")).dags["maintain_warehouse"].test()
    return {"": str(ended.state)} | {i.task_id: str(i.state) for i in ended.get_task_instances()}


@pytest.fixture
def in_airflow(ingest_news: Callable[[], Any], settings: Settings, mailbox: Mailbox, monkeypatch: Any) -> None:
    """An Airflow with a database, whose alerts go to the mailbox."""
    monkeypatch.setenv("CASUALTIES_ALERT_URLS", mailto(mailbox))


@pytest.mark.usefixtures("in_airflow")
def test_on_a_good_day_maintenance_sends_the_digest_and_removes_what_is_old(
    settings: Settings, mailbox: Mailbox
) -> None:
    loaded(settings, "run 1", NOW)
    for folder in (settings.data_docs, settings.staging_dir):
        aged(folder / "old" / "index.html", 50)
        aged(folder / "old", 50)
    states = maintain()
    assert set(states.values()) == {"success"}
    assert [mail["Subject"].partition(",")[0] for mail in mailbox.handler.mails] == ["Daily digest"]
    assert not (settings.data_docs / "old").exists()
    assert not (settings.staging_dir / "old").exists()
    assert (settings.staging_dir / "run_1").exists()


@pytest.mark.usefixtures("in_airflow")
def test_when_nothing_fresh_comes_maintenance_is_red_and_two_messages_say_so(
    settings: Settings, mailbox: Mailbox
) -> None:
    loaded(settings, "run 1", NOW - timedelta(hours=30))
    states = maintain()
    assert (states[""], states["freshness"], states["digest"]) == ("failed", "failed", "failed")
    assert (states["prune"], states["sweep"]) == ("success", "success")
    stale, digest = (mail["Subject"] for mail in mailbox.handler.mails)
    assert stale == "Stale: no fresh data for analysts"
    assert "stale, 1 maintenance failed" in digest


# ---------------------------------------------------------------- late runs


def test_a_run_has_a_deadline_only_where_the_setting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deadline() is None
    monkeypatch.setenv("CASUALTIES_RUN_DEADLINE", "45")
    alert = deadline()
    assert alert
    assert alert.interval == timedelta(minutes=45)
    assert (alert.callback.path, alert.callback.kwargs) == (
        "casualties.orchestration.late.tell_late",
        {"minutes": 45.0},
    )


def test_airflow_takes_a_dag_with_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.serialization.serialized_objects import DagSerialization

    monkeypatch.setenv("CASUALTIES_RUN_DEADLINE", "45")
    dag = DagBag(dag_folder=str(PROJECT / "dags" / "ingest_news.py")).dags["ingest_news"]
    assert "tell_late" in json.dumps(DagSerialization.to_dict(dag))


def late_context(run_id: str) -> dict[str, Any]:
    """What Airflow gives the callback of a missed deadline."""
    return {"dag_run": {"dag_id": "ingest_news", "dag_run_id": run_id, "state": "running"}, "deadline": {"id": "1"}}


@pytest.mark.usefixtures("in_airflow")
def test_a_late_run_is_told_and_its_notify_puts_that_on_record(settings: Settings, mailbox: Mailbox) -> None:
    run = Run.begin("manual__2026-05-01T10:00:00+00:00", NOW, settings)
    asyncio.run(tell_late(minutes=45.0, context=late_context("manual__2026-05-01T10:00:00+00:00")))
    (mail,) = mailbox.handler.mails
    assert mail["Subject"] == "Run late, ingest_news: more than 45 minutes"
    assert "/dags/ingest_news/runs/manual__2026-05-01T10:00:00+00:00" in mail.get_body(("plain",)).get_content()
    assert [alert.delivered for alert in run.staging.read(Alert)] == [True]
    notify_operators(run, [mailto(mailbox)], run_url="http://127.0.0.1:8080/dags/ingest_news/runs/run_1")
    assert len(mailbox.handler.mails) == 1
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        assert con.execute("SELECT subject, delivered FROM ops.alerts").fetchall() == [(mail["Subject"], True)]


@pytest.mark.usefixtures("in_airflow")
def test_a_late_run_that_nobody_can_be_told_of_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUALTIES_ALERT_URLS", f"json://127.0.0.1:{free_port()}/")
    with pytest.raises(AlertError, match="no channel took the message 'Run late"):
        asyncio.run(tell_late(minutes=45.0, context=late_context("manual__2026-05-01T10:00:00+00:00")))
