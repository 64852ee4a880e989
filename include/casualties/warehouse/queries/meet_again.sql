-- The quarantined rows that a run meets again, noted as met.
CREATE OR REPLACE TEMP TABLE met_again AS
SELECT stored.quarantine_id, stored.rule, stored.subject_id, max(bad.quarantined_at) AS met_at
FROM staged_quarantined AS bad
JOIN ops.quarantine AS stored ON stored.rule = bad.rule AND stored.subject_id = bad.subject_id
JOIN ops.loads AS load ON load.run_id = stored.run_id AND NOT load.critical
ANTI JOIN (FROM ops.quarantine_decisions WHERE decision = 'released') AS let_in
    ON let_in.quarantine_id = stored.quarantine_id
GROUP BY ALL;
UPDATE ops.quarantine AS stored SET last_met_at = greatest(stored.last_met_at, again.met_at)
FROM met_again AS again
WHERE again.quarantine_id = stored.quarantine_id
