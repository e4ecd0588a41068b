-- Whom a task to call back is about, where that is not the client: who was in touch, and the number
-- they left. The client's own number is never shown in its stead.
ALTER TABLE task ADD COLUMN contact TEXT;
ALTER TABLE task ADD COLUMN contact_phone TEXT;
UPDATE task SET
    contact = COALESCE((SELECT a.value FROM answer a
        WHERE a.response_id = task.response_id AND a.item = 'inkom-namn' AND a.instance = ''), '–'),
    contact_phone = (SELECT a.value FROM answer a
        WHERE a.response_id = task.response_id AND a.item = 'inkom-telefon' AND a.instance = '')
    WHERE kind = 'call-back' AND response_id IS NOT NULL AND EXISTS (SELECT 1 FROM answer a
        WHERE a.response_id = task.response_id AND a.item = 'inkom-vem' AND a.instance = ''
        AND a.value IS NOT NULL AND a.value <> 'client');
