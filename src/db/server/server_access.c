/* server_access.c: lays access.sql, which is compiled in. */
#include "db/server/server_access.h"

#include "db/server/server_private.h"

static const char ACCESS[] =
#include "access.inc"
    ;

gboolean server_access_lay(Db *db, GError **error)
{
    return server_run(db, ACCESS, error);
}

static const char LIFT[] =
    "DO $$ DECLARE p record; BEGIN"
    " FOR p IN SELECT polname, polrelid::regclass AS of FROM pg_policy"
    "  WHERE polname LIKE 'access\\_%' AND polname <> 'access_owner' LOOP"
    "  EXECUTE format('DROP POLICY %I ON %s', p.polname, p.of); END LOOP;"
    " DROP VIEW IF EXISTS client_hidden;"
    " FOR p IN SELECT oid::regprocedure AS called FROM pg_proc"
    "  WHERE pronamespace = 'public'::regnamespace AND proname = 'access_laid_out' LOOP"
    "  EXECUTE format('DROP FUNCTION %s', p.called); END LOOP; END $$";

gboolean server_access_lift(Db *db, GError **error)
{
    return server_run(db, LIFT, error);
}

gboolean server_hides_row(Db *db, const char *table, gint64 id)
{
    g_autofree char *seen =
        g_strdup_printf("SELECT CASE WHEN EXISTS (SELECT 1 FROM %s WHERE id = :id) THEN 0"
                        " WHEN access_is_there(:table, :id) THEN 1 ELSE 0 END",
                        table);
    gint64 hidden = 0;

    return db_get_int(db, seen, DB_PARAMS(DB_INT("id", id), DB_TEXT("table", table)), 0, &hidden,
                      NULL) &&
           hidden == 1;
}
