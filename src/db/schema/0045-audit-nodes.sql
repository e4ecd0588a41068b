-- A log for each computer that writes: the unit's own, and those of computers that were away and came home
-- (src/care/unit/audit_carry.h). node is the number in meta 'node' of whoever wrote it; what has stood here
-- until now is the unit's own.
CREATE TABLE audit_anew (
    node      BIGINT NOT NULL,
    seq       BIGINT NOT NULL,
    at_ms     BIGINT NOT NULL,
    staff_id  BIGINT NOT NULL,
    action    TEXT NOT NULL,
    entity    TEXT NOT NULL,
    entity_id BIGINT,
    client_id BIGINT,
    changes   TEXT,
    hash      BYTEA NOT NULL,
    PRIMARY KEY (node, seq)
) /*sqlite: STRICT, WITHOUT ROWID*/;
INSERT INTO audit_anew (node, seq, at_ms, staff_id, action, entity, entity_id, client_id, changes, hash)
    SELECT COALESCE((SELECT CAST(m.value AS BIGINT) FROM meta m WHERE m.key = 'node'), 0),
           a.seq, a.at_ms, a.staff_id, a.action, a.entity, a.entity_id, a.client_id, a.changes, a.hash
    FROM audit a ORDER BY a.seq;
DROP TABLE audit;
ALTER TABLE audit_anew RENAME TO audit;
-- What is shown of several logs stands in order of time.
CREATE INDEX audit_of_client ON audit (client_id, at_ms, node, seq) WHERE client_id IS NOT NULL;
-- Looked up by what it is about, whatever the log: the unit's own has nearly all of it.
CREATE INDEX audit_of_standing ON audit (entity, seq)
    WHERE changes IS NOT NULL AND (entity = 'staff' OR entity = 'client');
CREATE INDEX audit_read ON audit (at_ms, staff_id) WHERE action = 'read';
CREATE INDEX audit_of_nobody ON audit (entity, entity_id)
    WHERE client_id IS NULL AND changes IS NOT NULL;

-- weed is an entry of the unit's own log.
CREATE TABLE audit_weeded_anew (
    node BIGINT NOT NULL,
    seq  BIGINT NOT NULL,
    weed BIGINT NOT NULL,
    mac  BYTEA NOT NULL,
    PRIMARY KEY (node, seq)
) /*sqlite: STRICT, WITHOUT ROWID*/;
INSERT INTO audit_weeded_anew (node, seq, weed, mac)
    SELECT COALESCE((SELECT CAST(m.value AS BIGINT) FROM meta m WHERE m.key = 'node'), 0),
           w.seq, w.weed, w.mac
    FROM audit_weeded w ORDER BY w.seq;
DROP TABLE audit_weeded;
ALTER TABLE audit_weeded_anew RENAME TO audit_weeded;
CREATE INDEX audit_weeded_by ON audit_weeded (weed, node, seq);
