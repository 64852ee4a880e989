"""The archive of fetched pages: WARC files (ISO 28500), a gzip member a record, so that any page is one seek away.

A body is stored as it is after content and transfer codings are undone, with its length put right and the headers
that no longer hold renamed to ``X-Crawler-...``, as Common Crawl does: what we read is what was parsed, and a bomb is
never stored. A body that the file already has, or that an earlier run has had of the same page, becomes a revisit
record that names the place of the first.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from casualties.errors import PageError
from casualties.model import Archived
from casualties.store import WholeFile, open_at
from casualties.web.response import Response

MAX_BODY = 20_000_000  # bytes of one body that is read; ours are smaller, other archives hold anything
_LEVEL = 4  # less than half the time of warcio's 9 for pages 5% larger
_CODINGS = ("content-encoding", "transfer-encoding", "content-length")
_REFERS_TO_FILE = "WARC-Refers-To-Filename"  # as Heritrix writes them
_REFERS_TO_OFFSET = "WARC-Refers-To-File-Offset"


class Place(NamedTuple):
    """Where a record is: file relative to the archive folder, offset and length in bytes, compressed."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page out of an archive."""

    url: str
    fetched_at: datetime
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def content_type(self) -> str | None:
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)


def archive_name(run_id: str) -> str:
    """What the names of a run's files begin with, up to the last hyphen."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", run_id)


class WarcWriter:
    """``with WarcWriter(folder, run_id, batch) as archive: place = archive.write(response, fetched_at=...)``.

    The file has its name only when it is whole; one that failed leaves nothing, one that is written again replaces the
    earlier try, one without pages is not made.
    """

    def __init__(self, folder: Path, run_id: str, batch: str | int) -> None:
        self.file = f"{archive_name(run_id)}-{batch}.warc.gz"
        self._folder = folder
        self._full: dict[str, Archived] = {}  # by digest
        self._pages = 0

    def __enter__(self) -> Self:
        for left in self._folder.glob(f".{self.file}.*"):  # by an earlier try of this batch that was killed
            left.unlink(missing_ok=True)
        self._whole = WholeFile(self._folder / self.file)
        self._out = self._whole.out
        self._plain = BytesIO()
        self._writer = WARCWriter(self._plain, gzip=False, warc_version="1.1")
        info = {"software": "casualties", "format": "WARC File Format 1.1", "isPartOf": self.file}
        self._append(self._writer.create_warcinfo_record(self.file, info))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._pages:
            self._whole.keep()
        else:
            self._whole.discard()

    def write(
        self, response: Response, *, fetched_at: datetime, known: Archived | None = None
    ) -> tuple[Place, Archived]:
        """Append one response under the address that was asked for, with the one that answered beside it.

        ``known`` is the page as an earlier run has archived it. Returns the place from which the page is to be read
        again, which is the earlier one where nothing has changed since, and where the body is in full.
        """
        extra = {"WARC-Date": _warc_date(fetched_at)}
        if response.final_url != response.url:
            extra["X-Final-URI"] = response.final_url
        record = self._writer.create_warc_record(
            response.url,
            "response",
            payload=BytesIO(response.body),
            length=len(response.body),
            http_headers=_http_headers(response),
            warc_headers_dict=extra,
        )
        offset = self._out.tell()
        digest = hashlib.sha256(response.body).hexdigest()
        unchanged = known if known and known.sha256 == digest else None
        full = self._full.get(digest) or unchanged
        if full:
            record = self._writer.create_revisit_record(
                response.url,
                record.rec_headers.get_header("WARC-Payload-Digest"),
                full.url,
                _warc_date(full.fetched_at),
                http_headers=_http_headers(response),
                warc_headers_dict=extra | {_REFERS_TO_FILE: full.file, _REFERS_TO_OFFSET: str(full.offset)},
            )
        self._append(record)
        self._pages += 1
        place = Place(self.file, offset, self._out.tell() - offset)
        if full is None:
            full = Archived(sha256=digest, url=response.url, fetched_at=fetched_at, **place._asdict())
            self._full[digest] = full
        return (Place(full.file, full.offset, full.length) if full is unchanged else place), full

    def _append(self, record: ArcWarcRecord) -> None:
        self._writer.write_record(record)
        self._out.write(gzip.compress(self._plain.getvalue(), _LEVEL, mtime=0))
        self._plain.seek(0)
        self._plain.truncate()


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _http_headers(response: Response) -> StatusAndHeaders:
    headers = [
        (f"X-Crawler-{name}" if name.lower() in _CODINGS else name, re.sub(r"[\r\n]+", " ", value))
        for name, value in response.headers
    ]
    headers.append(("Content-Length", str(len(response.body))))
    return StatusAndHeaders(f"{response.http_status} {response.reason}".strip(), headers, protocol="HTTP/1.1")


def read_page(archive_dir: Path, file: str, offset: int) -> ArchivedPage:
    """The page whose record starts at ``offset``. Raises :class:`PageError` where there is none."""
    return _read(archive_dir, file, offset, may_refer=True)


def _read(archive_dir: Path, file: str, offset: int, *, may_refer: bool) -> ArchivedPage:
    where = f"{file}@{offset}"
    path = _inside(archive_dir, file, where)
    try:
        with open_at(path, offset) as source:
            record = next(iter(ArchiveIterator(source, check_digests=True)), None)
            if record is None or record.rec_type not in ("response", "revisit"):
                raise PageError(where, "no page is archived there")
            page = _page(record, where)
            if record.digest_checker is not None and record.digest_checker.passed is False:
                raise PageError(where, "is damaged: it does not have its digest")
            if record.rec_type == "response":
                return page
            first = record.rec_headers.get_header(_REFERS_TO_OFFSET)
            if first is None or not first.isdigit() or not may_refer:
                raise PageError(where, "repeats a page that is archived elsewhere")
            first_file = record.rec_headers.get_header(_REFERS_TO_FILE) or file
    except (OSError, ArchiveLoadFailed) as error:
        raise PageError(where, f"the archive cannot be read: {error}") from error
    original = _read(archive_dir, first_file, int(first), may_refer=False)
    return ArchivedPage(url=page.url, fetched_at=page.fetched_at, body=original.body, headers=page.headers)


def _inside(archive_dir: Path, file: str, where: str) -> Path:
    path = (archive_dir / file).resolve()
    if not path.is_relative_to(archive_dir.resolve()):
        raise PageError(where, "lies outside the archive")
    return path


def iter_pages(path: Path) -> Iterator[ArchivedPage]:
    """The HTML pages of any WARC or ARC file, ours or Common Crawl's; revisits, and bodies cut off, are left out.

    Raises :class:`PageError` where the file is no archive.
    """
    try:
        with path.open("rb") as source:
            for record in ArchiveIterator(source, arc2warc=True):
                if _holds_html(record):
                    with suppress(PageError):  # a body that is too large, or not all there, is no article
                        yield _page(record, str(path))
    except (OSError, ArchiveLoadFailed) as error:
        raise PageError(str(path), f"is not a readable WARC file: {error}") from error


def iter_places(archive_dir: Path, file: str) -> Iterator[tuple[str, datetime, int]]:
    """Address, time and offset of the HTML pages of a WARC file in the archive folder, for :func:`read_page`.

    Raises :class:`PageError` where the file is absent, outside the folder, or no archive.
    """
    path = _inside(archive_dir, file, file)
    try:
        with open_at(path) as source:
            records = ArchiveIterator(source)
            for record in records:
                if _holds_html(record):
                    offset = records.get_record_offset()
                    date = record.rec_headers.get_header("WARC-Date") or ""
                    with suppress(ValueError):  # without a time a page is of no use
                        url = record.rec_headers.get_header("WARC-Target-URI") or ""
                        yield url, datetime.fromisoformat(date).astimezone(UTC), offset
    except (OSError, ArchiveLoadFailed) as error:
        raise PageError(file, f"is not a readable WARC file: {error}") from error


def _holds_html(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    content_type = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == "200" and "html" in content_type


def _page(record: Any, where: str) -> ArchivedPage:
    body = b"" if record.rec_type == "revisit" else record.content_stream().read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise PageError(where, f"holds more than {MAX_BODY:,} bytes")
    if record.raw_stream.limit > 0 and record.http_headers and not record.http_headers.get_header("Transfer-Encoding"):
        raise PageError(where, f"is cut off, {record.raw_stream.limit:,} bytes before its end")
    date = record.rec_headers.get_header("WARC-Date") or ""
    try:
        fetched_at = datetime.fromisoformat(date).astimezone(UTC)
    except ValueError as error:
        raise PageError(where, f"has no date that can be read: {date!r}") from error
    headers = tuple(record.http_headers.headers) if record.http_headers else ()
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return ArchivedPage(url=url, fetched_at=fetched_at, body=body, headers=headers)
