-- A release takes effect with the rows that it lets in, so not in a run that is held back.
INSERT INTO ops.quarantine_decisions BY NAME
FROM staged_decision
WHERE decision = 'dropped' OR NOT $critical
ON CONFLICT DO NOTHING
