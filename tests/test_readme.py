"""What README.md names exists and works: make targets, commands, settings, queries, links."""

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.newsroom.content import articles
from tests.newsroom.gold import gold_articles
from tests.newsroom.pages import render
from tests.warehouse.records import NOON

from casualties.cli import app, main
from casualties.settings import PROJECT, Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.publish import publish
from casualties.warehouse.query import run_query

README = (PROJECT / "README.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
INLINE = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL))
SHELL = [
    line.partition(" #")[0].strip()
    for language, code in FENCES
    if language in ("sh", "bash", "console")
    for line in code.replace("\\\n", " ").splitlines()
    if line.strip() and not line.strip().startswith("#")
]
NAMED = sorted({*SHELL, *INLINE})
QUERIES = [code for language, code in FENCES if language == "sql"]
# Needs the network, or takes long; its own tests are elsewhere.
ELSEWHERE = {"archive", "ingest", "doctor"}


def with_program(name: str, lines: list[str]) -> list[str]:
    """The command lines that call a program, also after variables."""
    return [line for line in lines if re.match(rf"(?:\w+=\S+ )*(?:\.venv/bin/)?{name}( |$)", line)]


def targets() -> set[str]:
    makefile = (PROJECT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    return set(phony[1].split()) & set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_the_readme_shows_both_commands_and_the_program() -> None:
    assert {"make run", "make test"} <= set(SHELL)
    assert len(with_program("casualties", SHELL)) >= 5
    assert len(QUERIES) >= 3


@pytest.mark.parametrize("line", with_program("make", NAMED))
def test_a_make_target_that_is_named_exists(line: str) -> None:
    named = [word for word in shlex.split(line)[1:] if "=" not in word]
    assert named
    assert set(named) <= targets()


def test_every_make_target_is_named() -> None:
    named = {word for line in with_program("make", NAMED) for word in shlex.split(line)[1:] if "=" not in word}
    assert targets() - {"help"} <= named


@pytest.mark.parametrize("line", with_program("casualties", NAMED))
def test_a_command_that_is_named_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.removeprefix(".venv/bin/"))[1:]
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        command = command.commands[words.pop(0)]
    options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_command_is_named() -> None:
    said = " ".join(NAMED)
    command: Any = typer.main.get_command(app)
    assert [name for name in command.commands if f"casualties {name}" not in said] == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    with open_warehouse(data / "warehouse.duckdb", lock_timeout=5):
        pass
    publish(data / "warehouse.duckdb", data / "casualties.duckdb", now=NOON, lock_timeout=5)
    return data / "casualties.duckdb"


@pytest.fixture
def desk(tmp_path: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the files that the README's commands name."""
    article = articles(1)["eastline-kharkiv-drones"]
    (tmp_path / "story.txt").write_text(f"{article.title}\n\n{article.text}")
    (tmp_path / "articles.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in list(gold_articles())[:2]))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "story.html").write_bytes(render(article, 1, "http://newsroom.example"))
    item = "<item><title>A story</title><link>http://newsroom.example/story</link></item>"
    (tmp_path / "feed.xml").write_text(f"<rss version='2.0'><channel><title>Feed</title>{item}</channel></rss>")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(published.parent))


@pytest.mark.parametrize(
    "line", [line for line in with_program("casualties", SHELL) if shlex.split(line)[1] not in ELSEWHERE]
)
@pytest.mark.usefixtures("desk")
def test_a_command_of_the_readme_runs(
    line: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", shlex.split(line))
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capfd.readouterr()
    assert (ended.value.code, shown.err) == (0, "")
    assert shown.out


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_readme_runs(published: Path, query: str) -> None:
    assert run_query(published, query).num_columns >= 3


def test_the_tables_of_the_readme_exist(published: Path) -> None:
    section = README.partition("## For analysts")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    views = {row["view_name"] for row in run_query(published, "FROM duckdb_views()").to_pylist()}
    assert "incidents" in named
    assert set(named) <= views


def test_the_table_of_settings_is_complete_and_true() -> None:
    rows = re.findall(r"^\| `CASUALTIES_(\w+)` \| (?:`([^`]*)`)? *\| (.*?) \|$", README, re.MULTILINE)
    told = {name.lower(): (default, meaning) for name, default, meaning in rows}
    assert len(rows) == len(told)

    def shown(default: object) -> str:
        return str(default.relative_to(PROJECT)) if isinstance(default, Path) else str(default)

    known = {
        name: (shown(field.default).removeprefix(f"{PROJECT}/"), field.description)
        for name, field in Settings.model_fields.items()
    }
    assert told == known


def test_settings_that_are_named_anywhere_exist() -> None:
    named = set(re.findall(r"CASUALTIES_([A-Z_]+)", README))
    assert {name.lower() for name in named} <= Settings.model_fields.keys()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!https?://)([^)#]+)", README))))
def test_a_link_into_the_project_leads_somewhere(target: str) -> None:
    assert (PROJECT / target).exists()
