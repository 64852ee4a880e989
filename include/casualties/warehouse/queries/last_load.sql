FROM ops.loads ORDER BY loaded_at DESC, run_id DESC LIMIT 1
