-- After load_versions, whose rows it counts.
INSERT INTO core.articles BY NAME
SELECT
    article_id,
    arg_max(url, fetched_at) AS url,
    arg_max(publisher, fetched_at) AS publisher,
    list_sort(list_distinct(flatten(list(feed_ids)))) AS feed_ids,
    arg_max(version_id, (fetched_at, version_id)) AS current_version_id,
    any_value(known.versions) AS versions,
    min(fetched_at) AS first_seen_at,
    max(fetched_at) AS last_fetched_at
FROM fit_articles
JOIN (
    SELECT article_id, count(*) AS versions FROM core.article_versions GROUP BY article_id
) AS known USING (article_id)
GROUP BY article_id
ON CONFLICT (article_id) DO UPDATE SET
    feed_ids = list_sort(list_distinct(feed_ids || excluded.feed_ids)),
    current_version_id = CASE WHEN excluded.last_fetched_at >= last_fetched_at THEN excluded.current_version_id
                              ELSE current_version_id END,
    versions = excluded.versions,
    first_seen_at = least(first_seen_at, excluded.first_seen_at),
    last_fetched_at = greatest(last_fetched_at, excluded.last_fetched_at)
