import io
from datetime import timedelta

import pytest
from rich.console import Console
from tests.warehouse.records import MAARAT, MONDAY, NOON, Desk, entry, poll, quarantined, report, story

from casualties.errors import LoadError
from casualties.model import Actor, DateSpan, Denial, Figure
from casualties.reports import terminal
from casualties.warehouse.publish import publish


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("shown"))
    a = story("alpha", "strikes", "Fifty-nine died", flags=("summary_only",))
    b = story("beta", "count", "Sixty-one died", at=NOON + timedelta(hours=1))
    since_april = DateSpan(start=MONDAY.start.replace(month=4), end=MONDAY.end, precision="period")
    desk.load(
        poll("alpha", "run 1"), poll("beta", "run 1", status="timeout", etag=None), entry("alpha", "strikes"),
        a, b,
        report(a, killed=59, actors=(Actor(name="Russia", status="accused"),), denials=(Denial(by="Moscow"),),
               sources=("a monitor",)),
        report(a, 1, killed=38, part_of=0, place=MAARAT),
        report(a, 2, killed=Figure(low=750, best=750, high=None), kind="toll", date=since_april),
        report(b, killed=61, injured=Figure(low=24, best=None, high=None)),
        quarantined("run 1", "article", "x1", url="https://gamma.example/odd"),
        outlets=["alpha", "beta"],
    )  # fmt: skip
    path = desk.folder / "casualties.duckdb"
    publish(desk.warehouse, path, now=NOON, lock_timeout=5)
    return path


def shown(print_it, published, width=140, **more):
    console = Console(file=io.StringIO(), width=width)
    print_it(published, console, **more)
    return console.file.getvalue()


def test_incidents_are_shown_with_their_range_actors_denials_and_outlets(published):
    row = next(line for line in shown(terminal.print_incidents, published).splitlines() if "Idlib" in line)
    assert "2019-07-22" in row
    assert "61 (59–61)" in row
    assert "24+" in row
    assert "Russia (accused)" in row
    said = " ".join(shown(terminal.print_incidents, published, width=220).split())
    assert "a monitor" in said
    assert "[alpha, beta]" in said
    assert "denied by Moscow" in said


def test_a_part_stands_beneath_its_whole_and_is_not_added(published):
    lines = shown(terminal.print_incidents, published).splitlines()
    whole, part = (next(i for i, line in enumerate(lines) if mark in line) for mark in ("61 (59–61)", "└ Maarat"))
    assert whole < part
    assert any("Deaths in all: 61 (between 59 and 61) in 1 incident; 1 part not added again." in line for line in lines)


def test_tolls_stand_apart(published):
    text = shown(terminal.print_incidents, published)
    assert text.index("never added here") < text.index("750+ killed")
    assert "2019-04-22 to 2019-07-22" in text


@pytest.mark.parametrize("width", [100, 120, 140])
def test_no_line_is_wider_than_the_terminal(published, width):
    for print_it in (terminal.print_incidents, terminal.print_quarantine, terminal.print_last_load):
        assert max(map(len, shown(print_it, published, width).splitlines())) <= width


def test_without_a_terminal_nothing_but_text_is_written(published):
    assert "\x1b" not in shown(terminal.print_incidents, published)


def test_the_last_load_is_one_sentence(published):
    text = " ".join(shown(terminal.print_last_load, published).split())
    assert "2 feeds (1 failed), 1 entry, 2 new articles, 0 changed, 0 copies, 4 reports" in text
    assert "2 incidents opened" in text
    assert "1 quarantined" in text


def test_quarantined_rows_come_with_rule_and_reason_and_doubtful_articles_are_named(published):
    text = shown(terminal.print_quarantine, published)
    assert "https://gamma.example/odd" in text
    assert "it broke the rule" in text
    assert "summary_only: alpha: strikes" in text


def test_a_limit_says_how_much_is_not_shown(tmp_path):
    desk = Desk(tmp_path)
    articles = [story("alpha", f"raid-{number}", f"{number} died") for number in (5, 600)]
    far = MONDAY.start.replace(month=5)
    desk.load(
        *articles,
        report(articles[0], killed=5, place=MAARAT, date=DateSpan(start=far, end=far)),
        report(articles[1], killed=600),
    )
    path = tmp_path / "casualties.duckdb"
    publish(desk.warehouse, path, now=NOON, lock_timeout=5)
    text = shown(terminal.print_incidents, path, limit=1)
    assert "The 1 largest of 2 incidents." in text
    assert "Deaths in all: 605" in text


def test_an_empty_file_says_that_there_is_nothing_yet(tmp_path):
    desk = Desk(tmp_path)
    desk.load()
    path = tmp_path / "casualties.duckdb"
    publish(desk.warehouse, path, now=NOON, lock_timeout=5)
    assert shown(terminal.print_incidents, path).strip() == "No incidents yet."
    assert "Nothing was quarantined" in shown(terminal.print_quarantine, path)


def test_before_anything_was_published_an_error_says_so(tmp_path):
    with pytest.raises(LoadError, match="nothing was published yet"):
        shown(terminal.print_incidents, tmp_path / "none.duckdb")
