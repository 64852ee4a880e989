-- New articles apart from known ones: an insert that may meet a stored row costs twice as much.
CREATE OR REPLACE TEMP TABLE told_articles AS
SELECT
    fit.article_id,
    arg_max(article.url, fit.fetched_at) AS url,
    arg_max(article.publisher, fit.fetched_at) AS publisher,
    list_sort(list_distinct(flatten(list(article.feed_ids)))) AS feed_ids,
    arg_max(fit.version_id, (fit.fetched_at, fit.version_id)) FILTER (WHERE NOT fit.passed_over) AS current_version_id,
    count(*) FILTER (WHERE fit.is_new AND NOT fit.passed_over) AS versions,
    list_sort(list_distinct(flatten(list(article.entry_digests)))) AS entry_digests,
    min(fit.fetched_at) AS first_seen_at,
    max(fit.fetched_at) FILTER (WHERE NOT fit.passed_over) AS last_fetched_at,
    max(fit.fetched_at) AS last_looked_at
FROM fit_articles AS fit
JOIN staged_article AS article ON article.staged_row = fit.staged_row
GROUP BY fit.article_id;
UPDATE core.articles AS known SET
    feed_ids = list_sort(list_distinct(known.feed_ids || told.feed_ids)),
    current_version_id = CASE WHEN told.last_fetched_at >= known.last_fetched_at THEN told.current_version_id
                              ELSE known.current_version_id END,
    versions = known.versions + told.versions,
    entry_digests = list_sort(list_distinct(known.entry_digests || told.entry_digests)),
    first_seen_at = least(known.first_seen_at, told.first_seen_at),
    last_fetched_at = greatest(known.last_fetched_at, told.last_fetched_at),
    last_looked_at = greatest(known.last_looked_at, told.last_looked_at)
FROM told_articles AS told
WHERE told.article_id = known.article_id;
INSERT INTO core.articles BY NAME
FROM told_articles AS told
ANTI JOIN core.articles AS known ON known.article_id = told.article_id
ORDER BY told.article_id
