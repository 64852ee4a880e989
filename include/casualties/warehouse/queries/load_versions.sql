-- In the order of the key, as articles and extractions: the index is then made in half the time. Reports, which are wide,
-- cost more to sort than that saves.
INSERT INTO core.article_versions BY NAME
SELECT version_id, article_id, title, text, author, published, published_source, updated, language, method, flags, words,
    text_sha256, correction, fetched_at, warc_file, warc_offset, warc_length, $run_id AS run_id
FROM staged_article AS article
SEMI JOIN (FROM fit_versions WHERE is_new) AS fit ON fit.staged_row = article.staged_row
ORDER BY version_id
