"""What an export says of itself: a data package descriptor (Frictionless Data Package 1), a licence, credits."""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from casualties import __version__
from casualties.reports.tables import Column, columns

WARNING = "Automatically extracted from news reports, unverified."
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
CREDIT = {"title": "Place names and coordinates: GeoNames (CC BY 4.0)", "path": "https://www.geonames.org/"}
RIGHTS = (
    "Headlines and quoted sentences belong to their publishers and are quoted as evidence; the licence is for the data."
)
_MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    ".html": "text/html",
}
_TYPES = {"VARCHAR": "string", "VARCHAR[]": "string", "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number",
          "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime"}  # fmt: skip


def about(snapshot: datetime, extractor_version: str) -> dict[str, Any]:
    """What every file of an export that has room for it says: snapshot time, licence, credits, warning."""
    return {
        "name": "casualties",
        "title": "Casualties reported in the news",
        "description": f"{WARNING} {RIGHTS}",
        "version": __version__,
        "created": f"{snapshot:%Y-%m-%dT%H:%M:%SZ}",
        "snapshot": f"{snapshot:%Y-%m-%dT%H:%M:%SZ}",
        "extractor_version": extractor_version,
        "licenses": [LICENCE],
        "sources": [CREDIT, {"title": "News reports: each row names its outlets, and reports their addresses"}],
    }


def write_package(con: duckdb.DuckDBPyConnection, folder: Path, names: Iterable[str], said: dict[str, Any]) -> None:
    """``datapackage.json``: each file with its size, SHA-256 and, of tables, the columns as the dictionary has them."""
    package = {"profile": "data-package", **said, "resources": [_resource(con, folder / name) for name in names]}
    part = folder / ".datapackage.json.part"
    part.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, folder / "datapackage.json")


def read_me(said: dict[str, Any]) -> str:
    """The same for people."""
    return (
        f"# {said['title']}\n\n**{WARNING}** State of {said['snapshot']}.\n\n"
        "datapackage.json says what each file and column is. In CSV a list is joined by `; `, other nested values\n"
        'are JSON, and an apostrophe stands before a text that a spreadsheet would take for a formula. Empty is "not\n'
        'said", 0 is "said: none". Times are UTC. For sums take `deaths` of incidents: it counts nobody twice.\n\n'
        f"Licence: [{LICENCE['title']}]({LICENCE['path']}). {RIGHTS}\n{CREDIT['title']}, {CREDIT['path']}\n"
    )


def _resource(con: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any]:
    table = path.name.partition(".")[0]
    found: dict[str, Any] = {
        "name": path.name.lower().replace(".", "-"),
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": _MEDIA[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_digest(path)}",
    }
    if path.name == f"{table}.csv" or path.suffix == ".parquet":
        found |= {"schema": {"fields": [_field(column) for column in columns(con, table)], "missingValues": [""]}}
    if path.suffix == ".csv":
        found["encoding"] = "utf-8"
    if path.name == f"{table}.csv":
        found["profile"] = "tabular-data-resource"
    return found


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": _TYPES.get(column.type, "array"), "description": column.comment}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
