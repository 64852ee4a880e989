"""``publish_report``: started by a new published file, it exports it, and says so when it cannot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.reports.small import publish_small

from casualties.settings import Settings

pytestmark = pytest.mark.airflow


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    return Settings()


def states(run: Any) -> dict[str, str]:
    return {instance.task_id: str(instance.state) for instance in run.get_task_instances()}


def test_it_waits_for_the_published_file_alone(read_dag: Callable[[str], Any]) -> None:
    assert [asset.name for asset in read_dag("publish_report").timetable.asset_condition.objects] == ["published"]


def test_a_published_file_is_exported_and_its_asset_says_which(
    read_dag: Callable[[str], Any], settings: Settings
) -> None:
    from airflow.models.asset import AssetEvent
    from airflow.settings import Session

    publish_small(settings.data_dir)
    run = read_dag("publish_report").test()
    assert str(run.state) == "success"
    latest = settings.exports / "latest"
    assert {"incidents.csv", "incidents.geojson", "report.html", "datapackage.json"} <= {
        path.name for path in latest.iterdir()
    }
    with Session() as session:
        event = session.query(AssetEvent).filter_by(source_run_id=run.run_id).one()
        assert (event.asset.name, event.extra["folder"]) == ("report", latest.resolve().name)


def test_without_a_published_file_it_goes_red(read_dag: Callable[[str], Any], settings: Settings) -> None:
    run = read_dag("publish_report").test()
    assert str(run.state) == "failed"
    assert states(run) == {"export": "failed", "notify": "success", "verdict": "failed"}
    assert not (settings.exports / "latest").exists()
