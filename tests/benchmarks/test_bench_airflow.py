"""What Airflow itself takes of a run of ingest_news, beside `casualties ingest` on the same feeds, and with its tables.

The feeds are those of ../shared/newsroom where it is (24 feeds, 5,874 stories), else the sample newsroom's.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psutil
import pytest
from tests.soak.runs import DAG, FollowedRun, told
from tests.soak.tables import differences
from tests.soak.waiting import wait_until

from casualties.orchestration.service import Airflow, free_port, port_is_taken, process_group
from casualties.settings import PROJECT, Settings

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

SHARED = PROJECT.parent / "shared" / "newsroom" / "serve.py"
NEWSROOM = SHARED if SHARED.exists() else PROJECT / "tests" / "newsroom" / "server.py"
REACH = 60  # seconds
PR_SET_CHILD_SUBREAPER = 36
Spell = tuple[float, float]


@contextmanager
def newsroom(log: Path) -> Iterator[tuple[str, int]]:
    """Its host and port, and its process id."""
    port = free_port()
    with process_group([sys.executable, str(NEWSROOM), "--port", str(port)], os.environ, log) as process:
        wait_until(lambda: port_is_taken(port))
        yield f"127.0.0.1:{port}", process.pid


def cpu(without: int) -> float:
    """Seconds that all processes below this one have worked so far, but for one of them."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass  # parsers that outlived their sandbox: ours by now
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = ended.ru_utime + ended.ru_stime
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process.pid != without:
                worked += sum(process.cpu_times()[:4])  # with its own children that have ended
    return worked


def at_work(log: Path) -> Spell:
    """When a task's own function began and ended, in seconds: between what Airflow does before and after it."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    times = {
        event: [datetime.fromisoformat(line["timestamp"]).timestamp() for line in lines if line["event"] == event]
        for event in ("::endgroup::", "::group::Post Execute")
    }
    return times["::endgroup::"][0], times["::group::Post Execute"][-1]


def union(spells: list[Spell]) -> float:
    """Seconds in which at least one of the spells lasts."""
    total, until = 0.0, 0.0
    for begin, end in sorted(spells):
        total += max(0.0, end - max(begin, until))
        until = max(until, end)
    return total


def test_airflow_s_own_share_of_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    alone, through = Settings(data_dir=tmp_path / "alone"), Settings(data_dir=tmp_path / "through")
    with newsroom(tmp_path / "newsroom.log") as (host, server):
        env = {
            "CASUALTIES_FEEDS": f"http://{host}/feeds.opml",
            "CASUALTIES_ALLOW_HOSTS": host,
            "CASUALTIES_SCHEDULE": "",
            "CASUALTIES_DATA_DIR": str(alone.data_dir),
        }
        worked, began = cpu(server), time.monotonic()
        command = [sys.executable, "-m", "casualties.cli", "ingest"]
        subprocess.run(command, env=os.environ | env, check=True, capture_output=True)
        took_alone, cpu_alone = time.monotonic() - began, cpu(server) - worked

        env["CASUALTIES_DATA_DIR"] = str(through.data_dir)
        home, components = tmp_path / "airflow", ("api-server", "scheduler", "dag-processor")
        with Airflow(home, port=free_port(), settings_env=env, components=components) as airflow:
            airflow.wait_for_dag(DAG)
            worked, began = cpu(server), time.monotonic()
            run = FollowedRun(airflow)
            wait_until(lambda: run.ended, 3000, pause=2)
            took, cpu_through = time.monotonic() - began, cpu(server) - worked
            assert run.state == "success"
            spells = [at_work(log) for log in (home / "logs").glob("dag_id=*/run_id=*/**/attempt=1.log")]
            assert len(spells) == len([task for task in run.tasks() if task["state"] in ("success", "skipped")])
    overhead, stored = took - union(spells), told(alone.warehouse)['core."articles"']
    with capsys.disabled():
        print(f"\n{len(stored):,} articles, {len(spells)} tasks of {sum(e - b for b, e in spells):.0f} s in all")
        for how, wall, worked in (("alone", took_alone, cpu_alone), ("through Airflow", took, cpu_through)):
            print(f"  {how:15} {wall:5.0f} s, {worked:.0f} s of CPU")
        print(f"  no task's own function was at work for {overhead:.1f} s, reach {REACH} s")
    assert differences(told(through.warehouse), told(alone.warehouse)) == {}
    assert differences(told(through.published), told(alone.published)) == {}
    assert overhead < REACH
