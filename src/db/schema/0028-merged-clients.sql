-- Two cards of one person (src/care/client/client_merge.h): one is kept; the other is closed, stays with
-- what it says, and points at the kept one. What was moved is told row by row, and what was changed on the
-- kept card field by field, so that it can be undone.
ALTER TABLE client ADD COLUMN merged_into BIGINT REFERENCES client (id);
CREATE INDEX client_merged ON client (merged_into) WHERE merged_into IS NOT NULL;
-- For finding two cards of one person.
CREATE INDEX client_by_birth ON client (unit_id, birth_date, name_key);

CREATE TABLE client_merge (
    id               BIGINT PRIMARY KEY,
    unit_id          BIGINT NOT NULL REFERENCES unit (id),
    kept_id          BIGINT NOT NULL REFERENCES client (id),
    closed_id        BIGINT NOT NULL REFERENCES client (id),
    closed_number    TEXT,
    closed_id_number TEXT,
    closed_active    BIGINT NOT NULL,
    merged_ms        BIGINT NOT NULL,
    merged_by        BIGINT REFERENCES staff (id),
    undone_ms        BIGINT,
    undone_by        BIGINT REFERENCES staff (id)
) /*sqlite: STRICT*/;
CREATE INDEX client_merge_of_kept ON client_merge (kept_id);
CREATE INDEX client_merge_of_closed ON client_merge (closed_id);

-- row_text is what tells rows of a table without an id apart. how: 'moved' from the closed card, 'given' to
-- or 'taken' from the kept one.
CREATE TABLE client_merge_row (
    merge_id   BIGINT NOT NULL REFERENCES client_merge (id),
    table_name TEXT NOT NULL,
    how        TEXT NOT NULL CHECK (how = 'moved' OR how = 'given' OR how = 'taken'),
    row_id     BIGINT NOT NULL,
    row_text   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (merge_id, table_name, how, row_id, row_text)
) /*sqlite: STRICT, WITHOUT ROWID*/;

CREATE TABLE client_merge_field (
    merge_id BIGINT NOT NULL REFERENCES client_merge (id),
    field    TEXT NOT NULL,
    before   TEXT,
    after    TEXT,
    PRIMARY KEY (merge_id, field)
) /*sqlite: STRICT, WITHOUT ROWID*/;

-- What the person was called, and had for numbers, before: the kept card is found by it.
CREATE TABLE client_former (
    id        BIGINT PRIMARY KEY,
    unit_id   BIGINT NOT NULL REFERENCES unit (id),
    client_id BIGINT NOT NULL REFERENCES client (id),
    merge_id  BIGINT NOT NULL REFERENCES client_merge (id),
    kind      TEXT NOT NULL CHECK (kind = 'name' OR kind = 'number' OR kind = 'id_number'),
    value     TEXT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX client_former_of_client ON client_former (client_id);
CREATE INDEX client_former_of_merge ON client_former (merge_id);
CREATE INDEX client_former_by_value ON client_former (unit_id, kind, value);

-- Two cards that look as if they were one person's, and are not: somebody has looked. client_id < other_id.
CREATE TABLE client_apart (
    client_id BIGINT NOT NULL REFERENCES client (id),
    other_id  BIGINT NOT NULL REFERENCES client (id),
    said_ms   BIGINT NOT NULL,
    said_by   BIGINT REFERENCES staff (id),
    PRIMARY KEY (client_id, other_id)
) /*sqlite: STRICT, WITHOUT ROWID*/;
CREATE INDEX client_apart_of_other ON client_apart (other_id);
