"""The newsroom as an evaluation set: the texts that `casualties extract --jsonl` reads, the events that it should find.

python -m tests.newsroom.gold > gold.jsonl
python -m tests.newsroom.gold --articles > articles.jsonl
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.newsroom.content import NewsroomArticle, versions
from tests.newsroom.expected import events


def _originals() -> list[NewsroomArticle]:
    return [version for version in versions().values() if version.copy_of is None]


def gold_articles() -> Iterator[dict[str, Any]]:
    """{"id", "published", "title", "text"} of every article version, copies left out; the id is the version's.

    ``published`` is the day on which the words were written, which for a changed article is that of the change.
    """
    for article in _originals():
        written = article.updated or article.published
        yield {
            "id": article.version,
            "published": written.date().isoformat(),
            "title": article.title,
            "text": article.obtainable,
        }


def gold_events() -> Iterator[dict[str, Any]]:
    """{"id", "events"} of the same article versions, in the form that the scorers read."""
    for article in _originals():
        yield {"id": article.version, "events": [event.gold() for event in events(article.version)]}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Print the sample newsroom as an evaluation set, a line an article.")
    parser.add_argument("--articles", action="store_true", help="the texts instead of the events")
    options = parser.parse_args(arguments)
    for row in gold_articles() if options.articles else gold_events():
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
