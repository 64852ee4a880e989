"""Why reports are one incident: each report, the one it matched best, and what each clue added."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from casualties.errors import SettingsError
from casualties.reports.wording import date_said, figure_said
from casualties.warehouse.query import run_query
from casualties.warehouse.sql import statement


def print_why(published: Path, incident_id: str, console: Console) -> None:
    """The reports of an incident with their clues, then its history.

    Raises :class:`SettingsError` for an id that no incident has.
    """
    asked = {"incident_id": incident_id}
    history = run_query(published, statement("why_history"), asked).to_pylist()
    if not history:
        raise SettingsError(f"no incident {incident_id!r}; `select incident_id from incidents` lists them")
    if history[-1]["merged_into"]:
        console.print(f"{incident_id} was merged into {history[-1]['merged_into']}, whose reports these are.")
    for row in run_query(published, statement("why_reports"), asked).to_pylist():
        when = date_said(row["date_start"], row["date_end"]) if row["date_start"] else "day unsaid"
        said = f"{figure_said(row, 'killed')} killed, {row['place'] or 'place unsaid'}, {when}"
        copied = ", a copy" if row["copy_of"] else ""
        console.print(Text.assemble((f"{row['publisher']}{copied}: ", "bold"), row["title"]))
        console.print(Text(f"  {said}\n  “{row['evidence']}”\n  {row['url']}"))
        if row["clues"]:
            clues = ", ".join(f"{clue['name']} {clue['score']:+.1f}" for clue in row["clues"])
            total = sum(clue["score"] for clue in row["clues"])
            console.print(Text(f"  matched {row['matched_publisher']}: {clues} = {total:+.1f}", style="cyan"))
        else:
            console.print(Text("  opened the incident", style="cyan"))
    for state in history:
        console.print(Text(f"{state['known_from']:%Y-%m-%d %H:%M} {state['change']}: {state['killed']} killed"))
