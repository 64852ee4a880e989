-- The reports of an incident with what linked each; a merged incident's are those of the one that took them.
WITH chosen AS (
    SELECT coalesce(merged_into, incident_id) AS incident_id
    FROM core.current_incidents
    WHERE incident_id = $incident_id
)
SELECT
    report.report_id,
    report.publisher,
    report.published,
    report.title,
    report.url,
    report.killed_low,
    report.killed_best,
    report.killed_high,
    report.place,
    report.date_start,
    report.date_end,
    report.copy_of,
    report.evidence,
    link.linked_at,
    link.clues,
    other.publisher AS matched_publisher
FROM core.incident_reports AS link
JOIN chosen USING (incident_id)
JOIN analytics.reports AS report ON report.report_id = link.report_id
LEFT JOIN core.event_reports AS other ON other.report_id = link.matched
WHERE link.unlinked_at IS NULL
ORDER BY report.published, report.publisher, report.report_id
