"""Staging and archive in an object store: a real S3 server on loopback, through the setting alone."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.newsroom.server import Newsroom

from casualties import pipeline
from casualties.model import Feed
from casualties.pages.archive import read_page
from casualties.pipeline import Run
from casualties.pipeline.tidying import prune, sweep
from casualties.settings import Settings
from casualties.staging import Staging
from casualties.store import WholeFile, open_at, store_path, whole_file
from casualties.warehouse import open_warehouse

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of an S3 server of its own."""
    import boto3
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    name = f"news-{uuid.uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=name)
    s3fs.S3FileSystem.clear_instance_cache()
    yield f"s3://{name}/live"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return store_path(tmp_path if request.param == "disk" else request.getfixturevalue("bucket"))


def test_a_file_is_whole_or_absent(store: Path) -> None:
    def write(path: Path, words: bytes, fail: bool) -> None:
        with whole_file(path) as out:
            out.write(words)
            if fail:
                raise RuntimeError("in the middle")

    path = store / "staging" / "a.bin"
    with pytest.raises(RuntimeError):
        write(path, b"half", fail=True)
    assert not path.exists()
    write(path, b"0123456789", fail=False)
    write(path, b"abcdefghij", fail=False)
    with pytest.raises(RuntimeError):
        write(path, b"half", fail=True)
    with open_at(path, 4) as source:
        assert source.read(3) == b"efg"
    WholeFile(store / "staging" / "b.bin").discard()
    assert [file.name for file in (store / "staging").glob("*")] == ["a.bin"]
    with pytest.raises(OSError, match=r"c\.bin"):
        open_at(store / "staging" / "c.bin")


def test_records_come_back_by_batch_and_all_together(store: Path) -> None:
    feeds = [Feed(feed_id=name, url=f"https://{name}.example/rss", title=name, publisher=name) for name in "abc"]
    staging = Staging(store / "staging" / "run")
    assert staging.read(Feed) == []
    staging.write(Feed, "0001", feeds[1:])
    staging.write(Feed, "0000", feeds[:1])
    assert staging.batches(Feed) == ["0000", "0001"]
    assert staging.read(Feed, "0001") == feeds[1:]
    assert staging.read(Feed) == feeds


def test_a_run_with_its_staging_and_archive_in_the_store_finds_what_one_on_disk_finds(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom() as newsroom:
        monkeypatch.setenv("CASUALTIES_ALLOW_HOSTS", newsroom.url.removeprefix("http://"))
        feeds = list(pipeline.read_feed_list(f"{newsroom.url}/feeds.opml", Settings()))[:2]
        found = []
        for name, where in (("disk", ""), ("store", bucket)):
            settings = Settings(data_dir=tmp_path / name, store=where)
            pipeline.ingest(Run.begin("run 1", NOW, settings), feeds, force=True)
            with open_warehouse(settings.published, read_only=True, lock_timeout=5) as con:
                reports = con.execute("SELECT report_id, killed FROM core.event_reports ORDER BY ALL").fetchall()
                pages = con.execute(
                    "SELECT warc_file, warc_offset FROM core.article_versions WHERE warc_file IS NOT NULL ORDER BY ALL"
                ).fetchall()
            assert reports
            assert pages
            found.append((reports, sorted(read_page(settings.archive_dir, *page).url for page in pages)))
    assert found[0] == found[1]
    assert not (tmp_path / "store" / "staging").exists()
    assert not (tmp_path / "store" / "archive").exists()
    late = datetime.now(UTC) + timedelta(days=30)
    assert prune(settings.staging_dir, days=7, now=late) == ["run_1"]
    assert not settings.staging_dir.exists() or list(settings.staging_dir.iterdir()) == []
    assert sweep(settings, now=late) == []  # the warehouse needs them
