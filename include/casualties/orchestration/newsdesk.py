"""The News desk: a page inside the Airflow UI, for logged-in users, of how the pipeline fares.

Airflow does not protect the endpoints of plugins by itself: every route here asks for the user.
"""

from pathlib import Path

from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from casualties.pipeline.run import folder_name
from casualties.reports.newsdesk import read_snapshot
from casualties.settings import Settings

# Titles and error words come from strangers: everything is escaped, and the page may load and run nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

app = FastAPI(title="News desk", dependencies=[Depends(get_user)], docs_url=None, redoc_url=None, openapi_url=None)
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(default=True)
)


@app.get("/", response_class=HTMLResponse)
def newsdesk() -> HTMLResponse:
    """Last loads, feed health, validation and quarantine, from the snapshot of the last load."""
    settings = Settings()
    tables = read_snapshot(settings.newsdesk)
    docs = {row["run_id"]: folder_name(row["run_id"]) for row in tables["loads"]}
    docs = {run_id: name for run_id, name in docs.items() if (settings.data_docs / name).is_dir()}
    page = _pages.get_template("newsdesk.html").render(tables, data_dir=settings.data_dir, docs=docs)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})


@app.get("/docs/{run}/{page}")
def data_docs(run: str, page: str) -> FileResponse:
    """A page of a run's Data Docs."""
    folder = Settings().data_docs.resolve()
    path = (folder / run / page).resolve()
    if not path.is_relative_to(folder) or path.suffix != ".html" or not path.is_file():
        raise HTTPException(404, "no such page: Data Docs of old runs are removed")
    return FileResponse(path, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})
