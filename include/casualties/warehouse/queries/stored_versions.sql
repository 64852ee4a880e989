-- Article versions as they were staged.
SELECT version.* EXCLUDE (run_id), article.url, article.publisher, article.feed_ids, article.entry_digests
FROM core.article_versions AS version
JOIN core.articles AS article USING (article_id)
WHERE list_contains($ids, version.version_id)
ORDER BY version.version_id
