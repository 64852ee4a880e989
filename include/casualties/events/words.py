"""The lexicon files, compiled once into tables of plain integers and dictionaries.

Every word list lives in ``lexicon/*.toml``; this module gives each word a set of class bits and indexes multi-word
entries by their first word. Loading takes a few milliseconds and happens at the first article.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).parent / "lexicon"

# classes a word can belong to, as bits
BE, HAVE, MODAL, NEGATION, AND, DETERMINER, POSSESSIVE, ARTICLE = (1 << n for n in range(8))
RELATIVE, PREPOSITION, CONJUNCTION, ADVERB, REPORT, INCLUDE, OTHERS, HYPOTHETICAL = (1 << n for n in range(8, 16))
SINGULAR, PLURAL, MODIFIER, NEVER, TRIGGER, QUANTITY, BOUND, NUMBER = (1 << n for n in range(16, 24))
PRONOUN_ONE, PRONOUN_MANY, COLLECTIVE = (1 << n for n in range(24, 27))
PERSON = SINGULAR | PLURAL
FUNCTION = BE | HAVE | MODAL | NEGATION | AND | RELATIVE | PREPOSITION | CONJUNCTION | REPORT

Phrases = dict[str, list[tuple[tuple[str, ...], Any]]]


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon file as plain dictionaries."""
    return tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word can say of a casualty: ``form`` is base, s, past, part, ing, adj or noun."""

    outcome: str
    form: str
    voice: str  # trans | intrans | both | adj | noun
    lemma: str


def plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return word[:-1] + "ies"
    return word + "s"


def inflect(entry: str) -> tuple[str, str, str, str, str]:
    """base, third person, past, participle and -ing of a verb entry of the lexicon."""
    parts = entry.split()
    if len(parts) == 5:
        return parts[0], parts[1], parts[2], parts[3], parts[4]
    base, _, particle = entry.partition("-")
    third = plural(base)
    stem = base[:-1] if base.endswith("e") else base
    past, ing = (base[:-1] + "ied", base + "ing") if third.endswith("ies") else (stem + "ed", stem + "ing")
    if base in ("gun", "slip", "stab", "kidnap", "drag"):
        past, ing = base + base[-1] + "ed", base + base[-1] + "ing"
    tail = f" {particle}" if particle else ""
    return base + tail, third + tail, past + tail, past + tail, ing + tail


def index_phrases(entries: dict[str, Any]) -> Phrases:
    """Multi-word entries by first word, longest first."""
    table: Phrases = {}
    for phrase, value in entries.items():
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append((words, value))
    for candidates in table.values():
        candidates.sort(key=lambda pair: -len(pair[0]))
    return table


def match_phrase(table: Phrases, low: list[str], at: int) -> tuple[int, Any] | None:
    """The longest entry that starts at a token: how many tokens, and its value."""
    for words, value in table.get(low[at], ()):
        size = len(words)
        if size == 1 or tuple(low[at : at + size]) == words:
            return size, value
    return None


@dataclass(frozen=True, slots=True)
class Words:
    """All compiled tables."""

    bits: dict[str, int]
    group: dict[str, str]
    numbers: dict[str, int]
    scales: dict[str, int]
    bounds: Phrases
    after: Phrases
    vague: Phrases
    exact: Phrases
    triggers: dict[str, tuple[Trigger, ...]]
    two_word_triggers: dict[str, list[tuple[str, Trigger]]]
    watch: frozenset[str]
    sets: dict[str, frozenset[str]]
    telling: dict[str, str]
    cues: dict[str, str]
    other_stories: re.Pattern[str]  # labels of a list of other stories
    types: Phrases
    type_words: frozenset[str]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A list of phrases of the lexicon ("wounds.died_of_it") as one expression over text in lower case."""
    longest_first = sorted(tables().sets[name], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@cache
def tables() -> Words:
    """The compiled lexicon."""
    bits: dict[str, int] = {}
    group: dict[str, str] = {}

    def mark(words: list[str] | tuple[str, ...], bit: int) -> None:
        for word in words:
            bits[word] = bits.get(word, 0) | bit

    grammar = load("grammar")
    for name, bit in _GRAMMAR_BITS.items():
        mark(grammar[name], bit)
    _mark_persons(mark, group)
    quantities = load("quantities")
    numbers = quantities["units"] | quantities["tens"]
    mark(list(numbers), NUMBER | QUANTITY)
    mark(list(quantities["scales"]), NUMBER)
    vague = index_phrases(quantities["vague"])
    exact = index_phrases(quantities["exact"])
    mark([*vague, *exact], QUANTITY)
    bounds = index_phrases(
        {p: kind for kind, entries in quantities["bounds"].items() for p in entries if not kind.startswith("after")}
    )
    mark(list(bounds), BOUND)
    after = index_phrases(
        {
            p: kind.removeprefix("after_")
            for kind, entries in quantities["bounds"].items()
            for p in entries
            if kind.startswith("after")
        }
    )
    triggers, two_words = _triggers()
    mark(list(triggers), TRIGGER)
    casualties = load("casualties")
    sets = {f"{section}.{key}": frozenset(value) for section, part in casualties.items() for key, value in part.items()}
    sets |= {key: frozenset(value) for key, value in grammar.items()}
    persons = load("persons")
    sets["institutions"] = frozenset(persons["institutions"]["words"])
    sets["sexes"] = sets["wounds.male"] | sets["wounds.female"]
    sets["bodies"] = frozenset(persons["institutions"]["bodies"])
    sets["conditions"] = frozenset(persons["institutions"]["conditions"])
    sets["trades"] = frozenset(persons["institutions"]["trades"])
    tolls = load("tolls")
    cues = {word: name for name, listed in tolls["cues"].items() for word in listed}
    type_entries: dict[str, Any] = {}
    for kind, lists in load("types").items():
        type_entries |= {phrase: (kind, 1) for phrase in lists["weak"] if phrase not in type_entries}
        type_entries |= dict.fromkeys(lists["strong"], (kind, 2))
    watch = (
        frozenset(triggers)
        | {first for first, rest in two_words.items()}
        | sets["idioms.toll_nouns"]
        | sets["killed.bodies"]
        | sets["killed.count_nouns"]
        | sets["idioms.casualty_nouns"]
        | frozenset(
            (
                "lives",
                "life",
                "blown",
                "buried",
                "claimed",
                "cost",
                "hospital",
                "hospitals",
                "condition",
                "fatally",
                "toll",
                "homes",
                "flee",
                "loss",
                "losses",
                "mourned",
                "mourns",
                "wounds",
                "crossed",
                "refuge",
                "riddled",
                "shelter",
                "succumb",
                "succumbed",
                "succumbs",
                "survive",
                "throats",
                *sets["idioms.driven"],
            )
        )
        | {"critical", "care", "grazed", "blown"}
        | sets["injured.harms"]
        | sets["killed.complement_verbs"]
        | sets["abducted.adjectives"]
        | sets["abducted.count_nouns"]
        | sets["abducted.captors"]
        | {"hooded", "masked", "taken", "leave", "treated", "treatment"}
        | sets["idioms.losing"]
        | sets["missing.seeking"]
        | sets["injured.missiles"]
        | (sets["injured.body"] - {"back", "side", "head", "hand", "hands", "face"})
    )
    type_table = index_phrases(type_entries)
    return Words(
        bits=bits,
        group=group,
        numbers=numbers,
        scales=quantities["scales"],
        bounds=bounds,
        after=after,
        vague=vague,
        exact=exact,
        triggers=triggers,
        two_word_triggers=two_words,
        watch=watch - {"with", "had", "have", "has", "left", "found", "run", "hit", "received", "lay", "seen"},
        sets=sets,
        telling=persons["telling"],
        cues=cues,
        other_stories=re.compile(
            r"\b(?:" + "|".join(map(re.escape, tolls["other_stories"])) + r")(?=:?\s+[A-Z0-9\"“‘'])"
        ),
        types=type_table,
        type_words=frozenset(type_table),
    )


def is_other_sense(word: str, after: str) -> bool:
    """Whether a word of illness means something else before the next: "a suicide bomber", "the old city"."""
    senses = load("casualties")["senses"]
    if word in senses["only_before"]:
        return after not in senses["only_before"][word]
    return after in senses["not_before"].get(word, ())


_GRAMMAR_BITS = {
    "be": BE,
    "have": HAVE,
    "modal": MODAL,
    "future": MODAL,
    "negation": NEGATION,
    "and": AND,
    "determiner": DETERMINER,
    "possessive": POSSESSIVE,
    "article": ARTICLE,
    "relative": RELATIVE,
    "pronoun_singular": PRONOUN_ONE,
    "pronoun_plural": PRONOUN_MANY,
    "prepositions": PREPOSITION,
    "conjunctions": CONJUNCTION,
    "adverbs": ADVERB,
    "report": REPORT,
    "include": INCLUDE,
    "others": OTHERS,
    "hypothetical": HYPOTHETICAL,
}


def _mark_persons(mark: Any, group: dict[str, str]) -> None:
    persons = load("persons")
    for name, part in persons.items():
        if name in ("modifiers", "never", "collectives", "institutions", "telling"):
            continue
        label = "" if name == "people" else name
        many = dict(part.get("irregular", {}))
        many |= {word: plural(word) for word in part.get("regular", ()) if word not in many}
        for one, several in many.items():
            mark([one.lower()], SINGULAR)
            mark([several.lower()], PLURAL)
            group.setdefault(one.lower(), label)
            group.setdefault(several.lower(), label)
        mark(part.get("plural_only", ()), PLURAL)
        for word in part.get("plural_only", ()):
            group.setdefault(word, label)
    mark(persons["modifiers"]["words"], MODIFIER)
    mark(persons["never"]["words"], NEVER)
    mark(persons["collectives"]["words"], COLLECTIVE)


def _triggers() -> tuple[dict[str, tuple[Trigger, ...]], dict[str, list[tuple[str, Trigger]]]]:
    single: dict[str, list[Trigger]] = {}
    double: dict[str, list[tuple[str, Trigger]]] = {}

    def add(form: str, trigger: Trigger) -> None:
        first, _, second = form.partition(" ")
        if second:
            double.setdefault(first, []).append((second, trigger))
        elif trigger not in single.setdefault(form, []):
            single[form].append(trigger)

    for outcome, part in load("casualties").items():
        for voice in ("trans", "intrans", "both", "fighters"):
            for entry in part.get(voice, ()):
                forms = inflect(entry)
                for name, form in zip(("base", "s", "past", "part", "ing"), forms, strict=True):
                    if form == "_" or (name == "part" and form == forms[2]):
                        continue
                    add(form, Trigger(outcome, name, voice, next(f for f in forms if f != "_")))
        if "outcome" in ("idioms", "fatal"):
            continue
        for word in part.get("adjectives", ()) if outcome not in ("fatal", "idioms") else ():
            add(word, Trigger(outcome, "adj", "adj", word))
        for word in part.get("nouns", ()):
            add(word, Trigger(outcome, "noun", "noun", word))
        for word in part.get("count_nouns", ()):
            if word not in part.get("nouns", ()) and word not in part.get("adjectives", ()):
                add(word, Trigger(outcome, "count", "noun", word))
    return {form: tuple(found) for form, found in single.items()}, double
