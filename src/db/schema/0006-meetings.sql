-- One planned meeting counts once, whatever became of it (src/care/visit/meeting.h). stand_in is 1 on a
-- visit that was made in place of another one (an alternative, a new time) whose meeting counts
-- there; the counts of the weeks tell how many of the visits are such ones.
ALTER TABLE visit ADD COLUMN stand_in BIGINT NOT NULL DEFAULT 0 CHECK (stand_in = 0 OR stand_in = 1);
ALTER TABLE week_outcome ADD COLUMN stand_in BIGINT NOT NULL DEFAULT 0;
ALTER TABLE week_cause ADD COLUMN stand_in BIGINT NOT NULL DEFAULT 0;

-- A visit that was called off by the unit or rebooked does not count itself, so its meeting goes on to
-- the visit that came in its place: the new time, or else the first that was made.
UPDATE visit SET stand_in = 1 WHERE origin_id IS NOT NULL AND id NOT IN (
    WITH RECURSIVE meeting (id) AS (
        SELECT id FROM visit
        WHERE origin_id IS NULL AND (outcome = 'rebooked' OR outcome = 'unit-cancelled')
        UNION ALL
        SELECT made.id FROM meeting
        JOIN visit origin ON origin.id = meeting.id
        JOIN visit made ON made.origin_id = origin.id
        WHERE (origin.outcome = 'rebooked' OR origin.outcome = 'unit-cancelled')
        AND made.id = COALESCE(origin.new_visit_id,
            (SELECT MIN(o.id) FROM visit o WHERE o.origin_id = origin.id)))
    SELECT id FROM meeting);
INSERT INTO week_outcome (unit_id, week, outcome, visits, stand_in)
    SELECT unit_id, week, COALESCE(outcome, ''), 0, COUNT(*) FROM visit WHERE stand_in = 1
    GROUP BY unit_id, week, COALESCE(outcome, '')
    ON CONFLICT (unit_id, week, outcome) DO UPDATE SET stand_in = excluded.stand_in;
INSERT INTO week_cause (unit_id, week, outcome, cause, visits, stand_in)
    SELECT unit_id, week, outcome, COALESCE(cause, ''), 0, COUNT(*) FROM visit
    WHERE stand_in = 1 AND outcome <> 'done' GROUP BY unit_id, week, outcome, COALESCE(cause, '')
    ON CONFLICT (unit_id, week, outcome, cause) DO UPDATE SET stand_in = excluded.stand_in;
