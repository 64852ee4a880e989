"""``lexicon/sources.toml``: the words of those who tell, and of telling."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Tables:
    """``lexicon/sources.toml``, ready for look-ups; all lower case."""

    raw: dict[str, Any]
    say: frozenset[str]
    weak: frozenset[str]
    finds: frozenset[str]
    gives: frozenset[str]
    given: frozenset[str]
    inverted: frozenset[str]
    auxiliary: frozenset[str]
    people: frozenset[str]
    qualifiers: frozenset[str]
    pronouns: frozenset[str]
    never: frozenset[str]
    agencies: frozenset[str]
    leads: frozenset[str]
    cuts: frozenset[str]
    inside: frozenset[str]
    times: frozenset[str]
    complements: frozenset[str]
    documents: frozenset[str]
    areas: frozenset[str]  # "city" of "the city of X"
    bodies: frozenset[str]  # heads of bodies whose names have any words in them: "service"
    offices: frozenset[str]  # the like of one person: "minister"
    calling: frozenset[str]  # words that only call a source something: "group", "source"


@cache
def tables() -> Tables:
    raw = tomllib.loads((files("casualties.events") / "lexicon" / "sources.toml").read_text(encoding="utf-8"))
    verbs, nouns, grammar = raw["verbs"], raw["nouns"], raw["grammar"]
    return Tables(
        raw=raw,
        say=frozenset(verbs["say"]),
        weak=frozenset(verbs["weak"]),
        finds=frozenset(verbs["found"]),
        gives=frozenset(verbs["gives"]),
        given=frozenset(verbs["given"]),
        inverted=frozenset(grammar["inverted"]),
        auxiliary=frozenset(verbs["auxiliary"]),
        people=frozenset(nouns["people"]),
        qualifiers=frozenset(nouns["qualifiers"]),
        pronouns=frozenset(nouns["pronouns"]),
        never=frozenset(nouns["never"]),
        agencies=frozenset(nouns["agencies"]),
        leads=frozenset(grammar["leads"]),
        cuts=frozenset(grammar["cuts"]),
        inside=frozenset(grammar["inside"]),
        times=frozenset(grammar["times"]),
        complements=frozenset(grammar["complements"]),
        documents=frozenset(grammar["documents"]),
        areas=frozenset(nouns["areas"]),
        bodies=frozenset(nouns["bodies"]),
        offices=frozenset(nouns["offices"]),
        calling=frozenset(word for kind in raw["called"].values() for word in kind["by"]),
    )
