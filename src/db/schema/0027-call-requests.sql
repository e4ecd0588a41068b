-- Somebody who rang and is to be called back: what is to be done is the task; here stands from when the
-- clock runs, and each time they had to ring again.
CREATE TABLE call_request (
    task_id BIGINT PRIMARY KEY REFERENCES task (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    came_ms BIGINT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE INDEX call_request_of_unit ON call_request (unit_id, came_ms);
CREATE TABLE call_reminder (
    id       BIGINT PRIMARY KEY,
    unit_id  BIGINT NOT NULL REFERENCES unit (id),
    task_id  BIGINT NOT NULL REFERENCES call_request (task_id),
    at_ms    BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id)
) /*sqlite: STRICT*/;
CREATE INDEX call_reminder_of_unit ON call_reminder (unit_id, at_ms);
CREATE INDEX call_reminder_of_task ON call_reminder (task_id);
-- At most so many reminders a year, as the unit has set itself; NULL: nothing is set.
ALTER TABLE unit ADD COLUMN reminders_most BIGINT;
