-- Whom the unit is to delete (gallring), looked through and confirmed by two people: one proposal a year,
-- a row a client with what the rule says (src/care/client/retention_rule.h). A row goes with the client;
-- taken is how many did, taken_ms when the last. kept_why: somebody keeps the client all the same, until look_again_on.
CREATE TABLE retention_proposal (
    id           BIGINT PRIMARY KEY,
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    year         BIGINT NOT NULL,
    municipality BIGINT NOT NULL,
    made_ms      BIGINT NOT NULL,
    made_by      BIGINT NOT NULL REFERENCES staff (id),
    version      BIGINT NOT NULL DEFAULT 1,
    taken        BIGINT NOT NULL DEFAULT 0,
    taken_ms     BIGINT,
    UNIQUE (unit_id, year)
) /*sqlite: STRICT*/;
CREATE TABLE retention_row (
    proposal_id   BIGINT NOT NULL REFERENCES retention_proposal (id),
    client_id     BIGINT NOT NULL REFERENCES client (id),
    state         TEXT NOT NULL CHECK (state = 'open' OR state = 'kept' OR state = 'due'),
    ground        TEXT,
    last_note     TEXT NOT NULL,
    first_on      TEXT NOT NULL,
    last_on       TEXT NOT NULL,
    proposed_by   BIGINT NOT NULL REFERENCES staff (id),
    kept_by       BIGINT REFERENCES staff (id),
    kept_why      TEXT,
    look_again_on TEXT,
    confirmed_by  BIGINT REFERENCES staff (id),
    confirmed_ms  BIGINT,
    PRIMARY KEY (proposal_id, client_id)
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE INDEX retention_row_of_client ON retention_row (client_id);

-- Entries of the log whose changes were weeded with their client; weed is the entry that says so, mac
-- stands for what is left of the entry (src/care/unit/audit_weed.h).
CREATE TABLE audit_weeded (
    seq  BIGINT PRIMARY KEY,
    weed BIGINT NOT NULL,
    mac  BYTEA NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX audit_weeded_by ON audit_weeded (weed, seq);

-- What hangs on a form is found by it, and so are entries about an intake while it had no card.
CREATE INDEX consent_of_response ON consent (response_id) WHERE response_id IS NOT NULL;
CREATE INDEX decision_of_response ON decision (response_id) WHERE response_id IS NOT NULL;
CREATE INDEX audit_of_nobody ON audit (entity, entity_id)
    WHERE client_id IS NULL AND changes IS NOT NULL;
