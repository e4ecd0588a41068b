/* server_login.c: the roles that sign in, and the one way in which they are made and closed: two
 * functions that belong to the owner of the tables, who may make roles, and that ask who is signed
 * in. What they get is a verifier (RFC 5803), never a password. */
#include "db/server/server_login.h"

#include <string.h>

#include "base/i18n.h"
#include "db/server/server_private.h"

/* PostgreSQL cuts off what is longer. */
#define ROLE_BYTES 63

char *server_login_role(const char *database, const char *login, GError **error)
{
    g_autofree char *name = g_strconcat(database, ".", login, NULL);

    if (strlen(name) <= ROLE_BYTES)
        return g_steal_pointer(&name);
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_INPUT,
        _("The user name %s is too long for the unit's server: with the name of the database "
          "%s it may have 62 letters, and å, ä and ö count as two. Choose a shorter one."),
        login, database);
    return NULL;
}

char *server_group_name(const char *database, const char *kind)
{
    return g_strconcat(database, "_", kind, NULL);
}

/* ---- the two functions ----------------------------------------------------------------------- */

#define KINDS "ARRAY['support_worker', 'case_officer', 'team_lead', 'administrator']"
#define DEFINER "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ "
/* Whoever owns the database's tables sets the unit up; administrators manage those who sign in. */
#define MAY_MANAGE                                                                                 \
    "(pg_has_role(session_user, base || '_owner', 'member')"                                       \
    " OR pg_has_role(session_user, base || '_administrator', 'member'))"

/* `kind` NULL leaves what they are, `verifier` NULL the password. Everybody may change their own
 * password, and no more than that. */
static const char LAY[] =
    "CREATE OR REPLACE FUNCTION public.login_lay(who text, kind text, verifier text)"
    " RETURNS void " DEFINER
    "DECLARE base text := current_database(); name text := base || '.' || who; other text; "
    "BEGIN"
    " IF NOT " MAY_MANAGE " AND NOT (session_user = name AND kind IS NULL) THEN"
    "  RAISE insufficient_privilege; END IF;"
    " kind := replace(kind, '-', '_');"
    " IF who = '' OR octet_length(name) > 63 OR NOT coalesce(kind = ANY (" KINDS "), true)"
    "  OR NOT coalesce(verifier ~ "
    "'^SCRAM-SHA-256\\$[0-9]+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$',"
    " true) THEN RAISE invalid_parameter_value; END IF;"
    " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN"
    "  EXECUTE format('CREATE ROLE %I NOLOGIN', name); END IF;"
    " IF verifier IS NOT NULL THEN"
    "  EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', name, verifier); END IF;"
    " IF kind IS NOT NULL THEN"
    "  FOREACH other IN ARRAY " KINDS " LOOP"
    "   IF pg_has_role(name, base || '_' || other, 'member') AND other <> kind THEN"
    "    EXECUTE format('REVOKE %I FROM %I', base || '_' || other, name); END IF;"
    "  END LOOP;"
    "  EXECUTE format('GRANT %I TO %I', base || '_' || kind, name); END IF; "
    "END $$";

/* A program that is open goes on with what it was let in for, so it is cut off: for that the owner
 * must have a part in the role. */
static const char CLOSE[] =
    "CREATE OR REPLACE FUNCTION public.login_close(who text) RETURNS void " DEFINER
    "DECLARE base text := current_database(); name text := base || '.' || who; "
    "BEGIN"
    " IF NOT " MAY_MANAGE " OR session_user = name THEN RAISE insufficient_privilege; END IF;"
    " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN RETURN; END IF;"
    " EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', name);"
    " EXECUTE format('GRANT %I TO %I', name, current_user);"
    " PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = name;"
    " BEGIN EXECUTE format('DROP ROLE %I', name);"
    " EXCEPTION WHEN dependent_objects_still_exist THEN"
    "  EXECUTE format('REVOKE %I FROM %I', name, current_user); END; "
    "END $$";

static const char RIGHTS[] =
    "DO $$ DECLARE base text := current_database(); kind text; BEGIN"
    " REVOKE ALL ON FUNCTION public.login_lay(text, text, text), public.login_close(text) FROM "
    "PUBLIC;"
    " FOREACH kind IN ARRAY " KINDS " LOOP"
    "  EXECUTE format('GRANT EXECUTE ON FUNCTION public.login_lay(text, text, text),"
    " public.login_close(text) TO %I', base || '_' || kind);"
    " END LOOP; END $$";

gboolean server_logins_lay(Db *db, GError **error)
{
    return server_run(db, LAY, error) && server_run(db, CLOSE, error) &&
           server_run(db, RIGHTS, error);
}

/* ---- asked ----------------------------------------------------------------------------------- */

/* What the server keeps to know the password by (SCRAM-SHA-256), with a salt of its own; new. */
static char *verifier_of(Db *db, const Secret *password, const char *name, GError **error)
{
    char *made = LIB->PQencryptPasswordConn(db->server->connection, (const char *)password->bytes,
                                            name, "scram-sha-256");
    char *verifier = g_strdup(made);

    if (made == NULL)
        fault_set(error, "no verifier of a password");
    else
        LIB->PQfreemem(made);
    return verifier;
}

static gboolean call(Db *db, const char *sql, const DbParam *params, GError **error)
{
    g_autoptr(DbStatement) row = db_query(db, sql, params, error);

    return row != NULL && db_step(row, error) != DB_STEP_ERROR;
}

static char *database_of(Db *db, GError **error)
{
    char *database = server_ask(db, "SELECT current_database()");

    if (database == NULL)
        server_error(db, NULL, NULL, error);
    return database;
}

gboolean server_login_set(Db *db, const char *login, const char *kind, const Secret *password,
                          GError **error)
{
    g_autofree char *database = database_of(db, error);
    g_autofree char *name = database ? server_login_role(database, login, error) : NULL;
    g_autofree char *verifier = NULL;

    if (name == NULL || (password && !(verifier = verifier_of(db, password, name, error))))
        return FALSE;
    return call(
        db, "SELECT public.login_lay(:who, :kind, :verifier)",
        DB_PARAMS(DB_TEXT("who", login), DB_TEXT("kind", kind), DB_TEXT("verifier", verifier)),
        error);
}

gboolean server_login_lay(Db *db, const char *login, const char *kind, const Secret *password,
                          GError **error)
{
    return db->server->role == NULL || server_login_set(db, login, kind, password, error);
}

gboolean server_login_fits(Db *db, const char *login, GError **error)
{
    if (db->server->role == NULL)
        return TRUE;
    g_autofree char *database = database_of(db, error);
    g_autofree char *name = database ? server_login_role(database, login, error) : NULL;

    return name != NULL;
}

gboolean server_login_close_of(Db *db, const char *login, GError **error)
{
    return call(db, "SELECT public.login_close(:who)", DB_PARAMS(DB_TEXT("who", login)), error);
}

gboolean server_login_close(Db *db, const char *login, GError **error)
{
    return db->server->role == NULL || server_login_close_of(db, login, error);
}

void server_login_changed(Db *db, const Secret *password)
{
    if (db->server->role == NULL)
        return;
    secret_free(db->server->password);
    db->server->password = secret_copy(password->bytes, password->length);
}
