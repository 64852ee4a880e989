"""The News desk and its Data Docs in a real browser: what strangers wrote stays text, and nobody else is asked."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.orchestration.desk import CHROMIUM, browser, served_desk
from tests.quality.records import NOW, make_article
from tests.warehouse.records import feed, poll

from casualties import pipeline
from casualties.model import Article, Feed, FeedPoll
from casualties.pipeline import Run
from casualties.settings import Settings

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)"),
]
HOSTILE = "<script>window.hit = 1</script><img src=https://evil.example/x.png onerror='window.hit = 1'>"


def test_page_and_data_docs_show_a_run_run_nothing_and_ask_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    run = Run.begin("run 1", NOW, Settings())
    run.staging.write(Feed, "rest", [feed("alpha"), feed("beta")])
    run.staging.write(FeedPoll, "0000", [poll("alpha", "run 1", status="timeout"), poll("beta", "run 1")])
    bad = make_article(1, title=HOSTILE, publisher=HOSTILE, published=NOW + timedelta(days=9))
    run.staging.write(Article, "0000", [make_article(0), bad, make_article(2, url=HOSTILE, title=HOSTILE)])
    pipeline.validate(run)
    pipeline.load(run)
    asked: list[str] = []
    with served_desk() as url, browser() as chromium:
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(url)
        text = page.inner_text("body")
        for words in ("Last loads", "run 1", "timeout", "published_not_in_future", "Quarantine", bad.url, HOSTILE):
            assert words in text
        assert "None of 3 articles has this fault: neither title nor text says anything." in text
        page.click("text=run 1")
        assert "Data Docs, run run 1" in page.inner_text("h1")
        page.click("text=articles")
        assert HOSTILE in page.inner_text("body")
        assert page.evaluate("window.hit") is None
        assert page.query_selector("img, script") is None
    assert len(asked) >= 3
    assert [address for address in asked if not address.startswith(url)] == []
