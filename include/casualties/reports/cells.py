"""A value as a cell of a CSV file: lists joined, structs as JSON, and nothing that a spreadsheet would run."""

import json
import re
from typing import Any

# What spreadsheets take for a formula, full-width signs included (OWASP, CSV injection). Read by RE2 in DuckDB, too.
FORMULA = r"^([\t\r\n]|\s*[=+\-@＝＋－＠])"
JOINT = "; "


def inert(text: str) -> str:
    """The text, after an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if re.match(FORMULA, text) else text


def cell(value: Any) -> str:
    """NULL is empty; a list of words is joined by ``; ``, other lists and structs are JSON; times are ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return inert(JOINT.join(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return inert(value) if isinstance(value, str) else str(value)
