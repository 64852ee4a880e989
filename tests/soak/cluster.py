"""A cluster on loopback, without containers: Postgres, Redis, Airflow's components, and Celery workers as processes."""

import base64
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.soak.waiting import wait_until

from casualties.orchestration.service import (
    Airflow,
    ServiceError,
    end_groups,
    free_port,
    port_is_taken,
    process_group,
    start_group,
)

NEEDED = pytest.mark.skipif(
    shutil.which("redis-server") is None or not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
    reason="needs Debian's postgresql and redis-server (make cluster-test installs them)",
)
# What tells of a lost task within a minute: Airflow's own settings take five and ten.
SOON = {
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "40",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    # What a worker had taken but not begun stays queued.
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "60",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "10",
}
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"


class Postgres:
    """A database of its own, on loopback, that can be stopped hard and started again; a context manager."""

    def __init__(self) -> None:
        self._binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self._folder = Path(tempfile.mkdtemp(prefix="casualties-postgres-"))
        self._port, self._password = free_port(), secrets.token_urlsafe(24)
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """With user and password."""
        return f"airflow:{self._password}@127.0.0.1:{self._port}/airflow"

    def __enter__(self) -> "Postgres":
        # The server refuses to run as root, and its user must reach the folder.
        shutil.chown(self._folder, "postgres")
        (self._folder / "password").write_text(self._password)
        shutil.chown(self._folder / "password", "postgres")
        known = ["-U", "airflow", "-A", "scram-sha-256", "--pwfile", f"{self._folder}/password"]
        self._run("initdb", "-D", f"{self._folder}/data", *known)
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", "airflow", "airflow")
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            end_groups([self._server])
        shutil.rmtree(self._folder)

    def start(self) -> None:
        at = ["-D", f"{self._folder}/data", "-p", str(self._port), "-h", "127.0.0.1", "-k", str(self._folder)]
        self._server = start_group(self._as_user("postgres", *at), os.environ, self._folder / "log")
        wait_until(lambda: port_is_taken(self._port))

    def stop_hard(self) -> None:
        """As a crash: nobody's work is waited for."""
        self._run("pg_ctl", "stop", "-D", f"{self._folder}/data", "-m", "immediate")

    def _run(self, program: str, *arguments: str) -> None:
        env = {**os.environ, "PGPASSWORD": self._password}
        subprocess.run(self._as_user(program, *arguments), env=env, check=True, capture_output=True, cwd=self._folder)

    def _as_user(self, program: str, *arguments: str) -> list[str]:
        return ["runuser", "-u", "postgres", "--", str(self._binaries / program), *arguments]


@contextmanager
def redis() -> Iterator[str]:
    """A broker of its own, on loopback, with a password; gives its address."""
    port, password = free_port(), secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="casualties-redis-") as folder:
        serve = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--requirepass", password]
        with process_group([*serve, "--dir", folder, "--save", ""], os.environ, Path(folder) / "log"):
            wait_until(lambda: port_is_taken(port))
            yield f"redis://:{password}@127.0.0.1:{port}/0"


class Cluster(Airflow):
    """Airflow on CeleryExecutor, set up as docker-compose.yaml does it, with what compose sets."""

    def __init__(self, home: Path, *, database: str, broker: str, settings_env: Mapping[str, str]) -> None:
        self._password = secrets.token_urlsafe(24)
        env = {
            "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
            "AIRFLOW__CORE__AUTH_MANAGER": FAB,
            "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(os.urandom(32)).decode(),
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(48),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{database}",
            "AIRFLOW__CELERY__RESULT_BACKEND": f"db+postgresql://{database}",
            "AIRFLOW__CELERY__BROKER_URL": broker,
            "AIRFLOW_ADMIN_PASSWORD": self._password,
            "AIRFLOW__CORE__PARALLELISM": "16",
            **SOON,
        }
        components = ("api-server", "scheduler", "dag-processor")
        super().__init__(home, port=free_port(), settings_env={**env, **settings_env}, components=components)

    @property
    def password(self) -> str:
        return self._password

    def _migrate(self) -> None:
        with self._log_file("migrate") as output:
            command = [sys.executable, "-m", "casualties.orchestration.deploy"]
            done = subprocess.run(command, env=self.env, stdout=output, stderr=output, check=False)
        if done.returncode:
            raise ServiceError(f"the deployment was refused or failed: {self.log('migrate').read_text()[-2000:]}")

    def start_worker(self, name: str, queue: str, concurrency: int) -> subprocess.Popen[bytes]:
        """A Celery worker, in a process group of its own."""
        serve = ["airflow", "celery", "worker", "--celery-hostname", f"{name}@127.0.0.1", "--skip-serve-logs"]
        serve += ["--pid", str(self.home / f"{name}.pid"), "--queues", queue, "--concurrency", str(concurrency)]
        return self.start(name, serve)
