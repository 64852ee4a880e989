-- A row that broke the rule before, in a run that was loaded and with no release since, is in quarantine already.
INSERT INTO ops.quarantine BY NAME
FROM staged_quarantined AS bad
ANTI JOIN met_again AS known ON known.rule = bad.rule AND known.subject_id = bad.subject_id
ON CONFLICT DO NOTHING
