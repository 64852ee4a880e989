"""Commands on articles: extract, clean, link."""

import gzip
import sys
import zlib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from casualties.cli.streams import Failures, Jsonl, parse_day, print_line, progress, read_lines
from casualties.errors import PageError, SettingsError
from casualties.settings import Settings

app = typer.Typer()


@app.command()
def extract(
    source: Annotated[str, typer.Argument(help="A text or HTML file, an address, or with --jsonl a file or -.")],
    jsonl: Jsonl = False,
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
) -> None:
    """Extract casualty events.

    With --jsonl, lines {"id","published","title","text"} become lines {"id","events"}; published and title may be
    absent. Without it, one article is explained for a person, each event with its sentence marked.

    Examples:  casualties extract story.txt --published 2026-03-02
               casualties extract --jsonl articles.jsonl > events.jsonl
    """
    from casualties.events import extract_events

    if jsonl and published:
        raise typer.BadParameter("with --jsonl, each line has its own", param_hint="--published")
    if not jsonl:
        from casualties.cli.explanation import print_explanation

        try:
            given = parse_day(published)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--published") from error
        title, text, day = _one_article(source)
        print_explanation(title, text, given or day, Console(highlight=False))
        return
    failures = Failures()
    for row in read_lines(source, failures):
        events = extract_events(row.get("title"), row["text"], row["published"])
        print_line({"id": row["id"], "events": [event.to_dict() for event in events]})
    failures.exit()


def _one_article(source: str) -> tuple[str, str, date | None]:
    import re

    if re.match(r"https?://", source):
        body = _download(source)
    else:
        try:
            body = Path(source).read_bytes()
        except OSError as error:
            raise SettingsError(f"{source}: {error.strerror}") from error
        if not re.search(rb"<(html|body|article|p)\b", body[:20_000], re.IGNORECASE):
            title, _, text = body.decode("utf-8", "replace").partition("\n\n")
            return (title.strip(), text, None) if "\n" not in title.strip() and text else ("", title + text, None)
    from casualties.articles.clean import clean_page

    page = clean_page(body, source)
    return page.title, page.text, page.published.date() if page.published else None


def _download(url: str) -> bytes:
    import asyncio

    from casualties.web.fetch import Client
    from casualties.web.response import FetchStatus

    async def get() -> bytes:
        settings = Settings()
        async with Client(settings) as client:
            answer = await client.get(url, max_bytes=settings.page_max_bytes, timeout=settings.page_timeout)
        if answer.status is not FetchStatus.OK:
            raise PageError(url, answer.error or answer.status)
        return answer.body

    return asyncio.run(get())


@app.command()
def clean(
    sources: Annotated[list[Path], typer.Argument(help="HTML files (.html, .html.gz), or folders of them.")],
    jsonl: Jsonl = False,
) -> None:
    """Take the clean text of saved pages.

    With --jsonl, a line a page: {"id" (file name up to the first dot),"url","title","published","language","text",
    "flags"}. Without it, title and text for a person. A page that cannot be parsed is one error line; the rest go on.
    """
    from casualties.model import Unparsed
    from casualties.sandbox import Sandbox

    failures = Failures()
    files = [file for source in sources for file in _html_files(source, failures)]
    with Sandbox(Settings()) as sandbox:
        for file in progress(files, "Cleaning"):
            try:
                page = sandbox.clean_page(_unpacked(file), "")
            except (OSError, EOFError, zlib.error) as error:
                failures.say(f"{file}: {getattr(error, 'strerror', None) or error}")
                continue
            if isinstance(page, Unparsed):
                failures.say(f"{file}: {page.reason}")
            elif jsonl:
                print_line(
                    {
                        "id": file.name.split(".")[0],
                        "url": page.url or None,
                        "title": page.title,
                        "published": page.published.isoformat() if page.published else None,
                        "language": page.language,
                        "text": page.text,
                        "flags": list(page.flags),
                    }
                )
            else:
                sys.stdout.write(f"{page.title}\n\n{page.text}\n")
    failures.exit()


def _html_files(source: Path, failures: Failures) -> list[Path]:
    if not source.is_dir():
        return [source]
    files = sorted(file for file in source.rglob("*") if file.name.endswith((".html", ".htm", ".html.gz")))
    if not files:
        failures.say(f"{source}: no .html or .html.gz file in it")
    return files


def _unpacked(file: Path) -> bytes:
    body = file.read_bytes()
    return gzip.decompress(body) if file.suffix == ".gz" else body


@app.command()
def link(
    source: Annotated[str, typer.Argument(help="A file of the lines that extract takes, or -.")],
    jsonl: Jsonl = False,
) -> None:
    """Say which articles report the same incidents: lines {"id","published","title","text"} to {"id","incidents"}.

    Example:  casualties link --jsonl articles.jsonl
    """
    from casualties.events import extract_events
    from casualties.incidents import link_articles

    if not jsonl:
        raise typer.BadParameter("link reads and writes JSON lines: give --jsonl")
    failures = Failures()
    articles = []
    for row in read_lines(source, failures):
        title, text, day = row.get("title") or "", row["text"], row["published"]
        published = datetime.combine(day, time(12), UTC) if day else None
        articles.append((row["id"], title, text, published, extract_events(title, text, day)))
    for article_id, incidents in link_articles(articles).items():
        print_line({"id": article_id, "incidents": list(dict.fromkeys(incidents))})
    failures.exit()
