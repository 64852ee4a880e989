"""The News desk page: for logged-in users only, of any state of the warehouse, and inert whatever strangers wrote."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html
from tests.warehouse.records import NOON, feed, poll, quarantined

from casualties import pipeline
from casualties.model import Feed, FeedPoll, Quarantined, ValidationResult
from casualties.pipeline import Run
from casualties.reports.newsdesk import read_snapshot
from casualties.settings import Settings

pytestmark = pytest.mark.airflow
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A client that is nobody; ``login`` makes it a user, who may decide on quarantined rows or not."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi.testclient import TestClient

    from casualties.orchestration.newsdesk import app, may_decide

    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
    client: Any = TestClient(app, raise_server_exceptions=True)

    def login(decides: bool = False) -> None:
        app.dependency_overrides |= {
            get_user: lambda: SimpleNamespace(get_name=lambda: "otto"),
            may_decide: lambda: decides,
        }

    client.login = login
    yield client
    app.dependency_overrides.clear()


def test_who_is_not_logged_in_sees_nothing(desk: Any) -> None:
    answer = desk.get("/")
    assert answer.status_code == 401
    assert "News desk" not in answer.text


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_page_has_no_other_routes(desk: Any, path: str) -> None:
    desk.login()
    assert desk.get(path).status_code == 404


def test_before_the_first_load_the_page_says_what_to_do(desk: Any) -> None:
    desk.login()
    answer = desk.get("/")
    assert answer.status_code == 200
    assert "Nothing has been loaded yet" in answer.text


def test_loads_feeds_validation_and_quarantine_are_shown_and_strangers_words_are_text(desk: Any) -> None:
    settings = Settings()
    run = Run.begin("run 1", NOON, settings)
    run.staging.write(Feed, "rest", [replace(feed("alpha"), title=HOSTILE), feed("beta")])
    run.staging.write(FeedPoll, "0000", [poll("alpha", "run 1", status="timeout"), poll("beta", "run 1")])
    row = replace(quarantined("run 1", "article", "a"), reason=HOSTILE, value=HOSTILE, url="javascript:alert(1)")
    run.staging.write(Quarantined, "validate", [row])
    broken = ValidationResult(
        run_id="run 1", suite="articles", expectation="says_something", severity="critical", outcome="broken",
        evaluated=0, failed=0, message=HOSTILE, checked_at=NOON,
    )  # fmt: skip
    run.staging.write(ValidationResult, "validate", [broken])
    pipeline.load(run)
    desk.login()
    answer = desk.get("/")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    page = html.fromstring(answer.text)
    assert page.xpath("//script | //img | //a | //*[@onerror]") == []
    loads, validation, feeds, quarantine = [
        [[cell.text_content() for cell in row.xpath("td")] for row in table.xpath(".//tr[td]")]
        for table in page.xpath("//table")
    ]
    assert [row[1:4] for row in loads] == [["run 1", "held back", "2"]]
    assert [(row[0], row[6]) for row in validation] == [("broken", HOSTILE)]
    assert [row[0] for row in feeds] == ["timeout", "ok"]
    assert HOSTILE in feeds[0][3]
    assert [row[4:] for row in quarantine] == [[HOSTILE, HOSTILE, "javascript:alert(1)"]]
    assert page.xpath("//form | //input | //button") == []


@pytest.fixture
def held(desk: Any) -> str:
    """The id of a quarantined article."""
    run = Run.begin("run 1", NOON, Settings())
    run.staging.write(
        Quarantined, "validate", [quarantined("run 1", "article", "a"), quarantined("run 1", "page", "b")]
    )
    pipeline.load(run)
    (row,) = [row for row in read_snapshot(Settings().newsdesk)["quarantine"] if row["subject"] == "article"]
    return str(row["quarantine_id"])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was started, in place of runs of an Airflow."""
    runs: list[dict[str, Any]] = []

    def start(conf: dict[str, Any], by: str) -> str:
        runs.append(conf)
        return "run <2>"

    monkeypatch.setattr("casualties.orchestration.newsdesk._start_replay", start)
    return runs


def test_who_may_decide_starts_a_replay_with_the_reason_and_their_name(
    desk: Any, held: str, started: list[dict[str, Any]]
) -> None:
    desk.login(decides=True)
    page = html.fromstring(desk.get("/").text)
    assert len(page.xpath("//form[@action='decide']//input[@name='row']")) == 2
    answer = desk.post("/decide", data={"row": [held], "why": " https://example.org/1 ", "decision": "release"})
    assert started == [{"release": [held], "why": "https://example.org/1", "by": "otto"}]
    assert "run <2>" in html.fromstring(answer.text).xpath("string(//p[@role='status'])")


def test_who_may_not_decide_starts_nothing(desk: Any, held: str, started: list[dict[str, Any]]) -> None:
    form = {"row": [held], "why": "a reason", "decision": "release"}
    assert desk.post("/decide", data=form).status_code == 401
    desk.login()
    assert desk.post("/decide", data=form).status_code == 403
    assert html.fromstring(desk.get("/").text).xpath("//form") == []
    assert started == []


def test_a_form_of_another_site_starts_nothing(desk: Any, held: str, started: list[dict[str, Any]]) -> None:
    desk.login(decides=True)
    form = {"row": [held], "why": "a reason", "decision": "release"}
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}, {"Origin": "null"}):
        assert desk.post("/decide", data=form, headers=foreign).status_code == 403
    assert started == []
    assert desk.post("/decide", data=form, headers={"Origin": "http://testserver"}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"row": []}, {"row": ["unheard of"]}, {"why": "  "}, {"decision": "delete"}, {"decision": ""}],
)
def test_a_form_that_does_not_say_what_and_why_starts_nothing(
    desk: Any, held: str, started: list[dict[str, Any]], change: dict[str, Any]
) -> None:
    desk.login(decides=True)
    form = {"row": [held], "why": "a reason", "decision": "release"} | change
    assert desk.post("/decide", data=form).status_code == 422
    assert started == []


def test_a_page_that_could_not_be_parsed_can_be_dropped_only(
    desk: Any, held: str, started: list[dict[str, Any]]
) -> None:
    desk.login(decides=True)
    (page,) = {row["quarantine_id"] for row in read_snapshot(Settings().newsdesk)["quarantine"]} - {held}
    for decision, expected in (("release", 422), ("drop", 200)):
        form = {"row": [page], "why": "a reason", "decision": decision}
        assert desk.post("/decide", data=form).status_code == expected
    assert [set(conf) for conf in started] == [{"drop", "why", "by"}]


def test_the_report_page_is_for_logged_in_users_and_cannot_act_as_them(desk: Any) -> None:
    assert desk.get("/report").status_code == 401
    desk.login()
    assert desk.get("/report").status_code == 404
    folder = Settings().exports / "latest"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<p>what was found</p>")
    answer = desk.get("/report")
    assert (answer.status_code, answer.text) == (200, "<p>what was found</p>")
    policy = answer.headers["Content-Security-Policy"].split()
    assert policy[0] == "sandbox"
    assert not {"allow-same-origin", "allow-forms", "allow-top-navigation"} & set(policy)


def test_data_docs_are_for_logged_in_users_and_lead_to_no_other_file(desk: Any) -> None:
    folder = Settings().data_docs / "run_1"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>judged</p>")
    (folder / "notes.txt").write_text("not for show")
    (Settings().data_dir / "secret.html").write_text("not for show")
    assert desk.get("/docs/run_1/index.html").status_code == 401
    desk.login()
    answer = desk.get("/docs/run_1/index.html")
    assert (answer.status_code, answer.text) == (200, "<p>judged</p>")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for path in (
        "run_1/notes.txt",
        "run_2/index.html",
        "../secret.html",
        "%2e%2e/secret.html",
        "x/..%2f..%2fsecret.html",
    ):
        assert desk.get(f"/docs/{path}").status_code == 404, path


def test_the_page_is_registered_with_airflow() -> None:
    import plugins.newsdesk as plugin

    (view,) = plugin.NewsDesk.external_views
    (mounted,) = plugin.NewsDesk.fastapi_apps
    assert view["href"].strip("/") == mounted["url_prefix"].strip("/")
