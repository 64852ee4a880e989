"""The published file as tables in a terminal: incidents, tolls, what was quarantined, what the last run brought."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casualties.reports.wording import actors_said, counted, date_said, figure_said, period_said, place_said
from casualties.warehouse.query import run_query
from casualties.warehouse.sql import statement

Row = dict[str, Any]


def print_incidents(published: Path, console: Console, limit: int = 40) -> None:
    """The ``limit`` largest incidents with their parts beneath, the sum without parts, then the tolls apart.

    Raises :class:`casualties.errors.LoadError` where nothing is published.
    """
    sums = _rows(published, "shown_sums")[0]
    if not sums["incidents"]:
        console.print("No incidents yet.")
    else:
        rows = _rows(published, "shown_incidents", limit=limit)
        console.print(_incidents(rows))
        _print_sums(console, sums, shown=sum(row["part_of"] is None for row in rows))
    tolls = _rows(published, "shown_tolls", limit=limit)
    if tolls:
        console.print(_tolls(tolls))


def print_quarantine(published: Path, console: Console, limit: int = 20) -> None:
    """What the last run kept out and by which rule, and which articles are doubtful."""
    rows = _rows(published, "shown_quarantine", limit=limit)
    if rows:
        table = _table("Quarantined by the last run")
        for name in ("what", "rule", "why"):
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(f"{row['subject']} {row['what']}", row["rule"], Text(row["reason"]))
        console.print(table)
    else:
        console.print("Nothing was quarantined by the last run.")
    for row in _rows(published, "shown_flags", limit=3):
        more = f" and {row['articles'] - 3} more" if row["articles"] > 3 else ""
        console.print(Text(f"{row['flag']}: {'; '.join(row['examples'])}{more}"))


def print_last_load(published: Path, console: Console) -> None:
    """One line on what the last loaded run brought."""
    loads = _rows(published, "last_load")
    if not loads:
        console.print("Nothing was loaded yet.")
        return
    row = loads[0]
    console.print(
        Text.assemble(
            ("Last run ", "bold"),
            f"{row['loaded_at']:%Y-%m-%d %H:%M} UTC: {counted(row['feeds_polled'], 'feed')} ",
            f"({row['feeds_failed']} failed), {counted(row['entries'], 'entry', 'entries')}, ",
            f"{counted(row['new_articles'], 'new article')}, {row['new_versions'] - row['new_articles']} changed, ",
            f"{counted(row['copies'], 'copy', 'copies')}, {counted(row['reports'], 'report')}, ",
            f"{counted(row['incidents_opened'], 'incident')} opened, {row['incidents_changed']} changed, ",
            f"{row['quarantined']} quarantined.",
        )
    )
    if row["critical"]:
        console.print(Text("A critical expectation failed: its stories were not loaded.", style="bold red"))


def _incidents(rows: Iterable[Row]) -> Table:
    table = _table("Incidents")
    table.add_column("when", no_wrap=True)
    table.add_column("where", ratio=4, min_width=16, overflow="fold")
    table.add_column("what", no_wrap=True)
    table.add_column("killed", justify="right", no_wrap=True)
    table.add_column("injured", justify="right", no_wrap=True)
    table.add_column("by whom", ratio=4, min_width=12, overflow="fold")
    table.add_column("according to, in", ratio=5, min_width=16, overflow="fold")
    for row in rows:
        part = row["part_of"] is not None
        table.add_row(
            Text(_when(row), style="" if row["date_start"] else "dim"),
            Text(("└ " if part else "") + place_said(row)),
            row["type"].replace("_", " "),
            Text(figure_said(row, "killed"), style="dim" if part else "bold"),
            Text(figure_said(row, "injured"), style="dim" if part else ""),
            _who(row),
            _tellers(row),
            style="dim" if part else "",
        )
    return table


def _when(row: Row) -> str:
    if row["date_start"] is None:
        return f"~{row['day']}" if row["day"] else "unsaid"
    return date_said(row["date_start"], row["date_end"])


def _who(row: Row) -> Text:
    said = Text(actors_said(row["actors"]))
    deniers = list(dict.fromkeys(denial["by"] for denial in row["denials"]))
    if deniers:
        said.append(f"{' ' if said.plain else ''}✗ denied by {', '.join(deniers)}", style="yellow")
    return said


def _tellers(row: Row) -> Text:
    said = Text(", ".join(row["sources"]))
    said.append(f"{' ' if said.plain else ''}[{', '.join(row['publishers'])}]", style="cyan")
    if row["independent_sources"] < len(row["publishers"]):
        said.append(f" {row['independent_sources']} independent", style="dim")
    if row["sources_disagree"]:
        said.append(" ≠ they disagree", style="yellow")
    return said


def _print_sums(console: Console, sums: Row, shown: int) -> None:
    if shown < sums["incidents"]:
        console.print(f"The {shown} largest of {sums['incidents']} incidents.", style="dim")
    console.print(
        Text.assemble(
            ("Deaths in all: ", "bold"),
            (f"{sums['deaths']:,}", "bold"),
            f" (between {sums['deaths_low']:,} and {sums['deaths_high']:,}) in ",
            f"{counted(sums['incidents'], 'incident')}",
            f"; {counted(sums['parts'], 'part')} not added again" if sums["parts"] else "",
            f"; {counted(sums['open_figures'], 'open figure')}" if sums["open_figures"] else "",
            ".",
        )
    )


def _tolls(rows: Iterable[Row]) -> Table:
    table = _table("Tolls: added up over time by those who tell them, never added here")
    table.add_column("period", no_wrap=True)
    table.add_column("area", ratio=3, overflow="fold")
    table.add_column("figure", ratio=3, overflow="fold")
    table.add_column("according to", ratio=3, overflow="fold")
    table.add_column("outlet", ratio=2, overflow="fold")
    for row in rows:
        figures = [
            f"{figure_said(row, outcome)} {outcome}"
            for outcome in ("killed", "injured", "missing", "displaced", "abducted")
            if figure_said(row, outcome) != "–"
        ]
        table.add_row(
            period_said(row["date_start"], row["date_end"]),
            Text(place_said(row)),
            Text(", ".join(figures)),
            Text(", ".join(row["sources"]) or "–"),
            Text(row["publisher"]),
        )
    return table


def _table(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        expand=True,
    )


def _rows(published: Path, query: str, **parameters: object) -> list[Row]:
    return run_query(published, statement(query), parameters or None).to_pylist()  # type: ignore[no-any-return]
