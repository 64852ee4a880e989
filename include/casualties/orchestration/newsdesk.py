"""The News desk: a page inside the Airflow UI, for logged-in users, of how the pipeline fares.

Airflow does not protect the endpoints of plugins by itself: every route here asks for the user.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs, urlencode, urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.api_fastapi.core_api.security import GetUserDep, get_user
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from casualties.orchestration.upkeep import stale_now
from casualties.pipeline.run import folder_name
from casualties.reports.newsdesk import read_snapshot
from casualties.settings import Settings

# Titles and error words come from strangers: everything is escaped, and the page may load and run nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'"
APART = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
REPLAY = "replay_archive"
MOST_BODY = 100_000  # bytes of a form

app = FastAPI(title="News desk", dependencies=[Depends(get_user)], docs_url=None, redoc_url=None, openapi_url=None)
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(default=True)
)


def may_decide(user: GetUserDep) -> bool:
    """Whether the user may trigger ``replay_archive``, which carries out what is decided on quarantined rows.

    Not the permission on this view: that one lets a viewer post.
    """
    return bool(
        get_auth_manager().is_authorized_dag(
            method="POST", access_entity=DagAccessEntity.RUN, details=DagDetails(id=REPLAY), user=user
        )
    )


MayDecide = Annotated[bool, Depends(may_decide)]


@app.get("/", response_class=HTMLResponse)
def newsdesk(allowed: MayDecide, started: str = "") -> HTMLResponse:
    """Last loads, feed health, validation and quarantine, from the snapshot of the last load."""
    settings = Settings()
    tables = read_snapshot(settings.newsdesk)
    docs = {row["run_id"]: folder_name(row["run_id"]) for row in tables["loads"]}
    docs = {run_id: name for run_id, name in docs.items() if (settings.data_docs / name).is_dir()}
    page = _pages.get_template("newsdesk.html").render(
        tables,
        data_dir=settings.data_dir,
        docs=docs,
        may_decide=allowed,
        has_report=(settings.exports / "latest" / "report.html").is_file(),
        started=started,
        stale=stale_now(settings, datetime.now(UTC)) if tables["loads"] else [],
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})


@app.post("/decide")
async def decide(request: Request, user: GetUserDep, allowed: MayDecide) -> RedirectResponse:
    """Start ``replay_archive`` with what a form says: ``decision`` (release or drop), ``why``, and ids in ``row``.

    403 for who may not trigger it, or for a form of another site; 422 for a form without a row or a reason.
    """
    if not allowed or not _is_of_this_site(request):
        raise HTTPException(403, f"only who may trigger {REPLAY}, from this page")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BODY:
            raise HTTPException(413, "too many rows at once")
    form = parse_qs(body.decode(errors="replace"))
    rows, why, decision = form.get("row", []), form.get("why", [""])[0].strip(), form.get("decision", [""])[0]
    if not rows or not why or decision not in ("release", "drop"):
        raise HTTPException(422, "choose rows, give a reason, and release or drop them")
    if decision == "release" and (fixed := _not_for_release(rows)):
        raise HTTPException(422, f"{', '.join(fixed)}: not known, or pages, which can only be dropped or read again")
    run_id = await run_in_threadpool(
        _start_replay, {decision: rows, "why": why, "by": user.get_name()}, user.get_name()
    )
    return RedirectResponse(f"./?{urlencode({'started': run_id})}", status_code=303)


def _is_of_this_site(request: Request) -> bool:
    """Whether a browser sent it from our page; older ones say only the origin, and programs neither."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _not_for_release(rows: list[str]) -> list[str]:
    listed = read_snapshot(Settings().newsdesk)["quarantine"]
    return sorted(set(rows) - {row["quarantine_id"] for row in listed if row["subject"] in ("article", "report")})


def _start_replay(conf: dict[str, object], by: str) -> str:
    from airflow.api.common.trigger_dag import trigger_dag
    from airflow.exceptions import DagNotFound
    from airflow.utils.types import DagRunTriggeredByType

    try:
        run = trigger_dag(REPLAY, triggered_by=DagRunTriggeredByType.UI, triggering_user_name=by, conf=conf)
    except DagNotFound as error:
        raise HTTPException(503, f"{REPLAY} has not been read by the DAG processor yet") from error
    assert run is not None
    return str(run.run_id)


@app.get("/report")
def report() -> FileResponse:
    """The newest report page. It has scripts, so it gets an origin of its own: none of them is logged in."""
    path = Settings().exports / "latest" / "report.html"
    if not path.is_file():
        raise HTTPException(404, "there is no report yet: publish_report writes it after the next publication")
    return FileResponse(path, headers={"Content-Security-Policy": APART, "X-Content-Type-Options": "nosniff"})


@app.get("/docs/{run}/{page}")
def data_docs(run: str, page: str) -> FileResponse:
    """A page of a run's Data Docs."""
    folder = Settings().data_docs.resolve()
    path = (folder / run / page).resolve()
    if not path.is_relative_to(folder) or path.suffix != ".html" or not path.is_file():
        raise HTTPException(404, "no such page: Data Docs of old runs are removed")
    return FileResponse(path, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})
