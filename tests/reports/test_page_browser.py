"""The report page in a real browser, opened as a file: what it shows, what keys do, and that it asks no network."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.orchestration.desk import CHROMIUM, browser
from tests.reports.many import many
from tests.reports.small import FORMULA, SCRIPT

from casualties.reports.page import page, page_data, write_page
from casualties.warehouse import open_warehouse

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)")
COUNT = 10_000


@dataclass
class Opened:
    """A page with what it said and asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # by the page's policy

    @property
    def deaths(self) -> int:
        return int(re.sub(r"\D", "", self.page.inner_text("#sum b").split(" ")[0]))

    def count(self) -> int:
        return int(re.sub(r"\D", "", self.page.inner_text("#list h2")))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Opened]]:
    """Opens a file, and at the end holds it to its promises: no complaint, no request."""
    opened: list[Opened] = []

    def go(path: Path, address: str = "", **more: Any) -> Opened:
        one = Opened(chromium.new_page(**({"viewport": {"width": 1400, "height": 900}} | more)))
        one.page.set_default_timeout(20_000)
        one.page.on("console", lambda message: one.complaints.append(message.text))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on("requestfailed", lambda request: request.failure == "csp" and one.refused.append(request.url))
        one.page.on("request", lambda request: one.asked.append(request.url))
        one.page.goto(f"file://{path}{address}")
        opened.append(one)
        return one

    yield go
    for one in opened:
        assert one.complaints == []
        assert [url for url in one.asked if not url.startswith(("file://", "data:", "blob:"))] == []
        assert sum(url.startswith("file://") for url in one.asked) == 1
        one.page.close()


@pytest.fixture(scope="module")
def few(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    with open_warehouse(small, read_only=True, lock_timeout=5) as con:
        write_page(con, path)
    return path


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "many.html"
    path.write_text(page(many(COUNT)), encoding="utf-8")
    return path


def test_the_made_up_incidents_have_the_shape_of_real_ones(small: Path) -> None:
    with open_warehouse(small, read_only=True, lock_timeout=5) as con:
        real = page_data(con)
    made = many(300)
    for name in ("feeds", "days"):
        assert made[name][0].keys() == real[name][0].keys()
    known = {key for incident in real["incidents"] for key in incident} | {"sources_disagree"}
    assert {key for incident in made["incidents"] for key in incident} <= known
    assert made["incidents"][0]["told"][0].keys() == real["incidents"][0]["told"][0].keys()
    assert made["incidents"][0]["states"][0].keys() == real["incidents"][0]["states"][0].keys()


def test_it_says_what_it_is_of_when_and_where_nobody_looked(visit: Callable[..., Opened], few: Path) -> None:
    shown = visit(few).page
    text = shown.inner_text("header")
    assert "Automatically extracted, unverified." in text
    assert "State of 23 Jul 2019, 12:02 UTC" in text
    assert "1 of 2 feeds answered on 24 Jul 2019; 2 days with gaps" in text
    shown.click("#coverage summary")
    assert "beta timeout, 1 failure in a row, never read" in shown.inner_text("#coverage")
    assert shown.inner_text("#sum").startswith("89 deaths (87 to 89) in 3 incidents. 1 number is open")
    assert "1 part of others not added" in shown.inner_text("#sum")
    assert "GeoNames" in shown.inner_text("footer")


def test_a_card_has_range_sources_denials_sentences_links_and_history(visit: Callable[..., Opened], few: Path) -> None:
    opened = visit(few)
    opened.page.click(".item:has-text('Air strike, Idlib')")
    card = opened.page.locator("#card")
    text = card.inner_text()
    for words in (
        "61 (59–61) killed", "Reports tell 59 to 61.", "Automatically extracted, unverified.", "24+",
        "children: 7 killed",
        "Russia (accused), Syria", "Moscow (for Russia)", "a monitor, medics",
        "alpha, gamma, beta (2 independent sources)",
        "Somewhere in this province", "Sixty-one died", "a copy: adds no source", "38 killed, Maarat al-Numan",
        "figure raised: 61 killed (was 59), 3 reports", "denied",
    ):  # fmt: skip
        assert words in text, words
    assert card.locator("a").first.get_attribute("href") == "https://alpha.example/strikes"
    assert card.locator("a").first.get_attribute("rel") == "noopener noreferrer"
    opened.page.click("#card .note button")
    assert "whose figure includes this one. It is added to no sum" in card.inner_text()


def test_what_strangers_wrote_is_text_everywhere(visit: Callable[..., Opened], few: Path) -> None:
    shown = visit(few).page
    shown.click(".item:has-text('Bombing')")
    assert SCRIPT in shown.inner_text("#card")
    shown.click("#show-table")
    shown.click("#card .back")
    shown.click(".item:has-text('Armed clash')")
    assert FORMULA in shown.inner_text("#card")
    shown.fill("[name=text]", "window.hit")
    shown.wait_for_selector("#list h2:text-is('1 incident')")
    assert shown.evaluate("window.hit") is None
    assert shown.query_selector("#list img, #card img, #table-view img") is None


def test_its_policy_lets_no_other_script_run_and_nothing_be_loaded(visit: Callable[..., Opened], few: Path) -> None:
    opened = visit(few)
    opened.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.hit = 1";
            document.body.append(script);
            const image = new Image();
            image.src = "https://evil.example/x.png";
            document.body.append(image);
        }"""
    )
    opened.page.wait_for_function("() => document.querySelector('img[src*=evil]').complete")
    assert opened.page.evaluate("window.hit") is None
    assert len(opened.complaints) == 2
    assert all("Content Security Policy" in words for words in opened.complaints)
    assert opened.refused == opened.asked[1:] == ["https://evil.example/x.png"]
    opened.complaints.clear()
    opened.asked.pop()


def test_filters_narrow_map_list_and_sum_and_stand_in_the_address(visit: Callable[..., Opened], full: Path) -> None:
    data = many(COUNT)["incidents"]
    opened = visit(full)
    whole = sum(row["deaths"] for row in data if not row.get("part_of"))
    assert (opened.count(), opened.deaths) == (COUNT, whole)

    def matching(**wanted: Any) -> int:
        return sum(
            row["country"] == wanted.get("country", row["country"])
            and row["type"] in wanted.get("types", (row["type"],))
            and row["day"] >= wanted.get("since", "")
            and row["place_precision"] in wanted.get("precisions", (row["place_precision"],))
            and row["independent_sources"] >= wanted.get("sources", 0)
            for row in data
        )

    def shows(number: int) -> None:
        opened.page.wait_for_selector(f"#list h2:text-is('{number:,} incidents')")

    opened.page.select_option("[name=country]", "SDN")
    shows(matching(country="SDN"))
    opened.page.click("#types summary")
    opened.page.check("[value=shelling]")
    opened.page.check("[value=bombing]")
    shows(matching(country="SDN", types=("shelling", "bombing")))
    opened.page.select_option("[name=precision]", "1")
    shows(matching(country="SDN", types=("shelling", "bombing"), precisions=("exact", "near")))
    opened.page.fill("[name=sources]", "3")
    shows(matching(country="SDN", types=("shelling", "bombing"), precisions=("exact", "near"), sources=3))
    wanted = {"types": ("shelling", "bombing"), "precisions": ("exact", "near"), "sources": 3, "since": "2025-09-01"}
    opened.page.fill("[name=from]", "2025-09-01")
    shows(matching(country="SDN", **wanted))
    address = opened.page.evaluate("location.hash")
    again = visit(full, address)
    assert again.count() == matching(country="SDN", **wanted)
    opened.page.click("[type=reset]")
    shows(COUNT)


def test_ten_thousand_incidents_can_be_searched_paged_and_sorted(visit: Callable[..., Opened], full: Path) -> None:
    data = many(COUNT)["incidents"]
    opened = visit(full)
    assert opened.page.locator(".item").count() == 40
    opened.page.click(".more")
    assert opened.page.locator(".item").count() == 80
    opened.page.click("#show-table")
    assert opened.page.locator("#table-view tbody tr").count() == 100
    opened.page.click("thead button:text-is('Killed')")
    top = max(row["killed_best"] for row in data)
    assert opened.page.locator("tbody tr").first.locator("td").nth(2).inner_text().startswith(f"{top:,}")
    assert opened.page.get_attribute("thead th:nth-child(4)", "aria-sort") == "descending"
    opened.page.click("text=Next")
    assert opened.page.inner_text(".pages span") == "101–200 of 10,000"
    opened.page.fill("[name=text]", "story 4321.")
    opened.page.wait_for_selector("#list h2:text-is('1 incident')")
    opened.page.click("tbody .link")
    assert "Story 4321.0" in opened.page.inner_text("#card")


def test_a_click_on_the_map_chooses_the_incidents_of_that_place(visit: Callable[..., Opened], few: Path) -> None:
    opened = visit(few)
    box = opened.page.locator("#map").bounding_box()
    found = False
    for dx in range(-300, 301, 12):
        opened.page.mouse.move(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 - 60)
        if opened.page.locator(".leaflet-tooltip").count():
            found = True
            break
    assert found
    assert "incident" in opened.page.inner_text(".leaflet-tooltip")
    opened.page.mouse.down()
    opened.page.mouse.up()
    opened.page.wait_for_selector("#card:not([hidden]), #list:not([hidden]) .chip")
    assert opened.page.evaluate("document.querySelectorAll('.chip').length") == 1


def test_dragging_over_the_timeline_chooses_dates(visit: Callable[..., Opened], full: Path) -> None:
    opened = visit(full)
    opened.page.locator("#timeline").scroll_into_view_if_needed()
    box = opened.page.locator("#timeline .u-over").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 20, steps=4)
    opened.page.mouse.up()
    opened.page.wait_for_function("() => document.querySelector('[name=from]').value")
    since, until = (opened.page.input_value(f"[name={name}]") for name in ("from", "to"))
    assert "2024-10" < since < until < "2026-01"
    assert opened.count() == sum(since <= row["day"] <= until for row in many(COUNT)["incidents"])


def test_it_works_with_keys_alone_and_focus_is_never_lost(visit: Callable[..., Opened], few: Path) -> None:
    opened = visit(few)
    focus = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate(focus) == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate(focus) == "side"
    opened.page.keyboard.press("Tab")  # the order
    opened.page.keyboard.press("Tab")
    first = opened.page.evaluate("document.activeElement.dataset.id")
    assert first
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate(focus) == "card-title"
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("document.activeElement.dataset.id") == first
    opened.page.focus("#map")
    before = opened.page.evaluate("document.querySelector('.leaflet-map-pane').style.transform")
    opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_function(
        "before => document.querySelector('.leaflet-map-pane').style.transform !== before", arg=before
    )


def test_every_control_has_a_name_for_screen_readers(visit: Callable[..., Opened], few: Path) -> None:
    opened = visit(few)
    opened.page.click("#show-table")
    opened.page.click(".item >> nth=0")
    tree = opened.page.context.new_cdp_session(opened.page).send("Accessibility.getFullAXTree")["nodes"]
    controls = [node for node in tree if not node.get("ignored") and node["role"]["value"] in NAMED]
    assert len(controls) > 20
    assert [node["role"]["value"] for node in controls if not node.get("name", {}).get("value")] == []
    assert opened.page.locator("tbody th[scope=row]").count() == opened.page.locator("tbody tr").count() == 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_by_day_and_by_night(visit: Callable[..., Opened], few: Path, scheme: str) -> None:
    opened = visit(few, color_scheme=scheme)
    opened.page.click(".item >> nth=0")
    low = opened.page.evaluate(CONTRAST)
    assert low == []


def test_nothing_is_wider_than_a_telephone(visit: Callable[..., Opened], few: Path) -> None:
    opened = visit(few, viewport={"width": 360, "height": 760})
    opened.page.click(".item >> nth=0")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360


NAMED = {
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "spinbutton", "Date", "table", "region", "form",
    "complementary", "application", "image",
}  # fmt: skip

# Texts whose contrast is below 4.5 to 1 (WCAG 2.2, AA).
CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("header *, #sum *, .legend *, .hint, #list *, #card *, footer *, label")]
    .filter((e) => e.offsetParent && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .map((e) => {
      const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
      return [e.textContent.slice(0, 30), (a + 0.05) / (b + 0.05)];
    })
    .filter(([, contrast]) => contrast < 4.5);
}"""
