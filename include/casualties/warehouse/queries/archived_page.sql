-- The versions of an article with the place of the page that each was read from, the current one first.
SELECT version.version_id, version.fetched_at, version.warc_file, version.warc_offset, article.versions
FROM core.articles AS article
JOIN core.article_versions AS version ON version.article_id = article.article_id
WHERE article.article_id = $article_id AND starts_with(version.version_id, $version)
ORDER BY version.version_id = article.current_version_id DESC, version.fetched_at DESC
