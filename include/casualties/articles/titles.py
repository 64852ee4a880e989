"""Titles of stories: without the name of the site, and those that announce no single story."""

import re

from casualties.articles.tidy import letters

_SUFFIX = re.compile(r"^(?P<head>.{12,}?)\s+(?:[|–—·•»:]{1,2}|-{1,2})\s+(?P<tail>[^|–—·•»]{2,60})$", re.DOTALL)
_LIVE_TITLE = re.compile(
    r"""\blive[ -]?(?:updates?|blog|coverage|report(?:ing)?|feed)\b | \bas\ it\ happened\b | \bminute[ -]by[ -]minute\b
    | \blive\s*: | [|–—-]\s*live\s*(?:$|[|–—-])""",
    re.IGNORECASE | re.VERBOSE,
)


def strip_site(title: str, *names: str) -> str:
    """The title without a last part (after a dash or bar) that names the site.

    ``names`` are what the site may be called: its name, its host, the publisher. A tail names the site if its letters
    are those of a name or begin with it ("BBC News" for BBC), or are a label of its host ("bbc" of www.bbc.co.uk).
    """
    known = {told for name in names if len(told := letters(name)) > 1}
    labels = {label for name in names for label in name.lower().split(".")[:-1]}
    while match := _SUFFIX.match(title):
        tail = letters(match["tail"])
        if tail not in labels and not any(tail.startswith(name) for name in known):
            break
        title = match["head"].rstrip()
    return title


def is_live_title(title: str) -> bool:
    """Whether a title announces a running blog rather than a story."""
    return bool(_LIVE_TITLE.search(title))
