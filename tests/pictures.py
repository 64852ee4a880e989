"""Draws the pictures in docs/: ``PYTHONPATH=include:. .venv/bin/python tests/pictures.py``.

The sample newsroom is read for two days. On the second, two places are moved out of their countries, as a wrong
gazetteer would; the mail on that is the one that a real mail server got.
"""

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from casualties.settings import PROJECT, Settings

DOCS = PROJECT / "docs"


def misplace(run: Any, day: int) -> None:
    """On day 2, move the places of the first two reports that have one to the other side of the world."""
    from casualties.model import EventReport

    left = 2 if day == 2 else 0
    for batch in run.staging.batches(EventReport):
        reports = run.staging.read(EventReport, batch)
        for number, report in enumerate(reports):
            if left and report.place and report.place.lat is not None and report.place.country:
                reports[number] = replace(report, place=replace(report.place, lon=report.place.lon - 120))
                left -= 1
        run.staging.write(EventReport, batch, reports)


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


def report_page(data: Path, newsroom: Any) -> Path:
    """The report page on the newsroom as it is."""
    from tests.newsroom.result import read_newsroom

    from casualties.reports.export import export

    settings = Settings(data_dir=data)
    published = read_newsroom(settings, newsroom)
    return export(published, settings.exports, formats=["html"], keep=1, lock_timeout=5).folder / "report.html"


def draw_report(chromium: Any, report: Path) -> None:
    """The page by day with a card open, by night as a table, and on a telephone."""
    shapes = {"report": ("light", 1400, 940), "report_dark": ("dark", 1400, 940), "report_narrow": ("light", 400, 860)}
    for name, (scheme, width, height) in shapes.items():
        page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        page.goto(report.resolve().as_uri())
        page.select_option(".head select", "sources")
        page.fill("[name=from]", "2026-03-01")
        page.wait_for_selector("#sum:has-text('Filtered')")
        if name == "report_dark":
            page.click("#show-table")
            page.click("thead button:text-is('Killed')")
        if name != "report_narrow":
            page.click(".item >> nth=0")
        page.screenshot(path=DOCS / f"{name}.png")
        page.close()


def main() -> None:
    from tests.alerts.mailbox import Mailbox, mailto
    from tests.newsroom.result import RUNS, read_newsroom
    from tests.newsroom.server import Newsroom
    from tests.orchestration.desk import browser, served_desk

    from casualties.orchestration.alerting import notify_operators
    from casualties.pipeline.run import folder_name

    box = Mailbox()
    box.start()
    with tempfile.TemporaryDirectory() as folder, Newsroom(port=8790) as newsroom:
        os.chdir(folder)
        os.environ["CASUALTIES_STALE_HOURS"] = "1e6"  # the newsroom's days are past
        os.environ["CASUALTIES_DATA_DIR"] = str(Path("data") / "demo")
        os.environ["CASUALTIES_ALLOW_HOSTS"] = newsroom.url.removeprefix("http://")
        settings = Settings()

        def tell(run: Any) -> None:
            page = f"{settings.ui_url}/dags/ingest_news/runs/{run.run_id}"
            notify_operators(run, [mailto(box)], run_url=page)

        read_newsroom(settings, newsroom, before_check=misplace, after=tell)
        report = report_page(Path("data") / "report", newsroom)
        with served_desk() as url, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1340, "height": 700})
            page.goto(url)
            page.screenshot(path=DOCS / "newsdesk.png")
            page.goto(f"{url}docs/{folder_name(RUNS[2])}/event_reports.html")
            page.screenshot(path=DOCS / "data_docs.png")
            page.set_viewport_size({"width": 900, "height": 640})
            page.set_content(mail_page(next(mail for mail in box.handler.mails if "event reports" in mail["Subject"])))
            page.screenshot(path=DOCS / "alert.png")
            draw_report(chromium, report)
    box.stop()


if __name__ == "__main__":
    main()
