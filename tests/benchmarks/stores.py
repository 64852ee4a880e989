"""Warehouses of any size, made of columns in seconds: reports of a war, each third one retelling an earlier event."""

from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np
import pyarrow as pa
from tests.warehouse.records import report, story

from casualties.events import EXTRACTOR_VERSION
from casualties.incidents import LinkedReport, terms
from casualties.incidents.filed import stored_keys
from casualties.incidents.mention import mention
from casualties.model import Article, DateSpan, EventReport, EventType, Figure, Place

TOWNS = 4_000
FIRST = date(2019, 7, 1)
NOON = datetime(2019, 7, 1, 12, tzinfo=UTC)
TYPES = (EventType.AIR_STRIKE, EventType.SHELLING, EventType.SHOOTING, EventType.BOMBING, EventType.ACCIDENT)
_SPOTS = np.random.default_rng(0).uniform((10, 20), (60, 70), (TOWNS, 2))


def told(count: int, seed: int) -> dict[str, np.ndarray]:
    """What reports tell: a hundred a day, towns with the frequencies of a war; every fourth does not say its day."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, TOWNS + 1)
    index = np.arange(count)
    back = np.where(index % 3 == 2, rng.integers(1, np.clip(index, 1, 50) + 1, count), 0)
    like = index - back
    events = {
        "town": rng.choice(TOWNS, count, p=weights / weights.sum()),
        "day": index * max(count // 100, 30) // count,  # as they come
        "type": rng.integers(0, len(TYPES), count),
        "killed": rng.geometric(0.15, count),
    }
    own = {"index": index, "like": like, "hour": rng.integers(0, 12, count), "dated": index % 4 > 0}
    return own | {name: values[like] for name, values in events.items()}


def place(town: int) -> Place:
    lat, lon = map(float, _SPOTS[town])
    return Place(
        name=f"Town{town}", admin1=f"Province{town % 200}", country=f"C{town % 20:02}", lat=lat, lon=lon,
        precision="exact",
    )  # fmt: skip


def records(count: int, seed: int) -> tuple[list[Article], list[EventReport]]:
    """The reports as records, with their articles."""
    columns = told(count, seed)
    articles, reports = [], []
    for row in zip(*(columns[name].tolist() for name in columns), strict=True):
        one = dict(zip(columns, row, strict=True))
        at = NOON + timedelta(days=one["day"], hours=one["hour"])
        text = f"Attack in Town{one['town']} left {one['killed']} dead."
        article = story(f"outlet{one['index'] % 40}", f"{seed}-{one['index']}", text, at)
        happened = FIRST + timedelta(days=one["day"])
        articles.append(article)
        reports.append(
            report(
                article, killed=Figure(low=one["killed"], best=one["killed"], high=one["killed"]),
                place=place(one["town"]), type=TYPES[one["type"]],
                date=DateSpan(start=happened, end=happened) if one["dated"] else None,
            )
        )  # fmt: skip
    return articles, reports


def fill(con: duckdb.DuckDBPyConnection, count: int, seed: int, *, at_once: int = 250_000) -> None:
    """Store so many reports as if they had been loaded and linked, each with what it retells."""
    columns = told(count, seed)
    con.register("towns", _towns())
    for start in range(0, count, at_once):
        con.register("told", pa.table({name: values[start : start + at_once] for name, values in columns.items()}))
        for query in _FILL.split(";\n"):
            con.execute(query)
    con.execute("CHECKPOINT")


def _towns() -> pa.Table:
    rows = []
    for town in range(TOWNS):
        where = place(town)
        article = story("outlet", "x", f"Attack in Town{town} left some dead.")
        tells = report(article, place=where, date=None, published=None)
        words = terms("", article.text)
        keys = stored_keys(mention(LinkedReport(report=tells, terms=words)))
        rows.append(
            {
                "town": town, "name": where.name, "admin1": where.admin1, "country": where.country, "lat": where.lat,
                "lon": where.lon, "terms": sorted(words),
                "placed": [key.removesuffix(" ?") for key in keys if key.endswith(" ?")],
                "named": [key for key in keys if not key.endswith(" ?")],
            }
        )  # fmt: skip
    return pa.Table.from_pylist(rows)


_FILL = f"""
CREATE OR REPLACE TEMP TABLE made AS
SELECT
    told.*, towns.* EXCLUDE (town),
    left(md5(told."index"::VARCHAR), 16) AS id, left(md5(told."like"::VARCHAR), 16) AS incident,
    DATE '{FIRST}' + told.day::INTEGER AS happened,
    TIMESTAMP '{NOON:%Y-%m-%d %H:%M}' + INTERVAL 1 DAY * told.day + INTERVAL 1 HOUR * told.hour AS published,
    {[str(kind) for kind in TYPES]}[told.type + 1] AS kind,
    {{'low': told.killed, 'best': told.killed, 'high': told.killed, 'basis': 'exact', 'phrase': told.killed::VARCHAR}}
        AS figure,
    {{'name': name, 'gazetteer_name': NULL, 'admin1': admin1, 'country': country, 'lat': lat, 'lon': lon,
      'precision': 'exact'}} AS place,
    CASE WHEN dated THEN {{'start': happened, 'end': happened, 'precision': 'day', 'phrase': NULL}} END AS span
FROM told JOIN towns USING (town)
ORDER BY told."index";
INSERT INTO core.article_versions BY NAME
SELECT id AS version_id, id AS article_id, id AS title, 'Attack in ' || name || ' left ' || killed || ' dead.' AS text,
    published, published AS fetched_at, 'en' AS language, 'test' AS method, [] AS flags, 6 AS words, id AS text_sha256,
    'fill' AS run_id
FROM made;
INSERT INTO core.articles BY NAME
SELECT id AS article_id, 'https://outlet.example/' || id AS url, 'outlet' || "index" % 40 AS publisher,
    ['feed' || "index" % 40] AS feed_ids, id AS current_version_id, 1 AS versions, [id] AS entry_digests,
    published AS first_seen_at, published AS last_fetched_at, published + INTERVAL 8 DAY AS last_looked_at
FROM made;
INSERT INTO core.extractions BY NAME
SELECT id AS version_id, '{EXTRACTOR_VERSION}' AS extractor_version,
    published AS extracted_at, 'fill' AS run_id FROM made;
INSERT INTO core.event_reports BY NAME
SELECT id AS report_id, id AS article_id, id AS version_id, 0 AS ordinal,
    '{EXTRACTOR_VERSION}' AS extractor_version,
    'outlet' || "index" % 40 AS publisher, published, 'event' AS kind, kind AS type, figure AS killed, [] AS victims,
    place, span AS date, [] AS actors, [] AS denials, [] AS sources, 0.8 AS confidence,
    [{{'field': 'text', 'start': 0, 'end': 20}}] AS evidence, 'fill' AS run_id
FROM made;
INSERT INTO core.report_terms BY NAME SELECT id AS report_id, terms FROM made;
INSERT INTO core.report_blocks BY NAME
SELECT
    unnest(
        placed || ['told killed ' || killed]
        || CASE WHEN killed >= 20 THEN ['killed ' || killed || ' in ' || country, 'lesser attack'] ELSE [] END
    ) || ' ' || told_day AS block,
    id AS report_id,
    told_day AS day
FROM (
    SELECT
        *,
        unnest(generate_series(happened - CASE WHEN dated THEN 0 ELSE 7 END, happened, INTERVAL 1 DAY))::DATE
            AS told_day
    FROM made
)
UNION ALL SELECT unnest(named) AS block, id, NULL FROM made
ORDER BY day;
INSERT INTO core.incident_reports BY NAME
SELECT id AS report_id, incident AS incident_id, published AS linked_at, [] AS clues, 'fill' AS run_id FROM made;
INSERT INTO core.incident_history BY NAME
SELECT incident AS incident_id, 1 AS revision, min(published) AS known_from, 'opened' AS change,
    any_value(kind) AS type, any_value(place) AS place, any_value(span) AS date, any_value(figure) AS killed,
    [] AS victims, [] AS actors, [] AS denials, [] AS sources, list(DISTINCT 'outlet' || "index" % 40) AS publishers,
    count(*) AS reports, count(DISTINCT "index" % 40) AS independent_sources, FALSE AS sources_disagree,
    0.8 AS confidence, min(published) AS first_reported, max(published) AS last_reported, 'fill' AS run_id
FROM made
WHERE incident NOT IN (SELECT incident_id FROM core.incident_history)
GROUP BY incident
"""
