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

from tests.soak.waiting import wait_until

from casualties.orchestration.service import Airflow, ServiceError, free_port, port_is_taken, process_group

FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"


@contextmanager
def postgres() -> Iterator[str]:
    """A database of its own, on loopback; gives its address with user and password."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    # The server refuses to run as root, and its user must reach the folder.
    folder = Path(tempfile.mkdtemp(prefix="casualties-postgres-"))
    shutil.chown(folder, "postgres")
    port, password = free_port(), secrets.token_urlsafe(24)
    (folder / "password").write_text(password)
    shutil.chown(folder / "password", "postgres")
    as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    make = [binaries / "initdb", "-D", data, "-U", "airflow", "-A", "scram-sha-256", "--pwfile", folder / "password"]
    subprocess.run([*as_user, *map(str, make)], check=True, capture_output=True, cwd=folder)
    serve = [
        *as_user,
        str(binaries / "postgres"),
        "-D",
        str(data),
        "-p",
        str(port),
        "-h",
        "127.0.0.1",
        "-k",
        str(folder),
    ]
    try:
        with process_group(serve, os.environ, folder / "log"):
            wait_until(lambda: port_is_taken(port))
            make = [str(binaries / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "airflow", "airflow"]
            subprocess.run(make, env={**os.environ, "PGPASSWORD": password}, check=True, capture_output=True)
            yield f"airflow:{password}@127.0.0.1:{port}/airflow"
    finally:
        shutil.rmtree(folder)


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
            # A worker that dies is noticed by its tasks' silence: five minutes by default.
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "40",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
            # What it had taken but not begun stays queued: ten minutes by default.
            "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "60",
            "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "10",
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
