"""What ``lexicon/places.toml`` says of names of countries, provinces and regions."""

import tomllib
import zlib
from functools import cache
from importlib.resources import files
from typing import Any

from casualties.events.gazetteer.fold import fold


@cache
def lexicon() -> dict[str, Any]:
    """``lexicon/places.toml``: countries, scripts, demonyms, admin1, regions."""
    return tomllib.loads((files("casualties.events") / "lexicon" / "places.toml").read_text(encoding="utf-8"))


@cache
def edition() -> int:
    """A number that changes with the lexicon, kept in the index (``PRAGMA user_version``)."""
    return zlib.crc32((files("casualties.events") / "lexicon" / "places.toml").read_bytes()) & 0x7FFFFFFF


@cache
def arabic() -> frozenset[str]:
    """Countries (alpha-3) whose towns are also known without the Arabic article."""
    return frozenset(lexicon()["scripts"]["arabic"])


@cache
def transliterated() -> frozenset[str]:
    """Countries (alpha-3) whose names reach English in several spellings."""
    return arabic() | frozenset(lexicon()["scripts"]["other"])


@cache
def demonyms() -> dict[str, str]:
    """Folded words such as "syrian" to their country (alpha-3)."""
    return {fold(word): country for country, listed in lexicon()["demonyms"].items() for word in listed}
