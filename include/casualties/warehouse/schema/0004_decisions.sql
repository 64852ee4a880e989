-- What operators decided on quarantined rows, and who, when and why; of several on one row the newest holds.
CREATE TABLE ops.quarantine_decisions (
    quarantine_id VARCHAR NOT NULL,
    decision      VARCHAR NOT NULL,  -- released: judged again with its rule waived; dropped: stays out for good
    subject_id    VARCHAR NOT NULL,
    rule          VARCHAR NOT NULL,
    why           VARCHAR NOT NULL,
    decided_by    VARCHAR NOT NULL,
    decided_at    TIMESTAMP NOT NULL,
    run_id        VARCHAR NOT NULL,  -- of the replay that carried it out
    PRIMARY KEY (quarantine_id, run_id)
);
