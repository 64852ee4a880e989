-- What state of the data a published file holds: its last load, and the views that it came with.
SELECT
    max(loaded_at) AS loaded_at,
    arg_max(run_id, loaded_at) AS run_id,
    arg_max(extractor_version, loaded_at) AS extractor_version,
    (SELECT max(sha256) FROM ops.schema_views) AS views
FROM ops.loads
WHERE NOT critical
