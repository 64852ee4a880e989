"""From what a feed announced and what a page held to the article that is stored. Pure: no clock, no files."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from casualties.articles.corrections import correction_notice
from casualties.articles.dates import plausible, url_date
from casualties.articles.fingerprint import text_digest
from casualties.articles.language import identify
from casualties.articles.tidy import without_service
from casualties.articles.titles import is_live_title, strip_site
from casualties.model import Article, Entry, Flag, Page, Target, key

if TYPE_CHECKING:
    from casualties.articles.clean import CleanPage

SUMMARY = "summary"  # the method of a text that is title and summary of the feed
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_TEASER_WORDS = 15  # how much longer than the summary a page's text may be and still be a teaser (byline, "read on")


def is_teaser(text: str, summary: str) -> bool:
    """Whether a page's text holds no more than the feed's summary of it.

    That is: nearly all words of the summary are in it, and it is hardly longer. A text of a few words is a teaser
    whatever the summary; a longer one without a summary is all there is. What a page shows twice, as a lead and above
    its wall, counts once.
    """
    once = "\n".join(dict.fromkeys(text.split("\n")))
    told = _WORD.findall(_TAG.sub(" ", summary).lower())
    # No more words than it takes to say no: most pages have a text that is much longer.
    shown = [word[0] for word in islice(_WORD.finditer(_TAG.sub(" ", once).lower()), len(told) + _TEASER_WORDS + 1)]
    if not shown:
        return True
    if len(shown) > len(told) + _TEASER_WORDS:
        return False
    words = set(shown)
    return sum(word in words for word in told) >= 0.8 * len(told)


def _best(entries: tuple[Entry, ...], field: str) -> str:
    return max((str(getattr(entry, field) or "").strip() for entry in entries), key=len, default="")


def feed_date(target: Target) -> datetime | None:
    """When feeds say that a story was published; the first time of several."""
    return min((e.published for e in target.entries if e.published), default=None)


def _dates(target: Target, clean: "CleanPage | None") -> Iterator[tuple[datetime | None, str | None]]:
    yield feed_date(target), "feed"
    if clean is not None:
        yield clean.published, clean.published_source
    yield url_date(target.url), "url"


def make_article(target: Target, page: Page | None, clean: "CleanPage | None", *, now: datetime) -> Article:
    """The article of one target.

    ``page`` is None where the page was never fetched, ``clean`` where no text could be had of it; then, and where the
    page holds no more than its teaser, title and summary of the feed are the text. The title is the feed's, the date
    the feed's, the page's or the address's; one before 1990 or more than a day after ``now`` counts as absent.
    The version follows from title and words: a page of which only a clock or a counter moved is the same version.
    The id and address stay those of the target: what the page calls itself may change from one visit to the next, and
    the address under which feeds announce a story is what later runs will look up.
    """
    publishers = tuple(dict.fromkeys(entry.publisher for entry in target.entries))
    title = next((entry.title.strip() for entry in target.entries if entry.title.strip()), "")
    title = strip_site(title, *publishers) or (clean.title if clean else "")
    summary = _best(target.entries, "summary")
    if clean is not None and not is_teaser(clean.text, summary):
        text, method, flags = clean.text, clean.method, set(clean.flags)
        language = clean.language
    else:
        text, method, flags = without_service(summary) or title, SUMMARY, {Flag.SUMMARY_ONLY.value}
        language = identify(f"{title}\n{summary}") or (clean.language if clean else None)
    published, source = next(
        ((time, source) for time, source in _dates(target, clean) if plausible(time, now)), (None, None)
    )
    updated = [e.updated for e in target.entries if plausible(e.updated, now)]
    if clean is not None and plausible(clean.updated, now):
        updated.append(clean.updated)
    if language not in (None, "en"):
        flags.add(Flag.NOT_ENGLISH.value)
    if is_live_title(title):
        flags.add(Flag.LIVE_BLOG.value)
    if published is None:
        flags.add(Flag.NO_DATE.value)
    digest = text_digest(text)
    return Article(
        article_id=target.article_id,
        version_id=key(target.article_id, title, digest),
        url=target.url,
        publisher=publishers[0] if publishers else "",
        feed_ids=tuple(dict.fromkeys(entry.feed_id for entry in target.entries)),
        title=title,
        text=text,
        fetched_at=page.fetched_at if page else now,
        author=next((e.author for e in target.entries if e.author), None) or (clean.author if clean else None),
        published=published,
        published_source=source,
        updated=max((time for time in updated if time), default=None),
        language=language,
        method=method,
        flags=tuple(flag.value for flag in Flag if flag in flags),
        words=len(text.split()),
        text_sha256=digest,
        correction=correction_notice(text),
        entry_digests=tuple(sorted({entry.digest for entry in target.entries})),
        warc_file=page.warc_file if page else None,
        warc_offset=page.warc_offset if page else None,
        warc_length=page.warc_length if page else None,
    )
