"""The News desk in a running Airflow and a real browser: who is logged out, a viewer, and an operator who releases."""

import json
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from tests.orchestration.desk import CHROMIUM, browser
from tests.quality.records import NOW, make_article
from tests.warehouse.records import feed, poll

from casualties import pipeline
from casualties.model import Article, Feed, FeedPoll
from casualties.orchestration.service import Airflow, free_port
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)"),
]


def token(airflow: Airflow, user: str) -> str:
    passwords = json.loads((airflow.home / "simple_auth_manager_passwords.json.generated").read_text())
    body = json.dumps({"username": user, "password": passwords[user]}).encode()
    request = urllib.request.Request(
        f"{airflow.url}/auth/token", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["access_token"])


def test_logged_out_is_refused_a_viewer_reads_and_an_operator_releases(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    run = Run.begin("run 1", NOW, settings)
    run.staging.write(Feed, "rest", [feed("alpha")])
    run.staging.write(FeedPoll, "0000", [poll("alpha", "run 1")])
    held = make_article(1, published=NOW + timedelta(days=9))
    run.staging.write(Article, "0000", [make_article(0), held, make_article(2)])
    pipeline.validate(run)
    pipeline.load(run)
    pipeline.publish(run)
    env = {
        "CASUALTIES_DATA_DIR": str(tmp_path),
        "CASUALTIES_SCHEDULE": "",
        "CASUALTIES_DIGEST_SCHEDULE": "",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin,vera:viewer,otto:op",
    }
    components = ("api-server", "scheduler", "dag-processor")
    with (
        Airflow(tmp_path / "airflow", port=free_port(), settings_env=env, components=components) as airflow,
        browser() as chromium,
    ):
        airflow.wait_for_dag("replay_archive")
        desk = f"{airflow.url}/newsdesk/"
        refused = chromium.new_page().goto(desk)
        assert refused.status == 401

        def page_of(user: str):
            context = chromium.new_context()
            context.add_cookies([{"name": "_token", "value": token(airflow, user), "url": airflow.url}])
            page = context.new_page()
            page.goto(desk)
            assert "published_not_in_future" in page.inner_text("body")
            return page

        viewer = page_of("vera")
        assert viewer.query_selector("form, button, input") is None
        tried = viewer.request.post(f"{desk}decide", form={"row": "a", "why": "b", "decision": "release"})
        assert tried.status == 403

        operator = page_of("otto")
        operator.check("input[name=row]")
        operator.fill("input[name=why]", "the clock of the publisher is wrong")
        operator.click("text=Release the chosen")
        operator.wait_for_selector("[role=status]")
        (started,) = airflow.call("GET", "/api/v2/dags/replay_archive/dagRuns")["dag_runs"]
        assert started["dag_run_id"] in operator.inner_text("[role=status]")
        assert started["triggering_user_name"] == "otto"
        deadline = time.monotonic() + 240
        while (state := airflow.call("GET", "/api/v2/dags/replay_archive/dagRuns")["dag_runs"][0]["state"]) in (
            "queued",
            "running",
        ):
            assert time.monotonic() < deadline
            time.sleep(0.5)
        assert state == "success"
        operator.goto(desk)
        assert "released" in operator.inner_text("table >> nth=3")
    with open_warehouse(settings.published, read_only=True, lock_timeout=10) as con:
        assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (3,)
        decided = con.execute("SELECT decision, decided_by, why FROM ops.quarantine_decisions").fetchall()
    assert decided == [("released", "otto", "the clock of the publisher is wrong")]
