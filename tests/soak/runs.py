"""A run of ingest_news followed through Airflow, and what it left, to compare with a run in one process."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.soak.tables import tables
from tests.soak.waiting import wait_until

from casualties import pipeline
from casualties.orchestration.service import Airflow, ServiceError
from casualties.settings import Settings

DAG = "ingest_news"


class FollowedRun:
    """A run that is triggered now, for all feeds; under a name of its own where one is given."""

    def __init__(self, airflow: Airflow, run_id: str | None = None) -> None:
        self._airflow, self.state = airflow, ""
        runs, named = f"/api/v2/dags/{DAG}/dagRuns", {"dag_run_id": run_id} if run_id else {}
        begun = airflow.call("POST", runs, {"logical_date": None, "conf": {"force": True}, **named})
        self.path = f"{runs}/{begun['dag_run_id'].replace('+', '%2B')}"

    @property
    def ended(self) -> bool:
        """Notes the run's ``state``, too; False while Airflow does not answer."""
        with suppress(ServiceError):
            self.state = str(self._airflow.call("GET", self.path)["state"])
        return self.state in ("success", "failed")

    def tasks(self, state: str | None = None) -> list[dict[str, Any]]:
        """Those in a state, or all; asks again while Airflow does not answer."""
        listed: list[dict[str, Any]] = []

        def told() -> bool:
            with suppress(ServiceError):
                listed.extend(self._airflow.call("GET", f"{self.path}/taskInstances?limit=500")["task_instances"])
            return bool(listed)

        wait_until(told, 300)
        return [task for task in listed if state is None or task["state"] == state]

    def names(self, state: str) -> list[str]:
        return [f"{task['task_id']}[{task['map_index']}]" for task in self.tasks(state)]

    def task(self, name: str) -> dict[str, Any]:
        """A task that is not mapped."""
        (found,) = (task for task in self.tasks() if task["task_id"] == name)
        return found

    def forget(self) -> None:
        """Take the run out of Airflow's database, so that another may have its name."""
        self._airflow.call("DELETE", self.path)

    def wait_until_running(self, task: str, seconds: float = 240) -> None:
        """Return as soon as this task runs, mapped or not."""
        wait_until(lambda: any(t["task_id"] == task for t in self.tasks("running")), seconds)

    def wait_until_ended(self, seconds: float = 900) -> None:
        wait_until(lambda: self.ended, seconds, pause=1)


def ingest_alone(settings: Settings, run_id: str) -> None:
    """The same feeds in this process, undisturbed."""
    feeds = pipeline.read_feed_list(settings.feeds, settings)
    pipeline.ingest(pipeline.Run.begin(run_id, datetime.now(UTC), settings), feeds, force=True)


def told(path: Path) -> dict[str, list[str]]:
    """The rows of every table of core, in order, without what a clock, a run's name or a batch has put there."""

    def by_chance(table: str, column: str, kind: str) -> bool:
        place = column.startswith("warc_") or column == "archived"
        return kind == "TIMESTAMP" or column.endswith("run_id") or place or table in ("feeds", "incident_history")

    return {table: rows for table, rows in tables(path, by_chance).items() if table.startswith("core.")}
