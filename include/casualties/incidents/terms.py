"""The words that tell one event from another on the same day: names of people and sites, ages, house numbers, and what
a headline says of it.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from casualties.model import Evidence

_RUN = re.compile(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")
_AGE = re.compile(r"\b(\d{1,3})(?=[ -]years?[ -]old\b)|(?<=, )(\d{2})(?=[,.])|(?<=\baged )(\d{1,3})\b")
_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
# A name beside an age, or said to be somebody's identity: a victim or a suspect, whom no other event shares.
_NAME = r"((?:[A-Z][\w'’-]+ (?:[A-Z]\. )?){1,3}[A-Z][\w'’-]+)"
_PERSON = re.compile(
    rf"{_NAME}(?:,? (?:Jr|Sr)\.?)?,? (?:aged? )?\(?\d{{1,3}}\b(?=[,.)])|\byears?[ -]old {_NAME}|"
    rf"\b(?:identified|named)(?: by [\w ]{{3,30}})? as {_NAME}"
)
_STREET = re.compile(
    r"\b((?:[NSEW]\.? )?[A-Z0-9][\w'’.-]+(?: [A-Z][\w'’-]+)?) "
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Highway|Parkway|Terrace|Circle)\b"
)
# What neither of them can do without, quick to look for: most texts have none of it.
_MAYBE_PERSON = re.compile(r"[ (]\d{1,3}[,.)]|old [A-Z]|(?:identified|named) ")
_MAYBE_STREET = re.compile(r" (?:St|Ave|Ro?a?d|Dr|Boul|Blvd|La?n|Court|High|Park|Terr|Circ)")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\b\d{3,5}\b")
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
# What follows the headline proper: the outlet's name and its sections.
_OUTLET = re.compile(r"(?<=\w) (?:[-|–—]|::) [^.]{3,}$")
_OF = re.compile(r"(?<=\w)['’](?:s\b|(?!\w))")  # "the mayor's", "the victims'"
_LONG = 6000  # code points
_LEAD = 300  # code points
WHO = "who: "  # marks a victim or a suspect
STREET = "street: "
SITE = "site: "  # what kind of place or vehicle was hit, as its sentences say
AGED = "aged "


@cache
def _common() -> frozenset[str]:
    words = tomllib.loads((Path(__file__).parent / "common_words.toml").read_text(encoding="utf-8"))["words"]
    return frozenset(words.split())


@cache
def _sites() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the words for sites, and the kind of each."""
    read = tomllib.loads((Path(__file__).parent / "news_words.toml").read_text(encoding="utf-8"))["sites"]
    # "taken to hospital" tells where the injured are.
    start = r"(?<!to )(?<!in )(?<!from )(?<!to a )(?<!in a )(?<!at a )(?<!in the )(?<!to the )(?<!from the )\b"
    kinds = {word: kind for kind, words in read.items() for word in words.split("|")}
    return re.compile(rf"{start}(?:{'|'.join(kinds)})\b", re.IGNORECASE), kinds


def terms(title: str, text: str, evidence: Sequence[Evidence] = ()) -> frozenset[str]:
    """Names of two words ("omar haddad"), single capitalised words, longer words of the headline and the lead, ages,
    numbers, and victims or suspects by name ("who: omar haddad"), in lower case.

    From the whole article, since a victim's name stands far from the sentence with the figure; of a long one (a live
    blog, a round-up) from what stands around the ``evidence``.
    """
    text_of = text
    if len(text) > _LONG:
        start = min((span.start for span in evidence if span.field == "text"), default=0)
        text = text[max(0, start - _LONG // 4) : start + _LONG // 2]
    headline = _OUTLET.sub("", title)
    title = _OF.sub("", headline if len(headline.split()) > 3 else title)
    text = _OF.sub("", text)
    told = {word.lower() for word in _WORD.findall(f"{title} {text[:_LEAD]}")} - _common()
    spans = [text_of[span.start : span.end] for span in evidence if span.field == "text"]
    said = " ".join((title, *([text_of] if len(text_of) <= _LEAD else spans)))
    pattern, kinds = _sites()
    sites = {f"{SITE}{kinds[word.lower()]}" for word in pattern.findall(said)}
    return frozenset(_terms(title)) | frozenset(_terms(text)) | told | sites


def _terms(text: str) -> Iterator[str]:
    common = _common()
    for capitalised in _RUN.findall(text):
        name: list[str] = []
        for word in (*capitalised.lower().split(), ""):
            if word and word not in common:
                name.append(word)
                continue
            yield from name
            if len(name) > 1:
                yield " ".join(name[-2:])
            name = []
    yield from _people(text, common)
    yield from _numbers(text)
    if _MAYBE_STREET.search(text):
        for street in _STREET.findall(text):
            yield f"{STREET}{street.lower().split()[-1]}"


def _people(text: str, common: frozenset[str]) -> Iterator[str]:
    if not _MAYBE_PERSON.search(text):
        return
    for match in _PERSON.finditer(text):
        first, *_, last = next(filter(None, match.groups())).lower().split()
        if not common & {first, last}:
            yield f"{WHO}{first} {last}"


def _numbers(text: str) -> Iterator[str]:
    """Ages and numbers; both patterns are tried only where digits begin, and nowhere else can they match."""
    for digits in _DIGITS.finditer(text):
        if match := _AGE.match(text, digits.start()):
            yield f"{AGED}{next(filter(None, match.groups()))}"
        if (number := _NUMBER.match(text, digits.start())) and not _YEAR.fullmatch(number.group()):
            yield number.group()
