"""Several workers over Postgres and Redis, one of them killed in mid-run, store what one machine alone stores."""

import os
import signal
import time
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.soak.cluster import NEEDED, Cluster, Postgres, redis
from tests.soak.runs import DAG, FollowedRun, ingest_alone, told

from casualties.model import WRITER_POOL
from casualties.settings import Settings

pytestmark = [pytest.mark.cluster, NEEDED]


def test_a_cluster_that_loses_a_worker_ends_with_the_tables_of_one_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom() as newsroom, Postgres() as database, redis() as broker:
        env = {
            "CASUALTIES_FEEDS": f"{newsroom.url}/feeds.opml",
            "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
            "CASUALTIES_BATCH_PAGES": "10",
            "CASUALTIES_SCHEDULE": "",
        }
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        alone = Settings(data_dir=tmp_path / "alone")
        began = time.monotonic()
        ingest_alone(alone, "alone")
        print(f"\none process: {time.monotonic() - began:.0f} s")

        many = tmp_path / "many"
        env["CASUALTIES_DATA_DIR"] = str(many)
        with Cluster(tmp_path / "airflow", database=database.address, broker=broker, settings_env=env) as cluster:
            cluster.start_worker("writer", WRITER_POOL, 1)
            doomed = cluster.start_worker("first", "default", 2)
            cluster.wait_for_dag(DAG)
            began = time.monotonic()
            run = FollowedRun(cluster)
            run.wait_until_running("pages.fetch")
            lost = run.names("running")
            os.killpg(doomed.pid, signal.SIGKILL)
            killed = time.monotonic()
            cluster.start_worker("second", "default", 2)
            run.wait_until_ended()
            took = time.monotonic() - killed
            print(f"killed {killed - began:.0f} s into the run with {lost} running; it ended {took:.0f} s later")
            assert run.names("failed") == []
            assert run.state == "success"
        assert told(many / "warehouse.duckdb") == told(alone.warehouse)
        assert told(many / "casualties.duckdb") == told(alone.published)
