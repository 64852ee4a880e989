"""Commands on a set-up and its data: ingest, restore, export, doctor."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console

from casualties.cli.streams import words
from casualties.settings import Settings

app = typer.Typer()


class Format(StrEnum):
    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    HXL = "hxl"
    HTML = "html"


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
    if done.unknown:
        words.print(
            f"Pages of runs that this copy does not know, to be read again by replay_archive as `warc` before"
            f" maintain_warehouse removes them: {', '.join(done.unknown)}",
            soft_wrap=True,
        )
    if done.unpublished:
        words.print(f"The warehouse is whole, but {done.unpublished}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1)


@app.command()
def export(
    folder: Annotated[Path | None, typer.Argument(help="Where to; without it, exports below the data folder.")] = None,
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="Only these, may be given again; without it, all.")
    ] = None,
) -> None:
    """Write the published file as CSV, Parquet, GeoJSON, HXL-tagged CSV and a report page, in a folder a snapshot.

    The link `latest` turns to it when all is there. Run it again after a failure: what is finished is kept.

    Example:  casualties export ~/handover --format csv --format html
    """
    from casualties.reports.export import FORMATS
    from casualties.reports.export import export as write

    if formats and folder is None:
        raise typer.BadParameter(
            "name a folder for some formats alone: exports/latest always has all", param_hint="FOLDER"
        )
    settings = Settings()
    with words.status("Exporting ..."):
        done = write(
            settings.published,
            folder or settings.exports,
            formats=formats or FORMATS,
            keep=settings.keep_exports,
            lock_timeout=settings.lock_timeout,
        )
    sys.stdout.write(f"{done.folder}\n")
    words.print(
        f"State of {done.snapshot.taken_at:%Y-%m-%d %H:%M} UTC: {done.written} files written"
        + (f", {done.kept} kept from an earlier try" if done.kept else "")
        + ("; it was exported before" if not done.written and not done.kept else "")
    )


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
