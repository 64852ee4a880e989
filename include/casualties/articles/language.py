"""The language of a text, by py3langid."""

import re

MIN_WORDS = 12  # a bare headline full of names passes for Latin or Swahili as easily as for English
_ENOUGH = 2_000  # code points: more does not change the answer
_WORD = re.compile(r"[^\W\d_]{2,}")


def identify(text: str) -> str | None:
    """ISO 639-1 code of the language of a text; None for fewer than :data:`MIN_WORDS` words.

    Languages without a two-letter code are passed over for the next likely: for news that is Nigerian Pidgin, which
    py3langid takes some English headlines for.
    """
    text = text[:_ENOUGH]
    if sum(1 for _ in _WORD.finditer(text)) < MIN_WORDS:
        return None
    import py3langid  # 0.4 s and 30 MB: only where a text is to be judged

    return next((str(code) for code, _ in py3langid.rank(text) if len(code) == 2), None)
