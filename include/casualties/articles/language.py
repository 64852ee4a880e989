"""The language of a text: English by its commonest words, all others by py3langid."""

import re

MIN_WORDS = 12  # a bare headline full of names passes for Latin or Swahili as easily as for English
_ENOUGH = 2_000  # code points: more does not change the answer
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words that no other language has, or none often. py3langid knows no text for another language that has this share.
_ENGLISH = re.compile(r"the|and|of|to|that|with|for|was|were|have|has|from|this|by|said|they|which|who")
_ENGLISH_SHARE = 0.15
_ENGLISH_KINDS = 4


def identify(text: str) -> str | None:
    """ISO 639-1 code of the language of a text; None for fewer than :data:`MIN_WORDS` words.

    Languages without a two-letter code are passed over for the next likely: for news that is Nigerian Pidgin, which
    py3langid takes some English headlines for.
    """
    text = text[:_ENOUGH]
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return None
    english = [word for word in words if _ENGLISH.fullmatch(word)]
    if len(english) >= _ENGLISH_SHARE * len(words) and len(set(english)) >= _ENGLISH_KINDS:
        return "en"
    import py3langid  # 0.4 s and 30 MB, and 1.5 ms a text

    return next((str(code) for code, _ in py3langid.rank(text) if len(code) == 2), None)
