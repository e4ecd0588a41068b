-- A later no meets the consents of before: until somebody says which holds (no, yes, or both, where they
-- are about different things) nothing is shared by them. NULL: not said. Of refusals alone.
ALTER TABLE consent ADD COLUMN settled TEXT;
ALTER TABLE consent ADD COLUMN settled_ms BIGINT;
