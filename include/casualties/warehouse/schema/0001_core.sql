-- What happened: feeds, articles, and what each article version tells. Times are UTC.
-- Keys are derived from content. No foreign keys: COPY DATABASE fails on them.

CREATE TABLE core.feeds (
    feed_id         VARCHAR PRIMARY KEY,
    url             VARCHAR NOT NULL,
    title           VARCHAR,
    publisher       VARCHAR,
    country         VARCHAR,
    language        VARCHAR,
    category        VARCHAR,
    listed          BOOLEAN NOT NULL,  -- still in the OPML file
    etag            VARCHAR,
    last_modified   VARCHAR,
    body_sha256     VARCHAR,
    last_polled_at  TIMESTAMP,
    last_success_at TIMESTAMP,
    next_poll_at    TIMESTAMP,
    interval_s      BIGINT,
    failures        BIGINT NOT NULL DEFAULT 0,
    last_status     VARCHAR
);

CREATE TABLE core.articles (
    article_id         VARCHAR PRIMARY KEY,
    url                VARCHAR NOT NULL,
    publisher          VARCHAR NOT NULL,
    feed_ids           VARCHAR[] NOT NULL,
    current_version_id VARCHAR NOT NULL,
    versions           BIGINT NOT NULL,
    entry_digests      VARCHAR[] NOT NULL,  -- of its feed entries as seen so far; another one: the story is told anew
    first_seen_at      TIMESTAMP NOT NULL,
    last_fetched_at    TIMESTAMP NOT NULL,  -- when a version of it was last had
    last_looked_at     TIMESTAMP NOT NULL   -- when its page was last asked for, had or not
);

CREATE TABLE core.article_versions (
    version_id       VARCHAR PRIMARY KEY,
    article_id       VARCHAR NOT NULL,
    title            VARCHAR NOT NULL,
    text             VARCHAR NOT NULL,
    author           VARCHAR,
    published        TIMESTAMP,
    published_source VARCHAR,
    updated          TIMESTAMP,
    language         VARCHAR,
    method           VARCHAR NOT NULL,
    flags            VARCHAR[] NOT NULL,
    words            BIGINT NOT NULL,
    text_sha256      VARCHAR NOT NULL,
    fetched_at       TIMESTAMP NOT NULL,
    warc_file        VARCHAR,
    warc_offset      BIGINT,
    warc_length      BIGINT,
    run_id           VARCHAR NOT NULL
);

CREATE TABLE core.article_copies (
    version_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    copy_of    VARCHAR NOT NULL,  -- article_id of the story whose text this one repeats
    similarity DOUBLE NOT NULL,   -- 1.0 is the same text
    run_id     VARCHAR NOT NULL
);

-- That an extractor has read an article version, also where it found nothing. The newest of a version's rows decides
-- which of its reports are current.
CREATE TABLE core.extractions (
    version_id        VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    extracted_at      TIMESTAMP NOT NULL,
    run_id            VARCHAR NOT NULL,
    PRIMARY KEY (version_id, extractor_version)
);

CREATE TABLE core.event_reports (
    report_id         VARCHAR PRIMARY KEY,
    article_id        VARCHAR NOT NULL,
    version_id        VARCHAR NOT NULL,
    ordinal           BIGINT NOT NULL,
    part_of_report    VARCHAR,
    extractor_version VARCHAR NOT NULL,
    publisher         VARCHAR NOT NULL,
    published         TIMESTAMP,
    copy_of           VARCHAR,
    kind              VARCHAR NOT NULL,
    part_of           BIGINT,
    type              VARCHAR NOT NULL,
    killed            STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    injured           STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    missing           STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    displaced         STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    abducted          STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    victims           STRUCT(outcome VARCHAR, "group" VARCHAR, low BIGINT, best BIGINT, high BIGINT)[],
    place             STRUCT(name VARCHAR, gazetteer_name VARCHAR, admin1 VARCHAR, country VARCHAR,
                             lat DOUBLE, lon DOUBLE, "precision" VARCHAR),
    date              STRUCT("start" DATE, "end" DATE, "precision" VARCHAR, phrase VARCHAR),
    actors            STRUCT(name VARCHAR, role VARCHAR, status VARCHAR)[],
    denials           STRUCT("by" VARCHAR, actor VARCHAR)[],
    sources           VARCHAR[],
    confidence        DOUBLE NOT NULL,
    evidence          STRUCT(field VARCHAR, "start" BIGINT, "end" BIGINT)[],
    run_id            VARCHAR NOT NULL
);
