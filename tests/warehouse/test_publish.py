import shutil
import subprocess
import sys

import duckdb
import pytest
from tests.warehouse.records import NOON, report, story

from casualties.errors import LoadError, SettingsError
from casualties.warehouse import open_warehouse
from casualties.warehouse import publish as publishing
from casualties.warehouse.publish import publish
from casualties.warehouse.query import run_query


@pytest.fixture
def published(desk):
    article = story("alpha", "raid", "Nine people died in a raid")
    desk.load(article, report(article, killed=9))
    path = desk.folder / "casualties.duckdb"
    publish(desk.warehouse, path, now=NOON, lock_timeout=5)
    return path


def test_the_published_file_is_counted(desk, published):
    counts = publish(desk.warehouse, published, now=NOON, lock_timeout=5)
    assert (counts.articles, counts.reports, counts.incidents, counts.tolls) == (1, 1, 1, 0)
    assert counts.bytes == published.stat().st_size
    assert counts.published_at == NOON


def test_the_published_file_opens_for_readers_while_the_writer_works(desk, published):
    with open_warehouse(desk.warehouse, lock_timeout=5) as writer:
        writer.begin()
        writer.execute("DELETE FROM core.articles")
        code = "import duckdb, sys; print(len(duckdb.connect(sys.argv[1], read_only=True).sql('FROM core.articles')))"
        seen = subprocess.run([sys.executable, "-c", code, published], capture_output=True, text=True, check=True)
        assert seen.stdout == "1\n"
        assert run_query(published, "SELECT deaths FROM incidents").to_pylist() == [{"deaths": 9}]
        writer.rollback()


def test_the_lock_is_held_while_the_copy_is_made(desk, published, monkeypatch):
    tried = []

    def copy_and_try(warehouse, copy):
        shutil_copy = subprocess.run(["cp", str(warehouse), str(copy)], check=True)
        code = f"import duckdb; duckdb.connect({str(warehouse)!r})"
        tried.append(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr)
        assert shutil_copy.returncode == 0

    monkeypatch.setattr(publishing, "_copy", copy_and_try)
    publish(desk.warehouse, published, now=NOON, lock_timeout=5)
    assert "Conflicting lock" in tried[0]


def test_a_reader_keeps_the_file_it_has_open(desk, published):
    with duckdb.connect(str(published), read_only=True) as reader:
        other = story("beta", "blast", "Three died in a blast")
        desk.load(other, report(other, killed=3))
        publish(desk.warehouse, published, now=NOON, lock_timeout=5)
        assert reader.execute("SELECT count(*) FROM core.articles").fetchone() == (1,)
    assert run_query(published, "SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 2}]


def test_a_copy_that_does_not_pass_its_check_leaves_the_published_file(desk, published, monkeypatch):
    before = published.read_bytes()
    monkeypatch.setattr(publishing, "_copy", lambda warehouse, copy: shutil.copy(published, copy))
    other = story("beta", "blast", "Three died in a blast")
    desk.load(other, report(other, killed=3))
    with pytest.raises(LoadError, match="the published file stays"):
        publish(desk.warehouse, published, now=NOON, lock_timeout=5)
    assert published.read_bytes() == before
    assert [path.name for path in published.parent.glob(".casualties.duckdb.*")] == []


def test_what_a_killed_publish_left_is_swept(desk, published):
    (published.parent / ".casualties.duckdb.99999").write_bytes(b"half")
    publish(desk.warehouse, published, now=NOON, lock_timeout=5)
    assert [path.name for path in published.parent.glob(".casualties.duckdb.*")] == []


def test_nothing_is_published_of_nothing(tmp_path):
    with pytest.raises(LoadError, match="nothing was loaded yet"):
        publish(tmp_path / "none.duckdb", tmp_path / "out.duckdb", now=NOON, lock_timeout=1)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DROP VIEW incidents", "read-only"),
        ("INSERT INTO core.articles SELECT * FROM core.articles", "read-only"),
        ("SELECT * FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("ATTACH '/tmp/other.duckdb'", "disabled by configuration"),
        ("COPY incidents TO '/tmp/out.csv'", "disabled by configuration"),
        ("SET enable_external_access = true", "locked"),
        ("INSTALL httpfs", "disabled"),
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM incidents", "nothing"),
    ],
)
def test_a_question_can_neither_write_nor_reach_out(published, sql, why):
    with pytest.raises(SettingsError, match=f"(?is)the query cannot be run: .*{why}"):
        run_query(published, sql)


def test_a_question_knows_the_analysts_views_by_their_bare_names(published):
    rows = run_query(published, "SELECT evidence FROM reports JOIN incidents USING (incident_id)").to_pylist()
    assert rows == [{"evidence": "Nine people died in a raid"}]


def test_a_question_before_anything_was_published_says_so(tmp_path):
    with pytest.raises(LoadError, match="nothing was published yet"):
        run_query(tmp_path / "none.duckdb", "SELECT 1")
