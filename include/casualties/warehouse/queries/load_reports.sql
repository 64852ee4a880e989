-- Whether a report is a copy follows from its article. After load_copies.
INSERT INTO core.event_reports BY NAME
SELECT report.* REPLACE (copy.copy_of AS copy_of), $run_id AS run_id
FROM fit_reports AS report
LEFT JOIN core.article_copies AS copy ON copy.version_id = report.version_id
ON CONFLICT DO NOTHING
