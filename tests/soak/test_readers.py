"""Readers while the pipeline loads: no lock error, and never half a batch."""

import multiprocessing
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest
from tests.warehouse.records import NOON, report, story

from casualties.events import EXTRACTOR_VERSION
from casualties.staging import Staging
from casualties.warehouse import open_warehouse
from casualties.warehouse.load import load_run
from casualties.warehouse.publish import publish

pytestmark = pytest.mark.soak

READERS, QUERIES, LOADS, BATCH = 4, 250, 20, 30


def write(folder: Path, number: int) -> None:
    """One more batch of thirty stories, each killing one, loaded and published."""
    staging, at = Staging(folder / str(number)), NOON + timedelta(minutes=number)
    articles = [story(f"outlet{i}", f"raid-{number}-{i}", f"One died in raid {number}, {i}.", at) for i in range(BATCH)]
    staging.write(type(articles[0]), "0", articles)
    staging.write(type(report(articles[0])), "0", [report(article, killed=1) for article in articles])
    with open_warehouse(folder / "warehouse.duckdb", lock_timeout=60) as con:
        load_run(
            con, staging, run_id=str(number), extractor_version=EXTRACTOR_VERSION, now=at, critical=False, feeds=[]
        )
    publish(folder / "warehouse.duckdb", folder / "casualties.duckdb", now=at, lock_timeout=60)


def write_all(folder: Path, numbers: range, done: Event) -> None:
    try:
        for number in numbers:
            write(folder, number)
    finally:
        done.set()


def ask(published: Path, done: Event, answers: "multiprocessing.Queue[list[tuple[int, int, int]]]") -> None:
    """Put what each query finds while loads go on: articles, reports, linked reports; -1 thrice for an error."""
    found: list[tuple[int, int, int]] = []
    while len(found) < QUERIES or not done.is_set():
        try:
            with duckdb.connect(str(published), read_only=True) as con:
                row = con.execute(
                    "SELECT (SELECT count(*) FROM analytics.articles), (SELECT count(*) FROM analytics.reports),"
                    " (SELECT sum(reports)::BIGINT FROM analytics.incidents)"
                ).fetchone()
            found.append(row or (-1, -1, -1))
        except duckdb.Error:
            found.append((-1, -1, -1))
    answers.put(found)


@pytest.mark.timeout(3600)
def test_a_thousand_queries_during_twenty_loads_find_whole_batches_and_no_lock(tmp_path, capsys):
    write(tmp_path, 0)
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[list[tuple[int, int, int]]] = context.Queue()
    done = context.Event()
    published = tmp_path / "casualties.duckdb"
    readers = [context.Process(target=ask, args=(published, done, answers)) for _ in range(READERS)]
    writer = context.Process(target=write_all, args=(tmp_path, range(1, LOADS + 1), done))
    for process in (writer, *readers):
        process.start()
    found = [answer for _ in readers for answer in answers.get(timeout=3000)]
    for process in (writer, *readers):
        process.join()
        assert process.exitcode == 0
    states = [articles for articles, _, _ in found]
    assert all(articles == reports == linked for articles, reports, linked in found)
    assert all(articles > 0 and articles % BATCH == 0 for articles in states)
    with capsys.disabled():
        print(f"\n{len(found)} queries saw {len(set(states))} states of {LOADS + 1}")
