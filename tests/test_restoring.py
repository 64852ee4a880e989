"""Restoring a damaged warehouse also tells what it did where the checks refuse the new file of the analysts."""

import sys
from datetime import timedelta

import pytest
from tests.warehouse.records import NOON, report, story

from casualties import pipeline
from casualties.cli import main
from casualties.model import Article, CheckOutcome, EventReport, Severity, ValidationResult
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.backup import back_up


def loaded(settings: Settings, number: int) -> None:
    at = NOON + timedelta(hours=number)
    run = Run.begin(f"run {number}", at, settings)
    article = story("alpha", f"raid-{number}", f"Raid {number} left nine people dead on Monday, doctors said.", at)
    run.staging.write(Article, "0", [article])
    run.staging.write(EventReport, "0", [report(article, killed=9)])
    run.staging.write(ValidationResult, "validate", [judged(run.run_id, Severity.WARNING, CheckOutcome.PASSED)])
    pipeline.load(run)


def judged(run_id: str, severity: Severity, outcome: CheckOutcome) -> ValidationResult:
    return ValidationResult(
        run_id=run_id, suite="warehouse", expectation="sums_add_up", message="the sums [/] do not add up",
        severity=severity, outcome=outcome, evaluated=1, failed=1, checked_at=NOON,
    )  # fmt: skip


def test_a_file_that_the_checks_refuse_does_not_hide_that_the_warehouse_was_restored(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    settings = Settings()
    loaded(settings, 1)
    back_up(settings.warehouse, settings.backup_dir, now=NOON, keep=1, lock_timeout=5)
    loaded(settings, 2)
    settings.warehouse.write_bytes(b"damaged")
    settings.archive_dir.mkdir()
    for name in ("run_1-0000", "run_2-0000", "lost_since-0000"):
        (settings.archive_dir / f"{name}.warc.gz").touch()
    refusal = judged("run 2", Severity.CRITICAL, CheckOutcome.FAILED)
    monkeypatch.setattr("casualties.quality.warehouse_checks", lambda *_, **__: [refusal])
    monkeypatch.setattr(sys, "argv", ["casualties", "restore"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told = " ".join(capfd.readouterr().err.split())
    assert "Restored from" in told
    assert "Loaded again: run 2." in told
    assert "before maintain_warehouse removes them: lost_since-0000.warc.gz The warehouse" in told
    assert "The warehouse is whole, but the analysts' file stays as it was: the sums [/] do not add up" in told
    assert not settings.published.exists()
    with open_warehouse(settings.warehouse, lock_timeout=5) as con:
        assert con.execute("SELECT count(*) FROM core.articles").fetchall() == [(2,)]
