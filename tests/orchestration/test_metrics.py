"""A run's counts reach a StatsD server through Airflow's own metrics."""

import os
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.quality.records import make_article
from tests.warehouse.records import poll

from casualties.model import Article, FeedPoll, KnownArticle
from casualties.orchestration.metrics import lag_seconds, new_stories
from casualties.pipeline import Run
from casualties.settings import Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TELL = """
from datetime import UTC, datetime
from casualties.model import Load
from casualties.orchestration.metrics import count_load
count_load(Load(run_id="r", loaded_at=datetime.now(UTC), extractor_version="1", feeds_polled=7, reports=3, seconds=0.5))
"""


@pytest.mark.airflow
def test_counts_are_sent_by_airflow_s_statsd_settings() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(60)
        env = os.environ | {
            "AIRFLOW__METRICS__STATSD_ON": "True",
            "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
            "AIRFLOW__METRICS__STATSD_PORT": str(server.getsockname()[1]),
        }
        subprocess.run([sys.executable, "-c", TELL], env=env, check=True, timeout=120)
        received = set()
        while not any("casualties.load:" in line for line in received):
            received.add(server.recv(1000).decode())
    assert {"airflow.casualties.feeds_polled:7|c", "airflow.casualties.reports:3|c"} <= received
    assert "airflow.casualties.load:500.000000|ms" in received


def test_the_lag_is_the_median_over_stories_that_have_a_date_and_not_one_to_come() -> None:
    def told(hours: float | None):
        published = None if hours is None else NOW - timedelta(hours=hours)
        return replace(make_article(0), published=published)

    assert lag_seconds([told(1), told(2), told(9), told(None), told(-3)], NOW) == 7200
    assert lag_seconds([told(None), told(-3)], NOW) is None


def test_the_lag_is_of_stories_that_a_feed_told_for_the_first_time(tmp_path) -> None:
    old, new = make_article(0), make_article(1)
    run = Run.begin("run 1", NOW, Settings(data_dir=tmp_path))
    run.staging.write(Article, "0000", [old, new])
    assert new_stories(run) == []
    run.staging.write(FeedPoll, "0000", [poll("alpha", "run 1")])
    run.staging.write(KnownArticle, "plan", [KnownArticle(article_id=old.article_id, url=old.url)])
    assert [story.article_id for story in new_stories(run)] == [new.article_id]
