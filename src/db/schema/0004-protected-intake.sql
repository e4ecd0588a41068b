-- is_protected: it has been said in the response that the person has protected identity. Kept when an
-- answer is saved, by what the question is mapped to; of the responses of before by the answers that
-- make a card protected, whatever their question is called.
ALTER TABLE response ADD COLUMN is_protected BIGINT NOT NULL DEFAULT 0;
UPDATE response SET is_protected = 1 WHERE EXISTS (
    SELECT 1 FROM answer a WHERE a.response_id = response.id AND a.kind = 'value' AND (
        (a.item = 'skydd-slag' AND a.value <> 'none') OR
        a.value = 'marked' OR a.value = 'population' OR a.value = 'fictitious'));
