-- One row a kind of reference: how many there are, and how many lead nowhere: what hangs on it is lost, or only loose.
SELECT 'articles to their current version' AS label, count(*) AS refs,
    count(*) FILTER (WHERE version.version_id IS NULL) AS lost
FROM core.articles AS article
LEFT JOIN core.article_versions AS version ON version.version_id = article.current_version_id
UNION ALL BY NAME
SELECT 'article versions to their article' AS label, count(*) AS refs,
    count(*) FILTER (WHERE article.article_id IS NULL) AS lost
FROM core.article_versions AS version
LEFT JOIN core.articles AS article USING (article_id)
UNION ALL BY NAME
SELECT 'copies to the story that they repeat' AS label, count(*) AS refs,
    count(*) FILTER (WHERE article.article_id IS NULL) AS loose
FROM core.article_copies AS copied
LEFT JOIN core.articles AS article ON article.article_id = copied.copy_of
UNION ALL BY NAME
SELECT 'event reports to their article version' AS label, count(*) AS refs,
    count(*) FILTER (WHERE version.version_id IS NULL) AS lost
FROM core.event_reports AS report
LEFT JOIN core.article_versions AS version USING (version_id)
UNION ALL BY NAME
SELECT 'parts to the report of their whole' AS label, count(*) AS refs,
    count(*) FILTER (WHERE whole.report_id IS NULL) AS lost
FROM core.event_reports AS part
LEFT JOIN core.event_reports AS whole ON whole.report_id = part.part_of_report
WHERE part.part_of_report IS NOT NULL
UNION ALL BY NAME
SELECT 'links to their report' AS label, count(*) AS refs,
    count(*) FILTER (WHERE report.report_id IS NULL) AS lost
FROM core.incident_reports AS link
LEFT JOIN core.event_reports AS report USING (report_id)
UNION ALL BY NAME
SELECT 'links to their incident' AS label, count(*) AS refs,
    count(*) FILTER (WHERE incident.incident_id IS NULL) AS lost
FROM core.incident_reports AS link
LEFT JOIN core.current_incidents AS incident USING (incident_id)
UNION ALL BY NAME
SELECT 'incidents to their whole, or what they were merged into' AS label, count(*) AS refs,
    count(*) FILTER (WHERE other.incident_id IS NULL) AS lost
FROM core.current_incidents AS incident
LEFT JOIN core.current_incidents AS other ON other.incident_id = coalesce(incident.merged_into, incident.part_of)
WHERE coalesce(incident.merged_into, incident.part_of) IS NOT NULL
UNION ALL BY NAME
SELECT 'current event reports to an incident' AS label, count(*) AS refs,
    count(*) FILTER (WHERE link.report_id IS NULL) AS lost
FROM core.current_reports AS report
LEFT JOIN (SELECT DISTINCT report_id FROM core.incident_reports WHERE unlinked_at IS NULL) AS link USING (report_id)
WHERE report.kind = 'event' AND report.scope <> 'summary' AND coalesce(year(report.date."end"), 1900) >= 1900
