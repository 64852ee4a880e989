"""Records as Arrow tables, and the staging folder of a run: Parquet files that mapped tasks write and load reads.

The Arrow schema of a record follows from its dataclass alone (:func:`schema`), never from the data, so that an
all-NULL column keeps its type. A file appears under its name only when it is complete.
"""

import dataclasses
import os
import types
import typing
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

R = TypeVar("R")

_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),  # UTC without zone: DuckDB clients of 1.2 cannot fetch zoned times
}


def _plain(hint: Any) -> Any:
    """The type without its ``| None``."""
    if isinstance(hint, types.UnionType):
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


@cache
def _hints(record: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    return {field.name: _plain(hints[field.name]) for field in dataclasses.fields(record)}


def _arrow_type(hint: Any) -> pa.DataType:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if typing.get_origin(hint) is tuple:
        return pa.list_(_arrow_type(_plain(typing.get_args(hint)[0])))
    return pa.struct([(name, _arrow_type(inner)) for name, inner in _hints(hint).items()])


@cache
def schema(record: type) -> pa.Schema:
    """The Arrow schema of a record class: nested records are structs, tuples are lists, times are UTC microseconds."""
    return pa.schema([(name, _arrow_type(hint)) for name, hint in _hints(record).items()])


def _to_row(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _to_row(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_to_row(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def _from_row(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if hint is datetime:
        return value.replace(tzinfo=UTC)
    if typing.get_origin(hint) is tuple:
        inner = _plain(typing.get_args(hint)[0])
        return tuple(_from_row(inner, item) for item in value)
    if hint not in _SCALARS:
        return hint(**{name: _from_row(inner, value[name]) for name, inner in _hints(hint).items()})
    return value


def to_table(record: type, rows: Iterable[Any]) -> pa.Table:
    """The records of one class as an Arrow table in :func:`schema`."""
    return pa.Table.from_pylist([_to_row(row) for row in rows], schema=schema(record))


def from_table(record: type[R], table: pa.Table) -> list[R]:
    """The reverse of :func:`to_table`; columns that the class does not have are left out."""
    return [_from_row(record, row) for row in table.to_pylist()]


class Staging:
    """The folder of one run. A record class has a sub-folder of its name, with a file a batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, record: type, batch: str) -> Path:
        return self.folder / record.__name__ / f"{batch}.parquet"

    def write(self, record: type, batch: str, rows: Iterable[Any]) -> int:
        """Write a batch of records, replacing the file of an earlier try; returns how many."""
        table = to_table(record, rows)
        path = self.path(record, batch)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{batch}.{uuid.uuid4().hex}")
        pq.write_table(table, unfinished, compression="zstd")
        os.replace(unfinished, path)
        return int(table.num_rows)

    def read(self, record: type[R], batch: str | None = None) -> list[R]:
        """The records of one batch, or of all batches in the order of their names; [] where there are none."""
        if batch is not None:
            return from_table(record, pq.read_table(self.path(record, batch)))
        return from_table(record, self.table(record))

    def batches(self, record: type) -> list[str]:
        """The names of a record class's batches, in order."""
        return sorted(file.stem for file in (self.folder / record.__name__).glob("[!.]*.parquet"))

    def table(self, record: type) -> pa.Table:
        """All batches of a record class as one Arrow table."""
        files = [self.path(record, batch) for batch in self.batches(record)]
        return pa.concat_tables([pq.read_table(f) for f in files]) if files else schema(record).empty_table()
