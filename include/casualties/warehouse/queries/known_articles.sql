SELECT article.article_id, article.url, version.version_id, version.text_sha256, article.entry_digests,
    article.first_seen_at, article.last_looked_at, article.archived
FROM core.articles AS article
JOIN core.article_versions AS version ON version.version_id = article.current_version_id
ORDER BY article.article_id
