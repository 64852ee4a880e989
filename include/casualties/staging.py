"""Records as Arrow tables, and the staging folder of a run: Parquet files that mapped tasks write and load reads.

The Arrow schema of a record follows from its dataclass alone (:func:`schema`), never from the data, so that an
all-NULL column keeps its type. A file appears under its name only when it is complete.
"""

import dataclasses
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import accumulate, count
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, cast

import pyarrow as pa
import pyarrow.parquet as pq

from casualties.store import open_at, whole_file

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


def _to_column(hint: Any, values: list[Any]) -> pa.Array:
    """Values of one type as an Arrow array, built column by column, which costs half of row by row."""
    if hint is datetime:
        values = [value and value.astimezone(UTC).replace(tzinfo=None) for value in values]
    if hint in _SCALARS:
        return pa.array(values, _SCALARS[hint])
    if typing.get_origin(hint) is tuple:
        missing = pa.array([value is None for value in values], pa.bool_())
        inner = [item for value in values for item in value or ()]
        ends = list(accumulate((len(value or ()) for value in values), initial=0))
        items = _to_column(_plain(typing.get_args(hint)[0]), inner)
        return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), items, type=_arrow_type(hint), mask=missing)
    told = [value for value in values if value is not None]
    columns = [_to_column(inner, list(map(attrgetter(name), told))) for name, inner in _hints(hint).items()]
    structs = pa.StructArray.from_arrays(columns, fields=list(_arrow_type(hint)))
    place = count()
    return structs.take(pa.array([None if value is None else next(place) for value in values], pa.int64()))


def _from_column(hint: Any, column: pa.Array) -> list[Any]:
    if hint is datetime:
        return [value and value.replace(tzinfo=UTC) for value in column.to_pylist()]
    if hint in _SCALARS:
        return cast(list[Any], column.to_pylist())
    valid = column.is_valid().to_pylist()
    if typing.get_origin(hint) is tuple:
        items = _from_column(_plain(typing.get_args(hint)[0]), column.values)
        ends = column.offsets.to_pylist()
        return [tuple(items[a:b]) if at else None for at, a, b in zip(valid, ends, ends[1:], strict=False)]
    structs = column.drop_null()
    told = _records(hint, {field.name: structs.field(field.name) for field in column.type})
    return [next(told) if at else None for at in valid]


def _records(record: Any, columns: Mapping[str, pa.Array]) -> Iterator[Any]:
    told = {name: _from_column(hint, columns[name]) for name, hint in _hints(record).items() if name in columns}
    return (record(**dict(zip(told, row, strict=True))) for row in zip(*told.values(), strict=True))


def to_table(record: type, rows: Iterable[Any]) -> pa.Table:
    """The records of one class as an Arrow table in :func:`schema`."""
    rows = list(rows)
    columns = [_to_column(hint, list(map(attrgetter(name), rows))) for name, hint in _hints(record).items()]
    return pa.Table.from_arrays(columns, schema=schema(record))


def from_table(record: type[R], table: pa.Table) -> list[R]:
    """The reverse of :func:`to_table`; columns that the class does not have are left out, and what a
    table of an older version lacks has its default."""
    return list(_records(record, {name: table[name].combine_chunks() for name in table.column_names}))


class Staging:
    """The folder of one run. A record class has a sub-folder of its name, with a file a batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, record: type, batch: str) -> Path:
        return self.folder / record.__name__ / f"{batch}.parquet"

    def write(self, record: type, batch: str, rows: Iterable[Any]) -> int:
        """Write a batch of records, replacing the file of an earlier try; returns how many."""
        table = to_table(record, rows)
        with whole_file(self.path(record, batch)) as out:
            pq.write_table(table, out, compression="zstd")
        return int(table.num_rows)

    def read(self, record: type[R], batch: str | None = None) -> list[R]:
        """The records of one batch, or of all batches in the order of their names; [] where there are none."""
        if batch is not None:
            return from_table(record, _read(self.path(record, batch)))
        return from_table(record, self.table(record))

    def batches(self, record: type) -> list[str]:
        """The names of a record class's batches, in order."""
        return sorted(file.stem for file in (self.folder / record.__name__).glob("[!.]*.parquet"))

    def table(self, record: type) -> pa.Table:
        """All batches of a record class as one Arrow table."""
        files = [self.path(record, batch) for batch in self.batches(record)]
        return pa.concat_tables(map(_read, files)) if files else schema(record).empty_table()


def _read(path: Path) -> pa.Table:
    with open_at(path) as source:
        return pq.read_table(source)
