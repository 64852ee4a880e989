"""The fingerprints of stored articles, as far as finding copies among new ones needs them."""

from collections.abc import Sequence
from datetime import UTC, timedelta

import duckdb
import pyarrow as pa

from casualties.model import Fingerprint
from casualties.staging import from_table
from casualties.warehouse.sql import statement

WINDOW = timedelta(days=30)  # a story is reprinted for days; what repeats it later is an archive or an anniversary


def unstored(con: duckdb.DuckDBPyConnection, found: Sequence[Fingerprint]) -> list[Fingerprint]:
    """Those of a run's fingerprints that the warehouse does not have."""
    rows = con.execute(statement("stored_fingerprints"), {"ids": [mark.version_id for mark in found]}).fetchall()
    stored = {row[0] for row in rows}
    return [mark for mark in found if mark.version_id not in stored]


def copy_candidates(con: duckdb.DuckDBPyConnection, new: Sequence[Fingerprint]) -> list[Fingerprint]:
    """Stored fingerprints that may share text with new ones, told at most :data:`WINDOW` before or after them.

    Costs a scan of the keys stored for that window: at a million articles half a second a run.
    """
    if not new:
        return []
    pairs = [(key, mark.version_id) for mark in new for key in mark.sketch[: mark.keys]]
    keys = pa.table({"key": pa.array([key for key, _ in pairs], pa.uint32()), "version_id": [id_ for _, id_ in pairs]})
    times = [mark.at.astimezone(UTC).replace(tzinfo=None) for mark in new]
    con.register("new_keys", keys)
    try:
        window = {"since": min(times) - WINDOW, "until": max(times) + WINDOW}
        return from_table(Fingerprint, con.execute(statement("copy_candidates"), window).to_arrow_table())
    finally:
        con.unregister("new_keys")
