"""From archived pages to articles and what they report."""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, NamedTuple

from casualties.errors import PageError
from casualties.model import (
    Article,
    EventReport,
    Fingerprint,
    Flag,
    KnownArticle,
    Page,
    Quarantined,
    Target,
    Unparsed,
    key,
)
from casualties.pipeline.garbage import collecting_seldom
from casualties.pipeline.run import Run
from casualties.sandbox import Job, Sandbox

if TYPE_CHECKING:
    from casualties.articles.clean import CleanPage

log = logging.getLogger(__name__)


class ReadCounts(NamedTuple):
    articles: int
    reports: int


@collecting_seldom()
def read(run: Run, batch: str, sandbox: Sandbox | None = None) -> ReadCounts:
    """Clean the pages of one batch in the ``sandbox``, or in one of its own, and extract what they report.

    Stages an Article a target, its Fingerprint, an EventReport an event or toll, and a Quarantined a page that could
    not be parsed; its story is then told by its feed's summary.
    """
    from casualties.articles.dates import plausible
    from casualties.articles.fingerprint import fingerprint
    from casualties.articles.make import feed_date, make_article

    chosen = run.staging.read(Target, batch)
    pages = {page.article_id: page for page in run.staging.read(Page, batch)}
    with nullcontext(sandbox) if sandbox else Sandbox(run.settings) as parsers:
        dated = {target.article_id for target in chosen if plausible(feed_date(target), run.started_at)}
        cleaned = _clean(run, [page for page in pages.values() if page.warc_file], dated, parsers)
    articles, quarantined = [], []
    for target in chosen:
        page, result = pages.get(target.article_id), cleaned.get(target.article_id)
        if isinstance(result, Unparsed) and page is not None:
            quarantined.append(_unreadable(run, page, result))
        clean = None if isinstance(result, Unparsed) else result
        articles.append(make_article(target, page, clean, now=run.started_at))
    retold = later_versions([article for article in articles if article.article_id in pages], run)
    reports = [r for article in articles for r in reports_of(article, changed=article.version_id in retold)]
    found = Counter(report.article_id for report in reports)
    for article in articles:
        told = article.article_id, article.version_id, article.method, article.words, found[article.article_id]
        log.info("read article_id=%s version_id=%s method=%s words=%s reports=%s", *told)
    run.staging.write(Article, batch, articles)
    run.staging.write(Fingerprint, batch, filter(None, map(fingerprint, articles)))
    run.staging.write(EventReport, batch, reports)
    run.staging.write(Quarantined, f"read-{batch}", quarantined)
    return ReadCounts(len(articles), len(reports))


def _clean(run: Run, pages: Sequence[Page], dated: set[str], sandbox: Sandbox) -> dict[str, "CleanPage | Unparsed"]:
    from casualties.pages.archive import read_page

    lost: dict[str, CleanPage | Unparsed] = {}
    sent: list[Page] = []

    def jobs() -> Iterator[Job]:
        for page in pages:
            try:
                archived = read_page(run.settings.archive_dir, page.warc_file or "", page.warc_offset or 0)
            except PageError as error:
                lost[page.article_id] = Unparsed(reason=str(error))
                continue
            sent.append(page)
            url, charset = page.final_url or page.url, _charset(archived.content_type)
            yield Job.page(archived.body, url, charset, dated=page.article_id in dated)

    results = list(sandbox.run(jobs()))
    return lost | {page.article_id: result for page, result in zip(sent, results, strict=True)}


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _unreadable(run: Run, page: Page, failure: Unparsed) -> Quarantined:
    return Quarantined(
        quarantine_id=key(run.run_id, "page_parses", page.article_id),
        run_id=run.run_id,
        stage="clean",
        subject="page",
        subject_id=page.article_id,
        rule="page_within_limits" if failure.killed else "page_parses",
        reason=failure.reason,
        value=f"{page.bytes} bytes of {page.content_type}",
        url=page.url,
        row=json.dumps(asdict(page), default=str),
        quarantined_at=run.started_at,
    )


def later_versions(articles: Sequence[Article], run: Run) -> set[str]:
    """The version_ids of those that were had after their story was first seen; the first one, read again, is none."""
    seen = {known.article_id: known.first_seen_at for known in run.staging.read(KnownArticle)}
    return {a.version_id for a in articles if (first := seen.get(a.article_id)) and a.fetched_at > first}


def reports_of(article: Article, *, changed: bool = False) -> list[EventReport]:
    """What an article reports, as it is stored. Articles not in English are kept, but not extracted.

    "On Thursday" is resolved from the day of publication; in a later version (``changed``) of a story, from the day of
    the update that the page or its feed tells of.
    """
    from casualties.events import EXTRACTOR_VERSION, extract_events

    if Flag.NOT_ENGLISH in article.flags:
        return []
    written = (changed and article.updated) or article.published
    events = extract_events(article.title, article.text, written.date() if written else None)
    ids = [key(article.version_id, EXTRACTOR_VERSION, ordinal) for ordinal in range(len(events))]
    return [
        EventReport(
            **{field.name: getattr(event, field.name) for field in fields(event)},
            report_id=ids[ordinal],
            article_id=article.article_id,
            version_id=article.version_id,
            ordinal=ordinal,
            part_of_report=None if event.part_of is None else ids[event.part_of],
            extractor_version=EXTRACTOR_VERSION,
            publisher=article.publisher,
            published=article.published,
        )
        for ordinal, event in enumerate(events)
    ]
