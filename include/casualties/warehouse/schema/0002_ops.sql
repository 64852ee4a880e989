-- How the pipeline fared.

CREATE TABLE ops.loads (
    run_id            VARCHAR PRIMARY KEY,
    loaded_at         TIMESTAMP NOT NULL,
    extractor_version VARCHAR NOT NULL,
    feeds_polled      BIGINT NOT NULL,
    feeds_failed      BIGINT NOT NULL,
    entries           BIGINT NOT NULL,
    new_articles      BIGINT NOT NULL,
    new_versions      BIGINT NOT NULL,
    copies            BIGINT NOT NULL,
    reports           BIGINT NOT NULL,
    incidents_opened  BIGINT NOT NULL,
    incidents_changed BIGINT NOT NULL,
    quarantined       BIGINT NOT NULL,
    critical          BOOLEAN NOT NULL,  -- a critical expectation failed: only ops rows were loaded
    seconds           DOUBLE NOT NULL
);

CREATE TABLE ops.feed_polls (
    run_id        VARCHAR NOT NULL,
    feed_id       VARCHAR NOT NULL,
    url           VARCHAR NOT NULL,
    polled_at     TIMESTAMP NOT NULL,
    status        VARCHAR NOT NULL,
    http_status   BIGINT,
    items         BIGINT NOT NULL,
    new_items     BIGINT NOT NULL,
    bytes         BIGINT NOT NULL,
    seconds       DOUBLE NOT NULL,
    error         VARCHAR,
    redirected_to VARCHAR,
    failures      BIGINT NOT NULL,  -- in a row, this one included
    next_poll_at  TIMESTAMP,
    PRIMARY KEY (run_id, feed_id)
);

CREATE TABLE ops.validation_results (
    run_id      VARCHAR NOT NULL,
    suite       VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    severity    VARCHAR NOT NULL,
    outcome     VARCHAR NOT NULL,
    evaluated   BIGINT NOT NULL,
    failed      BIGINT NOT NULL,
    message     VARCHAR NOT NULL,
    samples     VARCHAR[] NOT NULL,
    checked_at  TIMESTAMP NOT NULL
);

CREATE TABLE ops.quarantine (
    quarantine_id  VARCHAR PRIMARY KEY,
    run_id         VARCHAR NOT NULL,
    stage          VARCHAR NOT NULL,
    subject        VARCHAR NOT NULL,
    subject_id     VARCHAR NOT NULL,
    rule           VARCHAR NOT NULL,
    reason         VARCHAR NOT NULL,
    value          VARCHAR,
    url            VARCHAR,
    "row"          VARCHAR NOT NULL,  -- the whole row as JSON
    quarantined_at TIMESTAMP NOT NULL
);

CREATE TABLE ops.alerts (
    alert_id       VARCHAR PRIMARY KEY,
    run_id         VARCHAR,
    subject        VARCHAR NOT NULL,
    body           VARCHAR NOT NULL,
    channels       BIGINT NOT NULL,
    delivered      BOOLEAN NOT NULL,
    error          VARCHAR,
    sent_at        TIMESTAMP NOT NULL,
    silenced_until TIMESTAMP,
    silenced_why   VARCHAR
);
