"""What looking for copies among stored articles costs a run, at three sizes of the warehouse; figures to read."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from casualties.model import Fingerprint
from casualties.warehouse import open_warehouse
from casualties.warehouse.copies import copy_candidates

pytestmark = pytest.mark.bench

SIZES = (10_000, 100_000, 1_000_000)
MONTH = timedelta(days=30)
START = datetime(2026, 1, 1, tzinfo=UTC)
NEW = 100  # articles a run brings
KEYS = 25  # of a story of 400 words


def sketches(rng: np.random.Generator, count: int) -> np.ndarray:
    return np.sort(rng.integers(0, 2**30, (count, 128), dtype=np.uint32), axis=1)


def stored(rng: np.random.Generator, start: int, count: int, a_month: int) -> pa.Table:
    """Fingerprints in the order of time, so many a month."""
    ids = pa.array([f"{number:016x}" for number in range(start, start + count)])
    seconds = np.arange(start, start + count) * (MONTH.total_seconds() / a_month)
    told = np.datetime64(START.replace(tzinfo=None), "us") + (seconds * 1e6).astype("timedelta64[us]")
    offsets = pa.array(np.arange(0, count * 128 + 1, 128, dtype=np.int32))
    return pa.table(
        {
            "version_id": ids, "article_id": ids, "publisher": pa.array(["paper"] * count), "told_at": pa.array(told),
            "text_sha256": ids, "agency": pa.nulls(count, pa.string()), "agency_itself": pa.array([False] * count),
            "sketch": pa.ListArray.from_arrays(offsets, pa.array(sketches(rng, count).ravel())),
            "keys": pa.array(np.full(count, KEYS)),
        }
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_looking_for_copies_among_stored_articles(tmp_path: Path, size: int, capsys: pytest.CaptureFixture) -> None:
    rng = np.random.default_rng(1)
    with open_warehouse(tmp_path / "warehouse.duckdb", lock_timeout=1) as con:
        for start in range(0, size, 50_000):
            con.register("made", stored(rng, start, min(50_000, size - start), size))
            con.execute("INSERT INTO core.fingerprints BY NAME FROM made")
            con.execute("INSERT INTO core.fingerprint_keys SELECT unnest(sketch[:keys]), version_id, told_at FROM made")
        con.execute("CHECKPOINT")
        known = con.execute("SELECT sketch FROM core.fingerprints USING SAMPLE 30").fetchall()
        texts = [row[0] for row in known] + sketches(rng, NEW - len(known)).tolist()
        new = [
            Fingerprint(
                version_id=f"new {n}", article_id=f"new {n}", publisher="wire", at=START + MONTH / 2,
                text_sha256=str(n),
                agency=None, agency_itself=False, sketch=tuple(sorted(text)), keys=KEYS,
            )
            for n, text in enumerate(texts)
        ]  # fmt: skip
        copy_candidates(con, new)
        started = time.perf_counter()
        found = copy_candidates(con, new)
        took = time.perf_counter() - started
    assert len(found) >= len(known)
    with capsys.disabled():
        print(
            f"\ncopies of {NEW} new articles among {size:,} stored of one month: {took:.2f} s, {len(found)} candidates"
        )
