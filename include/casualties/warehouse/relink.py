"""Incidents brought up to date with the reports that a run has just loaded; part of the load's transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from casualties.incidents import LinkedReport, Linking, Mentions, NewLink, link, neighbourhood, summarise, terms
from casualties.incidents.blocks import MOST_OF_A_NAME
from casualties.incidents.records import tells_incident
from casualties.incidents.terms import WHO
from casualties.model import EventReport, Incident
from casualties.staging import from_table, to_table
from casualties.warehouse.sql import statement

_IDS = pa.string()
_FILED_AT_ONCE = 20_000  # reports whose keys are in memory at the same time


def relink(
    con: duckdb.DuckDBPyConnection, run_id: str, now: datetime, marked: Set[str] = frozenset()
) -> tuple[int, int]:
    """Link new reports, end the links of withdrawn ones, and write a history row for every incident that changed.

    Reads ``fit_versions``, the run's article versions; ``marked`` are stored reports that have turned out copies.
    Returns how many incidents were opened and changed.
    """
    con.execute(statement("run_reports"))
    fresh, words = _unlinked(con)
    gone = _linked(con, "withdrawn_links", withdrawn=True)
    if not fresh and not gone and not marked:
        return 0, 0
    mentions = Mentions()
    seeds = [LinkedReport(report=report, terms=words[report.report_id]) for report in fresh]
    _file(con, seeds, mentions)
    near: list[LinkedReport] = []
    if con.execute(statement("has_links")).fetchone():
        near = neighbourhood([*seeds, *gone], lambda keys: _in_blocks(con, keys), mentions)
    with _ids(con, "wanted_incidents", "incident_id", (linked.incident_id for linked in gone)):
        near += _linked(con, "linked_in_incidents")
    leaving = {linked.report.report_id for linked in gone}
    staying = {linked.report.report_id: linked for linked in near if linked.report.report_id not in leaving}
    linking = link(fresh, [*staying.values(), *gone], terms=words, mentions=mentions)
    _store_links(con, linking, run_id, now)
    known = {linked.report.report_id: linked.report for linked in (*seeds, *staying.values())}
    return _restate(con, linking, gone, marked, known, run_id, now)


def _unlinked(con: duckdb.DuckDBPyConnection) -> tuple[list[EventReport], dict[str, frozenset[str]]]:
    table = con.execute(statement("unlinked_reports")).to_arrow_table()
    texts = zip(table["article_title"].to_pylist(), table["article_text"].to_pylist(), strict=True)
    told = zip(from_table(EventReport, table), texts, strict=True)
    seeds = [(report, terms(title, text, report.evidence)) for report, (title, text) in told if tells_incident(report)]
    return [report for report, _ in seeds], {report.report_id: words for report, words in seeds}


def _linked(con: duckdb.DuckDBPyConnection, query: str, *, withdrawn: bool = False) -> list[LinkedReport]:
    table = con.execute(statement(query)).to_arrow_table()
    columns = (table[name].to_pylist() for name in ("incident_id", "opened_at", "terms"))
    return [
        LinkedReport(
            report=report,
            incident_id=incident_id,
            opened_at=opened_at.replace(tzinfo=UTC),
            terms=frozenset(words),
            withdrawn=withdrawn,
        )
        for report, incident_id, opened_at, words in zip(from_table(EventReport, table), *columns, strict=True)
    ]


def _in_blocks(con: duckdb.DuckDBPyConnection, keys: set[str]) -> list[LinkedReport]:
    with _ids(con, "wanted_blocks", "block", keys):
        con.execute(statement("near_reports"), {"who": WHO, "most": MOST_OF_A_NAME})
    return _linked(con, "linked_in_blocks")


def _file(con: duckdb.DuckDBPyConnection, seeds: Sequence[LinkedReport], mentions: Mentions) -> None:
    mentions.add(seeds)
    for start in range(0, len(seeds), _FILED_AT_ONCE):
        some = seeds[start : start + _FILED_AT_ONCE]
        ids = pa.array([seed.report.report_id for seed in some], _IDS)
        blocks = mentions.filed.stored(mentions.rows(ids.to_pylist()))
        stored = pa.table({"block": blocks["block"], "report_id": pa.array(mentions.ids).take(blocks["row"])})
        words = pa.array([sorted(seed.terms) for seed in some], pa.list_(_IDS))
        told = pa.table({"report_id": ids, "terms": words})
        with _registered(con, "new_blocks", stored), _registered(con, "new_terms", told):
            con.execute(statement("load_blocks"))
            con.execute(statement("load_terms"))


def _store_links(con: duckdb.DuckDBPyConnection, linking: Linking, run_id: str, now: datetime) -> None:
    at = _naive(now)
    with _ids(con, "ended_links", "report_id", linking.ended):
        con.execute(statement("end_links"), {"now": at})
    with _registered(con, "new_links", to_table(NewLink, linking.links)):
        con.execute(statement("load_links"), {"now": at, "run_id": run_id})


def _restate(
    con: duckdb.DuckDBPyConnection,
    linking: Linking,
    gone: Iterable[LinkedReport],
    marked: Set[str],
    known: Mapping[str, EventReport],
    run_id: str,
    now: datetime,
) -> tuple[int, int]:
    """``known`` are reports that are at hand as records already, by id."""
    touched = linking.touched | _parts_of_changed(con, linking) | _incidents_of(con, marked)
    with _ids(con, "wanted_incidents", "incident_id", touched):
        table = con.execute(statement("incident_members")).to_arrow_table()
        states = con.execute(statement("incident_states")).to_arrow_table()
    ids = table["report_id"].to_pylist()
    reports = dict(known) | _reports(con, set(ids) - known.keys())
    members: dict[str, list[EventReport]] = defaultdict(list)
    times = (time and time.replace(tzinfo=UTC) for time in table["told_at"].to_pylist())
    told_at = dict(zip(ids, times, strict=True))
    wholes: dict[str, Counter[str]] = defaultdict(Counter)
    columns = (table["incident_id"].to_pylist(), table["whole_incident"].to_pylist())
    for report_id, incident_id, whole in zip(ids, *columns, strict=True):
        members[incident_id].append(reports[report_id])
        if whole and whole != incident_id:
            wholes[incident_id][whole] += 1
    part_of = {i: min(votes, key=lambda w: (-votes[w], w)) for i, votes in wholes.items()}
    part_of = without_rings(part_of, _wholes_above(con, part_of, touched))
    before = {incident.incident_id: incident for incident in from_table(Incident, states)}
    revisions = dict(zip(states["incident_id"].to_pylist(), states["revision"].to_pylist(), strict=True))
    revised = _revised(linking, gone, members)
    noticed = {row[0] for row in con.execute(statement("corrected_articles")).fetchall()}
    rows = []
    for incident_id in sorted(touched):
        state = summarise(
            members[incident_id],
            incident_id=incident_id,
            now=now,
            previous=before.get(incident_id),
            part_of=part_of.get(incident_id),
            merged_into=linking.merged.get(incident_id),
            told_at=told_at,
            updated=bool(revised[incident_id]),
            corrected=bool(revised[incident_id] & noticed),
        )
        if state.change:
            rows.append(state)
    new_states = to_table(Incident, rows).append_column(
        "revision", pa.array([revisions.get(row.incident_id, 0) + 1 for row in rows], pa.int64())
    )
    with _registered(con, "new_states", new_states):
        con.execute(statement("load_history"), {"run_id": run_id})
    opened = sum(row.incident_id not in before for row in rows)
    return opened, len(rows) - opened


def _reports(con: duckdb.DuckDBPyConnection, ids: Set[str]) -> dict[str, EventReport]:
    with _ids(con, "wanted_reports", "report_id", ids):
        found = from_table(EventReport, con.execute(statement("reports_by_id")).to_arrow_table())
    return {report.report_id: report for report in found}


def _parts_of_changed(con: duckdb.DuckDBPyConnection, linking: Linking) -> set[str]:
    changed = {new.report_id for new in linking.links} | set(linking.ended)
    with _ids(con, "changed_reports", "report_id", changed):
        return {row[0] for row in con.execute(statement("parts_of_changed")).fetchall()}


def _incidents_of(con: duckdb.DuckDBPyConnection, reports: Set[str]) -> set[str]:
    with _ids(con, "marked_reports", "report_id", reports):
        return {row[0] for row in con.execute(statement("marked_incidents")).fetchall()}


def _revised(
    linking: Linking, gone: Iterable[LinkedReport], members: Mapping[str, list[EventReport]]
) -> dict[str, set[str]]:
    """The articles of each incident of which a newer version speaks in place of an older one."""
    new = {link.report_id for link in linking.links}
    articles = {
        incident_id: {report.article_id for report in reports if report.report_id in new}
        for incident_id, reports in members.items()
    }
    revised: dict[str, set[str]] = defaultdict(set)
    for linked in gone:
        if linked.incident_id and linked.report.article_id in articles.get(linked.incident_id, ()):
            revised[linked.incident_id].add(linked.report.article_id)
    return revised


def _wholes_above(con: duckdb.DuckDBPyConnection, part_of: Mapping[str, str], touched: Set[str]) -> dict[str, str]:
    """part_of of the incidents that this load leaves alone, as far up as the touched ones hang on them."""
    above: dict[str, str] = {}
    asked = set(part_of.values()) - touched
    while asked:
        with _ids(con, "wanted_incidents", "incident_id", asked):
            states = from_table(Incident, con.execute(statement("incident_states")).to_arrow_table())
        found = {state.incident_id: state.part_of for state in states if state.part_of}
        asked = set(found.values()) - touched - above.keys() - found.keys()
        above |= found
    return above


def without_rings(part_of: Mapping[str, str], settled: Mapping[str, str]) -> dict[str, str]:
    """``part_of`` without what would, together with ``settled``, make an incident part of itself."""
    kept = dict(settled)
    for part in sorted(part_of):
        above: str | None = part_of[part]
        while above is not None and above != part:
            above = kept.get(above)
        if above is None:
            kept[part] = part_of[part]
    return {part: whole for part, whole in kept.items() if part in part_of}


@contextmanager
def _ids(con: duckdb.DuckDBPyConnection, name: str, column: str, ids: Iterable[str | None]) -> Iterator[None]:
    values = pa.array(sorted({value for value in ids if value}), _IDS)
    with _registered(con, name, pa.table({column: values})):
        yield


@contextmanager
def _registered(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    con.register(name, table)
    try:
        yield
    finally:
        con.unregister(name)


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
