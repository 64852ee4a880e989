-- Staged reports that broke no rule, of articles that broke none either; one staged twice is left to load_reports.
CREATE OR REPLACE TEMP VIEW fit_reports AS
SELECT report.*
FROM staged_eventreport AS report
SEMI JOIN fit_versions AS article ON article.version_id = report.version_id
WHERE NOT EXISTS (
    SELECT 1 FROM staged_quarantined AS bad WHERE bad.subject = 'report' AND bad.subject_id = report.report_id
)
