-- Whether a report is a copy follows from its article. After load_copies.
INSERT INTO core.event_reports BY NAME
SELECT report.* EXCLUDE (staged_row) REPLACE (copy.copy_of AS copy_of), $run_id AS run_id
FROM staged_eventreport AS report
SEMI JOIN fit_reports AS fit ON fit.staged_row = report.staged_row
LEFT JOIN core.article_copies AS copy ON copy.version_id = report.version_id
