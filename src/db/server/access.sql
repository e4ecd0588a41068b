-- Who may see and change which rows of a unit on a server, held by the server itself against somebody
-- who goes past the program with their own login. The rules are those of the program:
-- care/unit/role.c (what a role may), care/client/client_guard.h (who may open a card),
-- care/visit/visit_row.h, care/response/response_row_private.h; tests/postgres/access.c holds the two
-- beside each other. Laid anew, as a whole, after every upgrade (server_access.c).
--
-- A login role is NAME.LOGIN, where NAME is the database's name and LOGIN that of the row of staff,
-- and is a member of the one group that the row's role says: both must say the same, or nobody is there.
--
-- Nothing here is asked of each row: what a policy needs to know it selects once a statement,
-- as (SELECT access_me()), or as one set, x IN (SELECT access_own()).

-- ---- roles ---------------------------------------------------------------------------------------
DO $lay$
DECLARE
    unit text := current_database();
    part text;
    owner_role text := unit || '_owner';
BEGIN
    FOREACH part IN ARRAY ARRAY['owner', 'support_worker', 'case_officer', 'team_lead', 'administrator'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = unit || '_' || part) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', unit || '_' || part);
        END IF;
    END LOOP;
    IF NOT pg_has_role(current_user, owner_role, 'member') THEN
        EXECUTE format('GRANT %I TO %I', owner_role, current_user);
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', unit);
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    IF NOT has_schema_privilege(owner_role, 'public', 'CREATE') THEN
        EXECUTE format('GRANT USAGE, CREATE ON SCHEMA public TO %I', owner_role);
    END IF;
    -- The name stays what it was when the roles were made.
    EXECUTE format('CREATE OR REPLACE FUNCTION access_unit() RETURNS text LANGUAGE sql IMMUTABLE'
                   ' SET search_path = pg_catalog, pg_temp AS %L', format('SELECT %L', unit));
END $lay$;

-- ---- who it is -----------------------------------------------------------------------------------
-- They read as the owner, whom the policies let read, and are the only ones that do.

CREATE OR REPLACE FUNCTION access_group(role text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT access_unit() || '_' || replace(role, '-', '_') $$;

-- The row of staff of whoever has logged in to the server, whatever role they have set since; 0: by the
-- recovery code, which manages users and no more (care/unit/access.c). NULL: nobody who works here now.
CREATE OR REPLACE FUNCTION access_me() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    who text := session_user;
    mine text := substr(who, length(access_unit()) + 2);
BEGIN
    IF who = access_unit() || '.#recovery' THEN
        RETURN CASE WHEN pg_has_role(session_user, access_group('administrator'), 'member') THEN 0 END;
    END IF;
    -- As access_group() has it: to call that takes twice as long as all the rest.
    RETURN (SELECT s.id FROM staff s WHERE s.active = 1 AND s.login = mine
            AND starts_with(who, access_unit() || '.')
            AND pg_has_role(session_user, access_unit() || '_' || replace(s.role, '-', '_'), 'member'));
END $$;

-- Their role; 'alone' where nobody else can sign in (care/unit/access.h).
CREATE OR REPLACE FUNCTION access_role() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    me bigint := access_me();
BEGIN
    IF me = 0 THEN
        RETURN 'recovery';
    END IF;
    RETURN (SELECT CASE WHEN EXISTS (SELECT FROM staff o WHERE o.login IS NOT NULL AND o.id <> s.id)
            THEN s.role ELSE 'alone' END FROM staff s WHERE s.id = me);
END $$;

-- What a role may do, as role.c's table has it.
CREATE OR REPLACE FUNCTION access_may(permit text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    mine text := access_role();
BEGIN
    IF mine IS NULL OR mine = 'recovery' THEN
        RETURN mine IS NOT NULL AND permit IN ('users', 'check');
    END IF;
    RETURN CASE
        WHEN permit IN ('client-read', 'visit-record', 'walk')
            THEN mine IN ('alone', 'support-worker', 'case-officer', 'team-lead')
        WHEN permit IN ('client-edit', 'interview') THEN mine IN ('alone', 'case-officer', 'team-lead')
        WHEN permit IN ('review', 'check') THEN true
        WHEN permit = 'import' THEN mine <> 'support-worker'
        WHEN permit = 'users' THEN mine IN ('alone', 'administrator') OR NOT EXISTS (
            SELECT FROM staff a WHERE a.login IS NOT NULL AND a.active = 1 AND a.role = 'administrator')
        WHEN permit IN ('take-closed', 'improve', 'log') THEN mine IN ('alone', 'team-lead')
        WHEN permit = 'backup' THEN mine IN ('alone', 'team-lead', 'administrator')
        ELSE false
    END;
END $$;

-- Sees the unit's clients, but for those with protected identity who are closed to them.
CREATE OR REPLACE FUNCTION access_sees_unit() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN
    RETURN coalesce(access_role() IN ('alone', 'case-officer', 'team-lead'), false);
END $$;

-- Today, where the units are.
CREATE OR REPLACE FUNCTION access_day() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT to_char(now() AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD') $$;

CREATE OR REPLACE FUNCTION access_since() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT to_char(access_day()::date - 30, 'YYYY-MM-DD') $$;

-- ---- which clients -------------------------------------------------------------------------------

-- Those with protected identity to whom one is neither assigned nor named: few, by an index of theirs. One
-- that was merged into another card (client_merge.h) is as that one is.
CREATE OR REPLACE FUNCTION access_closed() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    me bigint := access_me();
BEGIN
    RETURN QUERY SELECT c.id FROM client c JOIN client k ON k.id = coalesce(c.merged_into, c.id)
        WHERE c.protection <> 'none' AND k.protection <> 'none'
        AND k.support_worker_id IS DISTINCT FROM me AND k.case_officer_id IS DISTINCT FROM me
        AND NOT EXISTS (SELECT FROM client_named_staff n WHERE n.client_id = k.id AND n.staff_id = me);
END $$;

-- Those of them that were merged into a card that opens: whoever may open that one sees what was merged
-- into it, and takes it apart again.
CREATE OR REPLACE FUNCTION access_united() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN
    RETURN QUERY SELECT c.id FROM client c WHERE c.protection <> 'none' AND c.merged_into IS NOT NULL
        AND c.id NOT IN (SELECT access_closed())
        AND (access_sees_unit() OR c.merged_into IN (SELECT access_own()));
END $$;

-- CLIENTS_OWN of client_guard.h, without the closed; for those who do not see the unit.
CREATE OR REPLACE FUNCTION access_own() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    me bigint := CASE WHEN access_may('client-read') THEN access_me() END;
    today text := access_day();
    since text := access_since();
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH colleague AS (SELECT k.staff_id, k.from_on, k.to_on FROM cover k WHERE k.cover_id = me
                           AND k.to_on >= today AND k.from_on <= today AND k.withdrawn_ms IS NULL)
        SELECT o.id FROM (
            SELECT p.id FROM client p WHERE p.support_worker_id = me
            UNION ALL SELECT p.id FROM client p WHERE p.case_officer_id = me
            UNION ALL SELECT p.client_id FROM client_named_staff p WHERE p.staff_id = me
            UNION ALL SELECT p.client_id FROM visit p WHERE p.staff_id = me AND p.date >= since
            UNION ALL SELECT p.client_id FROM visit_second y JOIN visit p ON p.id = y.visit_id
                WHERE y.staff_id = me AND p.date >= since
            UNION ALL SELECT p.client_id FROM series p WHERE p.staff_id = me
                AND (p.ends_on IS NULL OR p.ends_on >= today)
            UNION ALL SELECT p.client_id FROM task p WHERE p.staff_id = me AND p.done_ms IS NULL
            UNION ALL SELECT p.client_id FROM response p WHERE p.staff_id = me
                AND p.completed_ms IS NULL AND p.not_done IS NULL
            UNION ALL SELECT p.client_id FROM client_reason p WHERE p.staff_id = me AND p.day = today
            UNION ALL SELECT p.id FROM colleague k JOIN client p ON p.support_worker_id = k.staff_id
            UNION ALL SELECT p.id FROM colleague k JOIN client p ON p.case_officer_id = k.staff_id
            UNION ALL SELECT p.client_id FROM colleague k JOIN visit p ON p.staff_id = k.staff_id
                AND p.date >= k.from_on AND p.date <= k.to_on
            UNION ALL SELECT p.client_id FROM colleague k JOIN task p ON p.staff_id = k.staff_id
                AND p.done_ms IS NULL) o (id)
        WHERE o.id IS NOT NULL AND o.id NOT IN (SELECT access_closed());
END $$;

-- Whom the program is not to take for open because it does not get to see the card: CLIENTS_CLOSED of
-- client_guard.h. Nothing but which they are.
CREATE OR REPLACE VIEW client_hidden AS SELECT h AS id FROM access_closed() h WHERE access_me() IS NOT NULL;

-- The numbers of all rows that a draft can be about and that are a closed client's. That one number is
-- of two tables keeps one draft more to whoever wrote it.
CREATE OR REPLACE FUNCTION access_closed_rows() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    closed bigint[] := ARRAY(SELECT access_closed());
BEGIN
    RETURN QUERY SELECT unnest(closed)
        UNION ALL SELECT p.id FROM visit p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM series p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM task p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM response p WHERE p.client_id = ANY (closed)
            OR (p.client_id IS NULL AND p.is_protected = 1)
        UNION ALL SELECT p.id FROM placement p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM decision p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM consent p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM dispute p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM contact_note p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM absence p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM closing p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM care_order p WHERE p.client_id = ANY (closed)
        UNION ALL SELECT p.id FROM implementation p WHERE p.client_id = ANY (closed);
END $$;

-- Whether there is such a row that the policies may hide: to be told that one may not, not that it is gone.
CREATE OR REPLACE FUNCTION access_is_there(what text, row_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN
    RETURN access_me() IS NOT NULL AND coalesce(CASE what
        WHEN 'client' THEN EXISTS (SELECT FROM client p WHERE p.id = row_id)
        WHEN 'response' THEN EXISTS (SELECT FROM response p WHERE p.id = row_id)
        END, false);
END $$;

-- Whether this very transaction has made that card: whoever makes one with protection is named on it.
CREATE OR REPLACE FUNCTION access_just_made(card bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DECLARE
    made bigint;
    now bigint := pg_current_xact_id()::text::bigint;
BEGIN
    SELECT c.xmin::text::bigint INTO made FROM client c WHERE c.id = card;
    -- Of what others have begun nothing is seen, so what is seen and not ended is one's own. A savepoint
    -- has a number of its own, above the transaction's.
    made := (now & ~4294967295::bigint) | made;
    RETURN coalesce(made >= now AND pg_xact_status(made::text::xid8) = 'in progress', false);
END $$;

-- Whether a row was one's own before it is changed: it may stay so, though the card is closed by now.
-- These and the one above alone are asked of a row, and only of one that is written.
CREATE OR REPLACE FUNCTION access_was_mine(what text, row_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN
    RETURN coalesce(CASE what
        WHEN 'task' THEN (SELECT p.staff_id = access_me() FROM task p WHERE p.id = row_id)
        WHEN 'response' THEN (SELECT access_me() IN (p.staff_id, p.held_by) FROM response p WHERE p.id = row_id)
        END, false);
END $$;

-- Whether nothing of a series is changed but how far it is laid out: whoever signs in lays out all of them.
DO $lay$ BEGIN
    IF to_regclass('public.series') IS NOT NULL THEN
        CREATE OR REPLACE FUNCTION access_laid_out(becomes series) RETURNS boolean
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
        AS $$ BEGIN
            RETURN EXISTS (SELECT FROM series p WHERE p.id = becomes.id
                           AND to_jsonb(p) - 'laid_out_to' = to_jsonb(becomes) - 'laid_out_to');
        END $$;
    END IF;
END $lay$;

-- ---- the rows ------------------------------------------------------------------------------------
-- A table that is not named here is closed to all; tests/postgres/access.c then says so.
--
-- of a table: who reads a row, who adds it, who changes it, what it may become, who takes it away.
-- NULL: nobody. In them {me} is one's number, {all} whoever works here, {may:X} a permit,
-- {open:X} that the card of client X opens, {shut:X} that it is one of the closed.
DO $lay$
DECLARE
    unit text := access_unit();
    owner_role text := unit || '_owner';
    groups text;
    rule record;
    what record;
    said text;
    fixed text;
BEGIN
    SELECT string_agg(format('%I', access_group(r)), ', ') INTO groups
        FROM unnest(ARRAY['support-worker', 'case-officer', 'team-lead', 'administrator']) r;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %s', current_database(), groups);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %s', groups);

    FOR what IN SELECT p.polname, p.polrelid::regclass AS relation FROM pg_policy p
        JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('DROP POLICY %I ON %s', what.polname, what.relation);
    END LOOP;

    FOR what IN SELECT c.oid::regclass AS relation, c.relkind FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'S') LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, %s', what.relation, groups);
        IF what.relkind = 'S' THEN
            EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %s', what.relation, groups);
            EXECUTE format('ALTER SEQUENCE %s OWNER TO %I', what.relation, owner_role);
            CONTINUE;
        END IF;
        -- A column's grant is not taken back with the table's.
        SELECT string_agg(format('%I', a.attname), ', ') INTO said FROM pg_attribute a
            WHERE a.attrelid = what.relation AND a.attnum > 0 AND NOT a.attisdropped;
        EXECUTE format('REVOKE ALL (%s) ON %s FROM PUBLIC, %s', said, what.relation, groups);
        EXECUTE format('ALTER TABLE %s OWNER TO %I', what.relation, owner_role);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', what.relation);
        -- For the upgrades, and for the functions above.
        EXECUTE format('CREATE POLICY access_owner ON %s TO %I USING (true)', what.relation, owner_role);
    END LOOP;

    EXECUTE format('ALTER VIEW client_hidden OWNER TO %I', owner_role);
    EXECUTE format('GRANT SELECT ON client_hidden TO %s', groups);

    FOR what IN SELECT p.oid::regprocedure AS called FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND starts_with(p.proname, 'access_') LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO %I', what.called, owner_role);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', what.called);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', what.called, groups);
    END LOOP;

    FOR rule IN SELECT * FROM (VALUES
    -- of the unit
    -- The writer's row is locked by everybody, and written by nobody.
    ('meta', '{all}', '{all} AND key NOT IN ({fixed}, ''writer'')', '{all} AND key NOT IN ({fixed})',
        '{all} AND key NOT IN ({fixed}, ''writer'')', NULL),
    ('unit', '{all}', NULL, '{may:client-edit} OR {may:improve}', NULL, NULL),
    ('staff', '{all}', '{may:users} OR ({may:import} AND login IS NULL)',
        '{may:users} OR ({may:import} AND login IS NULL)', NULL, NULL),
    ('cover', '{all}', '{may:visit-record} AND (staff_id = {me} OR {unit})',
        '{may:visit-record} AND (staff_id = {me} OR {unit})', NULL, NULL),
    ('form_version', '{all}', '{all}', NULL, NULL, NULL),
    ('institution', '{all}', '{may:interview} OR {may:import}', '{may:interview} OR {may:import}', NULL, NULL),
    ('improvement', '{all}', '{may:improve}', '{may:improve}', NULL, NULL),
    ('cycle', '{all}', '{may:improve}', '{may:improve}', NULL, NULL),
    ('week_note', '{all}', '{may:improve}', '{may:improve}', NULL, NULL),
    ('import', '{may:import}', '{may:import}', NULL, NULL, NULL),
    ('import_map', '{may:import}', '{may:import}', '{may:import}', NULL, NULL),
    ('log_review', '{may:log}', '{may:log} AND staff_id = {me}', NULL, NULL, NULL),
    ('week_outcome', '{all}', '{all}', '{all}', NULL, NULL),
    ('week_cause', '{all}', '{all}', '{all}', NULL, NULL),
    ('week_counted', '{all}', '{all}', '{all}', NULL, '{all}'),
    ('week_cell', '{all}', '{all}', '{all}', NULL, '{all}'),
    ('client_group', '{all}', '{may:client-edit}', '{may:client-edit}', NULL, NULL),
    ('retention_proposal', '{may:client-edit}', '{may:client-edit}', '{may:client-edit}', NULL, NULL),

    -- the log: each writes their own entries, nobody changes one; weeding empties what it said
    ('audit', '{all}', 'staff_id = {me}', '{may:client-edit}', '{may:client-edit} AND changes IS NULL', NULL),
    ('audit_weeded', '{all}', '{may:client-edit}', NULL, NULL, NULL),
    ('audit_epoch', '{all}', '{all}', NULL, NULL, NULL),

    -- one's own
    ('server_saved', 'login = session_user', 'login = session_user', 'login = session_user', NULL,
        'login = session_user OR ({all} AND day < CURRENT_DATE - 7)'),
    -- Others' too for whoever merges, deletes or writes out what is kept about a client.
    ('draft', 'staff_id = {me} OR ({may:client-edit} AND ref_id NOT IN (SELECT access_closed_rows()))',
        'staff_id = {me}',
        'staff_id = {me} OR ({may:client-edit} AND ref_id NOT IN (SELECT access_closed_rows()))', NULL,
        'staff_id = {me} OR ({may:client-edit} AND ref_id NOT IN (SELECT access_closed_rows()))'),

    -- the card: of one without protection every colleague in care sees whose it is
    ('client', '{may:client-read} AND ({mine})', '{may:client-edit} OR {may:import}',
        '{may:client-edit} AND ({mine})', NULL, '{may:client-edit} AND ({mine})'),
    ('client_former', '{may:client-read} AND NOT {shut:client_id}', '{may:client-edit} AND {open:client_id}',
        '{may:client-edit} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('client_named_staff', '{all}', '({may:client-edit} OR {may:import}) AND ({open:client_id}'
        ' OR access_just_made(client_id))', NULL, NULL,
        '{may:client-edit} AND {open:client_id}'),
    ('client_group_member', '{all}', '{may:client-edit} AND {open:client_id}',
        '{may:client-edit} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('client_reason', '{may:client-read} AND (staff_id = {me} OR {may:log} OR {open:client_id})',
        '{may:client-read} AND staff_id = {me} AND day = (SELECT access_day()) AND NOT {shut:client_id}',
        '{may:log} OR ({may:client-edit} AND {open:client_id})', NULL,
        '{may:client-edit} AND {open:client_id}'),
    ('client_apart', '{may:client-edit}', '{may:client-edit}', NULL, NULL, '{may:client-edit}'),
    ('client_merge', '{may:client-read} AND {open:kept_id}', '{may:client-edit} AND {open:kept_id}',
        '{may:client-edit} AND {open:kept_id}', NULL, '{may:client-edit} AND {open:kept_id}'),
    ('client_merge_row', '{of:client_merge:merge_id}', '{may:client-edit} AND {of:client_merge:merge_id}', NULL, NULL,
        '{may:client-edit} AND {of:client_merge:merge_id}'),
    ('client_merge_field', '{of:client_merge:merge_id}', '{may:client-edit} AND {of:client_merge:merge_id}', NULL, NULL,
        '{may:client-edit} AND {of:client_merge:merge_id}'),
    ('retention_row', '{may:client-edit} AND {open:client_id}', '{may:client-edit} AND {open:client_id}',
        '{may:client-edit} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),

    -- visits: by number everybody's, for the day's list, free times and every count
    ('visit', '{all}',
        '({may:visit-record} OR {may:import}) AND ({open:client_id} OR {of_series})',
        '{may:visit-record} AND (staff_id = {me} OR {open:client_id} OR {covered})', '{may:visit-record}',
        '{may:visit-record} AND (staff_id = {me} OR {open:client_id} OR {covered})'),
    ('visit_version', '{may:client-read} AND EXISTS (SELECT FROM visit v WHERE v.id = visit_id'
        ' AND (v.staff_id = {me} OR {open:v.client_id}))', '{may:visit-record}', NULL, NULL,
        '{may:visit-record}'),
    ('visit_second', '{all}', '{may:visit-record} AND (staff_id IS DISTINCT FROM {me} OR EXISTS (SELECT FROM visit v'
        ' WHERE v.id = visit_id AND ({open:v.client_id} OR EXISTS (SELECT FROM series_second q'
        ' WHERE q.series_id = v.series_id AND q.staff_id = visit_second.staff_id))))', NULL, NULL,
        '{may:visit-record} AND EXISTS (SELECT FROM visit v WHERE v.id = visit_id'
        ' AND (v.staff_id = {me} OR {open:v.client_id}))'),
    ('series', '{all}', '{may:visit-record} AND {open:client_id}', '{may:visit-record}',
        '{may:visit-record} AND ({open:client_id} OR access_laid_out(series))', '{may:client-edit} AND {open:client_id}'),
    ('series_second', '{all}', '{may:visit-record} AND (staff_id IS DISTINCT FROM {me} OR EXISTS (SELECT FROM series v'
        ' WHERE v.id = series_id AND {open:v.client_id}))', NULL, NULL, '{may:visit-record} AND EXISTS ('
        'SELECT FROM series v WHERE v.id = series_id AND (v.staff_id = {me} OR {open:v.client_id}))'),
    ('first_visit', '{all}', '{may:visit-record} OR {may:import}', '{may:visit-record} OR {may:import}', NULL,
        '{may:visit-record} OR {may:import}'),
    ('latest_visit', '{all}', '{may:visit-record} OR {may:import}', '{may:visit-record} OR {may:import}', NULL,
        '{may:visit-record} OR {may:import}'),
    ('out_home', '{all}', '{may:visit-record} AND staff_id = {me}', '{may:visit-record}', NULL,
        '{may:client-edit}'),

    -- what is counted in every quarter: by number everybody's, written by those to whom the card opens
    ('absence', '{all}', '{may:visit-record} AND {open:client_id}', '{may:visit-record} AND {open:client_id}',
        NULL, '{may:client-edit} AND {open:client_id}'),
    ('closing', '{all}', '{may:client-edit} AND {open:client_id}', '{may:client-edit} AND {open:client_id}',
        NULL, '{may:client-edit} AND {open:client_id}'),
    ('implementation', '{all}', '{may:client-edit} AND {open:client_id}',
        '{may:client-edit} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('call_request', '{all}', '{may:visit-record}', '{may:visit-record}', NULL, '{may:client-edit}'),
    ('call_reminder', '{all}', '{may:visit-record}', NULL, NULL, '{may:client-edit}'),

    -- tasks and forms: one's own, those that are nobody's card yet, and those of a card that opens
    ('task', '{may:client-read} AND {tasks}',
        '({may:visit-record} OR {may:import}) AND (staff_id IS DISTINCT FROM {me} OR client_id IS NULL'
        ' OR {open:client_id})',
        '{may:visit-record} AND {tasks}',
        '{may:visit-record} AND (staff_id IS DISTINCT FROM {me} OR client_id IS NULL OR {open:client_id}'
        ' OR done_ms IS NOT NULL OR access_was_mine(''task'', id))',
        '{may:visit-record} AND {tasks}'),
    ('response', '{may:walk} AND {forms}',
        '{may:walk} AND (staff_id = {me} OR {may:import}) AND (client_id IS NULL OR {open:client_id})',
        '{may:walk} AND {forms}',
        '{may:walk} AND (client_id IS NULL OR {open:client_id} OR access_was_mine(''response'', id))',
        '{may:walk} AND {forms}'),
    ('answer', '{of:response:response_id}', '{of:response:response_id}', '{of:response:response_id}', NULL,
        '{of:response:response_id}'),
    ('call', '{of:response:response_id}', '{of:response:response_id} AND staff_id = {me}', NULL, NULL,
        '{may:client-edit} AND {of:response:response_id}'),

    -- laptops that are away: which are, everybody knows; what is of one is its own person''s
    ('away', '{all}', '{may:client-read} AND staff_id = {me}', 'staff_id = {me} OR {may:users} OR {may:log}',
        NULL, NULL),
    ('away_response', '{all}', '{of:response:response_id}', NULL, NULL,
        'EXISTS (SELECT FROM away q WHERE q.node = away_response.node AND (q.staff_id = {me} OR {may:users}'
        ' OR {may:log})) OR {of:response:response_id}'),
    ('sync_op', '{all}', 'EXISTS (SELECT FROM away q WHERE q.node = sync_op.node AND q.staff_id = {me})', NULL, NULL,
        NULL),
    ('away_proposal', '{may:client-read} AND (staff_id = {me} OR {open:client_id})',
        '{may:client-read} AND staff_id = {me}', '{may:client-read} AND (staff_id = {me} OR {open:client_id})', NULL,
        '{may:client-edit} AND {open:client_id}'),
    -- on a laptop alone
    ('outbox', 'false', NULL, NULL, NULL, NULL),

    -- what the card holds
    ('placement', '{may:interview} AND {open:client_id}', '{may:interview} AND {open:client_id}',
        '{may:interview} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('consent', '{open:client_id}', '{may:walk} AND {open:client_id}', '{may:walk} AND {open:client_id}', NULL,
        '{may:walk} AND {open:client_id}'),
    ('decision', '{open:client_id}', '{may:walk} AND {open:client_id}', '{may:walk} AND {open:client_id}', NULL,
        '{may:client-edit} AND {open:client_id}'),
    ('decision_version', '{of:decision:decision_id}', '{may:client-edit} AND {of:decision:decision_id}', NULL,
        NULL, '{may:client-edit} AND {of:decision:decision_id}'),
    ('care_order', '{open:client_id}', '{may:client-edit} AND {open:client_id}',
        '{may:client-edit} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('contact_note', '{open:client_id}', '{may:walk} AND {open:client_id}',
        '{may:walk} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('quote', '{open:client_id}', '{may:walk} AND {open:client_id}', '{may:walk} AND {open:client_id}', NULL,
        '{may:client-edit} AND {open:client_id}'),
    ('dispute', '{open:client_id}', '{may:visit-record} AND {open:client_id}',
        '{may:visit-record} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}'),
    ('risk_note', '{open:client_id}', '{may:visit-record} AND {open:client_id}',
        '{may:visit-record} AND {open:client_id}', NULL, '{may:client-edit} AND {open:client_id}')
    ) AS r (name, reads, adds, changes, becomes, takes) WHERE to_regclass('public.' || quote_ident(name)) IS NOT NULL LOOP
        FOR what IN SELECT * FROM (VALUES ('SELECT', rule.reads, NULL), ('INSERT', NULL, rule.adds),
            ('UPDATE', rule.changes, coalesce(rule.becomes, rule.changes)), ('DELETE', rule.takes, NULL))
            AS w (verb, now, later) WHERE now IS NOT NULL OR later IS NOT NULL LOOP
            said := coalesce('USING (' || what.now || ') ', '') || coalesce('WITH CHECK (' || what.later || ')', '');
            said := replace(said, '{tasks}', '(staff_id = {me} OR {open:client_id} OR (client_id IS NULL AND'
                ' (response_id IS NULL OR {of:response:response_id})))');
            said := replace(said, '{forms}', '(staff_id = {me} OR held_by = {me} OR {open:client_id}'
                ' OR (client_id IS NULL AND (is_protected = 0 OR {may:take-closed})))');
            said := replace(said, '{of_series}', 'EXISTS (SELECT FROM series q WHERE q.id = series_id'
                ' AND q.client_id = visit.client_id AND q.staff_id IS NOT DISTINCT FROM visit.staff_id)');
            said := replace(said, '{covered}', 'EXISTS (SELECT FROM cover k WHERE k.cover_id = {me}'
                ' AND k.staff_id = visit.staff_id AND k.from_on <= visit.date AND k.to_on >= visit.date'
                ' AND k.withdrawn_ms IS NULL AND NOT {shut:visit.client_id})');
            said := replace(said, '{mine}', 'protection = ''none'' OR support_worker_id = {me} OR case_officer_id = {me}'
                ' OR id IN (SELECT n.client_id FROM client_named_staff n WHERE n.staff_id = {me})'
                ' OR id IN (SELECT access_united())');
            said := regexp_replace(said, '\{of:(\w+):(\w+)\}', 'EXISTS (SELECT FROM \1 q WHERE q.id = \2)', 'g');
            said := regexp_replace(said, '\{open:([a-z_.]+)\}', '(({unit} AND NOT {shut:\1}) OR \1 IN (SELECT access_own()))', 'g');
            said := regexp_replace(said, '\{shut:([a-z_.]+)\}', '(\1 IN (SELECT access_closed()))', 'g');
            said := regexp_replace(said, '\{may:([a-z-]+)\}', '(SELECT access_may(''\1''))', 'g');
            said := replace(said, '{unit}', '(SELECT access_sees_unit())');
            said := replace(said, '{all}', '(SELECT access_me()) IS NOT NULL');
            said := replace(said, '{me}', '(SELECT access_me())');
            said := replace(said, '{fixed}', '''schema_version'', ''node'', ''server_id'', ''server_laid'','
                ' ''database_id'', ''moved_to'', ''moving_to'', ''laptop_of''');
            EXECUTE format('CREATE POLICY access_%s ON %I FOR %s TO %s %s', lower(what.verb), rule.name,
                           what.verb, groups, said);
            -- Of a row that is there, its number and whose it is are no support worker's to change;
            -- of the log, only what an entry said can go; of the house's settings, not whose value it is.
            fixed := CASE WHEN what.verb = 'UPDATE' THEN 'id unit_id client_id' ELSE '' END;
            IF rule.name IN ('audit', 'meta') AND what.verb = 'UPDATE' THEN
                EXECUTE format('GRANT UPDATE (%I) ON %I TO %s',
                               CASE rule.name WHEN 'audit' THEN 'changes' ELSE 'value' END, rule.name, groups);
            ELSIF fixed = '' THEN
                EXECUTE format('GRANT %s ON %I TO %s', what.verb, rule.name, groups);
            ELSE
                EXECUTE format('GRANT UPDATE ON %I TO %I, %I, %I', rule.name, access_group('case-officer'),
                               access_group('team-lead'), access_group('administrator'));
                SELECT string_agg(format('%I', a.attname), ', ') INTO said FROM pg_attribute a
                    WHERE a.attrelid = rule.name::regclass AND a.attnum > 0 AND NOT a.attisdropped
                    AND a.attname <> ALL (string_to_array(fixed, ' '));
                EXECUTE format('GRANT UPDATE (%s) ON %I TO %I', said, rule.name, access_group('support-worker'));
            END IF;
        END LOOP;
    END LOOP;
    -- Each week is counted anew when it is looked at: what is kept may be of somebody who saw other cards.
    IF to_regclass('public.week_counted') IS NOT NULL THEN
        DELETE FROM week_counted;
    END IF;
END $lay$;
