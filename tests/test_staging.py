"""Staged records come back as they were, also from files of an older version."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from casualties.staging import Staging, from_table, to_table


@dataclass(frozen=True)
class Inner:
    name: str
    added_later: int | None = None


@dataclass(frozen=True)
class Outer:
    ident: str
    inner: Inner | None = None
    several: tuple[Inner, ...] = ()
    added_later: float = 1.5


ROWS = [Outer("a", Inner("x", 3), (Inner("y"), Inner("z", 4)), 2.5), Outer("b"), Outer("c", None, (Inner("w"),))]


def test_records_with_parts_and_without_come_back_as_they_were() -> None:
    assert from_table(Outer, to_table(Outer, ROWS)) == ROWS
    assert from_table(Outer, to_table(Outer, [])) == []


def test_what_a_file_of_an_older_version_lacks_has_its_default(tmp_path: Path) -> None:
    inner = pa.struct([("name", pa.string())])
    schema = pa.schema([("ident", pa.string()), ("inner", inner), ("several", pa.list_(inner)), ("gone", pa.int64())])
    row = {"ident": "a", "inner": {"name": "x"}, "several": [{"name": "y"}], "gone": 7}
    (tmp_path / "Outer").mkdir()
    pq.write_table(pa.Table.from_pylist([row], schema=schema), tmp_path / "Outer" / "0.parquet")
    assert Staging(tmp_path).read(Outer) == [Outer("a", Inner("x"), (Inner("y"),))]
