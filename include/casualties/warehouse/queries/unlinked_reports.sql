-- Current reports of the run's articles that no incident has yet. After run_reports.
SELECT report.*, version.title AS article_title, version.text AS article_text
FROM core.event_reports AS report
SEMI JOIN run_reports AS told ON told.report_id = report.report_id AND told.current
ANTI JOIN core.incident_reports AS link ON link.report_id = report.report_id AND link.unlinked_at IS NULL
JOIN core.article_versions AS version ON version.version_id = report.version_id
WHERE report.kind = 'event'
ORDER BY report.report_id
