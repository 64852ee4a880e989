"""Which lines of an extracted text are the story, and which are what sites put around stories."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"\w")  # also the underscores with which agencies part sections
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_BULLET = re.compile(r"^(?:[-•*▪●·»›]\s+)+")


class Kind(StrEnum):
    """What a line of an extracted text is."""

    STORY = "story"
    HEAD = "head"  # title, byline, date before the story
    TEASER = "teaser"  # leads to another story
    SERVICE = "service"  # whatever else sites put around stories
    WALL = "wall"  # the story goes on for subscribers


@dataclass(frozen=True, slots=True)
class _Rules:
    longest: int  # words
    hints: tuple[str, ...]
    whole: re.Pattern[str]
    part: re.Pattern[str]
    wall: re.Pattern[str]
    head: re.Pattern[str]

    def kind(self, line: str, *, first: bool) -> Kind:
        """What a paragraph is by its words; ``first`` says that no sentence of the story came before it."""
        if len(line.split(None, self.longest)) > self.longest:
            return Kind.STORY
        low = line.lower()
        hinted = any(hint in low for hint in self.hints)  # for most lines not, and searches are slow
        if hinted and self.wall.search(line):
            return Kind.WALL
        if self.whole.fullmatch(line) or (hinted and self.part.search(line)):
            return Kind.SERVICE
        return Kind.HEAD if first and self.head.fullmatch(line) else Kind.STORY


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8"))
    return _Rules(
        data["longest"],
        tuple(data["hints"]),
        *(re.compile("|".join(data[part]), re.IGNORECASE) for part in ("whole", "part", "wall", "head")),
    )


def letters(text: str) -> str:
    """Letters and digits alone, in lower case: what must agree for two lines to be the same."""
    if text.isascii():
        return text.translate(_NO_LETTERS).lower()
    return "".join(filter(str.isalnum, text)).lower()


def sort_lines(text: str, headings: frozenset[str], teasers: frozenset[str] = frozenset()) -> list[tuple[Kind, str]]:
    """The lines of an extracted text, without bullets and doubled spaces, each with what it is.

    ``headings`` are the letters of what the page calls its story; ``teasers`` of what leads to others.
    """
    rules = _rules()
    lines: list[tuple[Kind, str]] = []
    story = 0
    for raw in text.split("\n"):
        line = _BULLET.sub("", " ".join(raw.split()))
        if not _WORD.search(line):
            continue
        told = letters(line)
        if told in headings and story < 3:
            kind = Kind.HEAD
        else:
            kind = Kind.TEASER if told in teasers else rules.kind(line, first=not story)
        story += kind is Kind.STORY
        lines.append((kind, line))
    return lines


def without_service(text: str) -> str:
    """A feed's summary without the lines that offer apps, newsletters and live blogs, unless it has no others."""
    told = (line for kind, line in sort_lines(text, frozenset()) if kind not in (Kind.SERVICE, Kind.WALL))
    return "\n".join(told) or text
