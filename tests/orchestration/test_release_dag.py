"""An operator's release, through the DAG that carries it out, up to the analysts' file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.quality.records import make_article

from casualties import pipeline
from casualties.model import Article, EventReport, Quarantined
from casualties.pipeline import Run
from casualties.pipeline.reading import reports_of
from casualties.pipeline.run import folder_name
from casualties.settings import PROJECT, Settings
from casualties.warehouse.query import run_query

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]
NOW = datetime.now(UTC)


def test_a_released_row_reaches_analysts_with_who_let_it_in_and_why(
    ingest_news: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.xcom import XComModel
    from airflow.settings import Session

    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    settings = Settings()
    ahead = make_article(1, published=NOW + timedelta(days=9))
    run = Run.begin("run 1", NOW, settings)
    run.staging.write(Article, "0000", [make_article(0, published=NOW), ahead])
    run.staging.write(EventReport, "0000", reports_of(ahead))
    pipeline.validate(run)
    pipeline.load(run)
    pipeline.publish(run)
    held = {row.rule: row.quarantine_id for row in run.staging.read(Quarantined)}
    assert run_query(settings.published, "SELECT count(*) AS n FROM analytics.articles").to_pylist() == [{"n": 1}]

    why = "https://tracker.example.org/12"
    conf = {"release": [held["published_not_in_future"]], "why": why, "by": "desk"}
    ended = DagBag(dag_folder=str(PROJECT / "dags")).dags["replay_archive"].test(run_conf=conf)

    with Session() as session:
        links = session.query(XComModel).filter_by(run_id=ended.run_id, key="_link_DataDocs").all()
    docs = f"{settings.ui_url}/newsdesk/docs/{folder_name(ended.run_id)}/index.html"
    assert {link.task_id: XComModel.deserialize_value(link) for link in links} == {"validate": docs, "publish": docs}
    assert (settings.data_docs / folder_name(ended.run_id) / "references.html").exists()

    states = {instance.task_id: str(instance.state) for instance in ended.get_task_instances()}
    assert str(ended.state) == "success", states
    told = "SELECT count(*) AS n FROM analytics.reports WHERE url = $url"
    (reports,) = run_query(settings.published, told, {"url": ahead.url}).to_pylist()
    assert reports["n"] == len(reports_of(ahead)) > 0
    decided = "SELECT decision, rule, why, decided_by, run_id FROM ops.quarantine_decisions"
    assert run_query(settings.published, decided).to_pylist() == [
        {
            "decision": "released",
            "rule": "published_not_in_future",
            "why": why,
            "decided_by": "desk",
            "run_id": ended.run_id,
        }
    ]
