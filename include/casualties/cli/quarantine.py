"""Commands on the quarantine: they read what the last load wrote beside the warehouse, and change nothing."""

import getpass
import json
import shlex
import sys
from typing import Annotated, Any

import typer

from casualties.cli.streams import words
from casualties.errors import SettingsError
from casualties.reports.quarantine import read_quarantine
from casualties.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Rows that broke a rule: which, why, and what to do with them.")

Why = Annotated[str, typer.Option(help="The reason, best a link; it stays on record.")]
Ids = Annotated[list[str], typer.Argument(help="Ids, or their first digits, as `list` prints them.")]


@app.command("list")
def list_rows(
    rule: Annotated[str | None, typer.Option(help="Only what broke this rule.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what was released or dropped.")] = False,
) -> None:
    """Print the quarantined rows, the newest first: id, time, subject, rule, decision, value, address."""
    shown = 0
    for row in read_quarantine(Settings().quarantine):
        if (rule and row["rule"] != rule) or (row["decision"] and not all_):
            continue
        told = (row["quarantine_id"], row["quarantined_at"], row["subject"], row["rule"], row["decision"] or "held")
        sys.stdout.write("\t".join(_plain(cell) for cell in (*told, row["value"], row["url"])) + "\n")
        shown += 1
    words.print(f"{shown} rows")


@app.command()
def show(id_: Annotated[str, typer.Argument(metavar="ID", help="An id or its first digits.")]) -> None:
    """Print one quarantined row whole: the rule it broke, and all its fields."""
    row = _find(id_)
    for name, value in row.items():
        if name != "row" and value is not None:
            sys.stdout.write(f"{name:<16} {_plain(value)}\n")
    sys.stdout.write(json.dumps(json.loads(row["row"]), indent=2) + "\n")


@app.command()
def release(ids: Ids, why: Why) -> None:
    """Print the command that lets rows in: each is judged again with the one rule waived that it broke."""
    _print_trigger("release", ids, why)


@app.command()
def drop(ids: Ids, why: Why) -> None:
    """Print the command that marks rows as out for good."""
    _print_trigger("drop", ids, why)


def _print_trigger(what: str, ids: list[str], why: str) -> None:
    if not why.strip():
        raise typer.BadParameter("it is empty", param_hint="--why")
    chosen = [_find(id_)["quarantine_id"] for id_ in ids]
    conf = {what: chosen, "why": why, "by": getpass.getuser()}
    home = Settings().data_dir / "airflow"
    if (home / "airflow.db").exists():  # of `make up`
        sys.stdout.write(f"AIRFLOW_HOME={shlex.quote(str(home))} ")
    sys.stdout.write(f"airflow dags trigger replay_archive --conf {shlex.quote(json.dumps(conf))}\n")
    words.print("Only replay_archive may write to the warehouse: run this where Airflow runs, or trigger it in the UI.")


def _find(id_: str) -> dict[str, Any]:
    found = [row for row in read_quarantine(Settings().quarantine) if row["quarantine_id"].startswith(id_)]
    if len(found) != 1:
        many = "several rows" if found else "no row"
        raise SettingsError(
            f"{many} in quarantine with an id that begins with {id_!r}; see: casualties quarantine list"
        )
    return found[0]


def _plain(value: object) -> str:
    """One line without control characters: values come from strangers' pages."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value or "")).split())
