SELECT link.incident_id, link.opened_at, terms.terms, report.*
FROM core.live_links AS link
SEMI JOIN wanted_incidents AS wanted ON wanted.incident_id = link.incident_id
JOIN core.event_reports AS report ON report.report_id = link.report_id
JOIN core.report_terms AS terms ON terms.report_id = link.report_id
ORDER BY report.report_id
