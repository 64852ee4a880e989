-- One row a table: how many rows the run's load says it brought, and how many stand there under the run's name.
WITH load AS (FROM ops.loads WHERE run_id = $run_id AND NOT critical)
SELECT 'article versions' AS label, load.new_versions AS said,
    (SELECT count(*) FROM core.article_versions WHERE run_id = $run_id) AS stand
FROM load
UNION ALL BY NAME
SELECT 'copies' AS label, load.copies AS said,
    (SELECT count(*) FROM core.article_copies WHERE run_id = $run_id) AS stand
FROM load
UNION ALL BY NAME
SELECT 'event reports' AS label, load.reports AS said,
    (SELECT count(*) FROM core.event_reports WHERE run_id = $run_id) AS stand
FROM load
