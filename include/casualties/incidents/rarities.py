"""How rare each term is in news; and, run as a program, the list that says so, counted by others.

    uv run --with wordfreq==3.1.1 python -m casualties.incidents.rarities > word_rarity.toml

wordfreq counts words over books, encyclopedias, subtitles, the web and news. A story of ``_STORY`` words has a word of
frequency p with probability 1 - exp(-p * _STORY), as if words fell independently.
"""

import re
import sys
import tomllib
from collections import defaultdict
from functools import cache
from math import exp, floor, log
from pathlib import Path

RARE = 7.0  # of what is in no list
_STORY = 300
_AGE = 4.0
_ROUND_NUMBER = 4.0
_TERM_OF_DIGITS = re.compile(r"(?:aged )?(\d+)")


@cache
def _listed() -> dict[str, float]:
    read: dict[str, float] = {}
    for name in ("word_rarity.toml", "news_words.toml"):
        classes = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["rarity"]
        for rarity, words in classes.items():
            for word in words.split("|"):
                read[word] = min(float(rarity), read.get(word, RARE))
    return read


@cache
def rarity(term: str) -> float:
    """Minus the logarithm of the share of stories that have a term, from 0 to ``RARE``.

    From fixed lists, not from what is stored: which reports are one incident must not depend on what else came.
    Of words that are not listed together ("year-old"), as if each came by itself.
    """
    listed = _listed()
    if term in listed:
        return listed[term]
    if digits := _TERM_OF_DIGITS.fullmatch(term):
        if term.startswith("aged"):
            return _AGE
        return _ROUND_NUMBER if not digits[1].rstrip("0")[1:] else RARE
    words = term.replace("-", " ").split()
    return min(sum(map(rarity, words)), RARE) if len(words) > 1 else RARE


@cache
def war_words() -> frozenset[str]:
    """What is told of in wars, not of crimes."""
    return _words_of("war")


@cache
def anybody() -> frozenset[str]:
    """Doers who may be anybody."""
    return _words_of("actors")


@cache
def states() -> frozenset[str]:
    """Words in the names of a state's forces."""
    return _words_of("actors", "states")


@cache
def armed_groups() -> frozenset[str]:
    """Words in the names of those who fight a state."""
    return _words_of("actors", "groups")


def _words_of(table: str, key: str = "words") -> frozenset[str]:
    text = (Path(__file__).parent / "news_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[table][key].split("|"))


def main() -> None:
    from wordfreq import get_frequency_dict

    classes: dict[float, list[str]] = defaultdict(list)
    for word, frequency in get_frequency_dict("en", "small").items():
        share = floor(-2 * log(1 - exp(-frequency * _STORY))) / 2
        if share < RARE and re.fullmatch(r"[^\W\d_][\w'-]+", word):
            classes[share].append(word)
    head = (
        "# Minus the logarithm of the share of English texts of 300 words that have a word, to the next half below;\n"
        "# what is not listed is rarer. Written by rarities.py from wordfreq 3.1.1 by Robyn Speer and others, whose\n"
        "# data, and so this list, may be redistributed under CC BY-SA 4.0.\n[rarity]\n"
    )
    sys.stdout.write(head)
    for share, words in sorted(classes.items()):
        sys.stdout.write(f'"{share}" = """\\\n' + "|\\\n".join(_lines(sorted(words))) + '"""\n')


def _lines(words: list[str]) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > 110:
            lines.append("")
        lines[-1] += f"|{word}" if lines[-1] else word
    return lines


if __name__ == "__main__":
    main()
