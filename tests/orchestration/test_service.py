"""Processes that are started as a group end as a group, whatever they do about it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from casualties.orchestration.service import (
    Airflow,
    ServiceError,
    end_groups,
    free_port,
    port_is_taken,
    process_group,
    start_group,
)

# A child with a child of its own; each says that it is ready once it has decided about SIGTERM.
FAMILY = """
import os, signal, subprocess, sys, time
folder, stubborn = sys.argv[1], sys.argv[2]
grandchild = len(sys.argv) > 3
if stubborn == "apart" and grandchild:
    os.setpgid(0, 0)  # as Airflow's running tasks do
if (stubborn == "both") or (stubborn == "grandchild" and grandchild):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if not grandchild:
    subprocess.Popen([sys.executable, __file__, folder, stubborn, "grandchild"])
name = os.path.join(folder, "grandchild" if grandchild else "child")
open(name + ".new", "w").write(str(os.getpid()))
os.rename(name + ".new", name)
print("up", flush=True)
time.sleep(600)
"""


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def family(folder: Path, stubborn: str) -> list[str]:
    script = folder / "family.py"
    script.write_text(FAMILY)
    return [sys.executable, str(script), str(folder), stubborn]


def pids(folder: Path) -> list[int]:
    names = [folder / "child", folder / "grandchild"]
    wait_until(lambda: all(name.exists() for name in names))
    return [int(name.read_text()) for name in names]


@pytest.mark.parametrize("stubborn", ["nobody", "grandchild", "both", "apart"])
def test_the_whole_group_ends_and_the_stubborn_are_killed(tmp_path: Path, stubborn: str) -> None:
    process = start_group(family(tmp_path, stubborn), os.environ, tmp_path / "log")
    members = pids(tmp_path)
    assert all(map(is_running, members))
    began = time.monotonic()
    end_groups([process], patience=1.0)
    assert time.monotonic() - began < 10
    assert not any(map(is_running, members))
    assert process.returncode == (-signal.SIGKILL if stubborn == "both" else -signal.SIGTERM)


def test_groups_are_asked_all_at_once(tmp_path: Path) -> None:
    processes, members = [], []
    for number in range(3):
        (folder := tmp_path / str(number)).mkdir()
        processes.append(start_group(family(folder, "both"), os.environ, folder / "log"))
        members += pids(folder)
    began = time.monotonic()
    end_groups(processes, patience=1.0)
    assert time.monotonic() - began < 10
    assert not any(map(is_running, members))


def test_leaving_ends_the_group_also_when_something_failed_inside(tmp_path: Path) -> None:
    def fail_inside() -> None:
        with process_group(family(tmp_path, "nobody"), os.environ, tmp_path / "logs" / "log"):
            assert all(map(is_running, pids(tmp_path)))
            raise RuntimeError("inside")

    with pytest.raises(RuntimeError, match="inside"):
        fail_inside()
    members = pids(tmp_path)
    assert not any(map(is_running, members))
    assert "up" in (tmp_path / "logs" / "log").read_text()


def test_what_has_ended_is_started_again_and_what_it_left_is_ended(tmp_path: Path) -> None:
    airflow = Airflow(tmp_path, port=free_port(), settings_env={}, components=())
    first = airflow.start("lost", family(tmp_path, "apart"))
    kept = airflow.start("kept", [sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        before = pids(tmp_path)
        first.kill()
        first.wait()
        assert airflow.restart_ended() == ["lost"]
        assert not any(map(is_running, before))
        assert airflow.process("lost").poll() is None
        assert airflow.process("kept") is kept
        assert airflow.restart_ended() == []
    finally:
        end_groups([airflow.process("lost"), kept])


def test_a_command_that_has_ended_by_itself_is_no_error(tmp_path: Path) -> None:
    with process_group([sys.executable, "-c", "print('done')"], os.environ, tmp_path / "log") as process:
        process.wait(timeout=30)
    assert process.returncode == 0
    assert (tmp_path / "log").read_text() == "done\n"


def test_a_group_does_not_hear_the_terminal_s_interrupt(tmp_path: Path) -> None:
    with process_group(family(tmp_path, "nobody"), os.environ, tmp_path / "log") as process:
        members = pids(tmp_path)
        assert {os.getpgid(pid) for pid in members} == {process.pid}
        assert os.getpgrp() != process.pid


def test_a_port_is_taken_while_something_listens_on_it() -> None:
    port = free_port()
    assert not port_is_taken(port)
    with HTTPServer(("127.0.0.1", port), SimpleHTTPRequestHandler):
        assert port_is_taken(port)
    assert not port_is_taken(port)


def test_airflow_is_not_started_on_a_port_that_is_taken(tmp_path: Path) -> None:
    port = free_port()
    with (
        HTTPServer(("127.0.0.1", port), SimpleHTTPRequestHandler),
        pytest.raises(ServiceError, match=f"port {port} is taken"),
        Airflow(tmp_path / "airflow", port=port, settings_env={}, components=("api-server",)),
    ):
        pass
    assert not (tmp_path / "airflow").exists()


def test_airflow_that_does_not_start_leaves_nothing_and_names_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: subprocess.CompletedProcess(args, 1))
    airflow = Airflow(tmp_path / "airflow", port=free_port(), settings_env={}, components=("api-server",))
    with pytest.raises(ServiceError, match=r"database could not be made: see .*migrate\.log"), airflow:
        pass
