-- One row a thing that must be there once: how many there are, and how many too many.
SELECT 'addresses of articles' AS label, count(*) AS things, count(*) - count(DISTINCT url) AS repeats
FROM core.articles
UNION ALL BY NAME
SELECT 'live links of event reports' AS label, count(*) AS things, count(*) - count(DISTINCT report_id) AS repeats
FROM core.incident_reports
WHERE unlinked_at IS NULL
UNION ALL BY NAME
SELECT 'results of expectations in a run' AS label, count(*) AS things,
    count(*) - count(DISTINCT (run_id, suite, expectation)) AS repeats
FROM ops.validation_results
