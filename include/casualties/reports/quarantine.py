"""The quarantine in a file of its own, whole rows included, for ``casualties quarantine``.

The published file would not do: what a run that was held back put into quarantine is not in it. The warehouse is the
writer's alone; and the News desk's snapshot is read for each view of the page, so it must stay small.
"""

import os
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

ROWS = 5000  # the newest; the warehouse keeps all
QUERY = f"""
SELECT bad.*, decision.decision, decision.why, decision.decided_by, decision.decided_at, load.critical
FROM ops.quarantine AS bad
LEFT JOIN ops.loads AS load ON load.run_id = bad.run_id
LEFT JOIN ops.quarantine_decisions AS decision ON decision.quarantine_id = bad.quarantine_id
QUALIFY row_number() OVER (PARTITION BY bad.quarantine_id ORDER BY decision.decided_at DESC) = 1
ORDER BY bad.quarantined_at DESC, bad.quarantine_id
LIMIT {ROWS}
"""


def write_quarantine(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Replace the file in one step."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(con.execute(QUERY).to_arrow_table(), unfinished, compression="zstd")
    os.replace(unfinished, path)


def held_rules(path: Path, run_id: str) -> frozenset[tuple[str, str]]:
    """Rule and subject_id of the rows that other runs have quarantined and no operator has let in, without those of
    runs that were held back as a whole; none before the first load.
    """
    if not path.exists():
        return frozenset()
    table = pq.read_table(path)
    if "critical" not in table.column_names:
        return frozenset()  # written by an older version; the next load writes it anew
    return frozenset(
        (row["rule"], row["subject_id"])
        for row in table.to_pylist()
        if row["run_id"] != run_id and row["decision"] != "released" and not row["critical"]
    )


def read_quarantine(path: Path) -> list[dict[str, Any]]:
    """The quarantined rows, the newest first, each with the newest decision on it; [] before the first load."""
    return pq.read_table(path).to_pylist() if path.exists() else []
