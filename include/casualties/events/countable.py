"""Which numbers can count persons at all: no money, share, date, age, address or score."""

import re
from collections.abc import Callable

from casualties.events.numbers import Quantity, quantity_at
from casualties.events.tokens import Sentence
from casualties.events.words import BE, HAVE, MODIFIER, NUMBER, PERSON, PLURAL, QUANTITY, TRIGGER, tables

OLDEST = 110  # years
_GLUED_DATE = re.compile(r"[0-3]?\d(?:19|20)\d\d")  # "May 162017", of a feed that lost its comma
_YEARS = (1900, 2099)
_DAYS = 31
_HEAD = 5  # tokens of "three of his young brothers"
_MONEY = frozenset("$£€¥#")
_AGE = frozenset(("age", "aged", "ages"))
_SHARE = ("%", "percent", "pct", "°")


def is_count(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number can count at all."""
    before = _word_before(sentence, quantity)
    after = sentence.low[quantity.last] if quantity.last < len(sentence.low) else ""
    return not any(is_other(sentence, quantity, before, after) for is_other in _OTHERS)


def _word_before(sentence: Sentence, quantity: Quantity) -> str:
    """The word before a number, without the point of "Oct. 17"; none for "the dead number 45"."""
    low, first = sentence.low, quantity.first
    before = low[first - 1] if first else ""
    if before == "." and first > 1 and low[first - 2] in tables().sets["months"]:
        return low[first - 2]
    return "" if before == "number" and low[max(0, first - 2)] == "dead" else before


def _has_digits(sentence: Sentence, quantity: Quantity) -> bool:
    return sentence.words[quantity.core][0].isdigit()


def _is_labelled(sentence: Sentence, quantity: Quantity, before: str, after: str) -> bool:
    """An amount of money, a share, a number of a thing, a reference."""
    first, words = quantity.first, sentence.words
    money = words[first] in _MONEY or (first > 0 and words[first - 1] in _MONEY)
    reference = _has_digits(sentence, quantity) and before == "[" and after == "]"
    one_in_four = before == "in" and first > 1 and sentence.low[first - 2] == "one"
    return money or reference or one_in_four or after in _SHARE or before in tables().sets["numbered"]


def _is_age(sentence: Sentence, quantity: Quantity, before: str, after: str) -> bool:
    low, first, core = sentence.low, quantity.first, quantity.core
    if before in _AGE or not _AGE.isdisjoint(low[max(0, first - 4) : core]):
        return True
    if (_has_digits(sentence, quantity) and _is_listed_age(low, quantity)) or _is_one_of_ages(sentence, core):
        return True
    if low[max(0, core - 2) : core] in (["younger", "than"], ["older", "than"]):
        return True
    if low[first] == "between" and first and sentence.bits[first - 1] & PERSON:
        return True  # "girls between 11 and 15"
    if low[first] in ("under", "below", "over", "above") and (before in ("them", "whom", "those") or _is_aged(before)):
        return True  # "two of them under ten", "girls under ten"
    return before == "of" and first >= 2 and low[first - 2] in _AGE


def _is_aged(word: str) -> bool:
    """Whether a word is for persons whose age is often told: "girls", "men", "babies"."""
    lexicon = tables()
    return lexicon.group.get(word) in ("children", "women") or word in lexicon.sets["sexes"] or word == "men"


def _is_age_of_one(sentence: Sentence, quantity: Quantity, before: str, after: str) -> bool:
    """A bare number between commas after a name or a person."""
    if before != "," or after not in (",", ".", ")", "") or (quantity.best or 999) > OLDEST or quantity.first < 2:
        return False
    return sentence.words[quantity.first - 2][0].isupper() or bool(sentence.bits[quantity.first - 2] & PERSON)


def _is_joined(sentence: Sentence, quantity: Quantity, before: str, after: str) -> bool:
    """A part of "17:30", "3-1" or "12/5"."""
    words, first, last = sentence.words, quantity.first, quantity.last
    spaced = last < len(words) and after == ":" and _spaced(sentence, last)
    if after in ("-", "–", ":", "/") and last + 1 < len(words) and not spaced and words[last + 1][0].isdigit():
        return True
    spaced = before == ":" and _spaced(sentence, first - 1)
    signs = ("-", "–", ":", "/", ".", "+")
    return before in signs and first >= 2 and not spaced and words[first - 2][0].isdigit()


def _is_day(sentence: Sentence, quantity: Quantity, before: str, after: str) -> bool:
    if not _has_digits(sentence, quantity):
        return False
    months, few = tables().sets["months"], (quantity.best or 99) <= _DAYS
    if few and after in months and after != "may":
        return True
    if few and before in months:
        following = sentence.bits[quantity.last] if quantity.last < len(sentence.low) else 0
        dated = quantity.first > 1 and sentence.bits[quantity.first - 2] & NUMBER
        return not (following & PLURAL and (before == "may" or dated))  # "on 3 September 28 bodies were found"
    return before in months and _GLUED_DATE.fullmatch(sentence.low[quantity.core]) is not None


def _is_year(sentence: Sentence, quantity: Quantity, before: str, after: str) -> bool:
    word, first, core, last = sentence.words[quantity.core], quantity.first, quantity.core, quantity.last
    four = _has_digits(sentence, quantity) and word.isdecimal() and last == core + 1
    if not four or not _YEARS[0] <= int(word[:9]) <= _YEARS[1]:
        return False
    sets = tables().sets
    if before in sets["months"] or (before in sets["before_year"] and first == core):
        return True
    if sentence.low[first] == "over" and after in sets["killed.nouns"]:
        return True  # "charged over 1972 killings"
    bound = first < core and sentence.low[first] not in ("only", "just", "even", "not")
    return not bound and not (last < len(sentence.low) and sentence.bits[last] & (PERSON | MODIFIER))


_OTHERS: tuple[Callable[[Sentence, Quantity, str, str], bool], ...] = (
    _is_labelled, _is_age, _is_age_of_one, _is_joined, _is_day, _is_year,
)  # fmt: skip


def _is_listed_age(low: list[str], quantity: Quantity) -> bool:
    """ "dancers, ages 31, 38 and 44", "of 12- or 13-year-olds"."""
    k = quantity.first - 1
    while k > 0 and (low[k] in (",", "and", "or", "to", "-", "–") or low[k].isdigit()):
        k -= 1
    last = quantity.last
    hyphen = low[last : last + 2] in (["-", "and"], ["-", "or"], ["-", "to"])
    return (k >= 0 and low[k] in ("ages", "aged")) or hyphen


def ages_after(sentence: Sentence, k: int) -> tuple[int, int]:
    """How many ages are listed at k, after a noun of persons ("brothers, 8 and 10, drown"), and where they end.

    Without a comma after them a verb must follow, and a number of persons before them must be theirs: the figures of
    "three sisters, 4, 7 and 9 drown" are ages, those of "nine miners, 3 and 4 drowned" are not.
    """
    low, found, begin = sentence.low, 0, k
    if low[k : k + 1] != [","]:
        return 0, k
    k += 1
    while k < len(low) and low[k].isdecimal() and int(low[k]) <= OLDEST:
        found, k = found + 1, k + 1
        joint = 2 if low[k : k + 2] == [",", "and"] else int(low[k : k + 1] in ([","], ["and"]))
        if joint and low[k + joint : k + joint + 1] and low[k + joint].isdecimal():
            k += joint
    if found < 2 or k >= len(low):
        return 0, k
    if low[k] == ",":
        return found, k + 1
    told = _number_before(sentence, begin)
    return (found, k) if sentence.bits[k] & (TRIGGER | BE | HAVE) and told in (None, found) else (0, k)


def _number_before(sentence: Sentence, k: int) -> int | None:
    """The number of the persons whose noun ends at k: 3 of "three young brothers"."""
    at = next((j for j in range(k - 1, max(-1, k - _HEAD), -1) if sentence.bits[j] & (NUMBER | QUANTITY)), None)
    quantity = quantity_at(sentence, at) if at is not None else None
    return quantity.low if quantity is not None else None


def _is_one_of_ages(sentence: Sentence, k: int) -> bool:
    begin = k
    while begin > 0 and (sentence.low[begin].isdecimal() or sentence.low[begin] in (",", "and")):
        begin -= 1
    return begin < k and bool(sentence.bits[begin] & PERSON) and _are_ages(sentence, begin + 1, k)


def _are_ages(sentence: Sentence, first: int, k: int) -> bool:
    """Whether ages are listed from one token on, and the one at k is among them."""
    few, end = ages_after(sentence, first)
    return few > 0 and k < end


def _spaced(sentence: Sentence, k: int) -> bool:
    """Whether a space follows the sign at k: "the toll at 47: 44 soldiers", not "17:30"."""
    return k + 1 < len(sentence.starts) and sentence.starts[k + 1] > sentence.ends[k]
