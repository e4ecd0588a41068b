-- Why a support worker opened the card of a client who is not theirs (src/care/client/client_guard.h): it
-- opens for that day. A team lead looks them through: seen_ms.
CREATE TABLE client_reason (
    id        BIGINT PRIMARY KEY,
    unit_id   BIGINT NOT NULL REFERENCES unit (id),
    client_id BIGINT NOT NULL REFERENCES client (id),
    staff_id  BIGINT NOT NULL REFERENCES staff (id),
    day       TEXT NOT NULL,
    reason    TEXT NOT NULL,
    words     TEXT,
    given_ms  BIGINT NOT NULL,
    seen_by   BIGINT REFERENCES staff (id),
    seen_ms   BIGINT,
    UNIQUE (staff_id, client_id, day)
) /*sqlite: STRICT*/;
CREATE INDEX client_reason_unseen ON client_reason (unit_id, given_ms) WHERE seen_ms IS NULL;
CREATE INDEX client_reason_of_client ON client_reason (client_id);

-- That the openings of a month (YYYY-MM) were looked through, and what was found.
CREATE TABLE log_review (
    id        BIGINT PRIMARY KEY,
    unit_id   BIGINT NOT NULL REFERENCES unit (id),
    month     TEXT NOT NULL,
    staff_id  BIGINT NOT NULL REFERENCES staff (id),
    openings  BIGINT NOT NULL,
    looked_at BIGINT NOT NULL,
    found     TEXT,
    signed_ms BIGINT NOT NULL,
    UNIQUE (unit_id, month)
) /*sqlite: STRICT*/;

-- Whose client somebody is for a support worker is asked with every list.
CREATE INDEX series_of_staff ON series (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX task_of_staff ON task (staff_id) WHERE done_ms IS NULL AND staff_id IS NOT NULL;
CREATE INDEX response_of_staff ON response (staff_id) WHERE completed_ms IS NULL AND not_done IS NULL;
CREATE INDEX client_named_of_staff ON client_named_staff (staff_id);
-- Who opened whose card, by time.
CREATE INDEX audit_read ON audit (at_ms, staff_id) WHERE action = 'read';
