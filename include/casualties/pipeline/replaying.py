"""Runs without a network: what is read again from the archive, or from others' WARC files, and what would change."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from casualties.errors import PageError, SettingsError
from casualties.model import Entry, KnownArticle, Page, PageStatus, Target, key
from casualties.pipeline.committing import load
from casualties.pipeline.run import Run
from casualties.web.urls import article_id, canonical


def plan_replay(
    run: Run, since: date, until: date, *, publisher: str | None = None, feed: str | None = None
) -> list[str]:
    """Stage the articles published in a window, from the archive; returns the names of the batches for ``read``.

    ``publisher`` and ``feed`` (its address) narrow the choice. Raises SettingsError for a window that ends before it
    begins.
    """
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.plan import known_among
    from casualties.warehouse.replay import archived_articles

    if until < since:
        raise SettingsError(f"the window ends ({until}) before it begins ({since})")
    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        found = archived_articles(
            con, since, until, publisher=publisher, feed=feed, batch_pages=run.settings.batch_pages
        )
        known = known_among(con, {target.article_id for target, _ in found})
    run.staging.write(KnownArticle, "plan", known)
    return _stage(run, found)


def plan_import(run: Run, files: Sequence[str]) -> list[str]:
    """Stage the HTML pages of WARC files in the archive folder (``imports/CC-NEWS-1.warc.gz``), such as Common Crawl's;
    returns the names of the batches for ``read``. Their publisher is their host.

    Raises SettingsError for a file that is absent or no archive.
    """
    from casualties.pages.archive import iter_places
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.plan import known_among

    found: dict[str, tuple[Target, Page]] = {}
    for file in files:
        try:
            for address, fetched_at, offset in iter_places(run.settings.archive_dir, file):
                url = canonical(address)
                if url is None:
                    continue
                ident = article_id(url)
                host = (urlsplit(url).hostname or url).removeprefix("www.")
                entry = Entry(entry_id=key(file, url), feed_id=key(file), publisher=host, url=url, link=url)
                target = Target(
                    article_id=ident, url=url, batch=len(found) // run.settings.batch_pages, entries=(entry,)
                )
                page = Page(
                    article_id=ident,
                    url=url,
                    status=PageStatus.OK,
                    fetched_at=fetched_at,
                    warc_file=file,
                    warc_offset=offset,
                )
                if ident not in found or found[ident][1].fetched_at < fetched_at:
                    found[ident] = (target, page)
        except PageError as error:
            raise SettingsError(str(error)) from error
    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        run.staging.write(KnownArticle, "plan", known_among(con, found))
    return _stage(run, found.values())


def _stage(run: Run, found: Iterable[tuple[Target, Page | None]]) -> list[str]:
    batches: dict[str, list[tuple[Target, Page | None]]] = {}
    for target, page in found:
        batches.setdefault(f"{target.batch:04}", []).append((target, page))
    for name, chosen in batches.items():
        run.staging.write(Target, name, [target for target, _ in chosen])
        run.staging.write(Page, name, [page for _, page in chosen if page])
    return sorted(batches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a load would change for analysts; ``examples`` are up to twenty sentences, the largest changes first."""

    opened: int
    changed: int
    gone: int
    deaths_before: int
    deaths_after: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.opened} incidents opened, {self.changed} changed, {self.gone} gone; "
            f"deaths {self.deaths_before} before, {self.deaths_after} after"
        )


def rehearse(run: Run) -> Difference:
    """Load the run into a copy of the warehouse, and say what that changes; the warehouse stays as it is."""
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.publish import publish

    settings = run.settings
    scratch = settings.data_dir / f".rehearsal-{run.staging.folder.name}"
    shutil.rmtree(scratch, ignore_errors=True)  # of an earlier try that was killed
    scratch.mkdir(parents=True)
    try:
        tried = replace(
            run,
            settings=settings.model_copy(
                update={"data_dir": scratch, "store": settings.store or str(settings.data_dir)}
            ),
        )
        with open_warehouse(settings.warehouse, lock_timeout=settings.lock_timeout):
            pass  # a first run has none
        publish(settings.warehouse, scratch / "before.duckdb", now=run.started_at, lock_timeout=settings.lock_timeout)
        shutil.copyfile(scratch / "before.duckdb", tried.settings.warehouse)
        load(tried)
        return _difference(scratch / "before.duckdb", tried.settings.warehouse)
    finally:
        shutil.rmtree(scratch)


def _difference(before: Path, after: Path) -> Difference:
    from casualties.warehouse.sql import statement

    with closing(duckdb.connect()) as con:
        for name, path in (("before", before), ("after", after)):
            con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {name} (READ_ONLY)")
        counted = con.execute(statement("difference")).fetchone()
        examples = con.execute(statement("difference_examples")).fetchall()
    assert counted is not None
    names = ("opened", "changed", "gone", "deaths_before", "deaths_after")
    return Difference(**dict(zip(names, map(int, counted), strict=True)), examples=tuple(row[0] for row in examples))
