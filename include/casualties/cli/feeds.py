"""Commands on the list of feeds, and on what a feed file holds."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casualties.cli.streams import Failures, Jsonl, print_line, progress, words
from casualties.errors import SettingsError
from casualties.settings import Settings

if TYPE_CHECKING:
    from casualties.model import Feed

app = typer.Typer(no_args_is_help=True, help="The list of feeds, and what a feed file holds.")


@app.command("list")
def list_feeds() -> None:
    """Print the configured feeds, a line each: publisher, title, address."""
    for feed in _configured():
        sys.stdout.write(f"{feed.publisher}\t{feed.title}\t{feed.url}\n")


@app.command("import")
def import_feeds(source: Annotated[str, typer.Argument(help="An OPML file or address.")]) -> None:
    """Add the feeds of another OPML list to the configured one; known addresses are left as they are.

    Example:  casualties feeds import more.opml
    """
    from casualties.feeds.opml import write_opml
    from casualties.pipeline import read_feed_list

    settings = Settings()
    if "://" in settings.feeds:
        raise SettingsError(f"the configured list, {settings.feeds}, is an address: feeds cannot be added to it")
    present = _configured()
    known = {feed.feed_id for feed in present}
    new = [feed for feed in read_feed_list(source, settings) if feed.feed_id not in known]
    target = Path(settings.feeds)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    unfinished.write_bytes(write_opml([*present, *new]))
    os.replace(unfinished, target)
    words.print(f"{len(new)} feeds added to {target}")


@app.command("export")
def export_feeds() -> None:
    """Write the configured feeds as OPML to standard output."""
    from casualties.feeds.opml import write_opml

    sys.stdout.buffer.write(write_opml(_configured()))


@app.command("parse")
def parse_feeds(
    files: Annotated[list[Path], typer.Argument(help="Feed files.")],
    jsonl: Jsonl = False,
) -> None:
    """Print the entries of feed files: id, url, title, published or why it is absent, summary.

    A file that cannot be parsed is one error line; the rest go on.
    """
    from casualties.model import Feed, Unparsed, key
    from casualties.sandbox import Sandbox

    failures = Failures()
    with Sandbox(Settings()) as sandbox:
        for file in progress(files, "Parsing"):
            feed = Feed(feed_id=key(file.name), url="", title=file.name, publisher=file.stem)
            try:
                body = file.read_bytes()
            except OSError as error:
                failures.say(f"{file}: {error.strerror}")
                continue
            parsed = sandbox.parse_feed(body, feed, now=datetime.now(UTC))
            if isinstance(parsed, Unparsed):
                failures.say(f"{file}: {parsed.reason}")
                continue
            for entry in parsed.entries:
                row = {
                    "id": entry.entry_id,
                    "url": entry.url,
                    "title": entry.title,
                    "published": entry.published.isoformat() if entry.published else None,
                    "published_problem": entry.published_problem,
                    "summary": entry.summary,
                }
                if jsonl:
                    print_line(row)
                else:
                    sys.stdout.write(f"{row['published'] or '(no date)'}\t{entry.title}\t{entry.url}\n")
    failures.exit()


def _configured() -> "list[Feed]":
    from casualties.pipeline import read_feed_list

    settings = Settings()
    return read_feed_list(settings.feeds, settings)
