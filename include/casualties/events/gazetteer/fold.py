"""Keys under which names are looked up: one that forgives accents and articles, one that keeps consonants only."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
        "œ": "oe", "ə": "a", "Ə": "A", "þ": "th", "ð": "d",
    }
)  # fmt: skip
_DROPPED = re.compile(r"['’‘`´ʻʼʽʾʿʹ\"“”.]")
_BREAKS = re.compile(r"[^a-z0-9&]+")

#: The article of Arabic in its assimilated and dialect forms, as a word of its own.
ARTICLES = ("al", "el", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez", "ul")
_WORDS = {"st": "saint", "ft": "fort", "mt": "mount", "&": "and"} | dict.fromkeys(ARTICLES, "al")

_SKELETON_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^al(?=[b-df-hj-np-tv-z]..)", ""),  # the article written on: Alwaer
        (r"^e(?:zz|ss|rr|dd|nn|tt)", lambda found: found.group()[-1]),  # the same assimilated: Ezzor
        (r"tch|ch|sch|sh", "s"),
        (r"kh|q|ck|c", "k"),
        (r"gh|dj|j", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"zh", "z"),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"^w", "v"),
        (r"(?!^)h", ""),
        (r"(?!^)[aeiouyw]+|^[aeiou]+", ""),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """The name in lower-case ASCII words: no accents, apostrophes or hyphens, every Arabic article as ``al``.

    ``Ma'arrat an Nu'mān`` and ``Maarrat al-Numan`` fold alike; so do ``St. Louis`` and ``Saint Louis``.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        name = _DROPPED.sub("", name).encode("ascii", "ignore").decode()
    words = _BREAKS.split(_DROPPED.sub("", name.lower()))
    return " ".join(_WORDS.get(word, word) for word in words if word)


def without_article(folded: str) -> str:
    """A folded name without its articles; the name itself where nothing else is in it."""
    words = [word for word in folded.split() if word != "al"]
    return " ".join(words) if words else folded


_SOFT = [(re.compile(r"[eiy]+"), "i"), (re.compile(r"[ouw]+"), "u"), (re.compile(r"(.)\1+"), r"\1")]


def soften(folded: str) -> str:
    """A folded name in one spelling of its vowels, for measuring likeness: ``mayadeen`` and ``mayadin`` are one."""
    name = without_article(folded).replace(" ", "")
    for pattern, soft in _SOFT:
        name = pattern.sub(soft, name)
    return name


@lru_cache(maxsize=20_000)
def skeleton(folded: str) -> str:
    """What transliterations of a folded name share: its consonants, without articles and doubling.

    ``Deir ez-Zor``, ``Dayr az Zawr`` and ``Deir Ezzor`` are all ``dr zr``. "" where fewer than two consonants are left.
    """
    bones = []
    for word in folded.split():
        if word == "al":
            continue
        for pattern, replacement in _SKELETON_RULES:
            word = pattern.sub(replacement, word)
        if word:
            bones.append(word)
    whole = "".join(bones)
    return whole if len(whole) > 1 else ""
