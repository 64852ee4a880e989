"""Statements from ``queries/*.sql``, one a file."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "queries"


@cache
def statement(name: str) -> str:
    """The statement in ``queries/<name>.sql``."""
    return (_FOLDER / f"{name}.sql").read_text()
