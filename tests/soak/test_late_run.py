"""A late run, told by Airflow itself: its own scheduler sees the deadline pass, its own triggerer sends the mail."""

import pytest
from tests.alerts.mailbox import Mailbox, mailto
from tests.newsroom.server import Newsroom
from tests.soak.waiting import wait_until

from casualties.orchestration.service import COMPONENTS, Airflow, free_port
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.soak


def test_a_run_beyond_its_deadline_is_told_by_scheduler_and_triggerer_and_ends_on_record(tmp_path, monkeypatch):
    box = Mailbox()
    box.start()
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    with Newsroom() as newsroom:
        env = {
            "CASUALTIES_DATA_DIR": str(tmp_path),
            "CASUALTIES_FEEDS": newsroom.opml_url,
            "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
            "CASUALTIES_SCHEDULE": "",
            "CASUALTIES_RUN_DEADLINE": "0.1",  # minutes: no run is as fast
            "CASUALTIES_ALERT_URLS": mailto(box),
        }
        with Airflow(tmp_path / "airflow", port=free_port(), settings_env=env, components=COMPONENTS) as airflow:
            airflow.wait_for_dag("ingest_news", patience=180)
            run_id = airflow.trigger("ingest_news", {"force": True})
            path = f"/api/v2/dags/ingest_news/dagRuns/{run_id.replace('+', '%2B')}"

            def late_mails():
                return [mail for mail in box.handler.mails if mail["Subject"].startswith("Run late, ingest_news")]

            wait_until(lambda: bool(late_mails()), seconds=600, pause=1)
            wait_until(lambda: airflow.call("GET", path)["state"] in ("success", "failed"), seconds=900, pause=1)
    box.stop()
    (mail,) = late_mails()
    assert run_id in mail.get_body(("plain",)).get_content()
    with open_warehouse(Settings().warehouse, lock_timeout=10) as con:
        told = "SELECT delivered, channels FROM ops.alerts WHERE subject LIKE 'Run late%'"
        assert con.execute(told).fetchall() == [(True, 1)]
