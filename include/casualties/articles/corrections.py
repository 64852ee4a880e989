"""Whether a story says of itself that it was corrected."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“'‘(\[])|\n+")
_LONGEST = 600  # code points of a notice, at most


@cache
def _patterns() -> tuple[list[str], re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads(files(__package__).joinpath("corrections.toml").read_text(encoding="utf-8"))
    opening, anywhere = ("|".join(f"(?:{pattern})" for pattern in data[name]) for name in ("opening", "anywhere"))
    return data["hints"], re.compile(opening, re.IGNORECASE), re.compile(anywhere, re.IGNORECASE)


def correction_notice(text: str) -> str | None:
    """The sentence of a text in which it says that it was corrected, the following one with it where that sentence is
    only the label; None where it says no such thing."""
    hints, opening, anywhere = _patterns()
    low = text.lower()
    if not any(hint in low for hint in hints):
        return None
    for paragraph in text.split("\n"):
        sentences = _SENTENCE.split(paragraph.strip())
        for at, sentence in enumerate(sentences):
            if opening.match(sentence) or anywhere.search(sentence):
                return " ".join(sentences[at : at + 2] if len(sentence.split()) < 4 else [sentence])[:_LONGEST]
    return None
