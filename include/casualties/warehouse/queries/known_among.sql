-- What a run need not read anew because a feed lists it: stored articles, and those that are in quarantine.
SELECT
    coalesce(article.article_id, held.article_id) AS article_id,
    coalesce(article.url, held.url) AS url,
    list_sort(list_distinct(list_concat(article.entry_digests, held.entry_digests))) AS entry_digests,
    coalesce(article.first_seen_at, held.first_seen_at) AS first_seen_at,
    greatest(article.last_looked_at, held.last_looked_at) AS last_looked_at,
    article.archived
FROM (
    FROM core.articles AS stored SEMI JOIN wanted_articles AS wanted ON wanted.article_id = stored.article_id
) AS article
FULL JOIN (
    FROM core.held_articles AS bad SEMI JOIN wanted_articles AS wanted ON wanted.article_id = bad.article_id
) AS held ON held.article_id = article.article_id
ORDER BY ALL
