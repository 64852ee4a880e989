SELECT stage, subject, rule, reason, value, coalesce(url, subject_id) AS what
FROM ops.quarantine
WHERE run_id = (SELECT arg_max(run_id, loaded_at) FROM ops.loads)
ORDER BY subject, rule, what
LIMIT $limit
