"""Hostile strings of feeds as plain text: no markup, no control characters, no marks that turn text around."""

import html
import re
import unicodedata

TITLE_LENGTH = 1_000
SUMMARY_LENGTH = 20_000
NAME_LENGTH = 200

_RAW_FACTOR = 10  # markup read for each character kept, at most
_MOST_HIDDEN = 200  # each start without its end is looked for to the end of the text
_HIDDEN = re.compile(
    r"<(script|style|template|iframe|object|svg)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_HIDDEN_STARTS = re.compile(r"<(?:script|style|template|iframe|object|svg|!--)", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|figure|hr)\b[^<>]*>", re.IGNORECASE
)
# The last kind is a tag with attributes that is never closed, as where a summary was cut.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<![^<>]*>|<\?[^<>]*>|<[a-zA-Z]+\s[^<>]*=[^<>]*(?=<|\Z)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
# Bidirectional marks and overrides, invisible separators, byte order marks, soft hyphens, interlinear and tag
# characters, and surrogates. The joiners U+200C and U+200D stay: Persian and Hindi are spelt with them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")  # all but the line feed
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain(raw: str, length: int) -> str:
    """Text of at most ``length`` characters; blocks of markup become lines."""
    text = raw[: length * _RAW_FACTOR]
    for _ in range(2):  # many feeds escape twice, none means it
        if "<" in text:
            if len(_HIDDEN_STARTS.findall(text)) <= _MOST_HIDDEN:
                text = _HIDDEN.sub(" ", text)
            text = _TAG.sub("", _BREAK.sub("\n", text))
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub(" ", text)
    text = _LINES.sub("\n", _SPACES.sub(" ", unicodedata.normalize("NFC", text))).strip()
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def line(raw: str, length: int) -> str:
    """The same on one line: a title, a name."""
    return plain(raw, length).replace("\n", " ")
