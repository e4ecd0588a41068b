-- The walks: forms being answered and answered, calls made for them, and what they end in.

-- Those who give care away from home; the list is the unit's own.
CREATE TABLE institution (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (
        kind = 'hvb' OR kind = 'supported-housing' OR kind = 'training-flat' OR
        kind = 'sis' OR kind = 'foster-home' OR kind = 'other'),
    active     BIGINT NOT NULL DEFAULT 1,
    created_ms BIGINT NOT NULL,
    UNIQUE (unit_id, name)
) /*sqlite: STRICT*/;

-- A placement, which three respondents are asked about when it has ended.
CREATE TABLE placement (
    id             BIGINT PRIMARY KEY,
    unit_id        BIGINT NOT NULL REFERENCES unit (id),
    client_id      BIGINT NOT NULL REFERENCES client (id),
    institution_id BIGINT REFERENCES institution (id),
    started_on     TEXT NOT NULL,
    ended_on       TEXT,
    staff_id       BIGINT REFERENCES staff (id),
    version        BIGINT NOT NULL DEFAULT 1,
    created_ms     BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX placement_of_client ON placement (client_id, started_on);
CREATE INDEX placement_of_institution ON placement (institution_id) WHERE institution_id IS NOT NULL;

-- A form being answered. An answer belongs to an item and an instance (form/answers.h); every version
-- of a form that was used lies in form_version. client_id is NULL while an intake has no card yet;
-- subject is then the name given in it. title is the form's. interview: an interview, or an intake
-- that began without a card, which not every role may see. typed is what stands in the field but is
-- no answer yet. holder is drawn anew each time the response is opened for answering: whoever holds
-- another is told so before anything is written; NULL when nobody has it open. held_by is who has
-- it, or had it last. saves tells the savings of one holder apart. Few responses are open at a
-- time, so they are sorted when listed, and an answer costs no index anything.
CREATE TABLE response (
    id             BIGINT PRIMARY KEY,
    unit_id        BIGINT NOT NULL REFERENCES unit (id),
    client_id      BIGINT REFERENCES client (id),
    subject        TEXT,
    staff_id       BIGINT NOT NULL REFERENCES staff (id),
    placement_id   BIGINT REFERENCES placement (id),
    corrects_id    BIGINT REFERENCES response (id),
    form           TEXT NOT NULL,
    form_hash      TEXT NOT NULL REFERENCES form_version (hash),
    title          TEXT NOT NULL,
    interview      BIGINT NOT NULL DEFAULT 0,
    respondent     TEXT,
    language       TEXT NOT NULL DEFAULT 'sv',
    mode           TEXT,
    interpreter    BIGINT NOT NULL DEFAULT 0,
    minutes_used   BIGINT NOT NULL DEFAULT 0,
    at_item        TEXT,
    at_instance    TEXT,
    at_number      BIGINT NOT NULL DEFAULT 0,
    typed          TEXT,
    typed_in       TEXT CHECK (
        typed_in = 'answer' OR typed_in = 'note' OR typed_in = 'reason'),
    holder         BIGINT,
    held_by        BIGINT REFERENCES staff (id),
    saves          BIGINT NOT NULL DEFAULT 0,
    begun_ms       BIGINT NOT NULL,
    continued_ms   BIGINT NOT NULL,
    completed_ms   BIGINT,
    not_done       TEXT,
    not_done_words TEXT
) /*sqlite: STRICT*/;
CREATE INDEX response_of_client ON response (client_id, form, begun_ms) WHERE client_id IS NOT NULL;
CREATE INDEX response_open ON response (unit_id) WHERE completed_ms IS NULL AND not_done IS NULL;
CREATE INDEX response_of_placement ON response (placement_id) WHERE placement_id IS NOT NULL;
CREATE INDEX response_corrects ON response (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE TABLE answer (
    response_id BIGINT NOT NULL REFERENCES response (id),
    item        TEXT NOT NULL,
    instance    TEXT NOT NULL DEFAULT '',
    kind        TEXT NOT NULL CHECK (
        kind = 'none' OR kind = 'value' OR kind = 'unknown' OR kind = 'refused' OR
        kind = 'not-asked'),
    value       TEXT,
    note        TEXT,
    reason      TEXT,
    saved_ms    BIGINT NOT NULL,
    PRIMARY KEY (response_id, item, instance)
) /*sqlite: STRICT, WITHOUT ROWID*/;

-- Calls made for a response, with what came of them.
CREATE TABLE call (
    id          BIGINT PRIMARY KEY,
    response_id BIGINT NOT NULL REFERENCES response (id),
    at_ms       BIGINT NOT NULL,
    staff_id    BIGINT NOT NULL REFERENCES staff (id),
    result      TEXT NOT NULL CHECK (
        result = 'reached' OR result = 'no-answer' OR result = 'busy' OR
        result = 'wrong-number' OR result = 'later'),
    back_date   TEXT,
    back_time   TEXT,
    note        TEXT
) /*sqlite: STRICT*/;
CREATE INDEX call_of_response ON call (response_id, at_ms);

-- To share what, with whom, for what, and until when (10 kap. 1 § and 12 kap. 2 § OSL).
CREATE TABLE consent (
    id           BIGINT PRIMARY KEY,
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    client_id    BIGINT NOT NULL REFERENCES client (id),
    response_id  BIGINT REFERENCES response (id),
    item         TEXT,
    instance     TEXT,
    given        TEXT NOT NULL CHECK (
        given = 'given' OR given = 'refused'),
    actors       TEXT,
    scope        TEXT,
    purpose      TEXT,
    exceptions   TEXT,
    form         TEXT,
    given_by     TEXT,
    given_on     TEXT,
    ends_on      TEXT,
    withdrawn_on TEXT,
    version      BIGINT NOT NULL DEFAULT 1,
    created_ms   BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX consent_of_client ON consent (client_id, created_ms);

-- What the support rests on (biståndsbeslut), or the matter that is to be decided.
CREATE TABLE decision (
    id          BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    client_id   BIGINT NOT NULL REFERENCES client (id),
    response_id BIGINT REFERENCES response (id),
    kind        TEXT,
    law         TEXT,
    asked_for   TEXT,
    support     TEXT,
    purpose     TEXT,
    hours       TEXT,
    received_on TEXT,
    due_on      TEXT,
    decided_on  TEXT,
    decided_by  TEXT,
    valid_from  TEXT,
    valid_to    TEXT,
    version     BIGINT NOT NULL DEFAULT 1,
    created_ms  BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX decision_of_client ON decision (client_id, created_ms);

-- A task that a response ended in, or that opens it at a question. A correction finds it again by
-- item and instance, and moves it instead of making a second one. Of a placement's task, item is the
-- code of the respondent who is to be asked.
ALTER TABLE task ADD COLUMN response_id BIGINT REFERENCES response (id);
ALTER TABLE task ADD COLUMN item TEXT;
ALTER TABLE task ADD COLUMN instance TEXT;
ALTER TABLE task ADD COLUMN placement_id BIGINT REFERENCES placement (id);
CREATE INDEX task_of_response ON task (response_id) WHERE response_id IS NOT NULL;
CREATE INDEX task_of_placement ON task (placement_id) WHERE placement_id IS NOT NULL;

ALTER TABLE series ADD COLUMN response_id BIGINT REFERENCES response (id);
CREATE INDEX series_of_response ON series (response_id) WHERE response_id IS NOT NULL;

-- A single first visit that a response agreed on.
ALTER TABLE visit ADD COLUMN response_id BIGINT REFERENCES response (id);
CREATE INDEX visit_of_response ON visit (response_id) WHERE response_id IS NOT NULL;
