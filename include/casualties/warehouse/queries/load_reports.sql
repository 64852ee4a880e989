INSERT INTO core.event_reports BY NAME
SELECT *, $run_id AS run_id
FROM fit_reports
ON CONFLICT DO NOTHING
