"""What the report page costs with 10,000 incidents beside 1,000: opening it, one filter, the table sorted."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.orchestration.desk import CHROMIUM, browser
from tests.reports.many import many

from casualties.reports.page import page

pytestmark = [pytest.mark.bench, pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")]

SIZES = (1_000, 10_000)
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def milliseconds(page_: Any, action: Callable[[], object], until: str = "") -> float:
    """From an action until what it changes is there and drawn; the pause before a filter works included."""
    begun = time.perf_counter()
    action()
    if until:
        page_.wait_for_selector(until)
    page_.evaluate(DRAWN)
    return 1000 * (time.perf_counter() - begun)


def steps(chromium: Any, folder: Path, size: int) -> dict[str, float]:
    """What each step costs with so many incidents."""
    data = many(size)
    file = folder / f"{size}.html"
    file.write_text(page(data), encoding="utf-8")
    sudan = sum(row["country"] == "SDN" for row in data["incidents"])
    shown = chromium.new_page(viewport={"width": 1400, "height": 900})
    cost = {
        "open": milliseconds(shown, lambda: shown.goto(file.as_uri()), ".item"),
        "filter": milliseconds(
            shown, lambda: shown.select_option("[name=country]", "SDN"), f"h2:text-is('{sudan:,} incidents')"
        ),
        "card": milliseconds(shown, lambda: shown.click(".item >> nth=0"), "#card-title"),
        "table": milliseconds(shown, lambda: shown.click("#show-table"), "tbody tr"),
        "sort": milliseconds(shown, lambda: shown.click("thead button:text-is('Killed')")),
    }
    shown.close()
    return cost


def test_ten_thousand_incidents_open_and_answer_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with browser() as chromium:
        small, large = (steps(chromium, tmp_path, size) for size in SIZES)
    with capsys.disabled():
        for step, took in small.items():
            print(
                f"\n{step}: {took:.0f} ms with {SIZES[0]:,} incidents, {large[step]:.0f} ms with {SIZES[1]:,}, "
                f"{large[step] / took:.1f} times as much",
                end="",
            )
    assert large["filter"] < 10 * small["filter"]
