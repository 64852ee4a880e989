"""What a replay begins with that carries out an operator's decisions on quarantined rows."""

import json
from collections.abc import Collection, Sequence

from casualties.errors import SettingsError
from casualties.model import Article, Decision, EventReport, Fingerprint, KnownArticle, Quarantined
from casualties.pipeline.reading import later_versions, reports_of
from casualties.pipeline.run import Run


def plan_decisions(run: Run, release: Sequence[str], drop: Sequence[str], *, why: str, by: str) -> None:
    """Stage the decisions, and the articles of released rows as they were read, with what is extracted from them now.

    The rows are then judged like any others, but for the rule that each broke. Raises SettingsError for an id that is
    not in quarantine, a decision without a reason, or a row that cannot be released.
    """
    from casualties.articles.fingerprint import fingerprint
    from casualties.warehouse import open_warehouse
    from casualties.warehouse.plan import known_among
    from casualties.warehouse.quarantine import quarantined_rows, stored_versions

    if not why.strip():
        raise SettingsError("a decision on quarantined rows needs a reason (why), best a link")
    if both := sorted(set(release) & set(drop)):
        raise SettingsError(f"to be released and dropped at once: {', '.join(both)}")
    with open_warehouse(run.settings.warehouse, lock_timeout=run.settings.lock_timeout) as con:
        rows = {row.quarantine_id: row for row in quarantined_rows(con, {*release, *drop})}
        if unknown := sorted({*release, *drop} - rows.keys()):
            raise SettingsError(f"not in quarantine: {', '.join(unknown)}")
        released = [rows[id_] for id_ in release]
        articles = {a.version_id: a for row in released if row.subject == "article" for a in [_article(row)]}
        stored = stored_versions(con, {_version_of(row) for row in released if row.subject == "report"})
        articles |= {article.version_id: article for article in stored if article.version_id not in articles}
        known = known_among(con, {article.article_id for article in articles.values()})
    run.staging.write(KnownArticle, "plan", known)
    retold = later_versions(list(articles.values()), run)
    reports = [r for article in articles.values() for r in reports_of(article, changed=article.version_id in retold)]
    for row in released:
        _check(row, articles.keys(), {report.report_id for report in reports})
    run.staging.write(Article, "0000", articles.values())
    run.staging.write(Fingerprint, "0000", filter(None, map(fingerprint, articles.values())))
    run.staging.write(EventReport, "0000", reports)
    decided = [(rows[id_], "released") for id_ in release] + [(rows[id_], "dropped") for id_ in drop]
    run.staging.write(Decision, "plan", [_decision(run, row, word, why, by) for row, word in decided])


def _decision(run: Run, row: Quarantined, word: str, why: str, by: str) -> Decision:
    return Decision(
        quarantine_id=row.quarantine_id,
        decision=word,
        subject_id=row.subject_id,
        rule=row.rule,
        why=why.strip(),
        decided_by=by,
        decided_at=run.started_at,
        run_id=run.run_id,
    )


def _article(row: Quarantined) -> Article:
    from pydantic import TypeAdapter

    return TypeAdapter(Article).validate_json(row.row)


def _version_of(row: Quarantined) -> str:
    return str(json.loads(row.row)["version_id"])


def _check(row: Quarantined, versions: Collection[str], reports: Collection[str]) -> None:
    name = f"{row.quarantine_id} ({row.rule})"
    if row.subject not in ("article", "report"):
        raise SettingsError(
            f"{name} is a {row.subject}, which cannot be let in by waiving a rule: mend the cause and replay its day"
        )
    if row.subject == "report" and _version_of(row) not in versions:
        raise SettingsError(f"{name}: its article is in quarantine itself; release that, its reports come with it")
    if row.subject == "report" and row.subject_id not in reports:
        raise SettingsError(f"{name} was made by an older extractor, and the present one does not: replay its day")
