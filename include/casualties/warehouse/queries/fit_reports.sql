-- Staged reports that broke no rule and are not stored, each once, of articles that broke none either: the numbers of
-- their staged rows.
CREATE OR REPLACE TEMP TABLE fit_reports AS
SELECT min(report.staged_row) AS staged_row
FROM staged_eventreport AS report
SEMI JOIN fit_versions AS article ON article.version_id = report.version_id
ANTI JOIN (FROM staged_quarantined WHERE subject = 'report') AS bad ON bad.subject_id = report.report_id
ANTI JOIN core.event_reports AS stored ON stored.report_id = report.report_id
GROUP BY report.report_id
