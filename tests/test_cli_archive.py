"""The archive from the command line: an article's page from its place, and the pages of any WARC file."""

import sys
from datetime import timedelta

import pytest
from tests.pages.test_archive import foreign_warc, response
from tests.warehouse.records import NOON, Desk, story

from casualties.cli import main
from casualties.pages.archive import WarcWriter
from casualties.warehouse.publish import publish
from casualties.web.urls import article_id

URL = "https://alpha.example/raid"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An article in two versions, each with its page in a file of its own, and one that only its feed told."""
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    desk = Desk(tmp_path)
    for number in range(2):
        body = f"<html><p>The ferry, telling {number}.</p></html>".encode()
        with WarcWriter(tmp_path / "archive", f"run {number}", 0) as archive:
            archive.write(response("https://other.example/", b"<p>another page</p>"), fetched_at=NOON)
            place, _ = archive.write(response(URL, body), fetched_at=NOON + timedelta(hours=number))
        told = story("alpha", "raid", f"telling {number}", at=NOON + timedelta(hours=number), version_id=f"{number}abc")
        told = told.__class__(**{f: getattr(told, f) for f in told.__slots__} | {
            "article_id": article_id(URL), "warc_file": place.file, "warc_offset": place.offset,
            "warc_length": place.length})  # fmt: skip
        desk.load(told, story("alpha", "bare", "only told", article_id=article_id("https://alpha.example/bare")))
    publish(desk.warehouse, tmp_path / "casualties.duckdb", now=NOON, lock_timeout=5)


def command(monkeypatch, capfd, *words):
    monkeypatch.setattr(sys, "argv", ["casualties", "archive", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capfd.readouterr()
    return ended.value.code, shown.out, shown.err


@pytest.mark.usefixtures("desk")
def test_an_article_s_page_is_printed_as_it_was_archived_under_any_spelling_of_its_address(monkeypatch, capfd):
    for address in (URL, "http://www.alpha.example/raid/?utm_source=x"):
        code, out, err = command(monkeypatch, capfd, "show", address)
        assert (code, out) == (0, "<html><p>The ferry, telling 1.</p></html>")
        assert "fetched 2019-07-23 13:00 UTC; version 1abc of 2; run_1-0.warc.gz at" in err


@pytest.mark.usefixtures("desk")
def test_an_earlier_version_s_page_is_printed_when_asked_for_and_headers_too(monkeypatch, capfd):
    _, out, _ = command(monkeypatch, capfd, "show", URL, "--version", "0a", "--headers")
    head, _, body = out.partition("\n\n")
    assert "Content-Type: text/html; charset=utf-8" in head
    assert body == "<html><p>The ferry, telling 0.</p></html>"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["https://alpha.example/nowhere"], "no article at https://alpha.example/nowhere"),
        (["ftp://alpha.example/raid"], "is no web address"),
        ([URL, "--version", "9"], "with a version 9"),
        (["https://alpha.example/bare"], "is not in the archive"),
    ],
)
def test_what_cannot_be_shown_is_one_line(monkeypatch, capfd, words, why):
    code, out, err = command(monkeypatch, capfd, "show", *words)
    assert (code, out) == (1, "")
    assert why in err
    assert "Traceback" not in err


def test_the_pages_of_any_warc_file_are_listed_and_one_that_is_none_is_a_line(tmp_path, monkeypatch, capfd):
    foreign_warc(tmp_path / "foreign.warc.gz")
    (tmp_path / "none.warc.gz").write_bytes(b"no archive")
    code, out, err = command(
        monkeypatch, capfd, "list", str(tmp_path / "none.warc.gz"), str(tmp_path / "foreign.warc.gz")
    )
    assert code == 1
    assert [line.split("\t")[1] for line in out.splitlines()] == ["https://b.example/1", "https://b.example/5"]
    assert "none.warc.gz: is not a readable WARC file" in err
