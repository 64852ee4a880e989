"""``make up``: the service on this machine: Airflow's UI and schedule, data under data/live, until Ctrl-C."""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType

from rich.console import Console

from casualties.errors import CasualtiesError
from casualties.model import Feed
from casualties.orchestration.service import COMPONENTS, Airflow
from casualties.pipeline import read_feed_list
from casualties.settings import Settings

DAGS = ("ingest_news", "replay_archive", "publish_report", "maintain_warehouse")
RUN_DEADLINE = "60"  # minutes; a run takes a few
SUPERVISION = 10  # seconds between two looks whether all still run


def main() -> int:
    """Start all, say where it is, and wait; returns the process's exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", help="OPML file or address instead of include/feeds.opml")
    parser.add_argument("--port", type=int, default=8080)
    arguments = parser.parse_args()
    console = Console(highlight=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if arguments.feeds:
        os.environ["CASUALTIES_FEEDS"] = arguments.feeds
    settings = Settings()
    settings_env = {"CASUALTIES_DATA_DIR": str(settings.data_dir), "CASUALTIES_FEEDS": settings.feeds}
    settings_env["CASUALTIES_RUN_DEADLINE"] = os.environ.get("CASUALTIES_RUN_DEADLINE", RUN_DEADLINE)
    settings_env["CASUALTIES_UI_URL"] = f"http://127.0.0.1:{arguments.port}"
    try:
        feeds = read_feed_list(settings.feeds, settings)
        console.print(f"{len(feeds)} feeds in {settings.feeds}. Starting Airflow ...")
        home = settings.data_dir / "airflow"
        with Airflow(home, port=arguments.port, settings_env=settings_env, components=COMPONENTS) as airflow:
            for dag_id in DAGS:
                airflow.wait_for_dag(dag_id)
            console.print(
                f"[bold]{airflow.url}[/bold]  user [bold]admin[/bold]  password [bold]{airflow.password}[/bold]"
            )
            console.print(f"Data: {settings.data_dir}. The schedule is running; Ctrl-C stops everything.")
            _say_what_cannot_be_reached(feeds, settings, console)
            while True:
                time.sleep(SUPERVISION)
                for name in airflow.restart_ended():
                    console.print(f"[yellow]{name} had ended and was started again:[/yellow] {airflow.log(name)}")
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 0
    except CasualtiesError as error:
        console.print(f"[red]{error}[/red]")
        return 1


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say_what_cannot_be_reached(feeds: Sequence[Feed], settings: Settings, console: Console) -> None:
    from casualties.web.fetch import Client
    from casualties.web.response import FetchStatus

    async def ask() -> list[str]:
        async with Client(settings) as client:
            answers = await asyncio.gather(
                *(client.get(f.url, max_bytes=settings.feed_max_bytes, timeout=settings.feed_timeout) for f in feeds)
            )
        return [
            f"{feed.url}: {answer.error or answer.status}"
            for feed, answer in zip(feeds, answers, strict=True)
            if answer.status is not FetchStatus.OK
        ]

    unreachable = asyncio.run(ask())
    for words in unreachable:
        console.print(f"[yellow]cannot be reached:[/yellow] {words}", soft_wrap=True)
    if len(unreachable) == len(feeds):
        console.print(
            "[yellow]None of the feeds can be reached: is this machine on the internet? "
            "Choose others with FEEDS=path-or-URL.opml. The schedule runs and will try again.[/yellow]"
        )


if __name__ == "__main__":
    sys.exit(main())
