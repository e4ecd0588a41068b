-- After a placement both parents may be asked, each in an interview of their own.
ALTER TABLE placement ADD COLUMN two_parents BIGINT NOT NULL DEFAULT 0;
-- The day on which the mandate of a client's god man, trustee or agent ends, and the tasks about it.
ALTER TABLE client ADD COLUMN mandate_to TEXT;
ALTER TABLE task ADD COLUMN mandate_on TEXT;
