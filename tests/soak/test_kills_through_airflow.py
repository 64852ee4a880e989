"""Kills (-9) of validate, load and publish in a running Airflow, which tries them again by itself: the tables are those
of an undisturbed run.

One Airflow serves all rounds. A round begins with the newsroom's first day stored, runs the second, and kills each of
the three tasks once; Airflow waits half a minute before each new try.
"""

import os
import random
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom
from tests.soak.runs import DAG, FollowedRun, ingest_alone
from tests.soak.tables import differences, tables
from tests.soak.waiting import wait_until

from casualties.orchestration.service import Airflow, free_port
from casualties.settings import Settings

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]

KILLS = 20
TASKS = ("validate", "load", "publish")
RUN = "second-day"


def by_the_clock(table: str, column: str, kind: str) -> bool:
    """What differs between any two runs at different times."""
    timed = column in ("seconds", "warc_offset", "warc_length", "archived") or (table, column) == ("quarantine", "row")
    return kind == "TIMESTAMP" or timed


def left(settings: Settings) -> dict[str, list[str]]:
    """Both files; what was judged of a copy stands in the copy of a repeated try only."""
    published = tables(settings.published, by_the_clock)
    published.pop('ops."validation_results"')
    return tables(settings.warehouse, by_the_clock) | {f"published {name}": rows for name, rows in published.items()}


def begin_again(settings: Settings, before: Path) -> None:
    shutil.rmtree(settings.data_dir)
    shutil.copytree(before, settings.data_dir)


def has_open(pid: int, path: Path) -> bool:
    with suppress(OSError):
        return any(Path(os.readlink(fd)) == path for fd in Path(f"/proc/{pid}/fd").iterdir())
    return False


def kill(run: FollowedRun, task: str, moment: float, warehouse: Path | None) -> bool:
    """Kill the process of a task's first try so many seconds after it began, or after it opened the warehouse where one
    is given; returns whether it had not ended yet.
    """
    run.wait_until_running(task)
    pid = run.task(task)["pid"]
    if warehouse:
        wait_until(lambda: has_open(pid, warehouse) or run.task(task)["state"] != "running", pause=0.01)
    time.sleep(moment)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: run.task(task)["state"] != "running")
    return run.task(task)["state"] != "success"


def test_after_twenty_kills_airflow_s_own_retries_leave_what_an_undisturbed_run_leaves(tmp_path, monkeypatch, capsys):
    settings, before = Settings(data_dir=tmp_path / "data"), tmp_path / "before"
    with Newsroom() as newsroom:
        env = {
            "CASUALTIES_FEEDS": newsroom.opml_url,
            "CASUALTIES_ALLOW_HOSTS": newsroom.url.removeprefix("http://"),
            "CASUALTIES_SCHEDULE": "",
        }
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        settings = Settings(data_dir=settings.data_dir)
        ingest_alone(settings, "first day")
        shutil.copytree(settings.data_dir, before)
        newsroom.day = 2
        components = ("api-server", "scheduler", "dag-processor")
        env |= {"CASUALTIES_DATA_DIR": str(settings.data_dir)}
        with Airflow(tmp_path / "airflow", port=free_port(), settings_env=env, components=components) as airflow:
            airflow.wait_for_dag(DAG)
            undisturbed = FollowedRun(airflow, RUN)
            undisturbed.wait_until_ended()
            assert undisturbed.state == "success"
            took = {task: undisturbed.task(task)["duration"] for task in TASKS}
            expected = left(settings)
            undisturbed.forget()

            chance, killed, rounds = random.Random(1), dict.fromkeys(TASKS, 0), 0
            while sum(killed.values()) < KILLS:
                rounds += 1
                assert rounds < KILLS, "most tasks end before they are killed"
                begin_again(settings, before)
                run = FollowedRun(airflow, RUN)
                for task in TASKS:
                    at_work = task != "validate" and rounds % 2 == 0
                    moment = chance.uniform(0, 0.3 if at_work else took[task])
                    killed[task] += kill(run, task, moment, settings.warehouse if at_work else None)
                run.wait_until_ended()
                assert run.state == "success"
                assert differences(left(settings), expected) == {}
                run.forget()
                with capsys.disabled():
                    print(f"\nround {rounds}: killed {killed}")
    with capsys.disabled():
        print(f"killed {killed} in {rounds} runs; undisturbed the tasks take {took}")
