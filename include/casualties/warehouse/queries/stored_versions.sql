-- Article versions as they were staged.
SELECT version.* EXCLUDE (run_id), article.url, article.publisher, article.feed_ids, article.entry_digests, copy.copy_of
FROM core.article_versions AS version
JOIN core.articles AS article USING (article_id)
LEFT JOIN core.article_copies AS copy ON copy.version_id = version.version_id
WHERE list_contains($ids, version.version_id)
ORDER BY version.version_id
