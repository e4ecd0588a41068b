-- After a placement both parents may be asked, each in an interview of their own.
ALTER TABLE placement ADD COLUMN two_parents BIGINT NOT NULL DEFAULT 0;
