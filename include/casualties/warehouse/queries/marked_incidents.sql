SELECT DISTINCT link.incident_id
FROM core.incident_reports AS link
SEMI JOIN marked_reports AS marked ON marked.report_id = link.report_id
WHERE link.unlinked_at IS NULL
