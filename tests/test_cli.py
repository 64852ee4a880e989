"""The ``casualties`` command as its users meet it: what goes in, what comes out, and with which exit code."""

import gzip
import io
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.newsroom.content import articles
from tests.newsroom.pages import render
from tests.newsroom.server import Newsroom
from tests.warehouse.records import NOON, quarantined

from casualties import pipeline
from casualties.cli import app, main
from casualties.doctor import Finding, Health
from casualties.model import Quarantined
from casualties.pipeline import Run
from casualties.settings import Settings
from casualties.warehouse import open_warehouse
from casualties.warehouse.publish import publish

PROGRAM = Path(sys.executable).with_name("casualties")
RAID = {
    "id": "raid",
    "published": "2026-03-17",
    "title": "Shells kill nine in Idlib",
    "text": "Nine people were killed and 12 wounded when shells fell on the city of Idlib on Monday, medics said.",
}
RSS = """<rss version="2.0"><channel><title>Gazette</title><link>https://gazette.example/</link>
<item><title>Raid in Idlib</title><link>https://gazette.example/raid</link><guid>1</guid>
<pubDate>Tue, 17 Mar 2026 10:00:00 GMT</pubDate><description>Nine dead, medics said.</description></item>
<item><title>Undated</title><link>https://gazette.example/undated</link><pubDate>1762768800</pubDate></item>
</channel></rss>"""
OPML = """<opml version="2.0"><body>
<outline text="Gazette: world" xmlUrl="https://gazette.example/rss.xml" publisher="Gazette" country="GBR"/>
</body></opml>"""


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Casualties = Callable[..., Done]


@pytest.fixture
def casualties(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Casualties:
    """The command in this process, in an empty folder that holds its data, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["casualties", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return run


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published file without incidents."""
    data = tmp_path / "data"
    with open_warehouse(data / "warehouse.duckdb", lock_timeout=5):
        pass
    publish(data / "warehouse.duckdb", data / "casualties.duckdb", now=NOON, lock_timeout=5)
    return data / "casualties.duckdb"


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name, child in command.commands.items():
        yield from commands(child, (*path, name))


ALL = dict(commands(typer.main.get_command(app)))


# ---------------------------------------------------------------- help and wrong use


def test_each_stage_has_a_command() -> None:
    assert {"extract", "clean", "link", "ingest", "sql", "doctor"} <= {" ".join(path) for path in ALL}
    assert {("feeds", name) for name in ("list", "import", "export", "parse")} <= ALL.keys()


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_says_what_a_command_does_and_explains_each_argument(
    casualties: Casualties, path: tuple[str, ...]
) -> None:
    done = casualties(*path, "--help")
    assert done.code == 0
    assert len((ALL[path].help or "").split()) >= 5
    for parameter in ALL[path].params:
        assert getattr(parameter, "help", None), parameter.name
    assert f"Usage: casualties {' '.join(path)}" in done.out


@pytest.mark.parametrize(
    "command", ["extract", "link", "ingest", "sql", "top", "show", "history", "why", "feeds import"]
)
def test_help_gives_an_example_where_use_is_not_plain(casualties: Casualties, command: str) -> None:
    assert f"casualties {command} " in casualties(*command.split(), "--help").out.partition("Example")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["extract"],
        ["extract", "--no-such-option", "x"],
        ["extract", "story.txt", "--published", "soon"],
        ["extract", "--jsonl", "articles.jsonl", "--published", "2026-03-17"],
        ["link", "articles.jsonl"],
        ["clean"],
        ["feeds", "parse"],
        ["sql"],
        ["sql", " "],
        ["sql", "select 1", "--format", "yaml"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong(
    casualties: Casualties, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "story.txt").write_text("Two people were killed.")
    (tmp_path / "articles.jsonl").write_text(lines(RAID))
    done = casualties(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    named = next((a for a in ("no-such-command", "--no-such-option", "soon", "yaml") if a in arguments), "")
    assert named in done.err


def test_without_a_command_help_is_shown(casualties: Casualties) -> None:
    done = casualties()
    assert "Usage: casualties" in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["extract", "nowhere.txt"], "nowhere.txt: No such file or directory"),
        (["extract", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["extract", "."], ".: Is a directory"),
        (["extract", "http://127.0.0.1:9/story.html"], "page http://127.0.0.1:9/story.html: "),
        (["clean", "nowhere.html"], "nowhere.html: No such file or directory"),
        (["clean", "empty"], "empty: no .html or .html.gz file in it"),
        (["link", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["feeds", "parse", "nowhere.xml"], "nowhere.xml: No such file or directory"),
        (["feeds", "import", "nowhere.opml"], "feed nowhere.opml: cannot be read (No such file or directory)"),
        (["ingest", "--opml", "nowhere.opml"], "feed nowhere.opml: cannot be read (No such file or directory)"),
        (["sql", "select 1"], "casualties.duckdb does not exist; nothing was published yet"),
        (["export"], "casualties.duckdb does not exist; load or publish first"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_named_in_one_line_and_ends_with_1(
    casualties: Casualties, tmp_path: Path, arguments: list[str], named: str
) -> None:
    (tmp_path / "empty").mkdir()
    done = casualties(*arguments)
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert done.err.startswith("casualties: ")
    assert named in done.err


def test_a_setting_that_cannot_be_read_is_named_in_one_line(
    casualties: Casualties, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASUALTIES_HOST_CAP", "many")
    done = casualties("feeds", "list")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "CASUALTIES_HOST_CAP" in done.err
    assert "many" in done.err


# ---------------------------------------------------------------- extract


def test_extract_gives_a_line_an_article_with_the_complete_event_record(casualties: Casualties, tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text(lines(RAID, {"id": 7, "text": "The council met."}, ""))
    done = casualties("extract", "--jsonl", "articles.jsonl")
    assert (done.code, done.err) == (0, "")
    raid, council = done.rows
    assert council == {"id": 7, "events": []}
    assert raid["id"] == "raid"
    (event,) = raid["events"]
    assert list(event) == [
        "kind", "scope", "part_of", "type", "killed", "injured", "missing", "displaced", "abducted", "victims", "place",
        "date", "actors", "denials", "sources", "confidence", "evidence",
    ]  # fmt: skip
    assert event["killed"] | {"phrase": ""} == {"low": 9, "best": 9, "high": 9, "basis": "exact", "phrase": ""}
    assert event["date"]["start"] == event["date"]["end"] == "2026-03-16"
    assert event["missing"] is None
    spans = [RAID[span["field"]][span["start"] : span["end"]] for span in event["evidence"]]
    assert any("Nine people were killed" in words for words in spans)


def test_extract_reads_standard_input_and_needs_neither_title_nor_date(casualties: Casualties) -> None:
    bare = {"id": "bare", "text": RAID["text"]}
    done = casualties("extract", "--jsonl", "-", stdin=lines(bare).encode())
    assert done.code == 0
    (row,) = done.rows
    assert [event["killed"]["best"] for event in row["events"]] == [9]


@pytest.mark.parametrize("command", ["extract", "link"])
def test_broken_lines_are_named_one_by_one_and_the_others_go_on(
    casualties: Casualties, tmp_path: Path, command: str
) -> None:
    broken = [
        "{not json",
        "[1, 2]",
        '{"text": "no id"}',
        '{"id": "no text"}',
        '{"id": "number", "text": 3}',
        '{"id": "title", "title": 3, "text": ""}',
        '{"id": "date", "text": "", "published": "yesterday"}',
        '{"id": "date", "text": "", "published": 20260317}',
        "[" * 100_000,
    ]
    (tmp_path / "articles.jsonl").write_text(lines(RAID, *broken, RAID | {"id": "last"}))
    done = casualties(command, "--jsonl", "articles.jsonl")
    assert done.code == 1
    assert [row["id"] for row in done.rows] == ["raid", "last"]
    said = done.err.splitlines()
    assert len(said) == len(broken)
    for number, line in enumerate(said, 2):
        assert line.startswith(f"casualties: articles.jsonl:{number}: ")
        assert line.count("articles.jsonl") == 1
        assert len(line) < 200


@pytest.mark.parametrize("text", ["caf\ud800e \U0001f480 \u202e", "\x00 \x1b[31m", "\ufeffNine people died in Idlib."])
def test_odd_characters_pass_through_as_json(casualties: Casualties, text: str) -> None:
    line = json.dumps({"id": text, "text": f"{text} Nine people were killed {text} in Idlib."})
    done = casualties("extract", "--jsonl", "-", stdin=f"\ufeff{line}\n".encode())
    assert done.code == 0
    assert [row["id"] for row in done.rows] == [text]


def test_extract_explains_one_article_to_a_person(casualties: Casualties, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(f"{RAID['title']}\n\n{RAID['text']}\n")
    done = casualties("extract", "story.txt", "--published", "2026-03-17")
    assert (done.code, done.err) == (0, "")
    for words in (RAID["title"], RAID["text"], "killed", "9 (exact)", "Idlib", "2026-03-16"):
        assert words in done.out


def test_extract_explains_a_saved_page_and_an_address(
    casualties: Casualties, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = articles(1)["eastline-kharkiv-drones"]
    with Newsroom() as newsroom:
        monkeypatch.setenv("CASUALTIES_ALLOW_HOSTS", newsroom.url.removeprefix("http://"))
        (tmp_path / "page.html").write_bytes(render(article, 1, newsroom.url))
        from_file = casualties("extract", "page.html")
        from_web = casualties("extract", newsroom.url + article.path)
        lost = casualties("extract", f"{newsroom.url}/lost.html")
    assert from_file.code == from_web.code == 0
    assert article.title in from_file.out
    assert from_web.out == from_file.out
    assert (lost.code, lost.err.count("\n")) == (1, 1)
    assert "404" in lost.err


def test_an_article_without_events_is_said_to_have_none(casualties: Casualties, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The council met on Monday and discussed the price of bread.")
    done = casualties("extract", "story.txt")
    assert done.code == 0
    assert "No casualty event." in done.out


# ---------------------------------------------------------------- link


def test_link_gives_each_article_the_incidents_that_it_tells_of(casualties: Casualties, tmp_path: Path) -> None:
    again = RAID | {"id": "again", "title": "", "text": "Shelling of Idlib killed nine people on Monday, police said."}
    other = RAID | {"id": "other", "title": "", "text": "A bomb killed 31 people in Lagos, Nigeria, on Sunday."}
    quiet = {"id": "quiet", "text": "The council met."}
    (tmp_path / "articles.jsonl").write_text(lines(RAID, again, other, quiet))
    done = casualties("link", "--jsonl", "articles.jsonl")
    assert done.code == 0
    assert all(list(row) == ["id", "incidents"] for row in done.rows)
    told = {row["id"]: row["incidents"] for row in done.rows}
    assert list(told) == ["raid", "again", "other", "quiet"]
    assert told["raid"] == told["again"] != told["other"]
    assert told["quiet"] == []
    assert all(isinstance(name, str) for names in told.values() for name in names)


# ---------------------------------------------------------------- clean


def test_clean_gives_a_line_a_page(casualties: Casualties, tmp_path: Path) -> None:
    article = articles(1)["eastline-kharkiv-drones"]
    page = render(article, 1, "http://newsroom.example")
    folder = tmp_path / "pages"
    (folder / "deeper").mkdir(parents=True)
    (folder / "first.page.html").write_bytes(page)
    (folder / "deeper" / "second.html.gz").write_bytes(gzip.compress(page))
    (folder / "notes.txt").write_text("not a page")
    done = casualties("clean", "--jsonl", "pages")
    assert (done.code, done.err) == (0, "")
    second, first = done.rows
    assert list(first) == ["id", "url", "title", "published", "language", "text", "flags"]
    assert (first["id"], second["id"]) == ("first", "second")
    assert first | {"id": "second"} == second
    assert first["url"] in (None, f"http://newsroom.example{article.path}")
    assert (first["title"], first["language"]) == (article.title, "en")
    assert first["published"] == article.published.isoformat()
    assert first["text"].split() == article.text.split()


def test_a_page_that_cannot_be_read_is_one_line_and_the_rest_go_on(casualties: Casualties, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_bytes(render(articles(1)["eastline-kharkiv-drones"], 1, "http://newsroom.example"))
    (tmp_path / "torn.html.gz").write_bytes(gzip.compress(b"<p>Nine people died</p>" * 99)[:-20])
    (tmp_path / "empty.html").write_bytes(b"")
    done = casualties("clean", "--jsonl", "torn.html.gz", "empty.html", "good.html")
    assert done.code == 1
    assert [row["id"] for row in done.rows][-1] == "good"
    assert any(line.startswith("casualties: torn.html.gz: ") for line in done.err.splitlines())
    assert "Traceback" not in done.err


def test_clean_shows_a_person_title_and_text(casualties: Casualties, tmp_path: Path) -> None:
    article = articles(1)["eastline-kharkiv-drones"]
    (tmp_path / "page.html").write_bytes(render(article, 1, "http://newsroom.example"))
    done = casualties("clean", "page.html")
    assert done.code == 0
    assert done.out.startswith(f"{article.title}\n\n{article.paragraphs[0]}\n")


# ---------------------------------------------------------------- feeds


def test_feeds_parse_gives_a_line_an_entry_and_goes_on_past_a_broken_file(
    casualties: Casualties, tmp_path: Path
) -> None:
    (tmp_path / "gazette.xml").write_text(RSS)
    (tmp_path / "broken.xml").write_text("We will be back shortly.")
    done = casualties("feeds", "parse", "--jsonl", "broken.xml", "gazette.xml")
    assert done.code == 1
    assert done.err.startswith("casualties: broken.xml: ")
    assert done.err.count("\n") == 1
    raid, undated = done.rows
    assert {"id", "url", "title", "published", "summary"} <= raid.keys()
    assert (raid["url"], raid["title"]) == ("https://gazette.example/raid", "Raid in Idlib")
    assert (raid["published"], raid["summary"]) == ("2026-03-17T10:00:00+00:00", "Nine dead, medics said.")
    assert undated["published"] is None
    assert undated["published_problem"] == "'1762768800' is a bare number, not a date"
    assert len({row["id"] for row in done.rows}) == 2


def test_feeds_parse_shows_a_person_date_title_and_address(casualties: Casualties, tmp_path: Path) -> None:
    (tmp_path / "gazette.xml").write_text(RSS)
    done = casualties("feeds", "parse", "gazette.xml")
    assert done.out.splitlines() == [
        "2026-03-17T10:00:00+00:00\tRaid in Idlib\thttps://gazette.example/raid",
        "(no date)\tUndated\thttps://gazette.example/undated",
    ]


def test_the_list_of_feeds_is_shown_extended_and_exported(
    casualties: Casualties, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, more = tmp_path / "mine.opml", tmp_path / "more.opml"
    mine.write_text(OPML)
    more.write_text(OPML.replace("</body>", '<outline text="Post" xmlUrl="https://post.example/atom"/></body>'))
    monkeypatch.setenv("CASUALTIES_FEEDS", str(mine))
    assert casualties("feeds", "list").out == "Gazette\tGazette: world\thttps://gazette.example/rss.xml\n"
    added = casualties("feeds", "import", "more.opml")
    assert (added.code, added.out, added.err) == (0, "", f"1 feeds added to {mine}\n")
    assert casualties("feeds", "import", "more.opml").err == f"0 feeds added to {mine}\n"
    assert casualties("feeds", "list").out.splitlines()[1] == "Post\tPost\thttps://post.example/atom"
    exported = casualties("feeds", "export").out
    assert exported.count("<outline") == 2
    assert exported == mine.read_text()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mine.opml", "more.opml"]


def test_a_list_that_cannot_be_imported_leaves_the_configured_one_as_it_is(
    casualties: Casualties, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, broken = tmp_path / "mine.opml", tmp_path / "broken.opml"
    mine.write_text(OPML)
    broken.write_text("<opml><body>")
    monkeypatch.setenv("CASUALTIES_FEEDS", str(mine))
    done = casualties("feeds", "import", "broken.opml")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "broken.opml" in done.err
    assert mine.read_text() == OPML


def test_feeds_cannot_be_imported_into_an_address(casualties: Casualties, tmp_path: Path) -> None:
    (tmp_path / "more.opml").write_text(OPML)
    with Newsroom() as newsroom, pytest.MonkeyPatch.context() as env:
        env.setenv("CASUALTIES_ALLOW_HOSTS", newsroom.url.removeprefix("http://"))
        env.setenv("CASUALTIES_FEEDS", newsroom.opml_url)
        done = casualties("feeds", "import", "more.opml")
        assert casualties("feeds", "list").out.count("\n") == 9
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert newsroom.opml_url in done.err


# ---------------------------------------------------------------- ingest, sql, doctor


def test_ingest_reads_a_feed_and_says_where_the_result_is(
    casualties: Casualties, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom() as newsroom:
        monkeypatch.setenv("CASUALTIES_ALLOW_HOSTS", newsroom.url.removeprefix("http://"))
        done = casualties("ingest", f"{newsroom.url}/feeds/harbourside.xml")
        assert done.code == 0, done.err
        assert str(tmp_path / "data" / "casualties.duckdb") in done.err.replace("\n", "")
        assert "1 feeds polled, 0 failed; nothing critical" in done.err
        told = casualties("sql", "--format", "json", "select count(*) as articles from analytics.articles")
        assert told.rows == [{"articles": sum("harbourside" in a.feeds for a in articles(1).values())}]
        dead = casualties("ingest", f"{newsroom.url}/feeds/no-such-feed.xml")
    assert dead.code == 1
    assert dead.err.splitlines()[-1].endswith("1 of 1 feeds failed")
    assert "Traceback" not in dead.err


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("json", '{"n": 1, "word": "a,b", "day": "2026-03-17", "nothing": null}\n'),
        ("csv", 'n,word,day,nothing\n1,"a,b",2026-03-17,\n'),
    ],
)
def test_sql_prints_rows_as_asked(casualties: Casualties, published: Path, form: str, printed: str) -> None:
    query = "select 1 as n, 'a,b' as word, date '2026-03-17' as day, null as nothing"
    assert casualties("sql", query, "--format", form) == Done(0, printed, "")


def test_sql_prints_a_table_by_default_and_markup_in_it_is_text(casualties: Casualties, published: Path) -> None:
    done = casualties("sql", "select '[bold]x[/bold]' as words, '[red]' as \"[link=file:///]head\"")
    assert done.code == 0
    assert "[bold]x[/bold]" in done.out
    assert "[link=file:///]head" in done.out


@pytest.mark.parametrize(
    "query",
    [
        "create table t (x int)",
        "delete from core.articles",
        "drop view analytics.incidents",
        "attach 'other.duckdb'",
        "copy (select 1) to 'stolen.csv'",
        "select * from read_csv('/etc/passwd')",
        "set enable_external_access = true",
        "install httpfs",
        "select nonsense from nowhere",
    ],
)
def test_sql_refuses_what_is_no_question_to_the_published_file(
    casualties: Casualties, published: Path, tmp_path: Path, query: str
) -> None:
    before, files = published.read_bytes(), sorted(tmp_path.rglob("*"))
    done = casualties("sql", query)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("casualties: the query cannot be run: ")
    assert published.read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == files


@pytest.fixture
def held(casualties: Casualties) -> list[str]:
    """The ids of two quarantined rows."""
    settings, rows = Settings(), [quarantined("run 1", "article", name) for name in ("a", "b")]
    run = Run.begin("run 1", NOON, settings)
    run.staging.write(Quarantined, "validate", rows)
    pipeline.load(run)
    return [row.quarantine_id for row in rows]


def test_quarantined_rows_are_listed_and_shown_whole(casualties: Casualties, held: list[str]) -> None:
    listed = casualties("quarantine", "list")
    assert (listed.code, sorted(line.split("\t")[0] for line in listed.out.splitlines())) == (0, sorted(held))
    assert casualties("quarantine", "list", "--rule", "another").out == ""
    shown = casualties("quarantine", "show", held[0][:10])
    assert shown.code == 0
    assert "it broke the rule" in shown.out


@pytest.mark.parametrize("decision", ["release", "drop"])
def test_a_decision_on_quarantined_rows_is_a_command_to_run_and_writes_nothing(
    casualties: Casualties, held: list[str], decision: str, tmp_path: Path
) -> None:
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    done = casualties("quarantine", decision, *held, "--why", "seen, it's fine")
    assert done.code == 0
    words = shlex.split(done.out)
    assert words[words.index("trigger") + 1] == "replay_archive"
    conf = json.loads(words[-1])
    assert (conf[decision], conf["why"]) == (held, "seen, it's fine")
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_an_id_that_is_not_in_quarantine_is_named_and_a_reason_is_needed(
    casualties: Casualties, held: list[str]
) -> None:
    lost = casualties("quarantine", "release", "nonsense", "--why", "x")
    assert (lost.code, lost.out, lost.err.count("\n")) == (1, "", 1)
    assert "nonsense" in lost.err
    assert casualties("quarantine", "release", held[0]).code == 2
    assert casualties("quarantine", "release", held[0], "--why", " ").code == 2


def test_doctor_says_what_is_wrong_and_what_to_do(casualties: Casualties, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [
        Finding(Health.GOOD, "Python", "3.11.7"),
        Finding(Health.BAD, "pool", "warehouse_writer has no slots, needs 1", "airflow pools set warehouse_writer 1"),
        Finding(Health.NOTE, "contact", "the User-Agent names no contact", "set CASUALTIES_CONTACT"),
    ]
    monkeypatch.setattr("casualties.doctor.examine", lambda settings: iter(findings))
    done = casualties("doctor")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "good  Python: 3.11.7",
        "bad   pool: warehouse_writer has no slots, needs 1 -> airflow pools set warehouse_writer 1",
        "note  contact: the User-Agent names no contact -> set CASUALTIES_CONTACT",
    ]
    monkeypatch.setattr("casualties.doctor.examine", lambda settings: iter([findings[0], findings[2]]))
    assert casualties("doctor").code == 0


# ---------------------------------------------------------------- the installed program


def test_the_installed_program_answers_help_at_once_and_reads_a_pipe() -> None:
    shown = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, timeout=60, check=True)
    assert "extract" in shown.stdout
    done = subprocess.run(
        [PROGRAM, "extract", "--jsonl", "-"], input=lines(RAID), capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr, json.loads(done.stdout)["id"]) == (0, "", "raid")


def test_the_program_ends_quietly_where_its_reader_has_enough(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text(lines(*(RAID | {"id": f"{n} {'x' * 5000}"} for n in range(60))))
    program = subprocess.Popen(
        [PROGRAM, "extract", "--jsonl", tmp_path / "articles.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stdout.readline().startswith(b'{"id": "0 ')
    program.stdout.close()
    assert program.stderr is not None
    with program.stderr:
        assert program.stderr.read() == b""
    assert program.wait(timeout=60) in (0, 1)
