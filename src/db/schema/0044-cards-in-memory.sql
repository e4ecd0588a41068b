-- Names and numbers are searched and put in order in memory (src/care/client/cards.h), the same way whatever
-- engine keeps the unit: on a server they are sealed. What was stored for that goes.
DROP TABLE client_word;
DROP INDEX client_by_name;
DROP INDEX client_by_birth;
DROP INDEX client_former_by_value;
ALTER TABLE client DROP COLUMN name_key;
DELETE FROM meta WHERE key = 'client_names';
