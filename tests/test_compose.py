"""docker-compose.yaml is well formed with a filled .env, and refuses to start without secrets."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from casualties.model import WRITER_POOL
from casualties.orchestration.deploy import faults
from casualties.orchestration.service import COMPONENTS

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = Path(sys.executable).with_name("docker-compose")
SECRETS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "AIRFLOW_JWT_SECRET", "AIRFLOW_FERNET_KEY", "AIRFLOW_ADMIN_PASSWORD")


def env_file(folder: Path, *, without: str = "") -> Path:
    """The example with every secret filled in, save one."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    filled = [f"{line}{line[:-1].lower()}-filled" if line[:-1] in SECRETS else line for line in lines]
    path = folder / ".env"
    path.write_text("\n".join(line for line in filled if not without or not line.startswith(f"{without}=")))
    return path


def config(folder: Path, env: Path, *options: str) -> subprocess.CompletedProcess[str]:
    # The file names its .env beside itself: in a folder of its own it cannot meet anybody's real one.
    (folder / "docker-compose.yaml").write_text((ROOT / "docker-compose.yaml").read_text())
    command = [COMPOSE, "--project-directory", folder, "--env-file", env, "config", *options]
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("compose")
    done = config(folder, env_file(folder))
    assert done.returncode == 0, done.stderr
    services: dict[str, Any] = yaml.safe_load(done.stdout)["services"]
    return services


def test_the_example_with_its_secrets_filled_in_is_enough(tmp_path: Path) -> None:
    done = config(tmp_path, env_file(tmp_path), "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("secret", SECRETS)
def test_without_a_secret_nothing_starts_and_it_is_named(tmp_path: Path, secret: str) -> None:
    done = config(tmp_path, env_file(tmp_path, without=secret), "-q")
    assert done.returncode != 0
    assert secret in done.stderr


def test_the_example_as_it_is_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())
    assert config(tmp_path, tmp_path / ".env", "-q").returncode != 0


def test_the_example_names_every_variable_of_the_file_and_holds_no_secret() -> None:
    example = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yaml").read_text()))
    assert used <= example.keys()
    assert {example[secret] for secret in SECRETS} == {""}


def test_all_of_airflow_runs_with_celery_and_each_service_says_when_it_is_well(services: dict[str, Any]) -> None:
    assert services.keys() == {"postgres", "redis", "airflow-init", "worker", "writer", *COMPONENTS}
    for name in ("worker", "writer", *COMPONENTS):
        assert services[name]["environment"]["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"
        waits_for = {other: how["condition"] for other, how in services[name]["depends_on"].items()}
        assert waits_for["airflow-init"] == "service_completed_successfully", name
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["airflow-init"]


def test_only_one_worker_serves_the_writer_s_queue_and_it_serves_no_other(services: dict[str, Any]) -> None:
    commands = {name: service.get("command") or [] for name, service in services.items()}
    queues = {name: command[4] for name, command in commands.items() if "--queues" in command}
    assert queues == {"worker": "default", "writer": WRITER_POOL}


def test_what_comes_first_is_the_program_that_refuses_an_unsafe_deployment(services: dict[str, Any]) -> None:
    first = services["airflow-init"]
    assert first["command"] == ["python", "-m", "casualties.orchestration.deploy"]
    assert faults(first["environment"] | {"AIRFLOW__CORE__FERNET_KEY": "A" * 43 + "="}) == []


def test_only_the_ui_listens_and_only_on_loopback(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports.keys() == {"api-server"}
    assert [port["host_ip"] for port in ports["api-server"]] == ["127.0.0.1"]


def test_every_airflow_service_shares_one_data_folder_and_one_configuration(services: dict[str, Any]) -> None:
    airflow = [services[name] for name in ("worker", "writer", *COMPONENTS)]
    volumes = [[(volume["source"], volume["target"]) for volume in service["volumes"]] for service in airflow]
    assert all(found == [("data", "/data")] for found in volumes)
    assert all(service["environment"] == airflow[0]["environment"] for service in airflow)
    assert airflow[0]["environment"]["CASUALTIES_DATA_DIR"] == "/data"
