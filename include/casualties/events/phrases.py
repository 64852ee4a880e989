"""Noun phrases of persons, with or without a number, in one tokenised sentence."""

import re
from dataclasses import dataclass

from casualties.events.numbers import Quantity, quantity_at
from casualties.events.tokens import Sentence
from casualties.events.words import (
    ADVERB,
    AND,
    ARTICLE,
    BE,
    BOUND,
    COLLECTIVE,
    DETERMINER,
    FUNCTION,
    HAVE,
    INCLUDE,
    MODIFIER,
    NEVER,
    NUMBER,
    OTHERS,
    PERSON,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN_MANY,
    PRONOUN_ONE,
    QUANTITY,
    REPORT,
    SINGULAR,
    TRIGGER,
    tables,
)
from casualties.model import Basis

_AGED = re.compile(r"^(\d+|[a-z]+(?:-[a-z]+)?)-years?-old(s?)$")
_PERSON_ENDING = re.compile(r"(?:ists|men|women|goers|ees|workers|holders|makers|fighters|seekers)$")
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_MONEY = frozenset("$£€¥#")
CONDITIONS = frozenset(("dead", "wounded", "injured", "missing", "displaced", "homeless"))  # nouns only after "the"
_REACH = 8  # tokens between a number and its noun, at most


@dataclass(slots=True)
class Phrase:
    """Persons over tokens first..last (last exclusive).

    ``kind``: count (number and noun), bare (number alone), one (a single person by an article or a name), some
    (persons without a number), pronoun, those ("the victims", "those killed").
    """

    first: int
    last: int
    kind: str
    low: int | None
    best: int | None
    high: int | None
    basis: Basis
    head: int
    group: str = ""
    definite: bool = False
    other: bool = False
    of_whole: bool = False
    claimed: bool = False
    thing: bool = False

    @property
    def counted(self) -> bool:
        return self.kind in ("count", "bare", "one") and not self.thing


def _age(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 4 else tables().numbers.get(word, 99)


def group_of(sentence: Sentence, first: int, last: int) -> str:
    """The codebook's victim group of a noun phrase: its head's, or that of a telling modifier."""
    lexicon = tables()
    found = ""
    for k in range(first, last):
        match = _AGED.match(sentence.low[k])
        if match and _age(match.group(1)) < 18:
            return "children"
        word = sentence.low[k]
        label = lexicon.group.get(word, "")
        if sentence.bits[k] & PERSON and label:
            found = label
        elif word in _GROUP_MODIFIERS:
            found = found or _GROUP_MODIFIERS[word]
    return found


_GROUP_MODIFIERS = {
    "police": "security_forces",
    "army": "security_forces",
    "security": "security_forces",
    "regime": "security_forces",
    "military": "security_forces",
    "rebel": "combatants",
    "civilian": "civilians",
    "media": "journalists",
    "medical": "medics",
    "rescue": "medics",
    "health": "medics",
    "female": "women",
}


def find_phrases(sentence: Sentence) -> list[Phrase]:
    """All person phrases of a sentence from left to right, not overlapping."""
    phrases: list[Phrase] = []
    k, size, bits = 0, len(sentence.words), sentence.bits
    while k < size:
        b = bits[k]
        phrase = None
        if b & (QUANTITY | NUMBER | BOUND) or sentence.low[k] in ("between", "a"):
            quantity = quantity_at(sentence, k)
            if quantity is not None:
                phrase = _counted(sentence, quantity)
                if phrase is None:
                    k = quantity.last
                    continue
        if phrase is None and (
            b & (ARTICLE | DETERMINER | POSSESSIVE | PERSON | MODIFIER | COLLECTIVE)
            or b & (PRONOUN_ONE | PRONOUN_MANY)
            or sentence.low[k].endswith("-year-old")
        ):
            phrase = _uncounted(sentence, k)
        if phrase is None:
            k += 1
            continue
        phrases.append(phrase)
        k = max(phrase.last, k + 1)
    return phrases


def _counted(sentence: Sentence, quantity: Quantity) -> Phrase | None:
    low, bits, words = sentence.low, sentence.bits, sentence.words
    at, size = quantity.last, len(low)
    if not is_count(sentence, quantity):
        return None
    whole, k, definite = False, at, False
    for j in range(quantity.first, quantity.core):
        definite = definite or low[j] in ("the", "these", "those", "all")
    if low[quantity.core] == "both":
        definite = True
    if k < size and low[k] == "of":
        nxt = bits[k + 1] if k + 1 < size else 0
        if quantity.basis != Basis.VAGUE and low[at - 1] not in ("couple", "dozen", "pair", "score", "trio"):
            whole = True
            if (
                k + 1 < size
                and not nxt & (DETERMINER | POSSESSIVE | PRONOUN_MANY | NUMBER)
                and low[k + 1] not in ("whom", "which")
            ):
                return None if nxt & NEVER else _phrase(sentence, quantity, k, k - 1, "bare", whole=True)
        k += 1
        if (
            k < size
            and low[k] in ("whom", "them", "those", "which", "these")
            and not (k + 1 < size and bits[k + 1] & (PERSON | MODIFIER))
        ):
            return _phrase(
                sentence, quantity, k + 1, k, "count" if low[k] != "which" else "bare", whole=True, definite=True
            )
        if k < size and bits[k] & (DETERMINER | POSSESSIVE):
            whole = True
            k += 1
        if k < size and bits[k] & NUMBER:
            inner = quantity_at(sentence, k)
            k = inner.last if inner else k + 1
    single = quantity.low == 1 and quantity.high == 1
    head, end = -1, k
    while k < size and k - at < _REACH:
        b, word = bits[k], low[k]
        aged = _AGED.match(word)
        if b & PERSON and b & TRIGGER and word in CONDITIONS and not whole:
            following = bits[k + 1] if k + 1 < size else 0
            if not (following & (PERSON | MODIFIER) and _heads_later(sentence, k + 1, reach=2)):
                break
            k += 1
            continue
        if aged or (b & PERSON and not (b & NEVER and head < 0)):
            plural_ok = b & PLURAL or (aged and aged.group(2)) or single
            if plural_ok or (aged is None and not b & PLURAL and _heads_later(sentence, k + 1)):
                if plural_ok:
                    head, end = k, k + 1
                k += 1
                continue
            if aged:
                head, end = k, k + 1
            nxt = bits[k + 1] if k + 1 < size else 0
            if nxt & (TRIGGER | BE):
                head, end = k, k + 1  # "40 civilian killed", "25 other were hurt"
                break
            if head < 0 and b & SINGULAR and words[k][0].isupper():
                k += 1
                continue
            break
        if head >= 0 and not (b & MODIFIER and _heads_later(sentence, k + 1)):
            break
        if word == "year" and k + 1 < size and low[k + 1] in ("old", "olds"):
            head, end, k = k + 1, k + 2, k + 2
            continue
        if b & TRIGGER and not _heads_later(sentence, k + 1, reach=2):
            break
        if b & NEVER and not (b & MODIFIER):
            if k == at or not _heads_later(sentence, k + 1, reach=3) or b & NUMBER:
                return (
                    None
                    if head < 0
                    else _phrase(sentence, quantity, end, head, "count", whole=whole, definite=definite)
                )
            k += 1
            continue
        if (
            b & (MODIFIER | OTHERS | COLLECTIVE)
            or b & TRIGGER
            or words[k][0].isupper()
            or "-" in word
            or word in ("'", "’", '"', "“")
        ):
            if b & (BE | HAVE):
                break
            k += 1
            continue
        if b & AND and k > at and _heads_later(sentence, k + 1, reach=3) and not b & NUMBER:
            k += 1
            continue
        if b & (FUNCTION | ADVERB | NUMBER | ARTICLE | DETERMINER) or not word[0].isalpha():
            break
        if word in tables().sets["killed.complement_verbs"] or word.endswith("ed"):
            break  # a verb: "five found dead", "three trapped in the rubble died"
        if not _heads_later(sentence, k + 1, reach=4):
            if _PERSON_ENDING.search(word):
                head, end = k, k + 1
                k += 1
                continue
            return None
        k += 1
    if head < 0:
        return _phrase(sentence, quantity, quantity.last, quantity.core, "bare", whole=whole, definite=definite)
    return _phrase(sentence, quantity, end, head, "count", whole=whole, definite=definite)


def _heads_later(sentence: Sentence, k: int, reach: int = 4) -> bool:
    """Whether a plural noun of persons follows before the noun phrase can end."""
    for j in range(k, min(k + reach, len(sentence.low))):
        b = sentence.bits[j]
        if b & PLURAL and not b & PRONOUN_MANY and sentence.low[j] not in CONDITIONS:
            return True
        if (
            (b & (FUNCTION | NUMBER) and not b & AND)
            or not (sentence.low[j][0].isalnum() or sentence.low[j] in "'’\"")
            or b & TRIGGER
        ):
            return False
    return False


def is_count(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number can count at all: no money, share, date, age, address or score."""
    low, bits, size = sentence.low, sentence.bits, len(sentence.low)
    before = low[quantity.first - 1] if quantity.first else ""
    after = low[quantity.last] if quantity.last < size else ""
    digits = sentence.words[quantity.core][0].isdigit()
    if (quantity.first and sentence.words[quantity.first - 1] in _MONEY) or sentence.words[quantity.first] in _MONEY:
        return False
    if not {"ages", "aged", "age"}.isdisjoint(low[max(0, quantity.first - 4) : quantity.core]):
        return False
    if after in ("%", "percent", "pct", "°") or before in (
        "age",
        "aged",
        "ages",
        "no",
        "number",
        "chapter",
        "page",
        "flight",
        "boeing",
        "airbus",
        "group",
        "article",
        "interstate",
        "highway",
        "route",
    ):
        return False
    if after in ("-", "–", ":", "/") and quantity.last + 1 < size and sentence.words[quantity.last + 1][0].isdigit():
        return False
    if (
        before in ("-", "–", ":", "/", ".", "+")
        and quantity.first >= 2
        and sentence.words[quantity.first - 2][0].isdigit()
    ):
        return False
    if digits and after in _MONTHS and after != "may" and (quantity.best or 99) <= 31:
        return False
    if digits and before in _MONTHS and (quantity.best or 99) <= 31:
        nxt = bits[quantity.last] if quantity.last < size else 0
        return bool(nxt & PLURAL and before == "may")
    if before == "of" and quantity.first >= 2 and low[quantity.first - 2] in ("ages", "age", "aged"):
        return False
    word = sentence.words[quantity.core]
    if digits and word.isdecimal() and 1900 <= int(word[:9]) <= 2099 and quantity.last == quantity.core + 1:
        if before in _MONTHS or (
            before
            in (
                "in",
                "since",
                "of",
                "late",
                "early",
                "mid",
                "from",
                "until",
                "by",
                "during",
                "year",
                "summer",
                "winter",
                "spring",
                "autumn",
                "fall",
                "around",
                "for",
                "the",
            )
            and quantity.first == quantity.core
        ):
            return False
        if quantity.first == quantity.core and not (quantity.last < size and bits[quantity.last] & (PERSON | MODIFIER)):
            return False
    # a bare number between commas after a name or a person is an age
    if (
        before != ","
        or after not in (",", ".", ")", "")
        or not digits
        or (quantity.best or 999) > 110
        or quantity.first < 2
    ):
        return True
    return not (sentence.words[quantity.first - 2][0].isupper() or bits[quantity.first - 2] & PERSON)


def _phrase(
    sentence: Sentence,
    quantity: Quantity,
    last: int,
    head: int,
    kind: str,
    *,
    whole: bool = False,
    definite: bool = False,
) -> Phrase:
    first = quantity.first
    if first and sentence.bits[first - 1] & POSSESSIVE:
        first -= 1
    return Phrase(
        first=first,
        last=max(last, quantity.last),
        kind=kind,
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        basis=quantity.basis,
        head=head,
        group=group_of(sentence, quantity.last, max(last, quantity.last)) if kind == "count" else "",
        definite=definite,
        other=quantity.other
        or (
            head >= 0
            and kind == "count"
            and any(sentence.bits[k] & OTHERS for k in range(quantity.last, max(last, quantity.last)))
        ),
        of_whole=whole,
    )


def _uncounted(sentence: Sentence, at: int) -> Phrase | None:
    """A person or persons without a number: "a policeman", "his wife", "civilians", "the victims", "he"."""
    low, bits, words, size = sentence.low, sentence.bits, sentence.words, len(sentence.low)
    b = bits[at]
    if b & PRONOUN_ONE:
        return Phrase(at, at + 1, "pronoun", 1, 1, 1, Basis.EXACT, at, definite=True)
    if b & PRONOUN_MANY:
        if at and bits[at - 1] & (PREPOSITION | INCLUDE):
            return None
        return Phrase(at, at + 1, "pronoun", None, None, None, Basis.VAGUE, at, definite=True)
    article = (bool(b & ARTICLE) and low[at] != "one") or low[at] == "one"
    definite = bool(b & (DETERMINER | POSSESSIVE))
    k, head, end = at, -1, at
    if b & (ARTICLE | DETERMINER | POSSESSIVE):
        k += 1
    collective = False
    while k < size and k - at < _REACH:
        c, word = bits[k], low[k]
        aged = _AGED.match(word)
        if aged:
            head, end = k, k + 1
        elif c & PERSON:
            if c & NEVER or (word in CONDITIONS and not definite and not _person_follows(sentence, k + 1)):
                break
            head, end = k, k + 1
        elif word == "year" and k + 1 < size and low[k + 1] == "old":
            head, end = k + 1, k + 2
            k += 1
        elif c & COLLECTIVE and k + 1 < size and low[k + 1] == "of":
            collective = True
            break
        elif (word[0].isdigit() and k + 1 < size and low[k + 1] == "-") or word == "-":
            pass
        elif (
            c & (MODIFIER | OTHERS)
            or (c & TRIGGER and k > at)
            or (head < 0 and k > at and (words[k][0].isupper() or "-" in word) and word[0].isalpha())
            or (word.endswith(("th", "rd", "st", "nd")) and word[0].isdigit())
            or word in _ORDINALS
        ):
            if head >= 0 and not _person_follows(sentence, k + 1):
                break
        elif (
            head < 0
            and k > at
            and word[0].isalpha()
            and not c & (FUNCTION | ADVERB | NUMBER | NEVER)
            and k + 1 < size
            and bits[k + 1] & PERSON
        ):
            pass
        else:
            break
        k += 1
    if collective and k + 2 < size and bits[k + 2] & (QUANTITY | NUMBER | BOUND):
        quantity = quantity_at(sentence, k + 2)
        if quantity is not None:
            inner = _counted(sentence, quantity)
            if inner is not None:
                inner.first = at
                inner.head = k
                if inner.kind == "bare":
                    inner.kind = "count"
                return inner
    if head < 0 or (b & TRIGGER and bits[head] & OTHERS):
        return None  # "injured more than 20" starts with its verb
    if end < size and words[head][-2:] in ("'s", "’s") and words[end][0].isalpha() and not bits[end] & TRIGGER:
        return None  # "a journalist's family", "the man's house"
    singular = bits[head] & SINGULAR or _AGED.match(low[head]) or low[head] == "old"
    both = bits[head] & SINGULAR and bits[head] & PLURAL
    group = group_of(sentence, at, end)
    other = any(bits[j] & OTHERS for j in range(at, head))
    if singular and not (both and not article):
        kind = "one"
        if end < size and _goes_on(sentence, head, end):
            return None
        if not (article or definite) and not sentence.headline and at and not _opens_clause(sentence, at):
            return None
        if not (article or definite) and end - at == 1 and low[head] in ("suspect", "suspected"):
            return None
        return Phrase(at, end, kind, 1, 1, 1, Basis.EXACT, head, group, definite, other or low[at] == "another")
    if definite:
        return Phrase(at, end, "those", None, None, None, Basis.VAGUE, head, group, True, other)
    return Phrase(at, end, "some", 2, None, None, Basis.VAGUE, head, group, False, other)


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Whether a bare singular ("policeman shot dead") can start here: at the head of a clause or list."""
    before = sentence.bits[at - 1]
    if sentence.low[at - 1] == "of":
        return at > 1 and bool(sentence.bits[at - 2] & TRIGGER)
    return (
        bool(before & (AND | REPORT | TRIGGER))
        or not sentence.words[at - 1][0].isalpha()
        or sentence.words[at][0].isupper()
    )


def _goes_on(sentence: Sentence, head: int, end: int) -> bool:
    """Whether a singular noun only modifies what follows: "the Syrian Observatory", "the rebel group"."""
    word, b = sentence.words[end], sentence.bits[end]
    if b & (FUNCTION | ADVERB | TRIGGER | NUMBER | QUANTITY | BOUND) or not word[0].isalpha():
        return False
    if sentence.words[head][0].isupper() and head and not sentence.headline:
        return not b & DETERMINER
    return (
        word[0].isupper()
        and not sentence.headline
        and sentence.words[head][0].islower()
        and sentence.low[head]
        in ("military", "police", "army", "state", "pilot", "private", "general", "major", "chief")
    ) or sentence.low[end] in _BODIES


_BODIES = frozenset(
    [
        "group",
        "groups",
        "front",
        "army",
        "forces",
        "force",
        "government",
        "party",
        "movement",
        "organisation",
        "organization",
        "network",
        "agency",
        "television",
        "tv",
        "state",
        "council",
        "coalition",
        "militia",
        "militias",
        "leader",
        "leaders",
        "town",
        "city",
        "village",
        "district",
        "stronghold",
        "position",
        "positions",
        "attack",
        "group's",
        "media",
        "source",
        "sources",
        "monitor",
        "command",
        "branch",
        "activity",
        "activities",
        "regime",
        "ambassador",
        "embassy",
    ]
)
_ORDINALS = frozenset(
    ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "first", "last"]
)


def _person_follows(sentence: Sentence, k: int) -> bool:
    for j in range(k, min(k + 3, len(sentence.low))):
        if sentence.bits[j] & PERSON:
            return True
        if not sentence.bits[j] & (MODIFIER | OTHERS):
            return False
    return False
