-- What a decision entered on the card said before it was corrected: one row for each earlier version, by
-- the number that it had.
CREATE TABLE decision_version (
    decision_id   BIGINT NOT NULL REFERENCES decision (id),
    version       BIGINT NOT NULL,
    kind          TEXT,
    law           TEXT,
    support       TEXT,
    decided_on    TEXT,
    decided_by    TEXT,
    valid_from    TEXT,
    valid_to      TEXT,
    section       TEXT,
    reasons       TEXT,
    delegation    TEXT,
    month_minutes BIGINT,
    replaced_ms   BIGINT NOT NULL,
    replaced_by   BIGINT NOT NULL,
    PRIMARY KEY (decision_id, version)
) /*sqlite: STRICT, WITHOUT ROWID*/;
