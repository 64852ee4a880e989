SELECT link.incident_id, whole.incident_id AS whole_incident, report.*
FROM core.incident_reports AS link
JOIN core.event_reports AS report USING (report_id)
LEFT JOIN core.incident_reports AS whole ON whole.report_id = report.part_of_report AND whole.unlinked_at IS NULL
SEMI JOIN wanted_incidents AS wanted ON wanted.incident_id = link.incident_id
WHERE link.unlinked_at IS NULL
ORDER BY report.report_id
