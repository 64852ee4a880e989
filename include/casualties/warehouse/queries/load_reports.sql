-- Whether a report is a copy follows from its article.
INSERT INTO core.event_reports BY NAME
SELECT report.* REPLACE (coalesce(report.copy_of, nullif(article.copy_of, article.article_id)) AS copy_of), $run_id AS run_id
FROM fit_reports AS report
JOIN fit_versions AS article ON article.version_id = report.version_id
ON CONFLICT DO NOTHING
