-- By rule: rows that were quarantined since $since, and all on which nothing was decided.
SELECT
    bad.rule,
    count(*) FILTER (bad.quarantined_at > $since) AS new,
    count(*) FILTER (decided.quarantine_id IS NULL) AS undecided
FROM ops.quarantine AS bad
LEFT JOIN (SELECT DISTINCT quarantine_id FROM ops.quarantine_decisions) AS decided
    ON decided.quarantine_id = bad.quarantine_id
GROUP BY ALL
HAVING new > 0 OR undecided > 0
ORDER BY new DESC, undecided DESC, bad.rule
