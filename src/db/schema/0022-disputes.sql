-- What a client says is wrong in what is kept (src/care/client/dispute.h). entry says in words what it
-- is about; field is the card's column. What it was about may be taken away later: the words stay.
CREATE TABLE dispute (
    id          BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    client_id   BIGINT NOT NULL REFERENCES client (id),
    about       TEXT NOT NULL CHECK (
        about = 'card' OR about = 'visit' OR about = 'response' OR about = 'decision' OR
        about = 'other'),
    field       TEXT,
    visit_id    BIGINT REFERENCES visit (id) ON DELETE SET NULL,
    response_id BIGINT REFERENCES response (id) ON DELETE SET NULL,
    decision_id BIGINT REFERENCES decision (id) ON DELETE SET NULL,
    task_id     BIGINT REFERENCES task (id) ON DELETE SET NULL,
    entry       TEXT NOT NULL,
    words       TEXT NOT NULL,
    said_on     TEXT NOT NULL,
    staff_id    BIGINT REFERENCES staff (id),
    created_ms  BIGINT NOT NULL,
    outcome     TEXT CHECK (outcome = 'corrected' OR outcome = 'stands'),
    reason      TEXT,
    settled_by  BIGINT REFERENCES staff (id),
    settled_ms  BIGINT
) /*sqlite: STRICT*/;
CREATE INDEX dispute_of_client ON dispute (client_id);
CREATE INDEX dispute_of_visit ON dispute (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX dispute_of_response ON dispute (response_id) WHERE response_id IS NOT NULL;
CREATE INDEX dispute_of_decision ON dispute (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX dispute_of_task ON dispute (task_id) WHERE task_id IS NOT NULL;
