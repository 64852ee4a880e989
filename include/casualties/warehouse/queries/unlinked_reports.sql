-- Current reports of the run's articles that no incident has yet.
SELECT report.*, version.title AS article_title, version.text AS article_text
FROM core.current_reports AS report
JOIN core.article_versions AS version ON version.version_id = report.version_id
SEMI JOIN fit_versions AS article ON article.article_id = report.article_id
ANTI JOIN core.live_links AS link ON link.report_id = report.report_id
WHERE report.kind = 'event'
ORDER BY report.report_id
