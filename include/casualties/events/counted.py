"""Person phrases with a number: "at least 30 villagers", "nine", "three of the wounded"."""

import re

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
    QUANTITY,
    SINGULAR,
    TRIGGER,
    tables,
)
from casualties.model import Basis

_PERSON_ENDING = re.compile(r"(?:ists|men|women|ees|[a-z]{3}[eo]rs)$")
_GLUED_DATE = re.compile(r"[0-3]?\d(?:19|20)\d\d")  # "May 162017", of a feed that lost its comma
OLDEST = 110  # years
_HEAD = 5  # tokens of "three of his young brothers"
_MONEY = frozenset("$£€¥#")


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


def _is_listed_age(low: list[str], quantity: Quantity) -> bool:
    """ "dancers, ages 31, 38 and 44", "of 12- or 13-year-olds"."""
    k = quantity.first - 1
    while k > 0 and (low[k] in (",", "and", "or", "to", "-", "–") or low[k].isdigit()):
        k -= 1
    last = quantity.last
    hyphen = low[last : last + 2] in (["-", "and"], ["-", "or"], ["-", "to"])
    return (k >= 0 and low[k] in ("ages", "aged")) or hyphen


def is_count(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number can count at all: no money, share, date, age, address or score."""
    low, bits, size = sentence.low, sentence.bits, len(sentence.low)
    before = low[quantity.first - 1] if quantity.first else ""
    after = low[quantity.last] if quantity.last < size else ""
    if before == "." and quantity.first > 1 and low[quantity.first - 2] in tables().sets["months"]:
        before = low[quantity.first - 2]  # "Oct. 17"
    digits = sentence.words[quantity.core][0].isdigit()
    if before == "number" and low[max(0, quantity.first - 2)] == "dead":
        before = ""  # "the dead number 45"
    if (quantity.first and sentence.words[quantity.first - 1] in _MONEY) or sentence.words[quantity.first] in _MONEY:
        return False
    if not {"ages", "aged", "age"}.isdisjoint(low[max(0, quantity.first - 4) : quantity.core]):
        return False
    if digits and (_is_listed_age(low, quantity) or (before == "[" and after == "]")):
        return False  # "[18]" is a reference
    if low[max(0, quantity.core - 2) : quantity.core] in (["younger", "than"], ["older", "than"]):
        return False
    if low[quantity.first] == "between" and quantity.first and bits[quantity.first - 1] & PERSON:
        return False  # "girls between 11 and 15"
    of_age = low[quantity.first] in ("under", "below", "over", "above")
    if of_age and (before in ("them", "whom", "those") or _is_of_an_age(before)):
        return False  # "two of them under ten", "girls under ten"
    if after in ("%", "percent", "pct", "°") or before in (
        "age",
        "aged",
        "ages",
        *tables().sets["numbered"],
    ):
        return False
    spaced = quantity.last < size and after == ":" and _spaced(sentence, quantity.last)
    joined = after in ("-", "–", ":", "/") and quantity.last + 1 < size and not spaced
    if joined and sentence.words[quantity.last + 1][0].isdigit():
        return False
    if (
        before in ("-", "–", ":", "/", ".", "+")
        and quantity.first >= 2
        and not (before == ":" and _spaced(sentence, quantity.first - 1))
        and sentence.words[quantity.first - 2][0].isdigit()
    ):
        return False
    if digits and after in tables().sets["months"] and after != "may" and (quantity.best or 99) <= 31:
        return False
    if digits and before in tables().sets["months"] and (quantity.best or 99) <= 31:
        nxt = bits[quantity.last] if quantity.last < size else 0
        dated = quantity.first > 1 and bits[quantity.first - 2] & NUMBER  # "on 3 September 28 bodies were found"
        return bool(nxt & PLURAL and (before == "may" or dated))
    if digits and before in tables().sets["months"] and _GLUED_DATE.fullmatch(low[quantity.core]):
        return False
    if before == "of" and quantity.first >= 2 and low[quantity.first - 2] in ("ages", "age", "aged"):
        return False
    word = sentence.words[quantity.core]
    if digits and word.isdecimal() and 1900 <= int(word[:9]) <= 2099 and quantity.last == quantity.core + 1:
        if before in tables().sets["months"] or (
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
        if low[quantity.first] == "over" and after in tables().sets["killed.nouns"]:
            return False  # "charged over 1972 killings"
        bound = quantity.first < quantity.core and low[quantity.first] not in ("only", "just", "even", "not")
        if not bound and not (quantity.last < size and bits[quantity.last] & (PERSON | MODIFIER)):
            return False
    if _is_one_of_ages(sentence, quantity.core):
        return False
    if before == "in" and quantity.first > 1 and low[quantity.first - 2] == "one":
        return False  # "one in four people"
    # a bare number between commas after a name or a person is an age
    if before != "," or after not in (",", ".", ")", "") or (quantity.best or 999) > 110 or quantity.first < 2:
        return True
    return not (sentence.words[quantity.first - 2][0].isupper() or bits[quantity.first - 2] & PERSON)


def _is_of_an_age(word: str) -> bool:
    """Whether a word is for persons whose age is often told: "girls", "men", "babies"."""
    lexicon = tables()
    sexes = lexicon.sets["wounds.male"] | lexicon.sets["wounds.female"]
    return lexicon.group.get(word) in ("children", "women") or word in sexes or word == "men"


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
