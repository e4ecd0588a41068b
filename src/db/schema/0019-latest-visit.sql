-- The latest visit of each client that took place, so that who has taken none since is found without
-- looking at anybody's visits that did (src/care/visit/at_risk.h).
CREATE TABLE latest_visit (
    client_id BIGINT PRIMARY KEY REFERENCES client (id),
    date      TEXT NOT NULL,
    start     TEXT NOT NULL
) /*sqlite: STRICT, WITHOUT ROWID*/;
INSERT INTO latest_visit (client_id, date, start)
    SELECT v.client_id, v.date, v.start FROM client c JOIN visit v ON v.id = (
        SELECT l.id FROM visit l WHERE l.client_id = c.id AND l.outcome IN ('done', 'done-otherwise')
        ORDER BY l.date DESC, l.start DESC, l.id DESC LIMIT 1);

-- Those that did not take place are counted by client out of the index alone.
DROP INDEX visit_by_outcome;
CREATE INDEX visit_by_outcome ON visit (unit_id, outcome, date, start, id, client_id, stand_in)
    WHERE outcome IS NULL OR outcome <> 'done';
