"""The report page: one HTML file with map, timeline, filters, cards and table, that asks no network for anything.

What strangers wrote is data in a JSON block, which scripts put into the page as text only. A policy in the page lets
nothing run but the scripts that it came with, and nothing be loaded.
"""

import base64
import hashlib
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casualties.warehouse.sql import statement

INCIDENTS = 10_000  # the newest; all are in the other files of an export
REPORTS = 25  # of one incident; originals first
QUOTE = 1200  # characters of one report's sentences

_FOLDER = Path(__file__).parent
_SCRIPTS = ("vendor/leaflet.js", "vendor/uplot.js", "vendor/topojson.js")
_OWN = ("model", "filters", "map", "timeline", "list", "card", "table", "main")
_STYLES = ("vendor/leaflet.css", "vendor/uplot.css", "page.css")


def write_page(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The page of an open published file, to ``path``. The newest :data:`INCIDENTS` incidents are in it."""
    path.write_text(page(page_data(con)), encoding="utf-8")


def page_data(con: duckdb.DuckDBPyConnection, limit: int = INCIDENTS) -> dict[str, Any]:
    """What the page shows: state, sums over all incidents, the newest incidents, countries, feeds, days."""
    asked = {"limit": limit, "reports": REPORTS, "quote": QUOTE}
    incidents = [_without_nothing(row) for row in _rows(con, "page_incidents", asked)]
    named = {row["country"]: row for row in con.execute("FROM analytics.countries").to_arrow_table().to_pylist()}
    used = sorted({row["country"] for row in incidents if row.get("country") in named})
    return {
        "state": _rows(con, "snapshot")[0],
        "sums": _rows(con, "shown_sums")[0],
        "incidents": incidents,
        "countries": {code: [named[code]["name"], named[code]["numeric_code"]] for code in used},
        "feeds": _rows(con, "page_feeds"),
        "days": con.execute("FROM analytics.coverage").to_arrow_table().to_pylist(),
    }


def page(data: dict[str, Any]) -> str:
    """The HTML of :func:`page_data`'s answer."""
    own = "".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _OWN)
    scripts = [_read(name) for name in _SCRIPTS] + [f'"use strict";\n(() => {{\n{own}}})();\n']
    styles = "".join(_read(name) for name in _STYLES)
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    pages = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    return pages.get_template("page.html").render(
        policy=policy,
        scripts=[Markup(script) for script in scripts],
        styles=Markup(styles),
        world=Markup(_read("vendor/world.json")),
        data=Markup(_json(data)),
    )


def _read(name: str) -> str:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)  # a developer's tools would ask for it


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(data: dict[str, Any]) -> str:
    # As data in HTML: no "<" that could end the block, no line separator of old JavaScript.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    escapes: dict[str, str | int | None] = {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
    return text.translate(str.maketrans(escapes)).encode("utf-8", "backslashreplace").decode()


def _without_nothing(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, [], False)}


def _rows(con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return con.execute(statement(query), parameters).to_arrow_table().to_pylist()  # type: ignore[no-any-return]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.replace(tzinfo=None).isoformat(timespec='minutes')}Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
