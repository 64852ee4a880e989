"""All that a database holds, to compare what an undisturbed run left with what a disturbed one did."""

from collections.abc import Callable
from pathlib import Path

from casualties.warehouse import open_warehouse


def tables(path: Path, leave_out: Callable[[str, str, str], bool]) -> dict[str, list[str]]:
    """The sorted rows of every table of core and ops, without the columns that ``leave_out`` says."""
    found = {}
    with open_warehouse(path, read_only=True, lock_timeout=10) as con:
        stored = con.execute(
            """SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns()
            WHERE database_name = current_database() AND schema_name IN ('core', 'ops')
              AND table_name IN (SELECT table_name FROM duckdb_tables()) AND NOT starts_with(table_name, 'schema_')
            ORDER BY schema_name, table_name, column_index"""
        ).fetchall()
        columns: dict[str, list[str]] = {}
        for schema, table, column, kind in stored:
            if not leave_out(table, column, kind):
                columns.setdefault(f'{schema}."{table}"', []).append(f'"{column}"')
        for table, names in columns.items():
            rows = con.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
            found[table] = sorted(map(repr, rows))
    return found


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows that only one of the two has, a table each; {} where they are equal."""
    found = {table: sorted({*one.get(table, [])} ^ {*other.get(table, [])}) for table in {*one, *other}}
    lengths = {
        table: [str((len(one[table]), len(other[table])))] for table in {*one} & {*other} if one[table] != other[table]
    }
    return {table: found[table] or lengths[table] for table in found if found[table] or table in lengths}
