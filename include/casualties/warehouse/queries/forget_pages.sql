UPDATE core.article_versions SET warc_file = NULL, warc_offset = NULL, warc_length = NULL
WHERE list_contains($files, warc_file)
