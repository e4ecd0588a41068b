-- The clients with protected identity are few and are left out of most lists, so they are found by an
-- index of their own.
CREATE INDEX client_protected ON client (unit_id) WHERE protection <> 'none';
