"""Commands on archived pages."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from casualties.cli.streams import Failures, words
from casualties.errors import PageError, SettingsError
from casualties.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Archived pages: WARC files, ours or those of others.")


@app.command()
def show(
    url: Annotated[str, typer.Argument(help="The address of an article.")],
    version: Annotated[str, typer.Option(help="First digits of an earlier version's id; else the current one.")] = "",
    headers: Annotated[bool, typer.Option(help="Print what the server said of the page before it.")] = False,
) -> None:
    """Print the page from which an article was read, as it was archived. Its place stands with the version: no scan.

    Example:  casualties archive show https://example.org/news/market-blast > page.html
    """
    from casualties.pages.archive import read_page
    from casualties.warehouse.query import run_query
    from casualties.warehouse.sql import statement
    from casualties.web.urls import article_id, canonical

    settings = Settings()
    address = canonical(url)
    if address is None:
        raise SettingsError(f"{url} is no web address")
    wanted = {"article_id": article_id(address), "version": version}
    rows = run_query(settings.published, statement("archived_page"), wanted).to_pylist()
    if not rows:
        raise SettingsError(f"no article at {address}" + (f" with a version {version}" if version else ""))
    row = rows[0]
    if row["warc_file"] is None:
        raise PageError(address, "is not in the archive: told by its feed's summary, or removed by age")
    page = read_page(settings.archive_dir, row["warc_file"], row["warc_offset"])
    words.print(
        f"{page.url}, fetched {page.fetched_at:%Y-%m-%d %H:%M} UTC; version {row['version_id']} of {row['versions']}; "
        f"{row['warc_file']} at {row['warc_offset']}",
        soft_wrap=True,
        markup=False,
    )
    if headers:
        sys.stdout.write("".join(f"{name}: {value}\n" for name, value in page.headers) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(page.body)


@app.command("list")
def list_pages(files: Annotated[list[Path], typer.Argument(help="WARC files, also Common Crawl's news.")]) -> None:
    """Print the HTML pages of WARC files, a line each: time, address, bytes.

    A file that cannot be read is one error line; the rest go on.
    """
    from casualties.pages.archive import iter_pages

    failures = Failures()
    for file in files:
        try:
            for page in iter_pages(file):
                sys.stdout.write(f"{page.fetched_at.isoformat()}\t{page.url}\t{len(page.body)}\n")
        except PageError as error:
            failures.say(error)
    failures.exit()
