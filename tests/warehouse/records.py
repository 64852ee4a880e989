"""Hand-made records: outlets, stories and what they tell; and a desk with a warehouse to load them into."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from casualties.events import EXTRACTOR_VERSION
from casualties.model import (
    Article,
    ArticleCopy,
    DateSpan,
    Entry,
    EventReport,
    EventType,
    Evidence,
    Feed,
    FeedPoll,
    Figure,
    Fingerprint,
    Load,
    Place,
    Quarantined,
    key,
)
from casualties.staging import Staging
from casualties.warehouse import open_warehouse
from casualties.warehouse.load import load_run
from casualties.web.urls import article_id

NOON = datetime(2019, 7, 23, 12, 0, tzinfo=UTC)
IDLIB = Place(
    name="Idlib", gazetteer_name="Idlib", admin1="Idlib", country="SYR", lat=35.8, lon=36.7, precision="admin1"
)
MAARAT = Place(
    name="Maarat al-Numan",
    gazetteer_name="Maarat al-Numan",
    admin1="Idlib",
    country="SYR",
    lat=35.64,
    lon=36.68,
    precision="exact",
)
MONDAY = DateSpan(start=date(2019, 7, 22), end=date(2019, 7, 22), phrase="on Monday")


def exactly(number: int) -> Figure:
    return Figure(low=number, best=number, high=number, phrase=str(number))


def feed(outlet: str) -> Feed:
    url = f"https://{outlet}.example/feed.xml"
    return Feed(feed_id=key(url), url=url, title=f"{outlet} world", publisher=outlet)


def poll(outlet: str, run_id: str, at: datetime = NOON, status: str = "ok", etag: str | None = '"1"') -> FeedPoll:
    return FeedPoll(
        run_id=run_id, feed_id=feed(outlet).feed_id, url=feed(outlet).url, polled_at=at, status=status, etag=etag,
        items=1, body_sha256=f"body {etag}", next_poll_at=at + timedelta(hours=1), interval_s=3600,
        failures=0 if status == "ok" else 1,
    )  # fmt: skip


def entry(outlet: str, slug: str) -> Entry:
    url = f"https://{outlet}.example/{slug}"
    return Entry(
        entry_id=key(feed(outlet).feed_id, url), feed_id=feed(outlet).feed_id, publisher=outlet, url=url, link=url
    )


def story(outlet: str, slug: str, text: str, at: datetime = NOON, **more: object) -> Article:
    url = f"https://{outlet}.example/{slug}"
    fields = {
        "article_id": article_id(url), "version_id": key(article_id(url), slug, text), "url": url, "publisher": outlet,
        "feed_ids": (feed(outlet).feed_id,), "title": slug.replace("-", " "), "text": text, "fetched_at": at,
        "published": at, "words": len(text.split()), "text_sha256": key(text), "method": "test",
    }  # fmt: skip
    return Article(**(fields | more))  # type: ignore[arg-type]


def copied(copy: Article, original: Article, similarity: float = 1.0) -> ArticleCopy:
    return ArticleCopy(
        version_id=copy.version_id, article_id=copy.article_id, copy_of=original.article_id, similarity=similarity
    )


def fingerprint(article: Article, sketch: Iterable[int]) -> Fingerprint:
    hashes = tuple(sketch)
    return Fingerprint(
        version_id=article.version_id, article_id=article.article_id, publisher=article.publisher,
        at=article.published or article.fetched_at, text_sha256=article.text_sha256, agency=None, agency_itself=False,
        sketch=hashes, keys=min(16, len(hashes)),
    )  # fmt: skip


def report(
    article: Article,
    ordinal: int = 0,
    killed: int | Figure | None = None,
    part_of: int | None = None,
    version: str = EXTRACTOR_VERSION,
    **more: object,
) -> EventReport:
    fields = {
        "report_id": key(article.version_id, version, ordinal), "article_id": article.article_id,
        "version_id": article.version_id, "ordinal": ordinal, "extractor_version": version,
        "publisher": article.publisher, "published": article.published,
        "part_of": part_of, "part_of_report": None if part_of is None else key(article.version_id, version, part_of),
        "killed": exactly(killed) if isinstance(killed, int) else killed, "type": EventType.AIR_STRIKE,
        "place": IDLIB, "date": MONDAY, "confidence": 0.8,
        "evidence": (Evidence(field="text", start=0, end=len(article.text)),),
    }  # fmt: skip
    return EventReport(**(fields | more))  # type: ignore[arg-type]


def quarantined(run_id: str, subject: str, subject_id: str, url: str | None = None) -> Quarantined:
    return Quarantined(
        quarantine_id=key(run_id, "rule", subject_id), run_id=run_id, stage="validate", subject=subject,
        subject_id=subject_id, rule="rule", reason="it broke the rule", value=None, url=url,
        row=json.dumps({"article_id": article_id(url)} if url else {}), quarantined_at=NOON,
    )  # fmt: skip


class Desk:
    """A warehouse and a way to load records into it as runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "warehouse.duckdb"
        self.runs = 0

    def stage(self, run_id: str, records: Sequence[object]) -> Staging:
        staging = Staging(self.folder / "staging" / run_id)
        for record in {type(r) for r in records}:
            staging.write(record, "0", [r for r in records if type(r) is record])
        return staging

    def load(self, *records: object, run_id: str | None = None, now: datetime | None = None, critical: bool = False,
             version: str = EXTRACTOR_VERSION, outlets: Sequence[str] = ()) -> Load:  # fmt: skip
        self.runs += 1
        run_id = run_id or f"run {self.runs}"
        staging = self.stage(run_id, records)
        with open_warehouse(self.warehouse, lock_timeout=5) as con:
            return load_run(
                con, staging, run_id=run_id, extractor_version=version, critical=critical,
                now=now or NOON + timedelta(minutes=self.runs), feeds=[feed(outlet) for outlet in outlets],
            )  # fmt: skip

    def ask(self, sql: str) -> list[tuple]:
        with open_warehouse(self.warehouse, lock_timeout=5) as con:
            return con.execute(sql).fetchall()
