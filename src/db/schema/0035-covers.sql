-- A colleague who is away from a day to a day, and who covers for them: does their visits and tasks of
-- those days. Nothing else is changed by it: a visit and a task stay whose they are, and whoever covers
-- is found by the day. What was a mistake is withdrawn.
CREATE TABLE cover (
    id           BIGINT PRIMARY KEY,
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    staff_id     BIGINT NOT NULL REFERENCES staff (id),
    cover_id     BIGINT NOT NULL REFERENCES staff (id),
    from_on      TEXT NOT NULL,
    to_on        TEXT NOT NULL,
    word         TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    created_ms   BIGINT NOT NULL,
    created_by   BIGINT NOT NULL,
    withdrawn_ms BIGINT,
    CHECK (staff_id <> cover_id)
) /*sqlite: STRICT*/;
CREATE INDEX cover_of_staff ON cover (staff_id, to_on);
CREATE INDEX cover_by ON cover (cover_id, to_on);
