"""Questions to the published file: sql, top, show, history, why. Answers as a table, CSV or JSON."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from casualties.cli.streams import parse_day
from casualties.model import EventType
from casualties.settings import Settings

app = typer.Typer()

WIDE = 10_000
LEAST = 6  # characters that a column needs to be of use

Form = Literal["table", "csv", "json"]
Output = Annotated[Form, typer.Option("--format", help="csv, or json: a line a row.")]
Id = Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident_id, or how it begins.")]


def _day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        day = parse_day(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if day is None:
        raise typer.BadParameter("it is empty")
    return day


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SQL statement over the published file.")],
    output: Output = "table",
) -> None:
    """Ask the published file. Its schema: docs/data_dictionary.md.

    Example:  casualties sql "select * from analytics.daily_deaths order by day desc limit 10"
    """
    from casualties.warehouse.query import run_query

    if not query.strip():
        raise typer.BadParameter("it is empty", param_hint="QUERY")
    table = run_query(Settings().published, query)
    if output == "table":
        _print(table.column_names, table.to_pylist())
    else:
        _write(table.to_pylist(), output, table.column_names)


@app.command()
def top(
    by: Annotated[
        Literal["incident", "country", "place", "type", "month"], typer.Option(help="What a row stands for.")
    ] = "incident",
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-3 code, or the English name.")] = None,
    type_: Annotated[EventType | None, typer.Option("--type", help="Only incidents of this type.")] = None,
    since: Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="First day.")] = None,
    until: Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="Last day, inclusive.")] = None,
    sources: Annotated[int, typer.Option(min=0, help="Independent sources, at least.")] = 0,
    limit: Annotated[int, typer.Option(min=1, help="Rows, at most.")] = 10,
    output: Output = "table",
) -> None:
    """List what cost most lives: incidents, or sums by country, place, type or month. Parts count with their whole.

    Example:  casualties top --by country --since 2026-03-01
    """
    from casualties.reports import incident

    published = Settings().published
    if since and until and until < since:
        raise typer.BadParameter(f"{until} is before {since}", param_hint="--until")
    code = incident.find_country(published, country) if country else None
    rows = incident.top(
        published, by=by, country=code, type_=type_, since=since, until=until, sources=sources, limit=limit
    )
    if output == "table":
        incident.print_top(rows, by, _console())
    else:
        _write(rows, output)


@app.command()
def show(id_: Id, output: Output = "table") -> None:
    """Print one incident: figures, who, according to whom, who denies it, its parts, the sentences, its history.

    As json an object with incident, parts, reports and history; as csv the row of analytics.incidents.

    Example:  casualties show 3f2a
    """
    from casualties.reports import incident

    published = Settings().published
    found = incident.incident(published, incident.find_incident(published, id_))
    if output == "table":
        incident.print_incident(found, _console())
    else:
        _write([found if output == "json" else found["incident"]], output)


@app.command()
def history(id_: Id, output: Output = "table") -> None:
    """Print every state an incident has had: when it was known, what changed, the number of killed before and after.

    Example:  casualties history 3f2a --format csv
    """
    from casualties.reports import incident

    published = Settings().published
    rows = incident.history(published, incident.find_incident(published, id_, follow=False))
    if output == "table":
        incident.print_history(rows, _console())
    else:
        _write(rows, output)


@app.command()
def why(id_: Id) -> None:
    """Explain why reports are one incident: each with what it was matched by, clue by clue, then what changed when.

    Example:  casualties why $(casualties sql "select incident_id from incidents limit 1" --format csv | tail -1)
    """
    from casualties.reports import incident
    from casualties.reports.why import print_why

    published = Settings().published
    print_why(published, incident.find_incident(published, id_, follow=False), Console(highlight=False))


def _console() -> Console:
    # A pipe has no width to keep to.
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDE)


def _print(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    # Rows too wide for a terminal are told column by column.
    console = _console()
    shown = Table(*columns)
    for row in rows:
        shown.add_row(*("" if value is None else str(value) for value in row.values()))
    if not rows or sum(max(len(name), LEAST) + 3 for name in columns) <= console.width:
        console.print(shown)
        return
    for number, row in enumerate(rows, 1):
        told = Table(title=f"row {number}", title_justify="left", show_header=False, box=None, pad_edge=False)
        for name, value in row.items():
            told.add_row(name, "" if value is None else str(value))
        console.print(told)


def _write(rows: Iterable[dict[str, Any]], output: Form, columns: Sequence[str] = ()) -> None:
    from casualties.reports.cells import cell

    rows = list(rows)
    if output == "json":
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
    elif columns or rows:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns or rows[0])
        writer.writerows([cell(value) for value in row.values()] for row in rows)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
