"""All person phrases of a sentence, those without a number read here: "a policeman", "his wife", "civilians"."""

from casualties.events.countable import ages_after
from casualties.events.counted import counted
from casualties.events.numbers import quantity_at
from casualties.events.phrases import AGED, REACH, Phrase, group_of, person_follows
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

_ORDINAL = ("st", "nd", "rd", "th")


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
                phrase = counted(sentence, quantity)
                if phrase is None:
                    k = quantity.last
                    continue
            elif (
                sentence.words[k][0].isdigit() and "-" not in sentence.low[k] and not sentence.low[k].endswith(_ORDINAL)
            ):
                k = _after_unreadable(sentence, k)
                continue
        if phrase is None and (
            b & (ARTICLE | DETERMINER | POSSESSIVE | PERSON | MODIFIER | COLLECTIVE)
            or b & (PRONOUN_ONE | PRONOUN_MANY)
            or sentence.low[k] == "some"
            or (sentence.low[k].endswith("-old") and AGED.match(sentence.low[k]))
        ):
            phrase = uncounted(sentence, k)
        if phrase is None:
            k += 1
            continue
        phrases.append(phrase)
        k = max(phrase.last, k + 1)
    return phrases


def _after_unreadable(sentence: Sentence, at: int) -> int:
    """Past a number that cannot be read ("1.300 people"), with its noun: rather no figure than a wrong one."""
    k = at + 1
    while k < len(sentence.bits) and k < at + 4 and sentence.bits[k] & (PERSON | MODIFIER):
        k += 1
    return k


def _is_verb(sentence: Sentence, k: int) -> bool:
    if sentence.bits[k] & (BE | ADVERB):
        return True
    found = tables().triggers.get(sentence.low[k], ())
    return any(trigger.form in ("past", "part", "adj") and trigger.outcome != "shot" for trigger in found)


def _is_present(word: str) -> bool:
    """ "Strike on bus kills civilians" has its verb between."""
    return any(trigger.form == "s" for trigger in tables().triggers.get(word, ()))


def uncounted(sentence: Sentence, at: int) -> Phrase | None:
    """A person or persons without a number: "a policeman", "his wife", "civilians", "the victims", "he"."""
    low, bits, words, size = sentence.low, sentence.bits, sentence.words, len(sentence.low)
    b = bits[at]
    if b & PRONOUN_ONE:
        return Phrase(at, at + 1, "pronoun", 1, 1, 1, Basis.EXACT, at, definite=True)
    if b & PRONOUN_MANY:
        if at and bits[at - 1] & (PREPOSITION | INCLUDE):
            return None
        return Phrase(at, at + 1, "pronoun", None, None, None, Basis.VAGUE, at, definite=True)
    if low[at] == "some":
        return _some_of(sentence, at)
    if low[at] == "that" and at + 1 < size and bits[at + 1] & (DETERMINER | ARTICLE | POSSESSIVE | QUANTITY):
        return None  # "said that the wife"
    if low[at] == "dead" and at and low[at - 1] in tables().sets["killed.complement_verbs"]:
        return None  # "shot dead cleric Abu Ali"
    article = (bool(b & ARTICLE) and low[at] != "one") or low[at] == "one"
    definite = bool(b & (DETERMINER | POSSESSIVE))
    k, head, end = at, -1, at
    if b & (ARTICLE | DETERMINER | POSSESSIVE):
        k += 1
    collective = False
    while k < size and k - at < REACH:
        c, word = bits[k], low[k]
        aged = AGED.match(word)
        if (
            c & COLLECTIVE
            and low[k + 1 : k + 2] == ["of"]
            and k + 2 < size
            and bits[k + 2] & (QUANTITY | NUMBER | BOUND)
        ):
            collective = True
            break  # "a crew of four"
        if aged:
            head, end = k, k + 1
        elif c & PERSON:
            if c & NEVER or (
                word in tables().sets["conditions"]
                and not person_follows(sentence, k + 1)
                and (not definite or (k > at + 1 and not bits[k - 1]))
            ):
                break  # "the raid wounded some"
            if head == k - 1 and _other_sex(low[head], word):
                break  # "a man woman and child", without its comma
            head, end = k, k + 1
        elif word == "year" and k + 1 < size and low[k + 1] == "old":
            head, end = k + 1, k + 2
            k += 1
        elif c & COLLECTIVE and k + 1 < size and low[k + 1] == "of":
            collective = True
            break
        elif c & TRIGGER and k > at and _is_present(word):
            break
        elif (word[0].isdigit() and k + 1 < size and low[k + 1] == "-") or word == "-":
            pass
        elif (
            c & (MODIFIER | OTHERS)
            or (c & TRIGGER and k > at)
            or (head < 0 and k > at and (words[k][0].isupper() or "-" in word) and word[0].isalpha())
            or (word.endswith(("th", "rd", "st", "nd")) and word[0].isdigit())
            or word in tables().sets["ordinals"]
        ):
            if head >= 0 and (not person_follows(sentence, k + 1) or (c & TRIGGER and not c & PERSON)):
                break  # "police shoot man" has a verb between
        elif (
            head < 0
            and k > at
            and word[0].isalpha()
            and not c & (FUNCTION | ADVERB | NUMBER | NEVER | DETERMINER | POSSESSIVE)
            and k + 1 < size
            and person_follows(sentence, k + 1)
        ):
            pass  # "a high school student"
        else:
            break
        k += 1
    if collective and k + 2 < size and bits[k + 2] & (QUANTITY | NUMBER | BOUND):
        quantity = quantity_at(sentence, k + 2)
        if quantity is not None:
            inner = counted(sentence, quantity)
            if inner is not None:
                inner.first = at
                inner.head = k
                if inner.kind == "bare":
                    inner.kind = "count"
                return inner
    fourth = low[at] == "a" and at + 2 < size and low[at + 1] in tables().sets["ordinals"]
    struck = fourth and at > 0 and bits[at - 1] & TRIGGER and sentence.words[at + 2][0].islower()
    struck = struck and not person_follows(sentence, at + 2)  # "and injured a third on Sunday"
    if head < 0 and fourth and (_is_verb(sentence, at + 2) or low[at + 2] == "one" or struck):
        return Phrase(at, at + 2, "one", 1, 1, 1, Basis.EXACT, at + 1, other=True)  # "and a fourth was wounded"
    if head < 0 and low[at] == "another" and at + 1 < size and _is_verb(sentence, at + 1):
        return Phrase(at, at + 1, "one", 1, 1, 1, Basis.EXACT, at, other=True)  # "and another was wounded"
    if head < 0 or (bits[head] & OTHERS and any(bits[j] & TRIGGER for j in range(at, head))):
        return None  # "injured more than 20", "that killed more than 20": its verb stands within
    if end < size and bits[end] & COLLECTIVE and low[end + 1 : end + 2] != ["of"]:
        return None  # "a Syrian family"
    if end < size and words[head][-2:] in ("'s", "’s") and words[end][0].isalpha() and not bits[end] & TRIGGER:
        return None  # "a journalist's family", "the man's house"
    singular = bits[head] & SINGULAR or AGED.match(low[head]) or low[head] == "old"
    both = bits[head] & SINGULAR and bits[head] & PLURAL
    group = group_of(sentence, at, end)
    other = any(bits[j] & OTHERS for j in range(at, head)) or low[head] == "others"
    if singular and not (both and not article):
        kind = "one"
        if end < size and _goes_on(sentence, head, end):
            return None
        if not (article or definite) and not sentence.headline and at and not _opens_clause(sentence, at):
            return None
        hit = sentence.headline and at and low[at - 1] in tables().sets["killed.police"]  # "Police kill suspect"
        if not (article or definite or hit) and end - at == 1 and low[head] in ("suspect", "suspected"):
            return None
        if low[head] == "couple":
            return Phrase(at, end, "count", 2, 2, 2, Basis.EXACT, head, group, definite, other)
        return Phrase(at, end, kind, 1, 1, 1, Basis.EXACT, head, group, definite, other or low[at] == "another")
    if low[head] == "parents" and (b & POSSESSIVE or low[at] == "the" or at == head) and _of_name(sentence, at, end):
        return Phrase(at, end, "count", 2, 2, 2, Basis.EXACT, head, group, definite, other)
    if end < size and low[end] in tables().sets["bodies"] and low[head] == "police":
        return None  # "a police station"
    names, named_to = names_listed(sentence, end)
    if names > 1:
        return Phrase(at, named_to, "count", names, names, names, Basis.EXACT, head, group, False, other)
    aged_few, ages = ages_after(sentence, end)
    if aged_few:
        return Phrase(at, ages, "count", aged_few, aged_few, aged_few, Basis.EXACT, head, group, definite, other)
    if definite:
        return Phrase(at, end, "those", None, None, None, Basis.VAGUE, head, group, True, other)
    return Phrase(at, end, "some", 2, None, None, Basis.VAGUE, head, group, False, other)


def _some_of(sentence: Sentence, at: int) -> Phrase | None:
    """ "some of the staff": two or more."""
    k = at + 2
    of = sentence.low[at + 1 : k] == ["of"] and k < len(sentence.low) and sentence.bits[k] & (DETERMINER | POSSESSIVE)
    inner = uncounted(sentence, k) if of else None
    if inner is None or inner.kind != "those" or sentence.low[inner.head] in (*tables().sets["conditions"], "victims"):
        return None
    group = group_of(sentence, k, inner.last)
    return Phrase(at, inner.last, "some", 2, None, None, Basis.VAGUE, inner.head, group)


def names_listed(sentence: Sentence, k: int) -> tuple[int, int]:
    """How many are listed by full name from k on ("students Ann Bell, Jim Poe and his son"), and where they end."""
    low, found, closing = sentence.low, 0, False
    while (end := _full_name(sentence, k) or (_kin_of_named(sentence, k) if found else 0)) and not sentence.headline:
        found += 1
        if closing:
            said = end < len(low) and sentence.bits[end] & REPORT  # "rebels shot Ann Bell, Jim Poe and Al Roe said"
            return (0, k) if said else (found, end)
        closing = low[end : end + 1] == ["and"] or low[end : end + 2] == [",", "and"]
        if not closing and low[end : end + 1] != [","]:
            break
        k = end + 1 + (low[end] == "," and closing)
    return 0, k


def _full_name(sentence: Sentence, k: int) -> int:
    """Where two or more capitalised words end that no lexicon has; 0 for none."""
    begin, sets = k, tables().sets
    while k < len(sentence.low) and sentence.words[k][0].isupper() and not sentence.bits[k]:
        if sentence.low[k] in sets["calendar"] or sentence.low[k] in sets["institutions"]:
            return 0
        k += 1
    return k if k - begin > 1 else 0


def _kin_of_named(sentence: Sentence, k: int) -> int:
    """Where "her son Ann Bell" ends; 0 for anything else."""
    if not (k + 1 < len(sentence.low) and sentence.bits[k] & POSSESSIVE and sentence.bits[k + 1] & SINGULAR):
        return 0
    return _full_name(sentence, k + 2) or k + 2


def _other_sex(one: str, two: str) -> bool:
    male, female = tables().sets["wounds.male"], tables().sets["wounds.female"]
    return (one in male and two in female) or (one in female and two in male)


def _of_name(sentence: Sentence, at: int, end: int) -> bool:
    """ "his parents", "the parents of John Doe": two people; not "parents of pupils"."""
    if sentence.bits[at] & POSSESSIVE and sentence.low[at] in ("his", "her", "my", "whose"):
        return True
    if at and sentence.words[at - 1].endswith(("'s", "’s")):
        return True  # "the striker's parents"
    following = sentence.low[end : end + 1] == ["of"] and end + 1 < len(sentence.words)
    return following and (sentence.words[end + 1][0].isupper() or _names_after(sentence, end + 1))


def _names_after(sentence: Sentence, k: int) -> bool:
    one = sentence.bits[k] & (ARTICLE | DETERMINER | POSSESSIVE) or sentence.words[k][0].islower()
    return bool(one) and any(w[0].isupper() for w in sentence.words[k + 1 : k + 5])


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Whether a bare singular ("policeman shot dead") can start here: at the head of a clause or list."""
    before = sentence.bits[at - 1]
    if _other_sex(sentence.low[at - 1], sentence.low[at]):
        return True
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
    if sentence.low[head] == "private" and word[0].islower() and not b & ~NEVER:
        return True  # "private homes"
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
    ) or sentence.low[end] in tables().sets["bodies"]
