-- An order (beställning) to the one who carries out what a decision grants. What it grants stands in the
-- decision alone; decision_version is which of its versions was sent.
CREATE TABLE care_order (
    id               BIGINT PRIMARY KEY,
    unit_id          BIGINT NOT NULL REFERENCES unit (id),
    client_id        BIGINT NOT NULL REFERENCES client (id),
    decision_id      BIGINT NOT NULL REFERENCES decision (id),
    provider         TEXT NOT NULL,
    contact          TEXT,
    contact_phone    TEXT,
    aims             TEXT,
    words            TEXT,
    ordered_on       TEXT NOT NULL,
    sent_on          TEXT,
    decision_version BIGINT,
    version          BIGINT NOT NULL DEFAULT 1,
    created_ms       BIGINT NOT NULL,
    created_by       BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX care_order_of_client ON care_order (client_id);
CREATE INDEX care_order_of_decision ON care_order (decision_id);
-- The plan for how it is carried out (genomförandeplan), which is awaited until it has come. order_id NULL:
-- it rests on the decision without an order. letter_on: when the provider was last told that it is late.
CREATE TABLE implementation (
    id          BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    client_id   BIGINT NOT NULL REFERENCES client (id),
    decision_id BIGINT NOT NULL REFERENCES decision (id),
    order_id    BIGINT REFERENCES care_order (id),
    due_on      TEXT NOT NULL,
    arrived_on  TEXT,
    part        TEXT,
    part_source TEXT,
    words       TEXT,
    follow_on   TEXT,
    letter_on   TEXT,
    version     BIGINT NOT NULL DEFAULT 1,
    created_ms  BIGINT NOT NULL,
    created_by  BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX implementation_of_client ON implementation (client_id);
CREATE INDEX implementation_of_decision ON implementation (decision_id);
CREATE INDEX implementation_of_order ON implementation (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX implementation_due ON implementation (unit_id, due_on);
ALTER TABLE task ADD COLUMN implementation_id BIGINT REFERENCES implementation (id) ON DELETE SET NULL;
CREATE INDEX task_of_implementation ON task (implementation_id) WHERE implementation_id IS NOT NULL;
-- Within how many days, as the unit has set it; NULL: as the program does by itself, or no aim.
ALTER TABLE unit ADD COLUMN plan_days BIGINT;
ALTER TABLE unit ADD COLUMN first_visit_days BIGINT;
ALTER TABLE unit ADD COLUMN sip_call_days BIGINT;
