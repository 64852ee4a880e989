"""Every DAG imports, documents itself, bounds its tasks, and does nothing at the top of its file."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "dags").glob("*.py"))
WRITERS = {"backup", "plan", "targets", "plan_replay", "load", "publish", "notify", "freshness", "sweep", "digest"}

pytestmark = pytest.mark.airflow


@pytest.fixture(scope="module")
def dags():
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    assert bag.import_errors == {}
    return bag.dags


def test_each_file_holds_one_dag_of_its_name(dags):
    assert set(dags) == {path.stem for path in FILES}


def test_each_dag_is_a_runbook(dags):
    for dag in dags.values():
        assert "When red" in dag.doc_md, dag.dag_id
        for task in dag.tasks:
            assert task.doc_md, f"{dag.dag_id}.{task.task_id}"
            assert "**When red**" in task.doc_md, f"{dag.dag_id}.{task.task_id}"


def test_each_task_has_a_time_limit(dags):
    assert [t.task_id for dag in dags.values() for t in dag.tasks if t.execution_timeout is None] == []


def test_only_one_run_at_a_time_and_no_catching_up(dags):
    for dag in dags.values():
        assert dag.max_active_runs == 1
        assert dag.catchup is False


def test_whatever_opens_the_warehouse_waits_for_the_one_slot(dags):
    for dag in dags.values():
        for task in dag.tasks:
            expected = "warehouse_writer" if task.task_id.split(".")[-1] in WRITERS else "default_pool"
            assert task.pool == expected, f"{dag.dag_id}.{task.task_id}"


def test_with_celery_only_what_needs_no_data_folder_runs_away_from_it(dags):
    queues = {task.task_id.split(".")[-1]: task.queue for dag in dags.values() for task in dag.tasks}
    assert {name for name, queue in queues.items() if queue == "default"} == {"poll", "fetch", "read", "verdict"}
    assert set(queues.values()) == {"default", "warehouse_writer"}


def test_bad_data_is_never_retried(dags):
    from airflow.sdk import RetryAction

    from casualties.errors import QualityError

    for task in dags["ingest_news"].tasks:
        if task.retries:
            assert task.retry_policy.evaluate(QualityError("x"), 1, 2).action is RetryAction.FAIL, task.task_id


def test_a_network_fault_is_retried(dags):
    from airflow.sdk import RetryAction

    fetch = dags["ingest_news"].get_task("pages.fetch")
    assert fetch.retry_policy.evaluate(ConnectionResetError(), 1, 2).action is RetryAction.RETRY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_dag_file_is_short_and_imports_nothing_heavy(path):
    source = path.read_text()
    assert source.count("\n") <= 80
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    assert {re.split(r"\.", name)[0] for name in imported} <= {"airflow", "casualties", "datetime"}


def test_parsing_the_dags_loads_no_engine():
    import subprocess
    import sys

    code = (
        "import sys, runpy\n"
        f"for path in {[str(p) for p in FILES]!r}: runpy.run_path(path)\n"
        "heavy = {'duckdb', 'pandas', 'trafilatura', 'great_expectations', 'aiohttp', 'feedparser'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
