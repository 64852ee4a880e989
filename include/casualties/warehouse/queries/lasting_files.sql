-- Files of the archive with the page of an article's newest version, or of a quarantined row on which nothing was decided.
SELECT version.warc_file AS file
FROM core.articles AS article
JOIN core.article_versions AS version ON version.version_id = article.current_version_id
WHERE version.warc_file IS NOT NULL
UNION
SELECT regexp_extract("row", '"warc_file": "([^"]+)"', 1) AS file
FROM ops.quarantine AS bad
ANTI JOIN ops.quarantine_decisions AS decided ON decided.quarantine_id = bad.quarantine_id
WHERE file <> ''
