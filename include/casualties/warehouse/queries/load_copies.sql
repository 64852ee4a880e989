INSERT INTO core.article_copies BY NAME
SELECT version_id, article_id, copy_of, 1.0 AS similarity, $run_id AS run_id
FROM fit_versions
WHERE copy_of <> article_id
ON CONFLICT DO NOTHING
