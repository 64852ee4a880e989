SELECT link.incident_id, link.opened_at, terms.terms, report.*
FROM core.live_links AS link
JOIN core.event_reports AS report USING (report_id)
JOIN core.report_terms AS terms USING (report_id)
SEMI JOIN wanted_incidents AS wanted ON wanted.incident_id = link.incident_id
ORDER BY report.report_id
