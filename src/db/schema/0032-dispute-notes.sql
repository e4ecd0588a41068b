-- What a client says is wrong in one note of the journal. `about` of such a one is 'other', which it is
-- once the note is gone; `field` of one about a form names the question (dispute_question()).
ALTER TABLE dispute ADD COLUMN note_id BIGINT REFERENCES contact_note (id) ON DELETE SET NULL;
CREATE INDEX dispute_of_note ON dispute (note_id) WHERE note_id IS NOT NULL;
