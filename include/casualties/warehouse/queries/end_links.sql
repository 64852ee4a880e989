UPDATE core.incident_reports SET unlinked_at = $now
WHERE unlinked_at IS NULL AND report_id IN (SELECT report_id FROM ended_links)
