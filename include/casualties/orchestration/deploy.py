"""``python -m casualties.orchestration.deploy``: what a deployment on several machines needs before its services start.

Refuses one that is not safe to open to others; else brings Airflow's database up to date and makes the first user and
the writer's pool. Doing it again changes nothing.
"""

import base64
import binascii
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from casualties.model import WRITER_POOL

SIMPLE = "simple_auth_manager"
LEAST_SECRET = 16  # characters


def faults(env: Mapping[str, str]) -> list[str]:
    """What is unsafe in a deployment's environment, a sentence each; [] where nothing is."""
    found = []
    manager = env.get("AIRFLOW__CORE__AUTH_MANAGER", "")
    if not manager or SIMPLE in manager:
        found.append(
            "AIRFLOW__CORE__AUTH_MANAGER is SimpleAuthManager, which is meant for development: name FabAuthManager"
        )
    for name in ("AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW_ADMIN_PASSWORD"):
        if (length := len(env.get(name, ""))) < LEAST_SECRET:
            found.append(f"{name} has {length} characters, it needs {LEAST_SECRET} at least")
    if not _is_fernet_key(env.get("AIRFLOW__CORE__FERNET_KEY", "")):
        found.append("AIRFLOW__CORE__FERNET_KEY is no Fernet key (32 bytes in URL-safe base64)")
    if env.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "").startswith("sqlite") or not env.get(
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
    ):
        found.append("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN is SQLite, which several machines cannot share")
    return found


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except (binascii.Error, ValueError):
        return False


def prepare(env: Mapping[str, str]) -> None:
    """Migrate the database, and make user and pool; raises CalledProcessError, with Airflow's own words printed."""
    user = env.get("AIRFLOW_ADMIN_USER", "admin")
    name = ["--username", user, "--firstname", user, "--lastname", "-", "--email", f"{user}@localhost"]
    for arguments in (
        ["db", "migrate"],
        ["users", "create", "--role", "Admin", *name, "--password", env["AIRFLOW_ADMIN_PASSWORD"]],
        ["pools", "set", WRITER_POOL, "1", "the one writer of warehouse.duckdb"],
    ):
        subprocess.run([str(Path(sys.executable).with_name("airflow")), *arguments], env=dict(env), check=True)


def main() -> int:
    """Returns the process's exit code."""
    unsafe = faults(os.environ)
    for sentence in unsafe:
        print(f"refused: {sentence}", file=sys.stderr)  # noqa: T201
    if unsafe:
        return 2
    try:
        prepare(os.environ)
    except subprocess.CalledProcessError as error:
        print(f"airflow {error.cmd[1]} {error.cmd[2]} failed", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
