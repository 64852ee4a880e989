"""Persons by name who are told to have done it: charged, convicted, named as the suspect, or the subject of the deed.

Armed groups and states are weighed (``players.py``); a person is told so plainly that a rule reads him.
"""

import re
from collections.abc import Sequence
from functools import cache

from casualties.events.context import Context
from casualties.events.drafts import Draft, value
from casualties.events.tokens import Sentence
from casualties.events.who import Who
from casualties.events.words import load, tables
from casualties.model import Actor

_MOST = 60  # victims of what one person does
_DEEDS = frozenset(("shooting", "other", "unknown", "vehicle_attack", "bombing", "abduction", "accident", "execution"))
_NAME = r"(?P<name>[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|[A-Z]\.?(?![\w’'])|van|der|de|al|bin|III?|Jr)){1,4})"
_AGE = r"(?:,? (?:aged )?\d\d)?,?"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with the status of whom they find: those of who is charged or convicted, those of who does it."""
    words = load("deeds")["culprits"]
    listed = {name: "|".join(map(re.escape, told)) for name, told in words.items()}
    aux = r"(?: (?:is|was|has|had|been|also|later|repeatedly|then|who|allegedly|now|currently))*"
    return (
        (re.compile(rf"\b{_NAME}{_AGE}{aux} (?:{listed['charged']})\b"), "accused"),
        (re.compile(rf"\b(?:{listed['called']})[,:]? (?:as )?{_NAME}"), "suspected"),
        (
            re.compile(rf"\b(?:[Tt]rial|[Cc]onviction|[Aa]rrest|[Mm]anhunt|[Hh]unt) (?:of|for) {_NAME}"),
            "accused",
        ),
        (
            re.compile(rf"\b(?:convict(?:s|ed)|charg(?:ed|es)|jail(?:s|ed)) (?:her |his |\w+, )*{_NAME}"),
            "accused",
        ),
        (re.compile(rf"\bfound {_NAME} guilty\b"), "accused"),
        (re.compile(rf"\b{_NAME}{_AGE}{aux} (?:{listed['did']})\b"), "stated"),
    )


def add_culprits(
    drafts: Sequence[Draft],
    kinds: Sequence[str],
    whos: Sequence[Who],
    sentences: Sequence[Sentence],
    context: Context,
) -> None:
    """Give events that no side is named for the persons who are told to have done them."""
    for draft, kind, who in zip(drafts, kinds, whos, strict=True):
        if draft.toll or kind not in _DEEDS or _people(draft) > _MOST or any(a.name[0].isupper() for a in who.actors):
            continue
        found = _named(draft, sentences, context)
        if found:
            who.actors[:] = found


def _people(draft: Draft) -> int:
    return max((value(m) for told in draft.figures.values() for m in told), default=0)


def _named(draft: Draft, sentences: Sequence[Sentence], context: Context) -> list[Actor]:
    """The one person whom the event's sentences, or those beside them, tell to have done it."""
    own = {r.sentence.index for r in draft.reports}
    near = sorted({0, *(k for s in own for k in (s - 1, s, s + 1) if 0 <= k < len(sentences))})
    victims = " ".join(
        r.sentence.text[r.sentence.starts[m.first] - r.sentence.start : r.sentence.ends[m.last - 1] - r.sentence.start]
        for r in draft.reports
        for m in r.mentions
        if m.last > m.first
    )
    for pattern, status in _patterns():
        for index in near:
            for match in pattern.finditer(sentences[index].text):
                name = match.group("name")
                owner = name.endswith(("'s", "’s"))  # "John Roe's wife killed"
                if owner or any(word in victims for word in name.split()) or not _is_person(name):
                    continue
                sentence = sentences[index]
                first, last = (sentence.start + k for k in match.span("name"))
                if not any(m.end == last for m in context.places_in(sentence.field, first, last)):
                    return [Actor(name=name, role="perpetrator", status=status)]
    return []


def _is_person(name: str) -> bool:
    """Whether a name has no word of a body, a place or a day in it."""
    words = set(name.lower().split())
    return words.isdisjoint(load("deeds")["no_person"]) and words.isdisjoint(tables().sets["institutions"])
