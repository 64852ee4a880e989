import duckdb
import pytest

from casualties.errors import LoadError
from casualties.warehouse import migrate as migration
from casualties.warehouse import open_warehouse
from casualties.warehouse.migrate import SCHEMA_VERSION, migrate, scripts


@pytest.fixture
def first_version(tmp_path):
    """A file of schema version 1 with a feed in it."""
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        migrate(con, path, to=1)
        con.execute("INSERT INTO core.feeds (feed_id, url, listed) VALUES ('f1', 'https://alpha.example/feed', true)")
    return path


def test_a_file_of_version_1_is_brought_forward_with_its_rows(first_version):
    with open_warehouse(first_version, lock_timeout=1) as con:
        assert con.execute("SELECT list(version ORDER BY version) FROM ops.schema_versions").fetchone() == (
            list(range(1, SCHEMA_VERSION + 1)),
        )
        assert con.execute("SELECT url, failures FROM core.feeds").fetchall() == [("https://alpha.example/feed", 0)]
        assert con.execute("SELECT count(*) FROM analytics.incidents").fetchone() == (0,)


def test_a_reader_does_not_migrate(first_version):
    with (
        pytest.raises(LoadError, match=f"schema version 1, this program reads {SCHEMA_VERSION}"),
        open_warehouse(first_version, read_only=True, lock_timeout=1),
    ):
        pass


def test_a_script_that_fails_leaves_the_file_at_its_version(first_version, tmp_path, monkeypatch):
    broken = tmp_path / "0002_broken.sql"
    broken.write_text("CREATE TABLE core.half (x BIGINT); SELECT no_such_function();")
    monkeypatch.setattr(migration, "scripts", lambda: {1: scripts()[1], 2: broken})
    with duckdb.connect(str(first_version)) as con:
        with pytest.raises(LoadError, match="cannot be brought from version 1 to 2"):
            migrate(con, first_version, to=2)
        assert con.execute("SELECT max(version) FROM ops.schema_versions").fetchone() == (1,)
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchone() == (0,)


def test_a_file_of_a_newer_program_is_not_touched(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_warehouse(path, lock_timeout=1) as con:
        con.execute("INSERT INTO ops.schema_versions VALUES (99, '0099_later', now()::TIMESTAMP)")
    with pytest.raises(LoadError, match="schema version 99"), open_warehouse(path, lock_timeout=1):
        pass


def test_views_are_rebuilt_with_their_comments_when_their_text_changed(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_warehouse(path, lock_timeout=1) as con:
        con.execute("CREATE OR REPLACE VIEW analytics.incidents AS SELECT 1 AS mine")
        con.execute("UPDATE ops.schema_views SET sha256 = 'of an older program'")
    with open_warehouse(path, lock_timeout=1) as con:
        comment = con.execute(
            "SELECT comment FROM duckdb_columns() WHERE schema_name = 'analytics' AND table_name = 'incidents' "
            "AND column_name = 'deaths'"
        ).fetchone()
    assert comment is not None
    assert "for sums" in comment[0]


def test_every_view_column_and_macro_for_analysts_is_explained(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb", lock_timeout=1) as con:
        silent = con.execute(
            """
            SELECT view_name FROM duckdb_views() WHERE schema_name = 'analytics' AND comment IS NULL
            UNION ALL
            SELECT table_name || '.' || column_name FROM duckdb_columns()
            WHERE schema_name = 'analytics' AND comment IS NULL
            UNION ALL
            SELECT function_name FROM duckdb_functions() WHERE schema_name = 'analytics' AND comment IS NULL
            """
        ).fetchall()
    assert silent == []
