-- Improvement work: what the unit wants to reach with a share, by which changes and small tests, and notes
-- on the weeks of its line. target is in thousandths of the share not taken. A note that was taken away
-- has no words left; the audit log keeps what they were.
CREATE TABLE improvement (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    name       TEXT NOT NULL,
    aim        TEXT,
    measure    TEXT,
    target     BIGINT CHECK (target >= 0 AND target <= 1000),
    begun_on   TEXT NOT NULL,
    ended_on   TEXT,
    version    BIGINT NOT NULL DEFAULT 1,
    created_ms BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX improvement_of_unit ON improvement (unit_id, begun_on);

-- A change in the way of working or a small test of one, as a PDSA cycle: the prediction (plan), what
-- happened (do), what it taught (study) and what comes next (act). rebase is 1 where centre line and limits
-- are counted anew from its week on.
CREATE TABLE cycle (
    id             BIGINT PRIMARY KEY,
    unit_id        BIGINT NOT NULL REFERENCES unit (id),
    improvement_id BIGINT NOT NULL REFERENCES improvement (id),
    kind           TEXT NOT NULL CHECK (kind = 'change' OR kind = 'test'),
    name           TEXT NOT NULL,
    from_on        TEXT NOT NULL,
    rebase         BIGINT NOT NULL DEFAULT 0 CHECK (rebase = 0 OR rebase = 1),
    prediction     TEXT,
    happened       TEXT,
    learned        TEXT,
    next           TEXT,
    version        BIGINT NOT NULL DEFAULT 1,
    created_ms     BIGINT NOT NULL
) /*sqlite: STRICT*/;
CREATE INDEX cycle_of_improvement ON cycle (improvement_id, from_on);
CREATE INDEX cycle_of_unit ON cycle (unit_id, from_on);

CREATE TABLE week_note (
    id         BIGINT PRIMARY KEY,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    week       BIGINT NOT NULL,
    words      TEXT,
    staff_id   BIGINT REFERENCES staff (id),
    noted_ms   BIGINT NOT NULL,
    UNIQUE (unit_id, week)
) /*sqlite: STRICT*/;
