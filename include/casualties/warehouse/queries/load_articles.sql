-- After load_versions, whose rows it counts.
INSERT INTO core.articles BY NAME
SELECT
    article.article_id,
    arg_max(article.url, article.fetched_at) AS url,
    arg_max(article.publisher, article.fetched_at) AS publisher,
    list_sort(list_distinct(flatten(list(article.feed_ids)))) AS feed_ids,
    coalesce(
        arg_max(article.version_id, (article.fetched_at, article.version_id)) FILTER (WHERE NOT article.passed_over),
        any_value(known.current_version_id)
    ) AS current_version_id,
    any_value(version.versions) AS versions,
    list_sort(list_distinct(flatten(list(article.entry_digests)))) AS entry_digests,
    min(article.fetched_at) AS first_seen_at,
    coalesce(
        max(article.fetched_at) FILTER (WHERE NOT article.passed_over), any_value(known.last_fetched_at)
    ) AS last_fetched_at,
    max(article.fetched_at) AS last_looked_at
FROM fit_articles AS article
JOIN (
    SELECT stored.article_id, count(*) AS versions
    FROM core.article_versions AS stored
    SEMI JOIN fit_articles AS found ON found.article_id = stored.article_id
    GROUP BY stored.article_id
) AS version USING (article_id)
LEFT JOIN core.articles AS known ON known.article_id = article.article_id
GROUP BY article.article_id
ON CONFLICT (article_id) DO UPDATE SET
    feed_ids = list_sort(list_distinct(feed_ids || excluded.feed_ids)),
    current_version_id = CASE WHEN excluded.last_fetched_at >= last_fetched_at THEN excluded.current_version_id
                              ELSE current_version_id END,
    versions = excluded.versions,
    entry_digests = list_sort(list_distinct(entry_digests || excluded.entry_digests)),
    first_seen_at = least(first_seen_at, excluded.first_seen_at),
    last_fetched_at = greatest(last_fetched_at, excluded.last_fetched_at),
    last_looked_at = greatest(last_looked_at, excluded.last_looked_at)
