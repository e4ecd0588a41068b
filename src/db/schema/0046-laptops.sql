-- A part of the unit taken along on a laptop (src/care/laptop/). `away` and `away_response` are kept by
-- the unit, `outbox` by the file on the laptop. until_on is the last day on which that file opens.
CREATE TABLE away (
    node        BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    staff_id    BIGINT NOT NULL REFERENCES staff (id),
    database_id TEXT NOT NULL,
    since_ms    BIGINT NOT NULL,
    until_on    TEXT NOT NULL,
    clients     BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state = 'out' OR state = 'home' OR state = 'lost'),
    state_ms    BIGINT NOT NULL,
    state_by    BIGINT REFERENCES staff (id)
) /*sqlite: STRICT*/;
CREATE INDEX away_now ON away (unit_id, state);
-- A form that goes on on the laptop alone until it is home.
CREATE TABLE away_response (
    response_id BIGINT PRIMARY KEY REFERENCES response (id),
    node        BIGINT NOT NULL REFERENCES away (node)
) /*sqlite: STRICT, WITHOUT ROWID*/;
-- What was done on the laptop, in its order: name and arguments (src/care/unit/deed.h), and the ids
-- that were drawn.
CREATE TABLE outbox (
    seq   BIGINT PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    name  TEXT NOT NULL,
    body  TEXT NOT NULL,
    ids   TEXT NOT NULL
) /*sqlite: STRICT*/;
-- What of it has come home; written with its effect, so that it comes once.
CREATE TABLE sync_op (
    node    BIGINT NOT NULL REFERENCES away (node),
    seq     BIGINT NOT NULL,
    name    TEXT NOT NULL,
    outcome TEXT NOT NULL,
    home_ms BIGINT NOT NULL,
    PRIMARY KEY (node, seq)
) /*sqlite: STRICT, WITHOUT ROWID*/;
-- What was done on a laptop and did not fit what had been done at home meanwhile: kept whole until
-- somebody says which holds. of_seq is what the outbox had last of the visit.
CREATE TABLE away_proposal (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    node       BIGINT NOT NULL REFERENCES away (node),
    of_seq     BIGINT NOT NULL,
    client_id  BIGINT NOT NULL REFERENCES client (id),
    visit_id   BIGINT REFERENCES visit (id),
    task_id    BIGINT REFERENCES task (id) ON DELETE SET NULL,
    staff_id   BIGINT NOT NULL REFERENCES staff (id),
    at_ms      BIGINT NOT NULL,
    name       TEXT NOT NULL,
    body       TEXT NOT NULL,
    why        TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    settled    TEXT CHECK (settled = 'taken' OR settled = 'left' OR settled = 'withdrawn'),
    settled_ms BIGINT,
    settled_by BIGINT REFERENCES staff (id)
) /*sqlite: STRICT*/;
CREATE INDEX away_proposal_of_client ON away_proposal (client_id);
CREATE INDEX away_proposal_of_visit ON away_proposal (visit_id) WHERE visit_id IS NOT NULL;
