-- What the log says of who may do what (src/care/unit/standing.h) is looked up at every sign-in.
CREATE INDEX audit_of_standing ON audit (entity, seq)
    WHERE changes IS NOT NULL AND (entity = 'staff' OR entity = 'client');
