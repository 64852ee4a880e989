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

-- What a run need not read anew because a feed lists it: stored articles, and those that are in quarantine.
CREATE OR REPLACE VIEW core.known_articles AS
SELECT
    coalesce(article.article_id, held.article_id) AS article_id,
    coalesce(article.url, held.url) AS url,
    list_distinct(list_concat(article.entry_digests, held.entry_digests)) AS entry_digests,
    coalesce(article.first_seen_at, held.first_seen_at) AS first_seen_at,
    greatest(article.last_looked_at, held.last_looked_at) AS last_looked_at,
    article.archived
FROM core.articles AS article
FULL JOIN core.held_articles AS held ON held.article_id = article.article_id;
