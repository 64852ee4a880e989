-- Reports of one event, across outlets, as one incident.

-- What the linker compares beside a report's own columns.
CREATE TABLE core.report_terms (
    report_id VARCHAR PRIMARY KEY,
    terms     VARCHAR[] NOT NULL  -- names, sites and ages around the event, lower case
);

-- Under which keys (place and day) a report can be found by another that may be of the same incident.
CREATE TABLE core.report_blocks (
    block     VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL
);

-- A link ends when its report is superseded or moves to another incident; it is never deleted.
CREATE TABLE core.incident_reports (
    report_id   VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    linked_at   TIMESTAMP NOT NULL,
    unlinked_at TIMESTAMP,
    clues       STRUCT("name" VARCHAR, score DOUBLE)[] NOT NULL,  -- against the report it matched best; [] for a first report
    matched     VARCHAR,  -- report_id of that report
    run_id      VARCHAR NOT NULL
);

-- Append-only: a whole row each time an incident changes.
CREATE TABLE core.incident_history (
    incident_id         VARCHAR NOT NULL,
    revision            BIGINT NOT NULL,
    known_from          TIMESTAMP NOT NULL,
    change              VARCHAR NOT NULL,
    type                VARCHAR NOT NULL,
    place               STRUCT(name VARCHAR, gazetteer_name VARCHAR, admin1 VARCHAR, country VARCHAR,
                               lat DOUBLE, lon DOUBLE, "precision" VARCHAR),
    date                STRUCT("start" DATE, "end" DATE, "precision" VARCHAR, phrase VARCHAR),
    killed              STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    injured             STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    missing             STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    displaced           STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    abducted            STRUCT(low BIGINT, best BIGINT, high BIGINT, basis VARCHAR, phrase VARCHAR),
    victims             STRUCT(outcome VARCHAR, "group" VARCHAR, low BIGINT, best BIGINT, high BIGINT)[],
    actors              STRUCT(name VARCHAR, role VARCHAR, status VARCHAR)[],
    denials             STRUCT("by" VARCHAR, actor VARCHAR)[],
    sources             VARCHAR[],
    publishers          VARCHAR[],
    reports             BIGINT NOT NULL,
    independent_sources BIGINT NOT NULL,
    sources_disagree    BOOLEAN NOT NULL,
    confidence          DOUBLE NOT NULL,
    first_reported      TIMESTAMP,
    last_reported       TIMESTAMP,
    part_of             VARCHAR,
    merged_into         VARCHAR,
    run_id              VARCHAR NOT NULL,
    PRIMARY KEY (incident_id, revision)
);
