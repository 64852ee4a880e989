"""Airflow on this machine: its processes started as one group, watched through its REST API, and stopped as a whole."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from casualties.errors import CasualtiesError
from casualties.model import WRITER_POOL
from casualties.settings import PROJECT

COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
# Logs are read from disk here; their server would listen on all addresses.
_ARGUMENTS = {"scheduler": ["--skip-serve-logs"], "triggerer": ["--skip-serve-logs"]}


class ServiceError(CasualtiesError):
    """Airflow did not start, answer or stop as it should; names the log to read."""


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start_group(command: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a command in a process group and session of its own, its output appended to ``log``."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command, env=dict(env), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )


@contextmanager
def process_group(command: Sequence[str], env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a process group of its own, ended as a group on leaving."""
    process = start_group(command, env, log)
    try:
        yield process
    finally:
        end_groups([process])


def end_groups(processes: Sequence[subprocess.Popen[bytes]], patience: float = 20.0) -> None:
    """Ask all groups to end, all at once; kill what is left of them after ``patience`` seconds.

    Killed is the whole session: Airflow gives each running task a group of its own, which would outlive its parents.
    """
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    _wait_for_the_end(processes, patience)
    for process in processes:
        for member in _session(process):
            with suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
    _wait_for_the_end(processes, 5.0)
    for process in processes:
        process.wait()


def _wait_for_the_end(processes: Sequence[subprocess.Popen[bytes]], patience: float) -> None:
    deadline = time.monotonic() + patience
    while any(map(_session, processes)) and time.monotonic() < deadline:
        time.sleep(0.1)


def _session(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that live in the session that ``process`` leads or led."""
    process.poll()
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) == process.pid and state != "Z":
            members.append(int(stat.parent.name))
    return members


@dataclass(slots=True)
class _Started:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes]


class Airflow:
    """SQLite, LocalExecutor and the components given, all below ``home``; a context manager.

    ``settings_env`` may set any variable, also of Airflow's, otherwise.
    """

    def __init__(self, home: Path, *, port: int, settings_env: Mapping[str, str], components: tuple[str, ...]) -> None:
        self.home = home
        self.port = port
        self.components = components
        self.url = f"http://127.0.0.1:{port}"
        self.env = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": str(PROJECT / "include"),
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": self.url,
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
            # What a killed scheduler had begun is taken up again this often; five minutes by default.
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "60",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            **settings_env,
        }
        self._started: list[_Started] = []
        self._token = ""

    def __enter__(self) -> "Airflow":
        if port_is_taken(self.port):
            raise ServiceError(f"port {self.port} is taken: stop what listens there, or choose another port")
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            self._migrate()
            for name in self.components:
                self.start(name, ["airflow", name, *_ARGUMENTS.get(name, [])])
            self._wait_until_healthy(120.0)
            self._log_in()
            self._make_pool()
        except BaseException:
            end_groups([started.process for started in self._started])
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end_groups([started.process for started in self._started])
        if port_is_taken(self.port):
            raise ServiceError(f"port {self.port} is still taken after Airflow was stopped")

    def start(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start one more process of this Airflow, ended with the others; its log has its name."""
        process = start_group(command, self.env, self.log(name))
        self._started.append(_Started(name, command, process))
        return process

    def process(self, name: str) -> subprocess.Popen[bytes]:
        """The process that :meth:`start` started, or restarted, under this name."""
        return next(started.process for started in self._started if started.name == name)

    def restart_ended(self) -> list[str]:
        """Start again what has ended by itself, with its whole group, as a supervisor does; returns the names."""
        ended = [started for started in self._started if started.process.poll() is not None]
        end_groups([started.process for started in ended], patience=1.0)
        for started in ended:
            started.process = start_group(started.command, self.env, self.log(started.name))
        return [started.name for started in ended]

    def log(self, name: str) -> Path:
        return self.home / "logs" / f"{name}.log"

    @property
    def password(self) -> str:
        """The password that Airflow made for the user ``admin``."""
        return str(json.loads((self.home / "simple_auth_manager_passwords.json.generated").read_text())["admin"])

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One call of the REST API (version 2); raises ServiceError with the server's words."""
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            raise ServiceError(
                f"{method} {path}: {error.code} {error.read()[:300].decode(errors='replace')}"
            ) from error
        except OSError as error:
            raise ServiceError(f"{method} {path}: {error}; see {self.log('api-server')}") from error

    def trigger(self, dag_id: str, conf: Mapping[str, Any] | None = None) -> str:
        """Start a run now; returns its run id."""
        run = self.call("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, "conf": dict(conf or {})})
        return str(run["dag_run_id"])

    def _migrate(self) -> None:
        with self._log_file("migrate") as output:
            done = subprocess.run(["airflow", "db", "migrate"], env=self.env, stdout=output, stderr=output, check=False)
        if done.returncode:
            raise ServiceError(f"Airflow's database could not be made: see {self.log('migrate')}")

    def _log_file(self, name: str) -> IO[bytes]:
        self.log(name).parent.mkdir(parents=True, exist_ok=True)
        return self.log(name).open("ab")

    def _wait_until_healthy(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            time.sleep(0.5)
            try:
                health = self.call("GET", "/api/v2/monitor/health")
            except ServiceError:
                continue
            if all(health[name]["status"] == "healthy" for name in ("metadatabase", "scheduler", "dag_processor")):
                return
        raise ServiceError(f"Airflow was not healthy within {patience:.0f} s: see {self.log('scheduler').parent}")

    def _log_in(self) -> None:
        answer = self.call("POST", "/auth/token", {"username": "admin", "password": self.password})
        self._token = answer["access_token"]

    def _make_pool(self) -> None:
        pools = self.call("GET", "/api/v2/pools")["pools"]
        if WRITER_POOL not in {pool["name"] for pool in pools}:
            self.call("POST", "/api/v2/pools", {"name": WRITER_POOL, "slots": 1})

    def wait_for_dag(self, dag_id: str, patience: float = 60.0) -> None:
        """Wait until the DAG has been read, and let it run."""
        deadline = time.monotonic() + patience
        while True:
            try:
                self.call("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": False})
                return
            except ServiceError as error:
                if time.monotonic() > deadline:
                    errors = self.call("GET", "/api/v2/importErrors")["import_errors"]
                    words = "; ".join(e["stack_trace"].strip().splitlines()[-1] for e in errors) or str(error)
                    raise ServiceError(f"the DAG {dag_id} did not appear: {words}") from error
                time.sleep(0.5)
