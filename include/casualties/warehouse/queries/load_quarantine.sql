INSERT INTO ops.quarantine BY NAME
FROM staged_quarantined
ON CONFLICT DO NOTHING
