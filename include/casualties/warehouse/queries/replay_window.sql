-- The newest version of every article published, or else first fetched, in a window (both ends inclusive).
SELECT
    article.article_id,
    article.url,
    article.publisher,
    article.feed_ids,
    version.title,
    CASE WHEN list_contains(version.flags, 'summary_only') THEN version.text ELSE '' END AS summary,
    version.author,
    version.published,
    version.updated,
    version.fetched_at,
    version.warc_file,
    version.warc_offset,
    version.warc_length
FROM core.articles AS article
JOIN core.article_versions AS version ON version.version_id = article.current_version_id
WHERE CAST(coalesce(version.published, version.fetched_at) AS DATE) BETWEEN $since AND $until
  AND ($publisher IS NULL OR article.publisher = $publisher)
  AND ($feed_id IS NULL OR list_contains(article.feed_ids, $feed_id))
ORDER BY version.warc_file NULLS LAST, version.warc_offset, article.article_id
