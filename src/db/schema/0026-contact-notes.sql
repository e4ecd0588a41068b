-- What was said or came in about a client, otherwise than in a form or at a visit (27 § förvaltningslagen,
-- 2017:900). Never changed: a correction is a row of its own, and replaced_id of the corrected one names
-- it. party NULL: the client.
CREATE TABLE contact_note (
    id          BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    client_id   BIGINT NOT NULL REFERENCES client (id),
    mode        TEXT NOT NULL,
    party       TEXT,
    day         TEXT NOT NULL,
    time        TEXT,
    note        TEXT NOT NULL,
    words       TEXT,
    replaced_id BIGINT REFERENCES contact_note (id),
    staff_id    BIGINT REFERENCES staff (id),
    created_ms  BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX contact_note_of_client ON contact_note (client_id, day);
