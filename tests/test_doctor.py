"""What ``casualties doctor`` finds wrong with a set-up, and what it says to do about it."""

import json
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.test_cli import OPML

from casualties import doctor
from casualties.doctor import Finding, Health
from casualties.model import Unparsed
from casualties.settings import Settings
from casualties.warehouse import open_warehouse


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A sound set-up."""
    (tmp_path / "feeds.opml").write_text(OPML)
    monkeypatch.delenv("AIRFLOW_HOME", raising=False)
    monkeypatch.delenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", raising=False)
    return Settings(data_dir=tmp_path / "data", feeds=str(tmp_path / "feeds.opml"), contact="desk@example.org")


def with_(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update=changes)


def test_a_sound_set_up_has_no_bad_finding(settings: Settings) -> None:
    findings = list(doctor.examine(settings))
    assert [finding for finding in findings if finding.health is Health.BAD] == []
    assert len(findings) == 10


def test_whatever_is_not_good_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings = with_(settings, gazetteer=tmp_path / "none.db", feeds=str(tmp_path / "none.opml"), contact="")
    amiss = {finding.what: finding for finding in doctor.examine(settings) if finding.health is not Health.GOOD}
    assert {"gazetteer", "feed list", "contact"} <= amiss.keys()
    assert all(finding.advice for finding in amiss.values())


@pytest.mark.parametrize(
    ("check", "change", "health", "said"),
    [
        (doctor.gazetteer, {"gazetteer": Path("/nowhere/places.db")}, Health.BAD, "/nowhere/places.db is absent"),
        (doctor.contact, {"contact": ""}, Health.NOTE, "names no contact"),
        (doctor.warehouse, {}, Health.NOTE, "does not exist yet"),
        (doctor.feed_list, {}, Health.GOOD, "1 in "),
        (doctor.writer_pool, {}, Health.NOTE, "no Airflow database"),
    ],
)
def test_a_check_finds(
    settings: Settings, check: Callable[[Settings], Finding], change: dict[str, Any], health: Health, said: str
) -> None:
    finding = check(with_(settings, **change))
    assert finding.health is health
    assert said in finding.words


def test_a_list_without_feeds_is_bad(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text("<opml><body/></opml>")
    assert doctor.feed_list(settings).health is Health.BAD


def test_a_data_folder_that_cannot_be_made_is_bad_and_the_other_checks_go_on(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    findings = list(doctor.examine(with_(settings, data_dir=tmp_path / "file" / "data")))
    assert len(findings) == 10
    (folder,) = [finding for finding in findings if finding.what == "data folder"]
    assert folder.health is Health.BAD
    assert str(tmp_path / "file") in folder.words


def test_a_warehouse_that_is_no_database_is_bad(settings: Settings) -> None:
    settings.data_dir.mkdir()
    settings.warehouse.write_text("not a database" * 500)
    (finding,) = [f for f in doctor.examine(settings) if f.what == "warehouse"]
    assert (finding.health, str(settings.warehouse) in finding.words) == (Health.BAD, True)


def test_a_warehouse_of_this_version_is_good(settings: Settings) -> None:
    with open_warehouse(settings.warehouse, lock_timeout=1):
        pass
    assert doctor.warehouse(settings).health is Health.GOOD


def test_a_sandbox_that_parses_nothing_is_bad(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    unparsed = Unparsed(reason="needs more memory than a parser gets", killed=True)
    monkeypatch.setattr("casualties.sandbox.Sandbox.parse_feed", lambda *_, **__: unparsed)
    finding = doctor.sandbox(settings)
    assert (finding.health, unparsed.reason in finding.words) == (Health.BAD, True)
    assert "CASUALTIES_PARSE_MEMORY" in finding.advice


def test_a_port_that_is_taken_is_noted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(doctor, "UI_PORT", server.getsockname()[1])
        assert doctor.ui_port(settings).health is Health.NOTE
    assert doctor.ui_port(settings).health is Health.GOOD


def test_a_package_of_another_version_is_bad_and_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = doctor.version
    monkeypatch.setattr(doctor, "version", lambda name: "0.1" if name == "duckdb" else installed(name))
    finding = doctor.packages(settings)
    assert finding.health is Health.BAD
    assert finding.words.startswith("duckdb 0.1, locked ")


@pytest.mark.parametrize(
    ("pools", "health", "said"),
    [
        ([("default_pool", 128), ("warehouse_writer", 1)], Health.GOOD, "1 slot"),
        ([("default_pool", 128), ("warehouse_writer", 4)], Health.BAD, "has 4 slots, needs 1"),
        ([("default_pool", 128)], Health.BAD, "has no slots, needs 1"),
    ],
)
def test_the_writer_s_pool_has_one_slot(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, pools: list[tuple[str, int]], health: Health, said: str
) -> None:
    (settings.data_dir / "airflow").mkdir(parents=True)
    (settings.data_dir / "airflow" / "airflow.db").touch()
    rows = json.dumps([{"pool": name, "slots": str(slots)} for name, slots in pools])
    printed = f"2026-03-17T10:00:00Z [warning  ] a word on the way [somewhere]\n{rows}\n"
    done = subprocess.CompletedProcess([], 0, stdout=printed, stderr="")
    monkeypatch.setattr(subprocess, "run", lambda command, **options: done)
    finding = doctor.writer_pool(settings)
    assert (finding.health, said in finding.words) == (health, True), finding


def test_an_airflow_that_fails_is_bad(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (settings.data_dir / "airflow").mkdir(parents=True)
    (settings.data_dir / "airflow" / "airflow.db").touch()
    done = subprocess.CompletedProcess([], 1, stdout="", stderr="no such table: slot_pool")
    monkeypatch.setattr(subprocess, "run", lambda command, **options: done)
    finding = doctor.writer_pool(settings)
    assert finding.health is Health.BAD
    assert "no such table" in finding.words
    assert os.environ.get("AIRFLOW_HOME") is None
