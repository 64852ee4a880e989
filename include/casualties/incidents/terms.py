"""The words around an event that tell it from another on the same day: names, sites, ages."""

import re
from collections.abc import Sequence

from casualties.model import Evidence

_WORD = re.compile(r"\b(?:[A-Z][\w'’-]*[a-z][\w'’-]*|\d{1,2}-year-old)\b")
_AROUND = 400  # code points before and after the evidence
_MOST = 60


def terms(title: str, text: str, evidence: Sequence[Evidence] = ()) -> frozenset[str]:
    """Capitalised words and ages, lower case, of the title and of the text around the evidence (all of it for none)."""
    spans = [(span.start, span.end) for span in evidence if span.field == "text"]
    near = " ".join(text[max(0, start - _AROUND) : end + _AROUND] for start, end in spans) if spans else text
    found = [word.lower() for word in _WORD.findall(f"{title} {near}")]
    return frozenset(list(dict.fromkeys(found))[:_MOST])
