"""Several workers over Postgres and Redis, one of them killed in mid-run, store what one machine alone stores."""

import os
import shutil
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.soak.cluster import Cluster, postgres, redis
from tests.soak.waiting import wait_until

from casualties import pipeline
from casualties.model import WRITER_POOL
from casualties.settings import Settings
from casualties.warehouse import open_warehouse

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(
        shutil.which("redis-server") is None or not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        reason="needs Debian's postgresql and redis-server (make cluster-test installs them)",
    ),
]
RUN = "ingest_news"


def told(path: Path) -> dict[str, list[str]]:
    """The rows of every table of core, in order, without what a clock, a run's name or a batch has put there."""
    found = {}
    with open_warehouse(path, read_only=True, lock_timeout=10) as con:
        columns = con.execute(
            """SELECT table_name, list(column_name) FROM duckdb_columns()
            WHERE schema_name = 'core' AND data_type <> 'TIMESTAMP' AND column_name NOT LIKE '%run_id'
              AND column_name NOT LIKE 'warc_%' AND column_name <> 'archived'
              AND table_name NOT IN ('feeds', 'incident_history')
            GROUP BY ALL ORDER BY ALL"""
        ).fetchall()
        for table, names in columns:
            rows = con.execute(f'SELECT {", ".join(names)} FROM core."{table}"').fetchall()
            found[table] = sorted(map(repr, rows))
    return found


def test_a_cluster_that_loses_a_worker_ends_with_the_tables_of_one_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom() as newsroom, postgres() as database, redis() as broker:
        env = {
            "CASUALTIES_FEEDS": f"{newsroom.url}/feeds.opml",
            "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
            "CASUALTIES_BATCH_PAGES": "10",
            "CASUALTIES_SCHEDULE": "",
        }
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        alone = Settings(data_dir=tmp_path / "alone")
        feeds = pipeline.read_feed_list(alone.feeds, alone)
        began = time.monotonic()
        pipeline.ingest(pipeline.Run.begin("alone", datetime.now(UTC), alone), feeds, force=True)
        print(f"\none process: {time.monotonic() - began:.0f} s")

        many = tmp_path / "many"
        env["CASUALTIES_DATA_DIR"] = str(many)
        with Cluster(tmp_path / "airflow", database=database, broker=broker, settings_env=env) as cluster:
            cluster.start_worker("writer", WRITER_POOL, 1)
            doomed = cluster.start_worker("first", "default", 2)
            cluster.wait_for_dag(RUN)
            began = time.monotonic()
            path = f"/api/v2/dags/{RUN}/dagRuns/{cluster.trigger(RUN, {'force': True}).replace('+', '%2B')}"

            def tasks(state: str) -> list[str]:
                listed = cluster.call("GET", f"{path}/taskInstances?limit=500")["task_instances"]
                return [f"{t['task_id']}[{t['map_index']}]" for t in listed if t["state"] == state]

            wait_until(lambda: any("pages.fetch" in task for task in tasks("running")), 240)
            lost = tasks("running")
            os.killpg(doomed.pid, signal.SIGKILL)
            killed = time.monotonic()
            cluster.start_worker("second", "default", 2)
            wait_until(lambda: cluster.call("GET", path)["state"] in ("success", "failed"), 900, pause=1)
            took = time.monotonic() - killed
            print(f"killed {killed - began:.0f} s into the run with {lost} running; it ended {took:.0f} s later")
            assert tasks("failed") == []
            assert cluster.call("GET", path)["state"] == "success"
        assert told(many / "warehouse.duckdb") == told(alone.warehouse)
        assert told(many / "casualties.duckdb") == told(alone.published)
