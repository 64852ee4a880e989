"""What the constructions of denying share: their words, and the clause after a verb."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from casualties.events.name_phrases import Phrases, Span
from casualties.events.name_words import Word
from casualties.events.source_words import tables
from casualties.events.words import load

ENDS = frozenset((".", ";", "!", "?", "\n"))
_CLAUSE = 20  # words of a clause in which a deed is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialMention:
    """Who denies, rejects or dismisses responsibility. Offsets are code points, end exclusive."""

    start: int
    end: int
    by: str
    sentence_start: int
    sentence_end: int
    field: str = "text"
    named: tuple[int, int] | None = None  # of a pronoun: where the one is named that it stands for
    both: bool = False  # of two charges: "rejected both claims"
    how: str = "denied"  # denied | untrue | plea | undone | blames | answers
    wide: bool = False  # of a whole kind of deed: "denies targeting civilians"
    told: tuple[int, int] | None = None  # the clause of what is denied
    charged: bool = False  # a charge is denied, so that whoever is named in ``told`` may be the accuser
    owner: tuple[int, int] | None = None  # who did not, where no pronoun tells it: "Russia" of "Russia did not hit it"
    others: tuple[int, int] | None = None  # of a counter-accusation: where those stand whom it blames


Found = tuple[Span, dict[str, Any]]


@cache
def sets() -> dict[str, dict[str, frozenset[str]]]:
    """``lexicon/denials.toml``."""
    return {
        part: {name: frozenset(words) for name, words in listed.items()} for part, listed in load("denials").items()
    }


def clause_from(phrases: Phrases, first: int) -> Sequence[Word]:
    """The words from one on to the end of its clause."""
    words = phrases.words
    if first >= len(words):
        return ()
    stop = phrases.sentence(words[first - 1].start)[1]
    last = first
    while last < len(words) and last < first + _CLAUSE and words[last].start < stop and words[last].text not in ENDS:
        last += 1
    return words[first:last]


def is_undone(words: Sequence[Word], i: int) -> bool:
    """Whether a verb of denying tells no denial: "was denied", "cannot deny", "neither confirmed nor denied"."""
    verbs = sets()["verbs"]
    k, skipped = i - 1, ("have", "has", "had", "also")
    while k >= 0 and words[k].low not in verbs["undoes"] and (words[k].low.endswith("ly") or words[k].low in skipped):
        k -= 1
    if k < 0:
        return False
    low, before = words[k].low, words[k - 1].low if k else ""
    if low == "to":
        return before not in verbs["keeps"]
    return low in verbs["undoes"] or (low in ("or", "and") and before.startswith("confirm"))


def tells_deed(low: Sequence[str]) -> bool:
    """Whether words tell of an attack or of its victims."""
    known = sets()
    return any(
        w in known["objects"]["deeds"] or w in known["undone"]["verbs"] or w in known["objects"]["doing"] for w in low
    )


def is_wide(clause: Sequence[Word]) -> bool:
    return any(w.low in sets()["objects"]["wide"] for w in clause)


def said_before(phrases: Phrases, i: int, most: int) -> tuple[int, Span] | None:
    """The verb of saying last before a word in its sentence, at most so many words before, and who says it."""
    words, floor = phrases.words, phrases.sentence(phrases.words[i].start)[0]
    for k in range(i - 1, max(-1, i - most), -1):
        if words[k].start < floor or words[k].low == "if" or words[k].text == ";":
            return None
        if (
            words[k].text != "States"
            and words[k].low in tables().say | sets()["verbs"]["answer"]
            and (span := phrases.subject(k))
        ):
            return k, _issuer(phrases, span) or span
    return None


def _issuer(phrases: Phrases, told: Span) -> Span | None:
    """Who "issued a statement saying": the subject of the verb before a document."""
    words = phrases.words
    if words[told[1]].low not in tables().documents:
        return None
    before = range(told[0] - 1, max(-1, told[0] - 5), -1)
    return next((phrases.subject(k) for k in before if words[k].low in sets()["verbs"]["issues"]), None)


def said_after(phrases: Phrases, i: int) -> Span | None:
    """Who says it, told after what is said: "..., a general told the agency"."""
    words, stop = phrases.words, phrases.sentence(phrases.words[i].start)[1]
    for k in range(i + 1, min(i + 30, len(words))):
        if words[k].start >= stop:
            return None
        if words[k].low in tables().say and phrases.tells(k) and (span := phrases.inverted(k) or phrases.subject(k)):
            return span
    return None
