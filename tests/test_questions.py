"""Questions with one line: ``casualties top``, ``show``, ``history``, and the forms of their answers."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.reports.small import FORMULA, publish_small
from typer.testing import CliRunner

from casualties.cli import app
from casualties.errors import SettingsError
from casualties.warehouse.query import run_query

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_small(tmp_path_factory.mktemp("asked"))


@pytest.fixture
def tried(published: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(published.parent))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def ask(tried: Callable[..., Result]) -> Ask:
    def answer(*arguments: str) -> str:
        done = tried(*arguments)
        assert done.exception is None, done.output
        return done.stdout

    return answer


def rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def largest(published: Path) -> str:
    found = run_query(published, "SELECT incident_id FROM incidents ORDER BY deaths DESC NULLS LAST LIMIT 1")
    return str(found.to_pylist()[0]["incident_id"])


def test_top_lists_incidents_by_deaths_and_leaves_parts_to_their_wholes(ask: Ask) -> None:
    said = ask("top")
    assert "Maarat" not in said
    assert [line.split()[2:4] for line in said.splitlines()[3:6]] == [
        ["Idlib,", "SYR"],
        ["Syria,", "SYR"],
        ["Idlib,", "SYR"],
    ]
    assert "61 (59–61)" in said.splitlines()[3]


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("country", {"group": "Syria", "incidents": 3, "deaths": 89, "deaths_low": 87, "open_figures": 1}),
        ("place", {"group": "Idlib, SYR", "incidents": 2, "deaths": 65}),
        ("type", {"group": "air_strike", "incidents": 1, "deaths": 61, "deaths_high": 61}),
        ("month", {"group": "2019-07", "incidents": 3, "deaths": 89}),
    ],
)
def test_top_sums_by_what_is_asked(ask: Ask, by: str, first: dict[str, object]) -> None:
    row = json.loads(ask("top", "--by", by, "--format", "json").splitlines()[0])
    assert row | first == row


@pytest.mark.parametrize(
    ("options", "deaths"),
    [
        (["--country", "syria"], ["61", "24", "4"]),
        (["--country", "SYR", "--limit", "1"], ["61"]),
        (["--country", "Norway"], []),
        (["--type", "bombing"], ["24"]),
        (["--since", "2019-07-23"], ["24", "4"]),
        (["--until", "2019-07-22"], ["61"]),
        (["--sources", "2"], ["61"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_top_keeps_to_what_it_is_asked_for(ask: Ask, options: list[str], deaths: list[str]) -> None:
    assert [row["deaths"] for row in rows(ask("top", *options, "--format", "csv"))] == deaths


def test_show_tells_figures_sources_denials_sentences_and_history(ask: Ask, largest: str) -> None:
    said = ask("show", largest[:6])
    for words in (
        "Automatically extracted, unverified.", "61 (59–61)", "24+", "Russia (accused), Syria", "Moscow",
        "a monitor, medics", "alpha, gamma, beta (3 reports, 2 independent)", "“Sixty-one died”", "gamma, a copy",
        "https://beta.example/count", "38 killed, Maarat al-Numan", "61 killed (was 59)",
    ):  # fmt: skip
        assert words in said


def test_show_as_json_is_one_object_and_as_csv_the_incident_s_row(ask: Ask, largest: str) -> None:
    whole = json.loads(ask("show", largest, "--format", "json"))
    assert list(whole) == ["incident", "parts", "reports", "history"]
    assert (whole["incident"]["killed_best"], len(whole["reports"]), whole["parts"][0]["killed_best"]) == (61, 3, 38)
    row = rows(ask("show", largest, "--format", "csv"))[0]
    assert (row["killed_low"], row["sources"], row["sources_disagree"]) == ("59", "a monitor; medics", "false")


def test_history_has_a_line_a_state_with_the_figure_before(ask: Ask, largest: str) -> None:
    told = rows(ask("history", largest, "--format", "csv"))
    assert [(row["revision"], row["killed"], row["killed_before"]) for row in told] == [
        ("1", "59", ""),
        ("2", "61", "59"),
    ]
    assert len(ask("history", largest).splitlines()) == 2


def test_why_takes_the_first_digits_too(ask: Ask, largest: str) -> None:
    assert "opened: 59 killed" in ask("why", largest[:6])


def test_export_prints_its_folder_and_writes_what_is_asked(ask: Ask, tmp_path: Path) -> None:
    folder = Path(ask("export", str(tmp_path), "--format", "geojson", "--format", "hxl").strip())
    assert folder.parent == tmp_path
    assert {path.name for path in folder.iterdir()} == {
        "README.md", "datapackage.json", "incidents.geojson", "incidents.hxl.csv",
    }  # fmt: skip
    assert Path(ask("export", str(tmp_path), "--format", "hxl", "--format", "geojson").strip()) == folder


def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(ask: Ask) -> None:
    clash = rows(ask("top", "--type", "armed_clash", "--format", "csv"))[0]
    assert clash["sources"] == f"'{FORMULA}"
    assert rows(ask("sql", "SELECT -5 AS n, ' \t@sum' AS t", "--format", "csv")) == [{"n": "-5", "t": "' \t@sum"}]
    assert json.loads(ask("sql", "SELECT '=1' AS t", "--format", "json")) == {"t": "=1"}


def test_on_a_narrow_terminal_a_wide_row_is_told_column_by_column(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    from casualties.cli import questions

    monkeypatch.setattr(questions, "_console", lambda: Console(width=80))
    lines = ask("sql", "FROM incidents ORDER BY deaths DESC NULLS LAST LIMIT 1").splitlines()
    assert "row 1" in lines[0]
    assert any(line.split() == ["killed_best", "61"] for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "nothing"], "no incident 'nothing'; `casualties top` lists ids"),
        (["history", ""], "which incident? `casualties top` lists ids"),
        (["why", "nothing"], "no incident 'nothing'"),
        (["top", "--country", "Siria"], "did you mean Syria (SYR)"),
        (["top", "--country", "Atlantis"], "`casualties top --by country` lists those"),
    ],
    ids=" ".join,
)
def test_what_is_not_known_is_named_with_what_to_do(
    tried: Callable[..., Result], arguments: list[str], said: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)):
        raise tried(*arguments).exception or AssertionError("no error")


@pytest.mark.parametrize(
    "arguments",
    [
        ["top", "--since", "soon"],
        ["top", "--type", "earthquake"],
        ["top", "--limit", "0"],
        ["export", "--format", "csv"],
        ["top", "--since", "2019-08-01", "--until", "2019-07-01"],
        ["show"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(tried: Callable[..., Result], arguments: list[str]) -> None:
    assert tried(*arguments).exit_code == 2
