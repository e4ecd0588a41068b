-- The help to a client ends (avslut): why, the last day, what follows. The visits after it are called off
-- by an absence of its own, whose task is to ask how it went. Never deleted but with the client:
-- reopened_on is the first day of coming here again (the day after last_on: it was a mistake).
CREATE TABLE closing (
    id           BIGINT PRIMARY KEY,
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    client_id    BIGINT NOT NULL REFERENCES client (id),
    absence_id   BIGINT NOT NULL REFERENCES absence (id),
    reason       TEXT NOT NULL,
    last_on      TEXT NOT NULL,
    follows      TEXT,
    months       BIGINT,
    words        TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    created_ms   BIGINT NOT NULL,
    created_by   BIGINT NOT NULL,
    reopened_on  TEXT,
    reopened_ms  BIGINT
) /*sqlite: STRICT*/;
CREATE INDEX closing_of_client ON closing (client_id, last_on);
CREATE INDEX closing_of_unit ON closing (unit_id, last_on);
