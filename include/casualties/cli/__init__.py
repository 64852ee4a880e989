"""The ``casualties`` command. Exit codes: 0 good, 1 something failed, 2 wrong use.

Results go to stdout, words to stderr. Heavy modules are imported inside commands, so that ``--help`` answers at once.
"""

import sys
from typing import NoReturn

import typer
from pydantic import ValidationError

from casualties.cli import archive, extraction, feeds, operation, quarantine, questions
from casualties.cli.streams import words
from casualties.errors import CasualtiesError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Automatic recording of casualties from news, stage by stage."
)
for module in (extraction, operation, questions):
    app.registered_commands += module.app.registered_commands
app.add_typer(archive.app, name="archive")
app.add_typer(feeds.app, name="feeds")
app.add_typer(quarantine.app, name="quarantine")


def main() -> None:
    """Entry point: turns the package's errors, and settings of no use, into one line on stderr and exit code 1."""
    try:
        app()
    except CasualtiesError as error:
        _fail(str(error))
    except ValidationError as error:
        problems = (f"CASUALTIES_{str(e['loc'][0]).upper()} is {e['input']!r}: {e['msg']}" for e in error.errors())
        _fail("; ".join(problems))


def _fail(why: str) -> NoReturn:
    words.print(f"casualties: {why}", style="red", markup=False, soft_wrap=True)
    sys.exit(1)
