-- A client's own words that the client lets the unit show at the meeting on improvement work, without
-- a name. Whoever takes it back has the day in withdrawn_on: the row stays to be seen, on no paper.
CREATE TABLE quote (
    id           BIGINT PRIMARY KEY,
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    client_id    BIGINT NOT NULL REFERENCES client (id),
    words        TEXT NOT NULL,
    said_on      TEXT NOT NULL,
    allowed_on   TEXT NOT NULL,
    withdrawn_on TEXT,
    staff_id     BIGINT REFERENCES staff (id),
    created_ms   BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX quote_of_client ON quote (client_id);
CREATE INDEX quote_of_unit ON quote (unit_id, allowed_on);
