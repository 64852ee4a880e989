"""``make run``: the main job on the sample newsroom, through Airflow's own scheduler, from nothing to a printed result.

The first run reads the newsroom's first day, every later one its second; what the warehouse has loaded tells which.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from casualties.errors import CasualtiesError
from casualties.orchestration.service import Airflow, ServiceError, free_port, port_is_taken, process_group
from casualties.reports import terminal
from casualties.reports.newsdesk import read_snapshot
from casualties.settings import PROJECT, Settings

# Part of every article's address, so the same on every run.
NEWSROOM_PORT = int(os.environ.get("NEWSROOM_PORT", "8790"))
STEPS = {
    "success": "done",
    "running": "running",
    "failed": "failed",
    "up_for_retry": "will retry",
    "skipped": "skipped",
}


def main() -> int:
    """Run the demo; returns the process's exit code."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 120  # what a log can hold; the default of 80 is too narrow for the table
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        return run(console)
    except CasualtiesError as error:
        console.print(f"[red]{error}[/red]")
        return 1
    except KeyboardInterrupt:
        console.print("Stopped; everything that was started has been ended.")
        return 130


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def run(console: Console) -> int:
    """Start newsroom and Airflow below ``data/demo``, run ``ingest_news`` once, print what was found, stop all."""
    home = PROJECT / "data" / "demo"
    settings_env = {
        "CASUALTIES_DATA_DIR": str(home),
        "CASUALTIES_FEEDS": f"http://127.0.0.1:{NEWSROOM_PORT}/feeds.opml",
        "CASUALTIES_ALLOW_HOSTS": f"127.0.0.1:{NEWSROOM_PORT}",
        "CASUALTIES_SCHEDULE": "",
    }
    os.environ |= settings_env
    settings = Settings()
    if port_is_taken(NEWSROOM_PORT):
        raise ServiceError(f"port {NEWSROOM_PORT} is taken: set NEWSROOM_PORT to a free one (and `make clean` first)")
    day = 2 if settings.published.exists() else 1
    console.print(f"[bold]Sample newsroom, day {day}[/bold]: {settings.feeds}")
    newsroom = [sys.executable, str(PROJECT / "tests/newsroom/server.py")]
    newsroom += ["--port", str(NEWSROOM_PORT), "--day", str(day)]
    began = time.monotonic()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as progress:
        shown = progress.add_task("Starting Airflow (scheduler, DAG processor, API server) ...", total=None)
        airflow = Airflow(
            home / "airflow",
            port=free_port(),
            settings_env=settings_env,
            components=("api-server", "scheduler", "dag-processor"),
        )
        with process_group(newsroom, os.environ, home / "newsroom.log"), airflow:
            for dag_id in ("ingest_news", "publish_report"):
                airflow.wait_for_dag(dag_id)
            reported, published = _runs(airflow, "publish_report"), _age(settings.published)
            run_id = airflow.trigger("ingest_news", {"force": True})

            def show(words: str) -> None:
                progress.update(shown, description=words)

            state = _watch(airflow, "ingest_news", run_id, show, progress.console)
            if state == "success" and _age(settings.published) != published:
                # Airflow starts it by itself, since a file was published.
                report_id = _await_run(airflow, "publish_report", reported)
                state = _watch(airflow, "publish_report", report_id, show, progress.console)
            progress.update(shown, description="Stopping Airflow ...")
    if state != "success":
        raise ServiceError(f"the run ended as {state}: see {home / 'airflow' / 'logs'}")
    _print_result(settings, console, run_id)
    console.print(f"Took {time.monotonic() - began:.0f} s. Again: `make run`; from the start: `make clean`.")
    return 0


def _age(path: Path) -> float | None:
    return path.stat().st_mtime if path.exists() else None


def _runs(airflow: Airflow, dag_id: str) -> set[str]:
    return {run["dag_run_id"] for run in airflow.call("GET", f"/api/v2/dags/{dag_id}/dagRuns?order_by=-id")["dag_runs"]}


def _await_run(airflow: Airflow, dag_id: str, before: set[str], patience: float = 60.0) -> str:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if new := _runs(airflow, dag_id) - before:
            return new.pop()
        time.sleep(0.5)
    raise ServiceError(f"{dag_id} did not start within {patience:.0f} s of a new published file")


def _watch(airflow: Airflow, dag_id: str, run_id: str, show: Callable[[str], None], console: Console) -> str:
    path = f"/api/v2/dags/{dag_id}/dagRuns/{run_id.replace('+', '%2B')}"
    told: set[tuple[str, int]] = set()
    while True:
        tasks = airflow.call("GET", f"{path}/taskInstances?order_by=start_date&limit=200")["task_instances"]
        for task in tasks:
            name = task["rendered_map_index"] or ""
            if task["state"] in ("success", "failed", "skipped") and (task["task_id"], task["map_index"]) not in told:
                told.add((task["task_id"], task["map_index"]))
                took = f"{task['duration']:.1f} s" if task["duration"] else ""
                console.print(f"  {task['task_id']:<12} {STEPS[task['state']]:<8} {took:>7}  {name}")
        running = [task["task_id"] for task in tasks if task["state"] == "running"]
        show(f"Running {dag_id}: {', '.join(running) or 'scheduling'}")
        state = str(airflow.call("GET", path)["state"])
        if state in ("success", "failed"):
            return state
        time.sleep(0.5)


def _print_result(settings: Settings, console: Console, run_id: str) -> None:
    load = next(row for row in read_snapshot(settings.newsdesk)["loads"] if row["run_id"] == run_id)
    if load["new_articles"] + load["new_versions"] == 0:
        console.print(
            f"[bold]Nothing new[/bold]: {load['feeds_polled']} feeds polled ({load['feeds_failed']} failed), "
            f"{load['entries']} entries, all of them known. What is known:"
        )
    else:
        terminal.print_last_load(settings.published, console)
    terminal.print_incidents(settings.published, console)
    terminal.print_quarantine(settings.published, console)
    shown = _short(settings.published)
    console.print(f"\nThe analysts' file: [bold]{shown}[/bold]")
    report = settings.exports / "latest" / "report.html"
    if report.exists():
        console.print(f"The report page, for any browser: [bold]{_short(report)}[/bold]")
    console.print(
        "A query to try:\n"
        f"  CASUALTIES_DATA_DIR={_short(settings.data_dir)} .venv/bin/casualties sql "
        '"select day, country, place, deaths from analytics.daily_deaths order by deaths desc limit 5"'
    )


def _short(path: Path) -> str:
    return str(path.relative_to(PROJECT)) if path.is_relative_to(PROJECT) else str(path)


if __name__ == "__main__":
    sys.exit(main())
