"""Fetching the pages of a batch into the archive."""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from casualties.model import Page, PageStatus, Target
from casualties.pages.archive import WarcWriter
from casualties.settings import Settings
from casualties.web.fetch import Client
from casualties.web.response import FetchStatus, Response

ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"
_LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p|meta)\b", re.IGNORECASE)


async def fetch_pages(
    client: Client, targets: Sequence[Target], archive: WarcWriter, *, now: datetime, settings: Settings
) -> list[Page]:
    """A page for each target, in the order given. Those with HTML are in ``archive``; nothing a server does raises.

    ``now`` is the time that pages are said to be fetched at: that of the run, so that a repeated run says the same.
    """
    for target in targets:
        client.share(urlsplit(target.url).hostname or "", target.host_batches)

    async def one(target: Target) -> Page:
        response = await client.get(
            target.url, max_bytes=settings.page_max_bytes, timeout=settings.page_timeout, accept=ACCEPT
        )
        return _keep(target, response, archive, now)

    return await asyncio.gather(*(one(target) for target in targets))


def _keep(target: Target, response: Response, archive: WarcWriter, now: datetime) -> Page:
    status, error = _judge(response)
    place, archived = (
        archive.write(response, fetched_at=now, known=target.archived) if status is PageStatus.OK else (None, None)
    )
    return Page(
        article_id=target.article_id,
        url=target.url,
        status=status,
        fetched_at=now,
        final_url=response.final_url,
        http_status=response.http_status,
        content_type=response.header("Content-Type"),
        bytes=response.bytes,
        seconds=response.seconds,
        body_sha256=archived.sha256 if archived else None,
        error=error,
        warc_file=place.file if place else None,
        warc_offset=place.offset if place else None,
        warc_length=place.length if place else None,
        archived=archived,
    )


def _judge(response: Response) -> tuple[PageStatus, str | None]:
    if response.http_status == 404:
        return PageStatus.GONE, response.error
    if response.status is FetchStatus.NOT_MODIFIED:
        return PageStatus.HTTP_ERROR, "304 to a request without conditions"
    if response.status is not FetchStatus.OK:
        return PageStatus(response.status.value), response.error
    if not response.body.strip():
        return PageStatus.NOT_HTML, "empty body"
    content_type = (response.header("Content-Type") or "").lower()
    if "html" in content_type or _LOOKS_LIKE_HTML.search(response.body[:2000]):
        return PageStatus.OK, None
    return PageStatus.NOT_HTML, f"content type {content_type or 'not given'}"
