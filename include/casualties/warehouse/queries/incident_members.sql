-- With when each report was told: by a later version of an article, when that version was made or first seen.
SELECT
    link.report_id,
    link.incident_id,
    whole.incident_id AS whole_incident,
    CASE WHEN version.fetched_at > article.first_seen_at
         THEN greatest(report.published, coalesce(version.updated, version.fetched_at))
         ELSE report.published END AS told_at
FROM core.incident_reports AS link
SEMI JOIN wanted_incidents AS wanted ON wanted.incident_id = link.incident_id
JOIN core.event_reports AS report ON report.report_id = link.report_id
JOIN core.article_versions AS version ON version.version_id = report.version_id
JOIN core.articles AS article ON article.article_id = report.article_id
LEFT JOIN core.incident_reports AS whole ON whole.report_id = report.part_of_report AND whole.unlinked_at IS NULL
WHERE link.unlinked_at IS NULL
ORDER BY link.report_id
