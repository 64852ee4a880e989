"""Bounding boxes of countries, against which the coordinates of events are judged."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def country_boxes() -> dict[str, tuple[float, float, float, float]]:
    """ISO 3166 alpha-3 to (west, south, east, north) in degrees; the file's head says where they are from."""
    text = files(__package__).joinpath("country_boxes.toml").read_text(encoding="utf-8")
    return {code: (box[0], box[1], box[2], box[3]) for code, box in tomllib.loads(text).items()}


def degrees_outside(country: str, lat: float, lon: float) -> float | None:
    """How far a point lies outside a country's box, in degrees along the worse axis; 0.0 inside.

    None where the country has no box. A box whose west is greater than its east spans the 180th meridian.
    """
    box = country_boxes().get(country)
    if box is None:
        return None
    west, south, east, north = box
    beyond_west, beyond_east = (west - lon) % 360, (lon - east) % 360
    inside = (lon - west) % 360 <= (east - west) % 360 or east - west >= 360
    sideways = 0.0 if inside else min(beyond_west, beyond_east)
    return max(sideways, south - lat, lat - north, 0.0)
