"""What the pipeline made of the sample newsroom beside what it should have made of it, a line a difference.

Reads the published file as analysts do, and of it only the schemas ``analytics`` and ``ops``. Names are compared
folded: without accents, case and signs, give or take a letter; one may be longer than the other ("army", "the Sudanese
army"), or its initials. Places are compared also as their reports spell them.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from tests.newsroom.content import articles, feeds, publishers, versions
from tests.newsroom.expected import OUTCOMES, ExpectedEvent, ExpectedIncident, Figure, events, expected

from casualties.warehouse.query import run_query

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    day: int
    what: str
    expected: object
    found: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The analysts' file as it was after a day of the newsroom at the address ``base``."""

    day: int
    base: str
    incidents: list[Row]
    reports: list[Row]
    tolls: list[Row]
    articles: list[Row]
    polls: dict[str, str]  # feed address: status of its last poll

    @classmethod
    def read(cls, file: Path, day: int, base: str) -> "Published":
        def rows(query: str) -> list[Row]:
            return run_query(file, query).to_pylist()

        return cls(
            day=day,
            base=base,
            incidents=rows("FROM analytics.incidents ORDER BY incident_id"),
            reports=rows("FROM analytics.reports ORDER BY url, ordinal"),
            tolls=rows("FROM analytics.tolls WHERE copy_of IS NULL ORDER BY url, killed_low, displaced_low"),
            articles=rows("FROM analytics.articles ORDER BY url"),
            polls={
                row["url"]: row["status"]
                for row in rows("SELECT url, arg_max(status, polled_at) AS status FROM ops.feed_polls GROUP BY url")
            },
        )

    def url(self, article: str) -> str:
        return self.base + articles(self.day)[article].path

    def reports_of(self, incident: Row) -> list[Row]:
        return [report for report in self.reports if report["incident_id"] == incident["incident_id"]]

    def pairs(self) -> dict[str, Row]:
        """Expected incidents by name, each with the row that tells of it; those without one are left out."""
        wanted = expected(self.day).incidents
        # By what is told, not by ids, which hold the port: equally alike rows are paired the same in every run.
        rows = sorted(self.incidents, key=lambda row: (row["killed_low"] or 0, row["place"] or "", row["type"]))
        likeness = {
            (name, number): self._likeness(incident, row)
            for name, incident in wanted.items()
            for number, row in enumerate(rows)
        }
        paired: dict[str, Row] = {}
        left = set(range(len(rows)))
        for (name, number), score in sorted(likeness.items(), key=lambda item: (item[1], item[0]), reverse=True):
            if score > 0 and name not in paired and number in left:
                paired[name] = rows[number]
                left.remove(number)
        return paired

    def _likeness(self, incident: ExpectedIncident, row: Row) -> int:
        """Figures say most, then the place; an incident is only found in articles that should tell of it."""
        shared = self.articles_of(incident) & {report["url"] for report in self.reports_of(row)}
        if not shared:
            return 0
        score = len(shared) + 2 * self._is_at(incident, row)
        score += (row["type"] == incident.type) + (row["date_start"] == incident.date[0])
        return score + sum(4 for outcome, figure in incident.counts.items() if row[f"{outcome}_low"] == figure.low)

    def articles_of(self, incident: ExpectedIncident) -> set[str]:
        """The addresses of the articles that should tell of an incident, copies too."""
        copies = (id_ for id_ in expected(self.day).copies if self._tells(id_, incident.name))
        return {self.url(id_) for id_ in (*(event.article for event in incident.reports), *copies)}

    def _tells(self, article: str, incident: str) -> bool:
        return any(event.incident == incident for event in events(articles(self.day)[article].version))

    def _is_at(self, incident: ExpectedIncident, row: Row) -> bool:
        written = {report["place_name"] for report in self.reports_of(row) if report["place"] == row["place"]}
        return any(same_name(incident.place, name) for name in (row["place"], *written))

    # ------------------------------------------------------------ the aspects of an incident

    def figures(self, incident: ExpectedIncident, row: Row) -> Iterator[Difference]:
        yield from self._counts(incident.counts, row)

    def where_and_when(self, incident: ExpectedIncident, row: Row) -> Iterator[Difference]:
        if not self._is_at(incident, row):
            yield self._differ("place", incident.place, row["place"])
        if incident.admin1 and not same_name(incident.admin1, row["admin1"]):
            yield self._differ("admin1", incident.admin1, row["admin1"])
        yield from self.fields(row, country=incident.country, date_start=incident.date[0], date_end=incident.date[1])
        yield from self.fields(row, type=incident.type)

    def who(self, incident: ExpectedIncident, row: Row) -> Iterator[Difference]:
        acting = [actor["name"] for actor in row["actors"] if actor["role"] in ("perpetrator", "party")]
        yield from self._names("perpetrators", incident.perpetrators, acting)
        yield from self._names("sources", incident.sources, row["sources"])
        yield from self._names("denied by", incident.denied_by, [denial["by"] for denial in row["denials"]])

    def reporting(self, incident: ExpectedIncident, row: Row) -> Iterator[Difference]:
        """Which articles it is told by, how often they count, and what it is a part of."""
        told = {report["url"] for report in self.reports_of(row)}
        if told != self.articles_of(incident):
            yield self._differ("articles", self._short(self.articles_of(incident)), self._short(told))
        names = sorted(publishers()[id_].name for id_ in {*incident.publishers, *incident.copied_by})
        if names != sorted(row["publishers"]):
            yield self._differ("publishers", names, sorted(row["publishers"]))
        yield from self.fields(row, independent_sources=len(incident.publishers))
        names_by_id = {paired["incident_id"]: name for name, paired in self.pairs().items()}
        whole = names_by_id.get(row["part_of"], row["part_of"])
        if whole != incident.part_of:
            yield self._differ("part of", incident.part_of, whole)

    def toll(self, told: ExpectedEvent, row: Row) -> Iterator[Difference]:
        yield from self._counts(told.counts, row)
        if not same_name(told.place, row["place"]) and not same_name(told.place, self._report(row)["place_name"]):
            yield self._differ("place", told.place, row["place"])
        start, end = told.date or (None, None)
        yield from self.fields(row, country=told.country, date_start=start, date_end=end)
        yield from self._names("sources", told.sources, row["sources"])

    def tolls_of(self, article: str) -> list[Row]:
        return [row for row in self.tolls if row["url"] == self.url(article)]

    def _report(self, toll: Row) -> Row:
        return next(report for report in self.reports if report["report_id"] == toll["report_id"])

    def _differ(self, what: str, wanted: object, found: object) -> Difference:
        return Difference(self.day, what, wanted, found)

    def fields(self, row: Row, **wanted: object) -> Iterator[Difference]:
        for name, value in wanted.items():
            if row[name] != value:
                yield self._differ(name, value, row[name])

    def _counts(self, wanted: dict[str, Figure], row: Row) -> Iterator[Difference]:
        for outcome in OUTCOMES:
            figure, found = wanted.get(outcome), Figure(*(row[f"{outcome}_{end}"] for end in ("low", "best", "high")))
            if figure is None:
                if found != Figure(None, None, None):
                    yield self._differ(outcome, "not said", notation(found))
            elif (figure.low, figure.high) != (found.low, found.high) or figure.best not in (None, found.best):
                yield self._differ(outcome, notation(figure), notation(found))

    def _names(self, what: str, wanted: Collection[str], found: Collection[str]) -> Iterator[Difference]:
        covered = all(any(same_name(a, b) for b in found) for a in wanted)
        if not covered or not all(any(same_name(a, b) for a in wanted) for b in found):
            yield self._differ(what, list(wanted), list(found))

    def _short(self, urls: Iterable[str]) -> list[str]:
        return sorted(url.rpartition("/")[2].removesuffix(".html") for url in urls)


ASPECTS: dict[str, Callable[[Published, ExpectedIncident, Row], Iterator[Difference]]] = {
    "figures": Published.figures,
    "where and when": Published.where_and_when,
    "who": Published.who,
    "reporting": Published.reporting,
}


def incident_differences(days: Iterable[Published], name: str, aspect: str) -> list[Difference]:
    """All that is amiss with one aspect of an incident, over the days on which it is known."""
    differences: list[Difference] = []
    for published in days:
        incident = expected(published.day).incidents.get(name)
        row = published.pairs().get(name)
        if incident and row:
            differences += ASPECTS[aspect](published, incident, row)
        elif incident:
            differences.append(Difference(published.day, "incident", name, None))
    return differences


def toll_differences(days: Iterable[Published], told: ExpectedEvent) -> list[Difference]:
    """All that is amiss with a toll, over the days on which its article version is the newest."""
    differences: list[Difference] = []
    for published in days:
        if told not in expected(published.day).tolls:
            continue
        rows = [list(published.toll(told, row)) for row in published.tolls_of(told.article)]
        differences += min(rows, key=len) if rows else [Difference(published.day, "toll", told.evidence, None)]
    return differences


def article_differences(days: Iterable[Published], article: str) -> list[Difference]:
    """All that is amiss with how an article is described, over the days on which it is out."""
    differences: list[Difference] = []
    for published in days:
        told = articles(published.day).get(article)
        if told is None:
            continue
        row = next(row for row in published.articles if row["url"] == published.url(article))
        copied = expected(published.day).copies.get(article)
        urls = {row["article_id"]: row["url"] for row in published.articles}
        copied_url = urls.get(row["copy_of"], row["copy_of"])
        shown = row | {"flags": sorted(row["flags"]), "feeds": sorted(row["feeds"]), "copy_of": copied_url}
        wanted = {
            "publisher": publishers()[told.publisher].name,
            "title": told.title,
            "author": told.author,
            "published": told.published.replace(tzinfo=None),
            "language": "en",
            "flags": sorted(expected(published.day).flags.get(article, ())),
            "feeds": sorted(feeds()[feed].title for feed in told.feeds),
            "copy_of": published.url(copied) if copied else None,
            "versions": sum(version.id == article and version.day <= published.day for version in versions().values()),
        }
        differences += published.fields(shown, **wanted)
    return differences


def table(title: str, differences: Collection[Difference]) -> str:
    """The differences as lines of columns, for a failed assertion's message."""
    rows = [
        ("day", "what", "expected", "found"),
        *((str(d.day), d.what, _plain(d.expected), _plain(d.found)) for d in differences),
    ]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join((title, *lines))


def notation(figure: Figure) -> str:
    """Read as low, best and high, a dot for what is open: "20 28 28", "24 · ·"."""
    return " ".join("·" if number is None else str(number) for number in (figure.low, figure.best, figure.high))


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two spellings are of one name: the words of one are among those of the other, give or take a letter."""
    if one is None or other is None:
        return one == other
    short, long = sorted((_words(one), _words(other)), key=len)
    inside = bool(short) and all(any(_same_word(a, b) for b in long) for a in short)
    return inside or _initials(one) == other or one == _initials(other)


def _initials(name: str) -> str | None:
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return initials if len(initials) > 2 else None


def _same_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 5 and Levenshtein.distance(one, other) <= 1)


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "'").replace("'s ", " ")
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c) and c not in "'ʿʾ`")
    return set(letters.split()) - {"the", "a", "of", "in", "s"}


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) or "-" if isinstance(value, list) else "-" if value is None else str(value)
