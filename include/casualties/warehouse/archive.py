"""Which files of the archive the warehouse needs."""

from collections.abc import Sequence

import duckdb

from casualties.warehouse.sql import statement


def loaded_runs(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The ids of the runs that loaded more than ``ops``."""
    return [run_id for (run_id,) in con.execute("SELECT run_id FROM ops.loads WHERE NOT critical").fetchall()]


def archived_files(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the files in which a stored article version or a quarantined row has its page."""
    return {file for (file,) in con.execute(statement("archived_files")).fetchall()}


def lasting_files(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the files with the page of an article's newest version, or of an undecided quarantined row."""
    return {file for (file,) in con.execute(statement("lasting_files")).fetchall()}


def forget_files(con: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    """Take out of the warehouse that there are pages in these files, in one transaction."""
    con.begin()
    for query in ("forget_pages", "forget_bodies"):
        con.execute(statement(query), {"files": list(files)})
    con.commit()
