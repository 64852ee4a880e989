"""One question to the published file, in SQL, without any way to change it or to reach other files."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from casualties.errors import LoadError, SettingsError

# No other file, no network, and no way to undo that.
_SAFE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_SESSION = ("SET TimeZone = 'UTC'", "SET search_path = 'analytics,core,ops'", "SET lock_configuration = true")


def run_query(published: Path, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
    """The result of one SQL statement over the published file; ``analytics`` need not be spelt out.

    Raises :class:`LoadError` when nothing is published, :class:`SettingsError` for SQL that cannot be run, which
    anything is that would write, attach, install or read another file.
    """
    if not published.exists():
        raise LoadError(f"{published} does not exist; nothing was published yet")
    try:
        con = duckdb.connect(str(published), read_only=True, config=_SAFE)
    except duckdb.Error as error:
        raise LoadError(f"{published} cannot be opened: {error}") from error
    with con:
        try:
            for setting in _SESSION:
                con.execute(setting)
            if not duckdb.extract_statements(sql):
                raise SettingsError("the query is empty")
            return con.execute(sql, parameters).to_arrow_table()
        except duckdb.Error as error:
            raise SettingsError(f"the query cannot be run: {error}") from error
