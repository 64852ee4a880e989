"""What the News desk page shows: a small JSON snapshot written after each load, so that the page opens no database.

The published file would not do: it stays as it was when a run fails critically, which is just when operators look.
"""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

LOADS = "FROM ops.loads ORDER BY loaded_at DESC LIMIT 20"
FEEDS = """
FROM core.feeds
LEFT JOIN core.moved_feeds USING (feed_id)
SELECT title, publisher, url, last_status, failures, last_polled_at, last_success_at, next_poll_at, interval_s,
    moved_to, sightings
WHERE listed ORDER BY failures DESC, publisher, title LIMIT 500
"""
VALIDATION = """
FROM ops.validation_results
WHERE outcome <> 'skipped'
QUALIFY run_id = max_by(run_id, checked_at) OVER (PARTITION BY suite)
ORDER BY list_position(['broken', 'failed', 'passed', 'skipped'], outcome), severity, suite, expectation
"""
QUARANTINE = """
SELECT bad.quarantine_id, quarantined_at, stage, subject, bad.rule, reason, value, url, newest.decision
FROM ops.quarantine AS bad
LEFT JOIN (
    SELECT quarantine_id, arg_max(decision, decided_at) AS decision FROM ops.quarantine_decisions GROUP BY quarantine_id
) AS newest ON newest.quarantine_id = bad.quarantine_id
ORDER BY quarantined_at DESC, bad.quarantine_id LIMIT 50
"""


def snapshot(con: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """Last loads, feed health, each suite's last validation results and the newest quarantined rows."""
    return {
        name: con.execute(query).to_arrow_table().to_pylist()
        for name, query in (("loads", LOADS), ("feeds", FEEDS), ("validation", VALIDATION), ("quarantine", QUARANTINE))
    }


def write_snapshot(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Replace the snapshot file in one step; times are ISO 8601 in UTC."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(snapshot(con), default=_plain), encoding="utf-8")
    os.replace(unfinished, path)


def read_snapshot(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The last snapshot; empty tables where nothing was loaded yet."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {"loads": [], "feeds": [], "validation": [], "quarantine": []}


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
