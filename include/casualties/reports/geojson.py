"""Incidents as GeoJSON (RFC 7946), a feature at a time."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from casualties.reports.tables import TABLES

_BATCH = 2000


def write_geojson(con: duckdb.DuckDBPyConnection, path: Path, about: dict[str, Any]) -> None:
    """A FeatureCollection with the columns of ``analytics.incidents`` as properties and ``about`` beside them.

    An incident without coordinates has a null geometry. A point is the middle of what ``place_precision`` says.
    """
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
    with path.open("w", encoding="utf-8") as out:
        out.write(f'{head[:-1]}, "features": [')
        separator = "\n"
        for batch in con.execute(TABLES["incidents"]).to_arrow_reader(_BATCH):
            for row in batch.to_pylist():
                out.write(separator + json.dumps(_feature(row), ensure_ascii=False, default=_plain))
                separator = ",\n"
        out.write("\n]}\n")


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    lat, lon = row.pop("lat"), row.pop("lon")
    point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": row["incident_id"], "geometry": point, "properties": row}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
