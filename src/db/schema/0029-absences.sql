-- A client who is away from a day to a day (to_on NULL: until further notice): the visits of those days
-- are called off with its cause, and named by absence_id while that is what stands on them. Never
-- deleted but with the client: what was entered by mistake is withdrawn.
CREATE TABLE absence (
    id           BIGINT PRIMARY KEY,
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    client_id    BIGINT NOT NULL REFERENCES client (id),
    cause        TEXT NOT NULL,
    from_on      TEXT NOT NULL,
    to_on        TEXT,
    words        TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    created_ms   BIGINT NOT NULL,
    created_by   BIGINT NOT NULL,
    withdrawn_ms BIGINT
) /*sqlite: STRICT*/;
CREATE INDEX absence_of_client ON absence (client_id, from_on);
CREATE INDEX absence_of_unit ON absence (unit_id, from_on);
ALTER TABLE visit ADD COLUMN absence_id BIGINT REFERENCES absence (id);
CREATE INDEX visit_of_absence ON visit (absence_id) WHERE absence_id IS NOT NULL;
-- To call on the day of return.
ALTER TABLE task ADD COLUMN absence_id BIGINT REFERENCES absence (id);
CREATE INDEX task_of_absence ON task (absence_id) WHERE absence_id IS NOT NULL;
