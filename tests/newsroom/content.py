"""The sample newsroom's publishers and articles, read from ``publishers.toml`` and ``articles/``.

A file of ``articles/`` is one article; with ``revises``, what is new on that article's page from the second day on;
with ``copy_of``, that article once more under another publisher's name. The fields are those of
:class:`NewsroomArticle`. The answers in the same file (``events``, ``flags``) are read by ``expected.py``; the server
never looks at them.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DAYS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomFeed:
    id: str
    publisher: str
    title: str
    format: str  # rss (2.0) | atom | rdf (RSS 1.0)
    category: str
    tracking: str = ""  # query string hung on every link
    day2: str = "alive"  # alive | dead (HTTP 500) | malformed (200, and no XML)

    @property
    def path(self) -> str:
        return f"/feeds/{self.id}.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    id: str
    name: str
    country: str  # ISO 3166 alpha-3
    template: str
    feeds: tuple[NewsroomFeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomArticle:
    """One version of an article. ``version`` is the file's name, ``id`` that of the article's first version."""

    id: str
    version: str
    publisher: str
    day: int  # from which this version is out
    published: datetime
    title: str
    summary: str
    author: str
    text: str  # paragraphs parted by an empty line; "" where the page does not show it
    feeds: tuple[str, ...]
    updated: datetime | None = None
    copy_of: str | None = None  # id of the article whose title and text this one repeats
    page: str = "full"  # full | paywall (the page holds the summary only) | missing (the page answers 404)

    @property
    def path(self) -> str:
        return f"/{self.publisher}/{self.published:%Y/%m}/{self.id}.html"

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")

    @property
    def obtainable(self) -> str:
        """What a reader can have of the text: the summary stands in where the page does not show it."""
        return self.text if self.page == "full" else self.summary


@cache
def publishers() -> dict[str, Publisher]:
    rows = tomllib.loads((HERE / "publishers.toml").read_text(encoding="utf-8"))["publishers"]
    return {
        row["id"]: Publisher(
            **row | {"feeds": tuple(NewsroomFeed(publisher=row["id"], **feed) for feed in row["feeds"])}
        )
        for row in rows
    }


@cache
def feeds() -> dict[str, NewsroomFeed]:
    return {feed.id: feed for publisher in publishers().values() for feed in publisher.feeds}


@cache
def article_files() -> dict[str, dict[str, Any]]:
    """Every file of ``articles/`` as it stands, by version."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("articles/*.toml"))}


def _version(version: str, row: dict[str, Any]) -> NewsroomArticle:
    row = article_files()[row["revises"]] | row if "revises" in row else row
    copied = article_files()[row["copy_of"]] if "copy_of" in row else row
    return NewsroomArticle(
        id=row.get("revises", version),
        version=version,
        publisher=row["publisher"],
        day=row["day"],
        published=row["published"],
        updated=row.get("updated"),
        title=copied["title"],
        summary=copied["summary"],
        author=copied["author"],
        text=copied.get("text", "").strip(),
        feeds=tuple(row.get("feeds", [row["publisher"]])),
        copy_of=row.get("copy_of"),
        page=row.get("page", "full"),
    )


@cache
def versions() -> dict[str, NewsroomArticle]:
    """Every version of every article, by version."""
    return {version: _version(version, row) for version, row in article_files().items()}


@cache
def articles(day: int) -> dict[str, NewsroomArticle]:
    """What is out on a day, by article id, newest first: all earlier articles too, each in its latest version."""
    out = {v.id: v for v in sorted(versions().values(), key=lambda v: v.day) if v.day <= day}
    return dict(sorted(out.items(), key=lambda item: item[1].published, reverse=True))
