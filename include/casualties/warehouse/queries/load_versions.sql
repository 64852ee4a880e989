INSERT INTO core.article_versions BY NAME
SELECT version_id, article_id, title, text, author, published, published_source, updated, language, method, flags, words,
    text_sha256, correction, fetched_at, warc_file, warc_offset, warc_length, $run_id AS run_id
FROM fit_versions
ON CONFLICT DO NOTHING
