-- Fingerprints of stored versions that share keys with new ones and were told within the window; of a key the first 64,
-- of those for each new version the 32 that share most. One key in common is chance.
WITH hits AS (
    SELECT stored.key, stored.version_id, stored.told_at
    FROM core.fingerprint_keys AS stored
    SEMI JOIN new_keys AS wanted ON wanted.key = stored.key
    WHERE stored.told_at BETWEEN $since AND $until
    QUALIFY row_number() OVER (PARTITION BY stored.key ORDER BY stored.told_at, stored.version_id) <= 64
),
near AS (
    SELECT hits.version_id
    FROM hits
    JOIN new_keys AS wanted ON wanted.key = hits.key
    GROUP BY wanted.version_id, hits.version_id
    HAVING count(*) > 1
    QUALIFY row_number() OVER (
        PARTITION BY wanted.version_id ORDER BY count(*) DESC, min(hits.told_at), hits.version_id
    ) <= 32
)
SELECT print.* EXCLUDE (told_at), print.told_at AS "at", copy.copy_of
FROM core.fingerprints AS print
SEMI JOIN near ON near.version_id = print.version_id
LEFT JOIN core.article_copies AS copy ON copy.version_id = print.version_id
ORDER BY print.version_id
