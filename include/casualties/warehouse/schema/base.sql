-- What every version has: the schemas, and the record of which scripts were applied.
CREATE SCHEMA core;
CREATE SCHEMA ops;

CREATE TABLE ops.schema_versions (
    version    BIGINT PRIMARY KEY,
    script     VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

CREATE TABLE ops.schema_views (
    sha256     VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
