"""Commands on a set-up and its data: ingest, export, restore, doctor."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console

from casualties.cli.streams import words
from casualties.settings import Settings

app = typer.Typer()


@app.command()
def ingest(
    feeds: Annotated[list[str] | None, typer.Argument(help="Feed addresses; without any, the configured list.")] = None,
    opml: Annotated[str | None, typer.Option(help="An OPML file or address instead of the configured list.")] = None,
    force: Annotated[bool, typer.Option(help="Poll feeds that are not due, too.")] = False,
) -> None:
    """Run the pipeline once, without Airflow: from feeds to the published file.

    Example:  CASUALTIES_DATA_DIR=data/trial casualties ingest https://example.org/rss.xml
    """
    from casualties import pipeline
    from casualties.model import Feed, key
    from casualties.reports import terminal

    settings = Settings()
    chosen = [
        Feed(feed_id=key(url), url=url, title=url, publisher=urlsplit(url).hostname or url) for url in feeds or []
    ]
    if not chosen:
        chosen = pipeline.read_feed_list(opml or settings.feeds, settings)
    now = datetime.now(UTC)
    run = pipeline.Run.begin(f"cli__{now.isoformat()}", now, settings)
    with words.status("Starting ...") as status:
        loaded = pipeline.ingest(run, chosen, force=force, show=lambda stage: status.update(f"{stage} ..."))
    if loaded.critical or not settings.published.exists():
        words.print("Nothing was published.")
    else:
        terminal.print_last_load(settings.published, Console(highlight=False))
        words.print(f"The analysts' file: {settings.published}")
    words.print(pipeline.verdict(run))


@app.command()
def restore(
    source: Annotated[
        Path | None, typer.Option("--from", help="A backup; without it, the newest readable copy.")
    ] = None,
) -> None:
    """Put back the warehouse after damage, and load again what was loaded since. Pause the DAGs first.

    The damaged files are set aside beside it. Backups are made by maintain_warehouse, in the folder `backups`.
    """
    from casualties import pipeline

    done = pipeline.restore(Settings(), now=datetime.now(UTC), source=source)
    words.print(f"Restored from {done.source}; set aside: {', '.join(path.name for path in done.aside) or 'nothing'}.")
    words.print(f"Loaded again: {', '.join(done.reloaded) or 'no run'}.")


@app.command()
def doctor() -> None:
    """Check this set-up: packages, folders, feeds, sandbox, ports, the writer's pool; says what to do."""
    from casualties.doctor import Health, examine

    signs = {Health.GOOD: "[green]good[/green]", Health.NOTE: "[yellow]note[/yellow]", Health.BAD: "[red]bad [/red]"}
    worst = Health.GOOD
    for finding in examine(Settings()):
        advice = f" -> {finding.advice}" if finding.advice else ""
        words.print(f"{signs[finding.health]}  [bold]{finding.what}[/bold]: {finding.words}{advice}", soft_wrap=True)
        worst = finding.health if finding.health is Health.BAD else worst
    if worst is Health.BAD:
        raise typer.Exit(1)
