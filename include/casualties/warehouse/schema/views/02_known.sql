-- Articles with a version in quarantine that no operator has let in; not those of runs that were held back as a whole,
-- whose stories are read again.
CREATE OR REPLACE VIEW core.held_articles AS
SELECT
    json_extract_string(bad."row", '$.article_id') AS article_id,
    arg_max(json_extract_string(bad."row", '$.url'), bad.quarantined_at) AS url,
    list_distinct(flatten(list(
        from_json(coalesce(json_extract(bad."row", '$.entry_digests'), '[]'), '["VARCHAR"]')
    ))) AS entry_digests,
    min(bad.quarantined_at) AS first_seen_at,
    max(coalesce(bad.last_met_at, bad.quarantined_at)) AS last_looked_at
FROM ops.quarantine AS bad
JOIN ops.loads AS load ON load.run_id = bad.run_id AND NOT load.critical
ANTI JOIN (FROM ops.quarantine_decisions WHERE decision = 'released') AS let_in
    ON let_in.quarantine_id = bad.quarantine_id
WHERE bad.subject = 'article'
GROUP BY ALL
HAVING article_id IS NOT NULL;
