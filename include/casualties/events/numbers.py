"""Quantities: digits, number words, vague words and their bounds, as the codebook turns them into low and high."""

from dataclasses import dataclass

from casualties.events.tokens import Sentence
from casualties.events.words import BOUND, NUMBER, QUANTITY, Words, load, match_phrase, tables
from casualties.model import Basis

LARGEST = 500_000_000  # no news of casualties tells of more; a longer number is something else


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, over tokens first..last (last exclusive), its own digits from ``core``."""

    low: int | None
    best: int | None
    high: int | None
    basis: Basis
    first: int
    core: int
    last: int
    other: bool = False  # "another three", "20 more": beside those already told


def value_of(word: str) -> int | None:
    """An integer written in digits, with separators or a suffix; None for decimals and anything else.

    ``1,300`` is 1300; ``2m`` is two million; ``1.300`` is not read, since it may be a decimal.
    """
    text = word.lower().rstrip("+").removesuffix("-plus")
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    suffix = text[len(digits) :]
    if suffix in ("st", "nd", "rd", "th") or len(digits) > 14 or not digits:
        return None
    factor = _suffix(suffix) if suffix else 1
    if factor is None:
        return None
    whole, dot, fraction = digits.partition(".")
    groups = [part for sep in (",", "\u00a0", "\u202f", "\u2009") if sep in whole for part in whole.split(sep)]
    if groups:
        if not (1 <= len(groups[0]) <= 3 and all(len(part) == 3 for part in groups[1:])):
            return None
        whole = "".join(groups)
    if len(whole) > 1 and whole[0] == "0":
        return None
    if not whole.isdecimal() or (dot and not fraction.isdecimal()):
        return None
    if dot and factor == 1:
        return None
    number = int(whole) * factor + (int(fraction) * factor // 10 ** len(fraction) if dot else 0)
    return number if number <= LARGEST else None


def ordinal(word: str) -> int | None:
    """The number of an ordinal above the first: "fifth" is 5, "38th" is 38."""
    digits = word[:-2]
    if word[-2:] in ("st", "nd", "rd", "th") and digits.isdecimal() and 1 < len(digits) + 1 < 6:
        return int(digits) if int(digits) > 1 else None
    found = load("quantities")["ordinals"].get(word)
    return int(found) if found is not None else None


def _suffix(suffix: str) -> int | None:
    found = load("quantities")["suffixes"].get(suffix)
    return int(found) if found is not None else None


def _decimal(word: str) -> float | None:
    whole, dot, fraction = word.partition(".")
    if dot and whole.isdecimal() and fraction.isdecimal() and len(word) < 10:
        return float(word)
    return None


def _small(lexicon: Words, word: str) -> int | None:
    """Number words up to ninety-nine, hyphenated or not."""
    if word in lexicon.numbers:
        return lexicon.numbers[word]
    tens, dash, units = word.replace("–", "-").partition("-")
    if dash and tens in lexicon.numbers and units in lexicon.numbers and lexicon.numbers[tens] >= 20:
        return lexicon.numbers[tens] + lexicon.numbers[units]
    return None


def _words_number(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """A number in words or digits with scales: value and end. "one hundred and five", "2.5 million", "35 thousand"."""
    lexicon, low = tables(), sentence.low
    total, current, k, seen = 0, 0, at, False
    while k < len(low) and k - at < 9:
        word = low[k]
        if word in lexicon.scales:
            scale = lexicon.scales[word]
            if not seen:
                return None
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total += max(current, 1) * scale
                current = 0
            k += 1
            seen = True
            continue
        small = _small(lexicon, word)
        if small is not None:
            if seen and not _fits(current, small, low[k - 1]):
                break
            current += small
            seen, k = True, k + 1
            continue
        if word[0].isdigit() and not seen:
            following = low[k + 1] if k + 1 < len(low) else ""
            decimal = _decimal(word)
            if decimal is not None:
                if following in lexicon.scales and following != "hundred":
                    return round(decimal * lexicon.scales[following]), k + 2
                return None
            number = value_of(word)
            if number is None:
                return None
            current, seen, k = number, True, k + 1
            if following not in lexicon.scales:
                break
            continue
        if (
            word == "and"
            and seen
            and (current % 100 == 0)
            and k + 1 < len(low)
            and _small(lexicon, low[k + 1])
            and low[k - 1] in lexicon.scales
        ):
            k += 1
            continue
        break
    if not seen:
        return None
    number = total + current
    return (number, k) if number <= LARGEST else None


def _fits(current: int, small: int, previous: str) -> bool:
    """Whether a number word continues the one before: "thirty five", "hundred five", not "four five"."""
    if current == 0:
        return previous in tables().scales
    if current % 100 == 0:
        return small < 100
    return current % 10 == 0 and current % 100 >= 20 and small < 10


def _core(sentence: Sentence, at: int) -> tuple[int | None, int | None, int | None, Basis, int] | None:
    """low, best, high, basis and end of the number at a token, without words of bound before it."""
    lexicon, low = tables(), sentence.low
    found = match_phrase(lexicon.exact, low, at)
    if found:
        end = at + found[0]
        return found[1], found[1], found[1], Basis.EXACT, end
    found = match_phrase(lexicon.vague, low, at)
    if found:
        size, (least, _) = found
        end = at + size
        quoted = end < len(low) and low[end] in lexicon.sets["quotes"]  # "a 'large number' of people"
        if low[end - 1] in ("number", "numbers", "group") and low[end + quoted : end + quoted + 1] != ["of"]:
            return None
        scale = low[end] if end < len(low) else ""
        if low[at] in ("several", "few", "a", "many") and scale in ("hundred", "thousand", "dozen", "million"):
            least = least * (12 if scale == "dozen" else lexicon.scales[scale])
            end += 1
        return least, None, None, Basis.VAGUE, end
    word = low[at]
    if "-" in word or "–" in word:
        first, _, second = word.replace("–", "-").partition("-")
        a, b = value_of(first) if first else None, value_of(second) if second else None
        if a is not None and b is not None and a < b:
            return a, None, b, Basis.RANGE, at + 1
        if second == "plus" and a is not None:
            return a, a, None, Basis.AT_LEAST, at + 1
    number = _words_number(sentence, at)
    if number is None:
        return None
    value, end = number
    if sentence.words[at].endswith("+") and end == at + 1:
        return value, value, None, Basis.AT_LEAST, end
    if end + 1 < len(low) and low[end] in ("-", "–", "to", "or") and sentence.bits[end + 1] & NUMBER:
        upper = _words_number(sentence, end + 1)
        close = low[end] != "to" or not (end >= 2 and low[at - 1] == "from")
        if upper and value < upper[0] <= 10 * value and close:
            return value, None, upper[0], Basis.RANGE, upper[1]
    return value, value, value, Basis.EXACT, end


def quantity_at(sentence: Sentence, at: int) -> Quantity | None:
    """The quantity that starts at a token, bounds included; None where none does.

    "at least 59" is 59 and more; "nearly 750" is 750; "up to 20" is at most 20; "between 10 and 15" is a range;
    "dozens" is 24 and more (the codebook's table).
    """
    lexicon, low, bits = tables(), sentence.low, sentence.bits
    if not bits[at] & (QUANTITY | NUMBER | BOUND) and low[at] not in ("between", "from"):
        return None
    if at and low[at] == "many" and low[at - 1] == "how":
        return None  # a question
    k, kind, other = at, "", False
    if low[k] in ("between", "from") and k + 3 < len(low):
        first = _words_number(sentence, k + 1) if bits[k + 1] & (NUMBER | QUANTITY) else None
        if first and first[1] + 1 < len(low) and low[first[1]] in ("and", "to", "-"):
            second = _words_number(sentence, first[1] + 1)
            if second and first[0] < second[0]:
                return Quantity(first[0], None, second[0], Basis.RANGE, at, k + 1, second[1])
        return None
    while k < len(low) and bits[k] & BOUND:
        if bits[k] & QUANTITY and _core(sentence, k) and low[k] != "a":
            break
        found = match_phrase(lexicon.bounds, low, k)
        if not found:
            break
        other = (
            other
            or low[k] in ("another", "other", "further", "additional", "remaining")
            or low[k : k + 2] == ["a", "further"]
        )
        before = low[k - 1] if k else ""  # "has gone up to 166", "death toll up to 800"
        summed = before in lexicon.sets["idioms.adding_up"]  # "the killings add up to 62"
        rises = low[k] == "up" and (summed or before in lexicon.sets["idioms.rising"] or before == "toll")
        if found[1] != "plain" and not rises:
            kind = kind if kind and found[1] == "approximate" else found[1]
        k += found[0]
    if k >= len(low) or not bits[k] & (QUANTITY | NUMBER):
        return None
    core = _core(sentence, k)
    if core is None:
        return None
    lower, best, upper, basis, end = core
    if end < len(low):
        found = match_phrase(lexicon.after, low, end)
        if found and not (low[end] == "at" and end + 2 < len(low) and bits[end + 2] & (NUMBER | QUANTITY)):
            kind, end = kind or found[1], end + found[0]
    if basis == Basis.EXACT and best is not None:
        if kind == "at_least":
            upper, basis = None, Basis.AT_LEAST
        elif kind == "at_most":
            lower, basis = None, Basis.AT_MOST
        elif kind == "approximate":
            basis = Basis.APPROXIMATE
    elif basis == Basis.RANGE and kind == "at_least":
        upper = None
    return Quantity(lower, best, upper, basis, at, k, end, other)
