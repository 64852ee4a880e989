"""Bad days of Airflow: its scheduler killed in mid-run, its database down for a minute.

What ended is started again by the harness, as docker-compose's ``restart: unless-stopped`` or systemd would, and as
``make up`` does itself. Each leaves the state that docs/operations.md promises.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.soak.cluster import NEEDED, SOON, Cluster, Postgres, redis
from tests.soak.runs import DAG, FollowedRun, ingest_alone, told
from tests.soak.waiting import wait_until

from casualties.model import WRITER_POOL
from casualties.orchestration.service import Airflow, free_port
from casualties.settings import Settings

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]

OUTAGE = 60  # seconds
# What runs when the bad day comes: on the newsroom's first day and on its second.
MOMENTS = {1: "pages.fetch", 2: "load"}


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


@pytest.fixture(scope="module")
def env(newsroom: Newsroom) -> Iterator[dict[str, str]]:
    env = {
        "CASUALTIES_FEEDS": f"{newsroom.url}/feeds.opml",
        "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
        "CASUALTIES_BATCH_PAGES": "10",
        "CASUALTIES_SCHEDULE": "",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        yield env


@pytest.fixture(scope="module")
def alone(newsroom: Newsroom, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What both days leave, undisturbed and in one process."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("alone"))
    for newsroom.day in MOMENTS:
        ingest_alone(settings, f"day {newsroom.day}")
    return settings


def live_through(airflow: Airflow, newsroom: Newsroom, bad_moment: Callable[[], list[str]]) -> None:
    """A run a day, each with a bad moment in it, which says what it restarted; both must end well by themselves."""
    airflow.wait_for_dag(DAG)
    for newsroom.day, task in MOMENTS.items():
        run = FollowedRun(airflow)
        run.wait_until_running(task)
        running, at = run.names("running"), time.monotonic()
        restarted = bad_moment()

        def ended(run: FollowedRun = run, restarted: list[str] = restarted) -> bool:
            restarted += airflow.restart_ended()
            return run.ended

        wait_until(ended, 1200, pause=1)
        tries = {f"{t['task_id']}[{t['map_index']}]": t["try_number"] for t in run.tasks() if t["try_number"] > 1}
        print(f"\nday {newsroom.day}, in {running}: restarted {restarted}; {time.monotonic() - at:.0f} s more; {tries}")
        assert run.names("failed") == []
        assert run.state == "success"


def kill_scheduler(airflow: Airflow) -> list[str]:
    os.killpg(airflow.process("scheduler").pid, signal.SIGKILL)
    return []


def stop_for_a_minute(database: Postgres, cluster: Cluster) -> list[str]:
    database.stop_hard()
    back, restarted = time.monotonic() + OUTAGE, []
    while time.monotonic() < back:
        restarted += cluster.restart_ended()
        time.sleep(1)
    database.start()
    return restarted


def test_a_scheduler_that_is_killed_with_its_tasks_is_started_again_and_its_runs_end_whole(
    tmp_path: Path, newsroom: Newsroom, env: dict[str, str], alone: Settings
) -> None:
    data = Settings(data_dir=tmp_path / "data")
    settings_env = {**SOON, **env, "CASUALTIES_DATA_DIR": str(data.data_dir)}
    components = ("api-server", "scheduler", "dag-processor")
    with Airflow(tmp_path / "airflow", port=free_port(), settings_env=settings_env, components=components) as airflow:
        live_through(airflow, newsroom, lambda: kill_scheduler(airflow))
    assert told(data.warehouse) == told(alone.warehouse)
    assert told(data.published) == told(alone.published)


@NEEDED
@pytest.mark.parametrize("lost", ["scheduler", "database"])
def test_a_cluster_whose_scheduler_is_killed_or_whose_database_is_down_for_a_minute_ends_its_runs_whole(
    tmp_path: Path, newsroom: Newsroom, env: dict[str, str], alone: Settings, lost: str
) -> None:
    data = Settings(data_dir=tmp_path / "data")
    with ExitStack() as stack:
        database, broker = stack.enter_context(Postgres()), stack.enter_context(redis())
        settings_env = {**env, "CASUALTIES_DATA_DIR": str(data.data_dir)}
        cluster = Cluster(tmp_path / "airflow", database=database.address, broker=broker, settings_env=settings_env)
        stack.enter_context(cluster)
        cluster.start_worker("writer", WRITER_POOL, 1)
        cluster.start_worker("reader", "default", 2)
        moments = {
            "scheduler": lambda: kill_scheduler(cluster),
            "database": lambda: stop_for_a_minute(database, cluster),
        }
        live_through(cluster, newsroom, moments[lost])
    assert told(data.warehouse) == told(alone.warehouse)
    assert told(data.published) == told(alone.published)
