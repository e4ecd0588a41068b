-- What whoever goes to a client must know to be safe. Written over by the next one, which leaves the
-- earlier ended; seen only by those who go (client/risk_note.h).
CREATE TABLE risk_note (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    client_id  BIGINT NOT NULL REFERENCES client (id),
    words      TEXT NOT NULL,
    staff_id   BIGINT REFERENCES staff (id),
    created_ms BIGINT NOT NULL,
    ended_ms   BIGINT,
    ended_by   BIGINT REFERENCES staff (id)
) /*sqlite: STRICT*/;
CREATE INDEX risk_note_of_client ON risk_note (client_id, ended_ms);
-- A colleague is out, and somebody rings when they are not back by ring_ms.
CREATE TABLE out_home (
    id       BIGINT PRIMARY KEY,
    unit_id  BIGINT NOT NULL REFERENCES unit (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    visit_id BIGINT REFERENCES visit (id),
    out_ms   BIGINT NOT NULL,
    ring_ms  BIGINT NOT NULL,
    back_ms  BIGINT,
    ended_by BIGINT REFERENCES staff (id)
) /*sqlite: STRICT*/;
CREATE INDEX out_home_now ON out_home (unit_id, back_ms);
CREATE INDEX out_home_of_visit ON out_home (visit_id) WHERE visit_id IS NOT NULL;
-- Two go: a second worker on a visit, and on those that a series lays out.
CREATE TABLE visit_second (
    visit_id   BIGINT PRIMARY KEY REFERENCES visit (id),
    staff_id   BIGINT NOT NULL REFERENCES staff (id),
    created_ms BIGINT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE INDEX visit_second_of_staff ON visit_second (staff_id);
CREATE TABLE series_second (
    series_id  BIGINT PRIMARY KEY REFERENCES series (id),
    staff_id   BIGINT NOT NULL REFERENCES staff (id),
    created_ms BIGINT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;
