"""Airflow gets a home of its own before anything can import it: without one it would make ~/airflow."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
_HOME = tempfile.mkdtemp(prefix="casualties-airflow-")
os.environ |= {
    "AIRFLOW_HOME": _HOME,
    "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{_HOME}/airflow.db",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
}
for name in [name for name in os.environ if name.startswith("CASUALTIES_")]:
    del os.environ[name]


def pytest_unconfigure(config):
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def read_dag() -> Callable[[str], Any]:
    """Gives a DAG, read anew since ``dag.test`` leaves a run's parameters in it, in an Airflow with a database."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    from casualties.model import WRITER_POOL

    initdb()  # what `airflow db migrate` does with an empty database, without a second start of Airflow
    Pool.create_or_update_pool(WRITER_POOL, 1, "the one writer", include_deferred=False)

    def read(name: str) -> Any:
        bag = DagBag(dag_folder=os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
        assert bag.import_errors == {}
        return bag.dags[name]

    return read


@pytest.fixture(scope="session")
def ingest_news(read_dag: Callable[[str], Any]) -> Callable[[], Any]:
    return lambda: read_dag("ingest_news")
