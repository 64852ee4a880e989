-- Linked reports that their article no longer tells. After run_reports.
SELECT link.incident_id, link.opened_at, terms.terms, report.*
FROM core.live_links AS link
SEMI JOIN run_reports AS told ON told.report_id = link.report_id AND NOT told.current
JOIN core.event_reports AS report ON report.report_id = link.report_id
JOIN core.report_terms AS terms ON terms.report_id = link.report_id
ORDER BY report.report_id
