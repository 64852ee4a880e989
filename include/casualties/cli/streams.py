"""What the commands share: JSON lines in and out, one line for each failure, progress on a terminal."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import open as open_with_progress
from rich.progress import track

from casualties.errors import SettingsError

words = Console(stderr=True, highlight=False)

Jsonl = Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")]


def open_input(name: str) -> AbstractContextManager[TextIO]:
    """Standard input for ``-``, else a file, with its progress on a terminal."""
    if name == "-":
        return TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    try:
        return open_with_progress(
            name,
            "r",
            encoding="utf-8-sig",
            errors="replace",
            description="Reading",
            console=words,
            disable=not sys.stderr.isatty(),
            transient=True,
        )
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
    """The articles of the lines that hold one, ``published`` as a date; of the others, one failure each."""
    with open_input(name) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = _article(line)
            except (ValueError, RecursionError) as error:
                failures.say(f"{name}:{number}: {error}")
            else:
                yield row


def _article(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise ValueError('a line is an object with "id" and "text"')
    if not isinstance(row.get("title") or "", str):
        raise ValueError('"title" is not a string')
    return row | {"published": parse_day(row.get("published"))}


def parse_day(value: str | None) -> date | None:
    """The day of an ISO date or time, None for none. Raises ValueError."""
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except (ValueError, TypeError) as error:
        raise ValueError(f"not a date (YYYY-MM-DD): {value!r}") from error


def print_line(row: dict[str, Any]) -> None:
    # UTF-8 whatever the locale; a lone surrogate, which UTF-8 cannot hold, leaves as it came: escaped.
    line = json.dumps(row, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))


def progress(items: list[Path], what: str) -> Iterable[Path]:
    return track(items, what, console=words, disable=not sys.stderr.isatty(), transient=True)
