SELECT 1 FROM core.incident_reports WHERE unlinked_at IS NULL LIMIT 1
