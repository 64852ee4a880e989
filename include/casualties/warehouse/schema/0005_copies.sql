-- What finding copies needs of stored texts, when pages vanished, and what stories say of their own corrections.

CREATE TABLE core.fingerprints (
    version_id    VARCHAR PRIMARY KEY,
    article_id    VARCHAR NOT NULL,
    publisher     VARCHAR NOT NULL,
    told_at       TIMESTAMP NOT NULL,   -- published, else fetched
    text_sha256   VARCHAR NOT NULL,
    agency        VARCHAR,              -- the news agency that wrote it, by its own word or its publisher's name
    agency_itself BOOLEAN NOT NULL,     -- the publisher is that agency
    sketch        UINTEGER[] NOT NULL,  -- the lowest hashes of its word sequences, ascending
    keys          BIGINT NOT NULL       -- how many of them, from the first on, lead to it
);

-- Without an index: a window of told_at is read, and rows come about in its order.
CREATE TABLE core.fingerprint_keys (
    key        UINTEGER NOT NULL,
    version_id VARCHAR NOT NULL,
    told_at    TIMESTAMP NOT NULL
);

ALTER TABLE core.articles ADD COLUMN gone_at TIMESTAMP;  -- when its page was first found to be no more (404, 410)
ALTER TABLE core.article_versions ADD COLUMN correction VARCHAR;  -- the sentence in which it says what was corrected
