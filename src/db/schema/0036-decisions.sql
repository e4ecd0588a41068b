-- A decision entered by hand: where in the law it stands, why, by whose right it was made, and how much
-- it grants a month. Those from a form have none of it.
ALTER TABLE decision ADD COLUMN section TEXT;
ALTER TABLE decision ADD COLUMN reasons TEXT;
ALTER TABLE decision ADD COLUMN delegation TEXT;
ALTER TABLE decision ADD COLUMN month_minutes BIGINT;
-- To look at a decision before it ends, and to settle visits after it.
ALTER TABLE task ADD COLUMN decision_id BIGINT REFERENCES decision (id) ON DELETE SET NULL;
CREATE INDEX task_of_decision ON task (decision_id) WHERE decision_id IS NOT NULL;
