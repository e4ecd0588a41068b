-- From which entry on the audit log goes under another key (src/care/unit/audit_epoch.h): with a new data key
-- the one before it lies here, so that what was written under it can still be verified. `mark` tells
-- which key is the one of this stretch. Before the first row there is one key.
CREATE TABLE audit_epoch (
    epoch      BIGINT PRIMARY KEY,
    first_seq  BIGINT NOT NULL,
    mark       BYTEA NOT NULL,
    key_before BYTEA NOT NULL,
    begun_ms   BIGINT NOT NULL
) /*sqlite: STRICT*/;
