-- seen_ms: when whoever holds the response last did something in it; opening it and going about in it
-- are no changes, and leave continued_ms as it is.
ALTER TABLE response ADD COLUMN seen_ms BIGINT NOT NULL DEFAULT 0;
UPDATE response SET seen_ms = continued_ms;
