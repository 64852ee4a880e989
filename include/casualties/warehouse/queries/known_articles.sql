SELECT known.article_id, known.url, coalesce(version.version_id, '') AS version_id,
    coalesce(version.text_sha256, '') AS text_sha256, known.entry_digests, known.first_seen_at, known.last_looked_at,
    known.archived
FROM core.known_articles AS known
LEFT JOIN core.articles AS article ON article.article_id = known.article_id
LEFT JOIN core.article_versions AS version ON version.version_id = article.current_version_id
ORDER BY known.article_id
