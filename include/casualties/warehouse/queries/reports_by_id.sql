SELECT report.*
FROM core.event_reports AS report
SEMI JOIN wanted_reports AS wanted ON wanted.report_id = report.report_id
