"""Which pages to fetch, and in which batches. Pure, and the same for the same entries in any order."""

from collections.abc import Container, Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from casualties.model import Entry, Target
from casualties.web.urls import article_id

_NEVER = datetime.min.replace(tzinfo=UTC)


def plan_targets(
    entries: Iterable[Entry],
    known_urls: Container[str],
    *,
    batch_pages: int,
    host_cap: int,
    allowed: frozenset[str],
) -> list[Target]:
    """One target an article that is not known, however many entries point to it, ordered by batch and address.

    A batch holds whole hosts, about ``batch_pages`` pages in all. A host with more than that is split over batches of
    its own, and its targets say over how many. Of a host at most ``host_cap`` pages are taken, the newest first; of the
    operator's own hosts (``allowed``: host or host:port) all.
    """
    articles: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.url, e.entry_id)):
        if entry.url not in known_urls:
            articles.setdefault(article_id(entry.url), []).append(entry)
    hosts: dict[str, list[str]] = {}
    for identifier, told in articles.items():
        hosts.setdefault(urlsplit(told[0].url).netloc, []).append(identifier)
    chosen = {
        host: found if _is_own(host, allowed) else sorted(found, key=lambda a: _newest_first(articles[a]))[:host_cap]
        for host, found in hosts.items()
    }
    return [
        Target(
            article_id=identifier,
            url=articles[identifier][0].url,
            batch=batch,
            entries=tuple(articles[identifier]),
            host_batches=-(-len(chosen[host]) // batch_pages),
        )
        for batch, parts in enumerate(_pack(chosen, batch_pages))
        for host, identifiers in parts
        for identifier in sorted(identifiers, key=lambda a: articles[a][0].url)
    ]


def _is_own(netloc: str, allowed: frozenset[str]) -> bool:
    return netloc in allowed or netloc.rpartition(":")[0] in allowed


def _newest_first(told: list[Entry]) -> tuple[float, str]:
    published = max(entry.published or _NEVER for entry in told)
    return (-(published - _NEVER).total_seconds(), told[0].url)


def _pack(hosts: dict[str, list[str]], batch_pages: int) -> list[list[tuple[str, list[str]]]]:
    """Large hosts in even parts, each a batch; the others, largest first, each into the first batch with room."""
    alone: list[list[tuple[str, list[str]]]] = []
    shared: list[list[tuple[str, list[str]]]] = []
    room: list[int] = []
    for host, found in sorted(hosts.items(), key=lambda item: (-len(item[1]), item[0])):
        parts = -(-len(found) // batch_pages)
        if parts > 1:
            alone += [[(host, found[part::parts])] for part in range(parts)]
            continue
        place = next((i for i, free in enumerate(room) if free >= len(found)), len(room))
        if place == len(room):
            shared.append([])
            room.append(batch_pages)
        shared[place].append((host, found))
        room[place] -= len(found)
    return alone + shared
