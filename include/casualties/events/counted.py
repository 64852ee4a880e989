"""Person phrases with a number: "at least 30 villagers", "nine", "three of the wounded"."""

import re

from casualties.events.countable import is_count
from casualties.events.numbers import Quantity, quantity_at
from casualties.events.phrases import AGED, REACH, Phrase, group_of, heads_later
from casualties.events.tokens import Sentence
from casualties.events.words import (
    ADVERB,
    AND,
    ARTICLE,
    BE,
    COLLECTIVE,
    DETERMINER,
    FUNCTION,
    HAVE,
    MODIFIER,
    NEVER,
    NUMBER,
    OTHERS,
    PERSON,
    PLURAL,
    POSSESSIVE,
    PRONOUN_MANY,
    SINGULAR,
    TRIGGER,
    tables,
)
from casualties.model import Basis

_PERSON_ENDING = re.compile(r"(?:ists|men|women|ees|[a-z]{3}[eo]rs)$")


def counted(sentence: Sentence, quantity: Quantity) -> Phrase | None:
    low, bits, words = sentence.low, sentence.bits, sentence.words
    at, size = quantity.last, len(low)
    if not is_count(sentence, quantity):
        return None
    bracketed = quantity.first > 0 and low[quantity.first - 1] == "(" and low[at : at + 1] == [")"]
    if bracketed and at + 1 < size and bits[at + 1] & (PERSON | MODIFIER):
        at += 1  # "(16) persons were killed"
    whole, k, definite = False, at, False
    for j in range(quantity.first, quantity.core):
        definite = definite or low[j] in ("the", "these", "those", "all")
    if low[quantity.core] == "both":
        definite = True
    quotes = tables().sets["quotes"]
    if at + 1 < size and low[at] in quotes and low[at + 1] == "of" and low[max(0, quantity.first - 1)] in quotes:
        at, k = at + 1, at + 1  # "'dozens' of people"
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
            and not (k + 1 < size and bits[k + 1] & (PERSON | MODIFIER) and heads_later(sentence, k + 1))
        ):
            return _phrase(
                sentence, quantity, k + 1, k, "count" if low[k] != "which" else "bare", whole=True, definite=True
            )
        if k < size and low[k] in ("whom", "them"):
            whole = True  # "many of them children"
        if k < size and bits[k] & (DETERMINER | POSSESSIVE):
            whole = True
            k += 1
            if k < size and low[k] == "own" and not (k + 1 < size and bits[k + 1] & (PERSON | MODIFIER)):
                return _phrase(sentence, quantity, k + 1, k, "count", whole=True, definite=definite)
        if k < size and bits[k] & NUMBER:
            inner = quantity_at(sentence, k)
            k = inner.last if inner else k + 1
            if low[k : k + 1] == ["aboard"] or low[k : k + 2] == ["on", "board"]:
                k += 1 + (low[k] == "on")
                return _phrase(sentence, quantity, k, k - 1, "bare", whole=True)  # "51 of 71 on board"
    single = quantity.low == 1 and quantity.high == 1
    another = single and low[quantity.core] == "one" and low[at : at + 1] == ["on"]
    if another and not {"which", "that"}.isdisjoint(low[at : at + 12]):
        return None  # "a strike on Friday that killed six and one on Monday that hurt two": one more strike
    head, end = -1, k
    while k < size and k - at < REACH:
        b, word = bits[k], low[k]
        aged = AGED.match(word)
        if b & PERSON and b & TRIGGER and word in tables().sets["conditions"] and (head >= 0 or not whole):
            following = bits[k + 1] if k + 1 < size else 0
            if following & NEVER and not following & PERSON and head < 0:
                return None  # "300 displaced families"
            if not (following & (PERSON | MODIFIER) and heads_later(sentence, k + 1, reach=2)):
                break
            k += 1
            continue
        if aged or (b & PERSON and not (b & NEVER and head < 0)):
            plural_ok = b & PLURAL or (aged and aged.group(2)) or single
            if plural_ok or (aged is None and not b & PLURAL and heads_later(sentence, k + 1)):
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
            if head < 0 and (b & MODIFIER or (b & SINGULAR and words[k][0].isupper())):
                k += 1
                continue
            break
        if head >= 0 and not (b & MODIFIER and heads_later(sentence, k + 1)):
            break
        if word == "year" and k + 1 < size and low[k + 1] in ("old", "olds"):
            head, end, k = k + 1, k + 2, k + 2
            continue
        if b & TRIGGER and not heads_later(sentence, k + 1, reach=2):
            break
        if b & NEVER and not (b & MODIFIER):
            if k == at or not heads_later(sentence, k + 1, reach=3) or b & NUMBER:
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
            or word in ("'", "’", '"', "“", "/")
        ):
            if b & (BE | HAVE):
                break
            k += 1
            continue
        if b & AND and k > at and heads_later(sentence, k + 1, reach=3) and not b & NUMBER:
            k += 1
            continue
        if b & (FUNCTION | ADVERB | NUMBER | ARTICLE | DETERMINER) or not word[0].isalpha():
            break
        verb = word.endswith("ed") and not noun_follows(sentence, k + 1) and not (single and _single_follows(bits, k))
        sets = tables().sets
        if word.endswith(("ed", "burnt")) and k + 1 < size and low[k + 1] in sets["killed.bodies"]:
            k += 1
            continue  # "five charred bodies"
        if verb or word == "critical" or word in sets["killed.complement_verbs"] or word in sets["idioms.leave"]:
            break  # a verb: "five found dead", "three trapped in the rubble died"
        if not heads_later(sentence, k + 1, reach=4):
            if single and _single_follows(bits, k):
                k += 1
                continue
            if _PERSON_ENDING.search(word):
                head, end = k, k + 1
                k += 1
                continue
            if low[at] in ("state", "official") and low[at + 1 : at + 2] in (
                ["media"],
                ["news"],
                ["television"],
                ["tv"],
            ):
                break  # "wounded eight state news agency SANA said", without its comma
            return None
        k += 1
    if head >= 0 and bits[head] & OTHERS and low[head] == "more" and end < size and _is_thing(sentence, end):
        return None  # "three more helicopters"
    if head >= 0 and single and low[head] == "more" and noun_follows(sentence, end):
        return None  # "one more industry"
    if head >= 0 and single and end < size and bits[end] & COLLECTIVE:
        return None  # "one Palestinian family"
    if head < 0 and at < size and bits[at] & COLLECTIVE and low[at + 1 : at + 2] != ["of"]:
        return None  # "three children from one family"
    came_from = quantity.first > 1 and low[quantity.first - 1] == "from" and bits[quantity.first - 2] & PERSON
    if head < 0 and single and came_from and at < size and low[at].isalpha() and not bits[at] & (FUNCTION | TRIGGER):
        return None  # "three pupils from one school"
    if head < 0:
        return _phrase(sentence, quantity, quantity.last, quantity.core, "bare", whole=whole, definite=definite)
    return _phrase(sentence, quantity, end, head, "count", whole=whole, definite=definite)


def _single_follows(bits: list[int], k: int) -> bool:
    return k + 1 < len(bits) and bool(bits[k + 1] & SINGULAR)


def _is_thing(sentence: Sentence, k: int) -> bool:
    """Whether a noun that is no person's follows, after adjectives."""
    while k < len(sentence.low) and sentence.bits[k] & MODIFIER:
        k += 1
    return k < len(sentence.low) and bool(sentence.bits[k] & NEVER)


def noun_follows(sentence: Sentence, k: int) -> bool:
    """Whether an unknown word comes next, the noun of "100 endangered dolphins"."""
    return k < len(sentence.low) and sentence.low[k].isalpha() and not sentence.bits[k] & ~NEVER


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
