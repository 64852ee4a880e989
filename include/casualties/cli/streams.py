"""What the commands share: JSON lines in and out, one line for each failure, progress on a terminal."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from casualties.errors import CasualtiesError, ExtractError, SettingsError

words = Console(stderr=True, highlight=False)

Jsonl = Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")]


def open_input(name: str) -> IO[str]:
    if name == "-":
        return sys.stdin
    try:
        return open(name, encoding="utf-8", errors="replace")
    except OSError as error:
        raise SettingsError(f"{name}: {error.strerror}") from error


class Failures:
    """Counts what failed while the rest goes on; the command then ends with 1."""

    def __init__(self) -> None:
        self.count = 0

    def say(self, message: object) -> None:
        self.count += 1
        words.print(f"casualties: {message}", style="red", markup=False, soft_wrap=True)

    def exit(self) -> None:
        if self.count:
            raise typer.Exit(1)


def read_lines(name: str, failures: Failures) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(open_input(name), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("text") or "", str) or "id" not in row:
                raise ExtractError(f"{name}:{number}", 'a line is an object with "id" and "text"')
            row["published"] = parse_day(row.get("published"))
        except (json.JSONDecodeError, CasualtiesError) as error:
            failures.say(f"{name}:{number}: {error}")
            continue
        yield row


def parse_day(value: str | None) -> date | None:
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except (ValueError, TypeError) as error:
        raise SettingsError(f"not a date (YYYY-MM-DD): {value}") from error


def print_line(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def progress(items: list[Path], what: str) -> Iterable[Path]:
    return track(items, what, console=words, disable=not sys.stderr.isatty(), transient=True)
