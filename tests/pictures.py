"""Draws the pictures in docs/: ``PYTHONPATH=include:. .venv/bin/python tests/pictures.py``.

The sample newsroom is read for two days. On the second, two places are moved out of their countries, as a wrong
gazetteer would; the mail on that is the one that a real mail server got.
"""

import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casualties.settings import PROJECT, Settings

DOCS = PROJECT / "docs"
RUNS = {day: f"scheduled__2026-03-{18 + day}T20:00:00+00:00" for day in (1, 2)}


def misplace(run: Any) -> None:
    """Move the places of the first two reports that have one to the other side of the world."""
    from casualties.model import EventReport

    left = 2
    for batch in run.staging.batches(EventReport):
        reports = run.staging.read(EventReport, batch)
        for number, report in enumerate(reports):
            if left and report.place and report.place.lat is not None and report.place.country:
                reports[number] = replace(report, place=replace(report.place, lon=report.place.lon - 120))
                left -= 1
        run.staging.write(EventReport, batch, reports)


def read_newsroom(settings: Settings, newsroom: Any, urls: list[str]) -> None:
    from casualties import pipeline
    from casualties.orchestration.alerting import notify_operators

    feeds = pipeline.read_feed_list(newsroom.opml_url, settings)
    for day, run_id in RUNS.items():
        newsroom.day = day
        run = pipeline.Run.begin(run_id, datetime(2026, 3, 18 + day, 20, tzinfo=UTC), settings)
        for batch in pipeline.plan(run, feeds, force=True).batches:
            pipeline.poll(run, batch)
        for batch in pipeline.targets(run):
            pipeline.fetch(run, batch)
            pipeline.read(run, batch)
        if day == 2:
            misplace(run)
        pipeline.validate(run)
        pipeline.load(run)
        pipeline.publish(run)
        notify_operators(run, urls, run_url=f"{settings.ui_url}/dags/ingest_news/runs/{run_id}")


def mail_page(mail: Any) -> str:
    """A mail as a reader shows it: its head, and its HTML part."""
    from html import escape

    head = "".join(f"<div><b>{name}</b> {escape(mail[name])}</div>" for name in ("Subject", "From", "To"))
    style = (
        "body{font:15px/1.45 system-ui,sans-serif;margin:24px;max-width:820px}"
        ".head{border-bottom:1px solid #ccc;padding-bottom:10px}"
    )
    html = mail.get_body(("html",)).get_content()
    return f'<meta charset="utf-8"><style>{style}</style><div class="head">{head}</div>{html}'


def main() -> None:
    from tests.alerts.mailbox import Mailbox, mailto
    from tests.newsroom.server import Newsroom
    from tests.orchestration.desk import browser, served_desk

    from casualties.pipeline.run import folder_name

    box = Mailbox()
    box.start()
    with tempfile.TemporaryDirectory() as folder, Newsroom(port=8790) as newsroom:
        os.chdir(folder)
        os.environ["CASUALTIES_DATA_DIR"] = str(Path("data") / "demo")
        os.environ["CASUALTIES_ALLOW_HOSTS"] = newsroom.url.removeprefix("http://")
        read_newsroom(Settings(), newsroom, [mailto(box)])
        with served_desk() as url, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1340, "height": 700})
            page.goto(url)
            page.screenshot(path=DOCS / "newsdesk.png")
            page.goto(f"{url}docs/{folder_name(RUNS[2])}/event_reports.html")
            page.screenshot(path=DOCS / "data_docs.png")
            page.set_viewport_size({"width": 900, "height": 640})
            page.set_content(mail_page(next(mail for mail in box.handler.mails if "event reports" in mail["Subject"])))
            page.screenshot(path=DOCS / "alert.png")
    box.stop()


if __name__ == "__main__":
    main()
