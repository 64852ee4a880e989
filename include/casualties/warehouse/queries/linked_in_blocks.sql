-- After near_reports.
SELECT link.incident_id, first.known_from AS opened_at, terms.terms, report.*
FROM near_reports AS near
JOIN core.incident_reports AS link ON link.report_id = near.report_id AND link.unlinked_at IS NULL
JOIN core.incident_history AS first ON first.incident_id = link.incident_id AND first.revision = 1
JOIN core.event_reports AS report ON report.report_id = near.report_id
JOIN core.report_terms AS terms ON terms.report_id = near.report_id
ORDER BY report.report_id
