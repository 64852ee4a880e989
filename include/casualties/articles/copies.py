"""Which articles repeat the text of another."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from casualties.model import Article, Flag

MIN_WORDS = 50  # of a shorter text, sameness says nothing
_WORD = re.compile(r"\w+")


def text_digest(text: str) -> str:
    """SHA-256 over the words of a text alone: case, punctuation, spacing and markup make no difference."""
    return hashlib.sha256(" ".join(_WORD.findall(text.lower())).encode()).hexdigest()


def comparable(article: Article) -> bool:
    """Whether sameness of this article's text with another's means that one was taken from the other."""
    return article.words >= MIN_WORDS and Flag.SUMMARY_ONLY not in article.flags


def find_copies(new: Sequence[Article], known: Mapping[str, str]) -> list[Article]:
    """The new articles in their order, ``copy_of`` set where one repeats a text exactly.

    ``known`` maps text digests of stored articles (none of them a copy) to their article id. Among new articles of one
    text the earliest is the original.
    """
    originals = dict(known)
    for article in sorted(
        filter(comparable, new), key=lambda a: (a.published or a.fetched_at, a.fetched_at, a.article_id)
    ):
        originals.setdefault(article.text_sha256, article.article_id)
    return [
        replace(article, copy_of=original)
        if comparable(article) and (original := originals[article.text_sha256]) != article.article_id
        else article
        for article in new
    ]
