SELECT
    article.article_id,
    article.url,
    article.publisher,
    article.feed_ids,
    version.title,
    CASE WHEN list_contains(version.flags, 'summary_only') THEN version.text ELSE '' END AS summary,
    version.author,
    CASE WHEN version.published_source = 'feed' THEN version.published END AS published,
    CAST(NULL AS TIMESTAMP) AS updated
FROM core.articles AS article
JOIN core.article_versions AS version ON version.version_id = article.current_version_id
WHERE list_contains($ids, article.article_id)
ORDER BY article.article_id
