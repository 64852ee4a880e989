"""The News desk served for real, to whoever asks, and a real browser to look at it."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CHROMIUM = shutil.which("chromium")


@contextmanager
def served_desk() -> Iterator[str]:
    """The address of the page; everybody is logged in, and may decide."""
    import uvicorn
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import FastAPI

    from casualties.orchestration.newsdesk import app, may_decide
    from casualties.orchestration.service import free_port

    port, airflow = free_port(), FastAPI()
    airflow.mount("/newsdesk", app)
    app.dependency_overrides |= {get_user: object, may_decide: lambda: True}
    server = uvicorn.Server(uvicorn.Config(airflow, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}/newsdesk/"
    finally:
        server.should_exit = True
        thread.join()
        app.dependency_overrides.clear()


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
