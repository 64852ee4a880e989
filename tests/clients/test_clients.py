"""The published file in the hands of others: other versions of DuckDB, pandas, polars, the DuckDB shell.

Each client lives in an environment of its own, which uv makes from PyPI and keeps in its cache.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.clients import ask

from casualties.reports.export import export
from casualties.warehouse.query import run_query

UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
NO_NETWORK = ("error sending request", "dns error", "the network was disabled")

pytestmark = pytest.mark.skipif(UV is None, reason="needs uv, which makes the clients' environments")


def in_environment(*command: str, packages: tuple[str, ...]) -> str:
    """What a command prints in an environment with these packages; skips the test where they cannot be had."""
    assert UV
    given = [word for package in packages for word in ("--with", package)]
    done = subprocess.run(
        [UV, "run", "--quiet", "--isolated", "--no-project", "--python", sys.executable, *given, *command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode and any(words in done.stderr for words in NO_NETWORK):
        pytest.skip(f"PyPI cannot be reached for {', '.join(packages)}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def expected(file: Path) -> dict[str, Any]:
    (summed,) = run_query(file, ask.SUM).to_pylist()
    return {
        "rows": {name: run_query(file, f"FROM analytics.{name}").num_rows for name in (*ask.VIEWS, *ask.MACROS)},
        "sum": [str(value) for value in summed.values()],
    }


@pytest.mark.parametrize("form", ["", "pandas==3.1.1", "polars==2.1.0"], ids=lambda form: form or "rows")
@pytest.mark.parametrize("version", ["1.2.2", "2.0.1"])
def test_another_duckdb_reads_every_view_and_macro_alike(newsroom_file: Path, version: str, form: str) -> None:
    packages = (f"duckdb=={version}", *filter(None, (form, "pyarrow==26.0.1" if form else "")))
    told = json.loads(
        in_environment(
            "python", str(Path(ask.__file__)), str(newsroom_file), form.partition("==")[0], packages=packages
        )
    )
    assert told == {"version": version, **expected(newsroom_file)}
    assert told["rows"]["incidents"] > 20
    assert told["rows"]["acled('acled')"] > 10


def test_the_duckdb_shell_reads_it(newsroom_file: Path) -> None:
    queries = "SELECT sum(deaths)::BIGINT AS deaths FROM analytics.incidents; FROM analytics.acled('acled')"
    shell = ("duckdb", "-readonly", "-csv", str(newsroom_file), queries)
    told = in_environment(*shell, packages=("duckdb-cli==1.5.6",))
    assert told.splitlines()[:2] == ["deaths", expected(newsroom_file)["sum"][0]]
    assert len(list(csv.reader(io.StringIO(told)))) == 3 + expected(newsroom_file)["rows"]["acled('acled')"]


def test_polars_reads_the_exported_parquet_without_duckdb(newsroom_file: Path, tmp_path: Path) -> None:
    folder = export(newsroom_file, tmp_path, formats=["parquet"], keep=1, lock_timeout=5).folder
    code = (
        "import polars, sys; f = polars.read_parquet(sys.argv[1] + '/incidents.parquet'); "
        "print(f.height, f['deaths'].sum(), f['actors'].dtype, f['day'].dtype)"
    )
    told = in_environment("python", "-c", code, str(folder), packages=("polars==2.1.0",)).split(" ", 2)
    assert told[:2] == [str(expected(newsroom_file)["rows"]["incidents"]), expected(newsroom_file)["sum"][0]]
    assert told[2].strip().startswith("List(Struct(")
    assert told[2].strip().endswith("Date")


def test_the_exported_csv_opens_in_pandas_with_the_types_of_its_package(newsroom_file: Path, tmp_path: Path) -> None:
    import pandas as pd

    folder = export(newsroom_file, tmp_path, formats=["csv"], keep=1, lock_timeout=5).folder
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        frame = pd.read_csv(folder / resource["path"], keep_default_na=False, dtype=str)
        assert list(frame.columns) == list(fields)
        for name, kind in fields.items():
            told = frame[name][frame[name] != ""]
            if kind in ("integer", "number"):
                pd.to_numeric(told)
            elif kind in ("date", "datetime"):
                pd.to_datetime(told, format="ISO8601")
            elif kind == "boolean":
                assert set(told) <= {"true", "false"}
            elif kind == "array":
                assert all(isinstance(json.loads(text), list) for text in told)
