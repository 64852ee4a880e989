"""Linking without a warehouse: articles in, the incident ids of each out."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from casualties.incidents.link import link
from casualties.incidents.terms import terms
from casualties.model import Event, EventReport, key


def link_articles(
    articles: Iterable[tuple[str, str, str, datetime | None, Sequence[Event]]],
) -> dict[str, list[str]]:
    """The incident ids of each article, in the order of its events.

    ``articles`` are (id, title, text, published, events). Tolls have no incident.
    """
    reports: list[EventReport] = []
    words: dict[str, frozenset[str]] = {}
    ids: list[str] = []
    for article_id, title, text, published, events in articles:
        ids.append(article_id)
        for ordinal, event in enumerate(events):
            report = as_report(event, article_id, ordinal, published)
            reports.append(report)
            words[report.report_id] = terms(title, text, event.evidence)
    linking = link(reports, [], terms=words)
    at = {new.report_id: new.incident_id for new in linking.links}
    told: dict[str, list[str]] = {article_id: [] for article_id in ids}
    for report in reports:
        if report.report_id in at:
            told[report.article_id].append(at[report.report_id])
    return told


def as_report(event: Event, article_id: str, ordinal: int, published: datetime | None) -> EventReport:
    """An extracted event as the report of an article that is in no warehouse; the article stands for its publisher."""
    fields = {name: getattr(event, name) for name in Event.__dataclass_fields__}
    whole = None if event.part_of is None else key(article_id, "", event.part_of)
    return EventReport(
        **fields,
        report_id=key(article_id, "", ordinal),
        article_id=article_id,
        version_id=article_id,
        ordinal=ordinal,
        part_of_report=whole,
        extractor_version="",
        publisher=article_id,
        published=published,
    )
