"""One incident, the largest ones, and how one came to be what it is: as rows, and as text for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casualties.errors import SettingsError
from casualties.model import OUTCOMES
from casualties.reports.wording import actors_said, counted, date_said, figure_said, place_said
from casualties.warehouse.query import run_query
from casualties.warehouse.sql import statement

Row = dict[str, Any]
SHORT = 8  # digits of an id that tell incidents apart in a table; commands take them


def find_incident(published: Path, id_: str, *, follow: bool = True) -> str:
    """The one incident whose id is ``id_`` or begins so; of a merged one, where ``follow``, the one that took it.

    Raises :class:`SettingsError` where none or several begin so.
    """
    if not id_.strip():
        raise SettingsError("which incident? `casualties top` lists ids")
    found = _rows(published, "find_incidents", id=id_)
    whole = [row for row in found if row["incident_id"] == id_.lower()] or found
    if not whole:
        raise SettingsError(f"no incident {id_!r}; `casualties top` lists ids")
    if len(whole) > 1:
        some = ", ".join(row["incident_id"] for row in whole)
        raise SettingsError(f"several incidents begin with {id_!r}: {some}")
    if follow and whole[0]["merged_into"]:
        return find_incident(published, whole[0]["merged_into"])
    return str(whole[0]["incident_id"])


def find_country(published: Path, said: str) -> str:
    """ISO 3166 alpha-3 of a code or an English name. Raises :class:`SettingsError`, with the names most like it."""
    rows = _rows(published, "find_country", said=said)
    if not rows or not rows[0]["same"]:
        like = " or ".join(f"{row['name']} ({row['country']})" for row in rows)
        advice = f"did you mean {like}?" if like else "`casualties top --by country` lists those with incidents"
        raise SettingsError(f"no country {said!r}; {advice}")
    return str(rows[0]["country"])


def top(
    published: Path,
    *,
    by: str = "incident",
    country: str | None = None,
    type_: str | None = None,
    since: date | None = None,
    until: date | None = None,
    sources: int = 0,
    limit: int = 10,
) -> list[Row]:
    """The incidents with most deaths, or deaths by country, place, type or month, the most first."""
    asked = {"country": country, "type": type_, "since": since, "until": until, "sources": sources, "limit": limit}
    if by == "incident":
        return _rows(published, "top_incidents", **asked)
    return _rows(published, "top_groups", by=by, **asked)


def incident(published: Path, incident_id: str) -> dict[str, Any]:
    """``incident``, its ``parts``, its ``reports`` with the sentences, its ``history``.

    Raises :class:`SettingsError` where every report of it was withdrawn.
    """
    asked = {"incident_id": incident_id}
    rows = _rows(published, "one_incident", **asked)
    if not rows:
        raise SettingsError(f"incident {incident_id} is withdrawn: see `casualties history {incident_id}`")
    return {
        "incident": rows[0],
        "parts": _rows(published, "parts_of_incident", **asked),
        "reports": _rows(published, "reports_of_incident", **asked),
        "history": history(published, incident_id),
    }


def history(published: Path, incident_id: str) -> list[Row]:
    """Every state of an incident, the first one first."""
    return _rows(published, "why_history", incident_id=incident_id)


def print_top(rows: Iterable[Row], by: str, console: Console) -> None:
    """What :func:`top` gives, as a table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    if by == "incident":
        for name in ("incident", "day", "where", "what"):
            table.add_column(name, no_wrap=name != "where", overflow="fold", min_width=14 if name == "where" else None)
        for name in ("killed", "injured", "src"):
            table.add_column(name, justify="right", no_wrap=True)
        for row in rows:
            said = (figure_said(row, "killed"), figure_said(row, "injured"), str(row["independent_sources"]))
            what = row["type"].replace("_", " ")
            table.add_row(row["incident_id"][:SHORT], str(row["day"]), Text(place_said(row)), what, *said)
    else:
        table.add_column(by, overflow="fold")
        for name in ("deaths", "low", "high", "open", "incidents"):
            table.add_column(name, justify="right")
        for row in rows:
            figures = (row[name] for name in ("deaths", "deaths_low", "deaths_high", "open_figures", "incidents"))
            table.add_row(
                Text(row["group"] or "unsaid"), *("–" if figure is None else f"{figure:,}" for figure in figures)
            )
    console.print(table if table.row_count else "No incident.")


def print_incident(found: dict[str, Any], console: Console) -> None:
    """What :func:`incident` gives, for a reader."""
    row = found["incident"]
    what = row["type"].replace("_", " ").capitalize()
    console.print(Text(f"{what}, {place_said(row)}, {_when(row)}", style="bold"))
    console.print(Text("Automatically extracted, unverified.", style="yellow"))
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, said in _facts(row):
        facts.add_row(name, Text(said))
    console.print(facts)
    for part in found["parts"]:
        told = f"{figure_said(part, 'killed')} killed, {place_said(part)}  {part['incident_id']}"
        console.print(Text(f"  of these: {told}", style="dim"))
    console.print()
    for report in found["reports"]:
        copied = ", a copy" if report["copy_of"] else ""
        told = f"{report['published']:%Y-%m-%d %H:%M}  " if report["published"] else ""
        console.print(Text.assemble((f"{told}{report['publisher']}{copied}: ", "bold"), report["title"]))
        console.print(Text(f"  “{' '.join(report['evidence'].split())}”"))
        console.print(Text(f"  {report['url']}"), soft_wrap=True)
    console.print()
    print_history(found["history"], console)


def print_history(rows: Iterable[Row], console: Console) -> None:
    """What :func:`history` gives, a line a state."""
    for row in rows:
        killed = "–" if row["killed"] is None else f"{row['killed']:,}"
        before = row["killed_before"]
        rose = f" (was {before:,})" if before is not None and before != row["killed"] else ""
        more = f"; merged into {row['merged_into']}" if row["merged_into"] else ""
        more += f"; part of {row['part_of']}" if row["part_of"] else ""
        said = f"{row['change']}: {killed} killed{rose}, {counted(row['reports'], 'report')}{more}"
        console.print(Text(f"{row['known_from']:%Y-%m-%d %H:%M}  {said}"))


def _facts(row: Row) -> Iterator[tuple[str, str]]:
    for outcome in OUTCOMES:
        said = figure_said(row, outcome)
        if said != "–":
            yield outcome, said
    for victim in row["victims"]:
        number = next((victim[end] for end in ("best", "low", "high") if victim[end] is not None), None)
        if number is not None:
            yield f"{victim['outcome']}, {victim['group'].replace('_', ' ')}", f"{number:,}"
    if row["actors"]:
        yield "by", actors_said(row["actors"]) or ", ".join(f"{a['name']} ({a['role']})" for a in row["actors"])
    if row["denials"]:
        yield "denied by", ", ".join(dict.fromkeys(denial["by"] for denial in row["denials"]))
    if row["sources"]:
        yield "according to", ", ".join(row["sources"])
    independent = f"{row['independent_sources']} independent"
    yield "in", f"{', '.join(row['publishers'])} ({counted(row['reports'], 'report')}, {independent})"
    if row["sources_disagree"]:
        yield "note", "the sources disagree"
    if row["part_of"]:
        yield "part of", f"{row['part_of']}, whose figures include it; it is added to no sum"
    yield "precision", f"place {row['place_precision'] or 'unsaid'}, date {row['date_precision'] or 'unsaid'}"
    yield "confidence", f"{row['confidence']:.2f}"
    yield "incident", row["incident_id"]


def _when(row: Row) -> str:
    return date_said(row["date_start"], row["date_end"]) if row["date_start"] else f"reported {row['day']}"


def _rows(published: Path, query: str, **parameters: object) -> list[Row]:
    return run_query(published, statement(query), parameters or None).to_pylist()  # type: ignore[no-any-return]
