-- Named groups of clients, each client from a day to a day, so that every number can be shown of the
-- group and of the rest of the unit.
CREATE TABLE client_group (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    name       TEXT NOT NULL,
    ended_on   TEXT,
    created_ms BIGINT NOT NULL,
    UNIQUE (unit_id, name)
) /*sqlite: STRICT*/;
CREATE TABLE client_group_member (
    group_id  BIGINT NOT NULL REFERENCES client_group (id),
    client_id BIGINT NOT NULL REFERENCES client (id),
    from_on   TEXT NOT NULL,
    to_on     TEXT,
    PRIMARY KEY (group_id, client_id, from_on)
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE INDEX client_group_of_client ON client_group_member (client_id);

-- The first visit of each client that counts as a meeting (src/care/visit/meeting.h).
CREATE TABLE first_visit (
    client_id BIGINT PRIMARY KEY REFERENCES client (id),
    visit_id  BIGINT NOT NULL,
    week      BIGINT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;
INSERT INTO first_visit (client_id, visit_id, week)
    SELECT v.client_id, v.id, v.week FROM client c JOIN visit v ON v.id = (
        SELECT f.id FROM visit f WHERE f.client_id = c.id AND f.stand_in = 0
        AND (f.outcome IS NULL OR (f.outcome <> 'rebooked' AND f.outcome <> 'unit-cancelled'))
        ORDER BY f.date, f.start, f.id LIMIT 1);

-- What the visits of a week say, split every way (src/care/visit/split.h): of the unit (group_id 0)
-- and of each group. They hold while the week stands in week_counted; whatever changes what they are
-- counted from takes it away from there.
CREATE TABLE week_counted (
    unit_id BIGINT NOT NULL,
    week    BIGINT NOT NULL,
    PRIMARY KEY (unit_id, week)
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE TABLE week_cell (
    unit_id    BIGINT NOT NULL,
    group_id   BIGINT NOT NULL,
    week       BIGINT NOT NULL,
    split      TEXT NOT NULL,
    value      TEXT NOT NULL,
    planned    BIGINT NOT NULL,
    recorded   BIGINT NOT NULL,
    missed     BIGINT NOT NULL,
    otherwise  BIGINT NOT NULL,
    behind     BIGINT NOT NULL,
    offered    BIGINT NOT NULL,
    taken      BIGINT NOT NULL,
    took_place BIGINT NOT NULL,
    rebooked   BIGINT NOT NULL,
    persons    BIGINT NOT NULL,
    PRIMARY KEY (unit_id, group_id, week, split, value)
) /*sqlite: STRICT, WITHOUT ROWID*/;
