-- Where the archive has the body of an article's page in full, as last had: what a later fetch of the same body refers to.

ALTER TABLE core.articles ADD COLUMN archived STRUCT(
    sha256 VARCHAR, url VARCHAR, fetched_at TIMESTAMP, file VARCHAR, "offset" BIGINT, length BIGINT
);
