SELECT warc_file AS file
FROM core.article_versions
WHERE warc_file IS NOT NULL
UNION
SELECT regexp_extract("row", '"warc_file": "([^"]+)"', 1) AS file
FROM ops.quarantine
WHERE file <> ''
