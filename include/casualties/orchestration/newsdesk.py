"""The News desk: a page inside the Airflow UI, for logged-in users, of how the pipeline fares.

Airflow does not protect the endpoints of plugins by itself: every route here asks for the user.
"""

from pathlib import Path

from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

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
    page = _pages.get_template("newsdesk.html").render(read_snapshot(settings.newsdesk), data_dir=settings.data_dir)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})
