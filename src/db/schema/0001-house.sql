-- The house: one unit's people, visits and what came of them, tasks, and the audit log.
-- Dates are 'YYYY-MM-DD' and clock times 'HH:MM', local; *_ms are Unix milliseconds UTC;
-- week is ISO week-year * 100 + week.
-- The words of a code stand in a chain of OR: for a longer IN list the engine builds a table at each
-- row that is checked, which took a third of the time of a visit's insertion.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;

CREATE TABLE unit (
    id         BIGINT PRIMARY KEY,
    name       TEXT NOT NULL,
    demo       BIGINT NOT NULL DEFAULT 0,
    created_ms BIGINT NOT NULL
) /*sqlite: STRICT*/;

-- A row without a login is known only from an import: it has visits but cannot sign in.
CREATE TABLE staff (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    login      TEXT UNIQUE,
    code       TEXT,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (
        role = 'support-worker' OR role = 'case-officer' OR role = 'team-lead' OR
        role = 'administrator'),
    active     BIGINT NOT NULL DEFAULT 1,
    created_ms BIGINT NOT NULL,
    UNIQUE (unit_id, code)
) /*sqlite: STRICT*/;

-- protection: sekretessmarkering ('marked'), skyddad folkbokföring ('population'), fingerade
-- personuppgifter ('fictitious').
CREATE TABLE client (
    id                BIGINT PRIMARY KEY,
    unit_id           BIGINT NOT NULL REFERENCES unit (id),
    number            TEXT,
    name              TEXT NOT NULL,
    name_key          BYTEA NOT NULL,
    id_kind           TEXT NOT NULL DEFAULT 'none' CHECK (
        id_kind = 'none' OR id_kind = 'personnummer' OR
        id_kind = 'samordningsnummer' OR id_kind = 'reservnummer'),
    id_number         TEXT,
    birth_date        TEXT,
    sex               TEXT NOT NULL DEFAULT 'unknown' CHECK (
        sex = 'unknown' OR sex = 'woman' OR sex = 'man' OR sex = 'other'),
    phone             TEXT,
    email             TEXT,
    address           TEXT,
    contact           TEXT,
    language          TEXT,
    interpreter       BIGINT NOT NULL DEFAULT 0,
    protection        TEXT NOT NULL DEFAULT 'none' CHECK (
        protection = 'none' OR protection = 'marked' OR protection = 'population' OR
        protection = 'fictitious'),
    support_worker_id BIGINT REFERENCES staff (id),
    case_officer_id   BIGINT REFERENCES staff (id),
    active            BIGINT NOT NULL DEFAULT 1,
    version           BIGINT NOT NULL DEFAULT 1,
    created_ms        BIGINT NOT NULL,
    UNIQUE (unit_id, number),
    UNIQUE (unit_id, id_number)
) /*sqlite: STRICT*/;
CREATE INDEX client_by_name ON client (unit_id, name_key, id);
CREATE INDEX client_of_worker ON client (support_worker_id);
CREATE INDEX client_of_officer ON client (case_officer_id);

-- Folded words of the name, with and without å ä ö, for search by prefix (förordning 2001:637 15 §:
-- persons are searched by name, identity number or case number only). Beside each word stands its first letter alone, so
-- that the many who share it are read in the order of their names, as far as they are shown.
CREATE TABLE client_word (
    unit_id   BIGINT NOT NULL,
    word      TEXT NOT NULL,
    name_key  BYTEA NOT NULL,
    client_id BIGINT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    PRIMARY KEY (unit_id, word, name_key, client_id)
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE INDEX client_word_of_client ON client_word (client_id);

-- Staff who may open the card of a client with protected identity, beside those assigned.
CREATE TABLE client_named_staff (
    client_id BIGINT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    staff_id  BIGINT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (client_id, staff_id)
) /*sqlite: STRICT, WITHOUT ROWID*/;

CREATE TABLE series (
    id            BIGINT PRIMARY KEY,
    client_id     BIGINT NOT NULL REFERENCES client (id),
    staff_id      BIGINT REFERENCES staff (id),
    rrule         TEXT NOT NULL,
    starts_on     TEXT NOT NULL,
    ends_on       TEXT,
    start         TEXT NOT NULL,
    minutes       BIGINT NOT NULL,
    form          TEXT NOT NULL DEFAULT 'home',
    laid_out_to   TEXT,
    created_ms    BIGINT NOT NULL,
    created_by    BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX series_of_client ON series (client_id);
-- Those that are not yet laid out to their end, for unlocking: what lags behind comes first.
CREATE INDEX series_to_lay_out ON series (COALESCE(laid_out_to, ''), id)
    WHERE ends_on IS NULL OR laid_out_to IS NULL OR ends_on > laid_out_to;

-- One planned visit and, once known, what came of it. outcome NULL: not known yet.
CREATE TABLE visit (
    id                BIGINT PRIMARY KEY,
    unit_id           BIGINT NOT NULL REFERENCES unit (id),
    client_id         BIGINT NOT NULL REFERENCES client (id),
    staff_id          BIGINT REFERENCES staff (id),
    series_id         BIGINT REFERENCES series (id),
    origin_id         BIGINT REFERENCES visit (id),
    date              TEXT NOT NULL,
    start             TEXT NOT NULL,
    minutes           BIGINT NOT NULL,
    week              BIGINT NOT NULL,
    form              TEXT NOT NULL DEFAULT 'home',
    outcome           TEXT CHECK (
        outcome = 'done' OR outcome = 'done-otherwise' OR outcome = 'cancelled' OR
        outcome = 'declined' OR outcome = 'no-show' OR outcome = 'unit-cancelled' OR
        outcome = 'rebooked'),
    cancelled_by      TEXT,
    told_by           TEXT,
    notice_hours      BIGINT,
    cause             TEXT,
    cause_further     TEXT,
    cause_source      TEXT,
    words             TEXT,
    alternative       TEXT,
    alternative_taken BIGINT,
    new_visit_id      BIGINT REFERENCES visit (id),
    note              TEXT,
    version           BIGINT NOT NULL DEFAULT 1,
    recorded_ms       BIGINT,
    recorded_by       BIGINT,
    import_id         BIGINT
) /*sqlite: STRICT*/;
CREATE INDEX visit_of_unit ON visit (unit_id, date, start, id);
CREATE INDEX visit_of_staff ON visit (staff_id, date, start, id);
CREATE INDEX visit_of_client ON visit (client_id, date, start, id);
-- In the order of a list, so that a window of it is a walk along the index without sorting.
CREATE INDEX visit_by_outcome ON visit (unit_id, outcome, date, start, id) WHERE outcome IS NULL OR outcome <> 'done';
CREATE INDEX visit_by_cause ON visit (unit_id, cause, date, start, id) WHERE cause IS NOT NULL;
CREATE INDEX visit_of_series ON visit (series_id, date) WHERE series_id IS NOT NULL;
CREATE INDEX visit_of_origin ON visit (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX visit_of_new ON visit (new_visit_id) WHERE new_visit_id IS NOT NULL;

-- Every earlier state of a visit whose outcome was corrected or undone: its columns as JSON.
CREATE TABLE visit_version (
    visit_id    BIGINT NOT NULL REFERENCES visit (id),
    version     BIGINT NOT NULL,
    state       TEXT NOT NULL,
    replaced_ms BIGINT NOT NULL,
    replaced_by BIGINT NOT NULL,
    PRIMARY KEY (visit_id, version)
) /*sqlite: STRICT, WITHOUT ROWID*/;

-- Counts that a review shows, changed in the same transaction as the visit. outcome '' counts
-- visits whose outcome is not known yet.
CREATE TABLE week_outcome (
    unit_id BIGINT NOT NULL,
    week    BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    visits  BIGINT NOT NULL,
    PRIMARY KEY (unit_id, week, outcome)
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE TABLE week_cause (
    unit_id BIGINT NOT NULL,
    week    BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    cause   TEXT NOT NULL,
    visits  BIGINT NOT NULL,
    PRIMARY KEY (unit_id, week, outcome, cause)
) /*sqlite: STRICT, WITHOUT ROWID*/;

CREATE TABLE task (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    kind       TEXT NOT NULL,
    client_id  BIGINT REFERENCES client (id),
    visit_id   BIGINT REFERENCES visit (id),
    staff_id   BIGINT REFERENCES staff (id),
    due_date   TEXT NOT NULL,
    due_time   TEXT,
    note       TEXT,
    created_ms BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    done_ms    BIGINT,
    done_by    BIGINT,
    done_how   TEXT
) /*sqlite: STRICT*/;
CREATE INDEX task_open ON task (unit_id, due_date, id) WHERE done_ms IS NULL;
CREATE INDEX task_of_visit ON task (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX task_of_client ON task (client_id) WHERE client_id IS NOT NULL;

-- The full text of every version of a form that was in use, so that old codes keep their names.
CREATE TABLE form_version (
    hash          TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    version       TEXT NOT NULL,
    body          TEXT NOT NULL,
    first_seen_ms BIGINT NOT NULL
) /*sqlite: STRICT*/;

-- Files read in, and how a file's columns were mapped (remembered by its heading).
CREATE TABLE import (
    id          BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    file_name   TEXT NOT NULL,
    file_hash   TEXT NOT NULL,
    encoding    TEXT NOT NULL,
    row_count   BIGINT NOT NULL,
    imported    BIGINT NOT NULL,
    duplicates  BIGINT NOT NULL,
    rejected    BIGINT NOT NULL,
    imported_ms BIGINT NOT NULL,
    imported_by BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE TABLE import_map (
    heading TEXT PRIMARY KEY,
    mapping TEXT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;

-- The audit log. hash = BLAKE2b-256(audit key, hash of seq - 1 || this row), see care/audit.h.
CREATE TABLE audit (
    seq       BIGINT PRIMARY KEY,
    at_ms     BIGINT NOT NULL,
    staff_id  BIGINT NOT NULL,
    action    TEXT NOT NULL,
    entity    TEXT NOT NULL,
    entity_id BIGINT,
    client_id BIGINT,
    changes   TEXT,
    hash      BYTEA NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX audit_of_client ON audit (client_id, seq) WHERE client_id IS NOT NULL;

-- What somebody was typing and has not finished: saved while it is typed, offered again at the
-- next start, gone when it is saved for good.
CREATE TABLE draft (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    kind     TEXT NOT NULL,
    ref_id   BIGINT NOT NULL,
    body     TEXT NOT NULL,
    saved_ms BIGINT NOT NULL,
    PRIMARY KEY (staff_id, kind, ref_id)
) /*sqlite: STRICT, WITHOUT ROWID*/;
