/* server_schema.c: the schema of a unit on a server. */
#include <sys/random.h>

#include "base/i18n.h"
#include "db/server/server_access.h"
#include "db/server/server_private.h"

static gboolean has_tables(Db *db, gboolean *has, GError **error)
{
    gint64 tables;

    if (!db_get_int(
            db, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'meta'",
            NULL, 0, &tables, error))
        return FALSE;
    *has = tables > 0;
    return TRUE;
}

/* 0: nothing is there. */
static gboolean read_version(Db *db, int *version, GError **error)
{
    g_autoptr(GError) mine = NULL;
    gboolean has;

    *version = 0;
    if (!has_tables(db, &has, error))
        return FALSE;
    if (!has)
        return TRUE;
    g_autofree char *text = db_meta_get(db, SERVER_VERSION, &mine);
    if (mine) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    *version = text ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
    return TRUE;
}

/* One for each table that has a number: max(id) + 1 is right only while nobody else writes. */
static const char SEQUENCES[] =
    "DO $$ DECLARE t text; BEGIN"
    " FOR t IN SELECT table_name FROM information_schema.columns"
    "  WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'bigint' LOOP"
    "  EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I MAXVALUE 4294967294', 'id_' || t);"
    " END LOOP; END $$";

static const char SAVED[] =
    "CREATE TABLE IF NOT EXISTS " SERVER_SAVED
    " (program BIGINT PRIMARY KEY, save BIGINT NOT NULL, day DATE NOT NULL,"
    " login TEXT NOT NULL DEFAULT session_user)";

/* The node number is never 0, so no row number is small. */
static gboolean mark_new(Db *db, GError **error)
{
    guint32 drawn = 0;
    char node[16];

    do {
        if (getrandom(&drawn, sizeof drawn, 0) != sizeof drawn) {
            fault_set(error, "no random numbers");
            return FALSE;
        }
        drawn &= G_MAXINT32;
    } while (drawn == 0);
    g_snprintf(node, sizeof node, "%u", drawn);
    return db_meta_set(db, "node", node, error) &&
           db_meta_set(db, SERVER_WRITER, db->server->seal_mark, error);
}

static gboolean apply(Db *db, const Migration *step, GError **error)
{
    g_autoptr(GError) mine = NULL;

    if (server_run(db, step->text, &mine))
        return TRUE;
    g_set_error(error, mine->domain, mine->code,
                _("The database %s could not be brought up to date (step %s), and is as it was "
                  "before. %s"),
                db->path, step->name, mine->message);
    return FALSE;
}

static gboolean mark(Db *db, const char *id, GError **error)
{
    return (db->node != 0 || (mark_new(db, error) && node_read(db, error))) &&
           (id == NULL || db_meta_set(db, SERVER_ID, id, error));
}

/* A small schema of the tests has no people in it, and nothing of theirs. */
static gboolean has_people(Db *db)
{
    g_autofree char *staff = server_ask(db, "SELECT to_regclass('public.staff')");

    return staff != NULL && *staff != '\0';
}

static gboolean bring_up(Db *db, int version, const char *id, const Migration *list, gsize count,
                         GError **error)
{
    char newest[16];

    if (!server_access_lift(db, error))
        return FALSE;
    for (gsize i = 0; i < count; i++)
        if (list[i].number > version && !apply(db, &list[i], error))
            return FALSE;
    g_snprintf(newest, sizeof newest, "%d", list[count - 1].number);
    return server_run(db, SEQUENCES, error) && server_run(db, SAVED, error) &&
           (!has_people(db) || server_seal_schema(db, error)) &&
           db_meta_set(db, SERVER_VERSION, newest, error) && mark(db, id, error) &&
           (!has_people(db) || server_access_lay(db, error));
}

static gboolean set_newer(Db *db, int version, int newest, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                _("The database %s was made by a newer version of Dagsform (format %d; this "
                  "one knows %d). Install that version to open it."),
                db->path, version, newest);
    return FALSE;
}

static gboolean set_exists(Db *db, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                _("The file %s is already there. Choose another name, or open it."), db->path);
    return FALSE;
}

static gboolean has_unit(Db *db, gboolean *has, GError **error)
{
    gint64 units;

    if (!db_get_int(db, "SELECT count(*) FROM unit", NULL, 0, &units, error))
        return FALSE;
    *has = units > 0;
    return TRUE;
}

gboolean server_refuse_bare(Db *db, GError **error)
{
    gint64 clients = 1, staff = 0;

    if (!db_get_int(db, "SELECT count(*) FROM client", NULL, 1, &clients, error) ||
        !db_get_int(db, "SELECT count(*) FROM staff", NULL, 0, &staff, error))
        return TRUE;
    if (clients > 0 || staff > 1)
        return FALSE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                _("The database on the server for %s holds a unit already, with nobody in it but its first "
                  "administrator. Drop that database and make it again, empty, or give another one; then "
                  "write the same once more."),
                db->path);
    return TRUE;
}

static gboolean refuse_unit(Db *db, GError **error)
{
    if (!server_refuse_bare(db, error))
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("The database on the server for %s holds a unit already. Give an empty one, or open "
                      "that unit with its own file."),
                    db->path);
    return FALSE;
}

/* A person may not change tables: whoever set the unit up brings it up to date. */
static gboolean is_for_setup(Db *db, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                _("The unit %s was made by an earlier version of Dagsform. Whoever runs the server "
                  "brings it up to date with: dagsform server upgrade"),
                db->path);
    return FALSE;
}

static gboolean may_begin(Db *db, gboolean created, int version, int newest, GError **error)
{
    if (created && db->node > 0)
        return set_exists(db, error);
    if (!created && db->node == 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no database at %s. Check the name, or make a new one."), db->path);
    else if (version > newest)
        return set_newer(db, version, newest, error);
    else if (version < newest && db->read_only)
        g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                    _("The database %s was made by an earlier version of Dagsform. Open it once "
                      "for writing to bring it up to date."),
                    db->path);
    else
        return TRUE;
    return FALSE;
}

/* A server has nothing to try a key on, so the mark of the right one lies there. */
gboolean server_key_is_right(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *mark = db_meta_get(db, SERVER_WRITER, &mine);

    if (mine != NULL) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    if (server_key_fits(db, mark))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_PASSPHRASE,
                _("The key does not fit the database %s. It may belong to another key file, "
                  "or the beginning of the database is damaged."),
                db->path);
    return FALSE;
}

static gboolean forget_old(Db *db, GError **error)
{
    return db->read_only ||
           server_run(db, "DELETE FROM " SERVER_SAVED " WHERE day < CURRENT_DATE - 7", error);
}

/* Of one that somebody has signed in at. */
static gboolean is_ready(Db *db, int version, int newest, GError **error)
{
    if (version > newest)
        return set_newer(db, version, newest, error);
    if (version > 0)
        return version == newest ? forget_old(db, error) : is_for_setup(db, error);
    g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                _("The server of the unit %s lets you in but shows you nothing: you are not among those who "
                  "may sign in there, or the unit is not made yet. Ask an administrator."),
                db->path);
    return FALSE;
}

gboolean server_schema(Db *db, gboolean created, const Migration *list, gsize count, GError **error)
{
    const int newest = list[count - 1].number;
    int version;

    if (!read_version(db, &version, error) || (version > 0 && !node_read(db, error)))
        return FALSE;
    if (db->server->role != NULL)
        return server_key_is_right(db, error) && is_ready(db, version, newest, error);
    if (!may_begin(db, created, version, newest, error) || (!created && !server_key_is_right(db, error)))
        return FALSE;
    if (version == newest && !created)
        return forget_old(db, error);
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    return transaction != NULL &&
           (version == newest ? mark(db, NULL, error)
                              : bring_up(db, version, NULL, list, count, error)) &&
           db_transaction_commit(transaction, error);
}

gboolean server_schema_stands(Db *db, const Migration *list, gsize count, GError **error)
{
    const int newest = list[count - 1].number;
    int version;

    if (!read_version(db, &version, error) || !node_read(db, error))
        return FALSE;
    return version > newest ? set_newer(db, version, newest, error)
                            : version == newest || is_for_setup(db, error);
}

gboolean server_schema_lay(Db *db, const char *id, const Migration *list, gsize count,
                           GError **error)
{
    const int newest = list[count - 1].number;
    gboolean has = FALSE;
    int version;

    if (!read_version(db, &version, error) || (version > 0 && !node_read(db, error)) ||
        (id != NULL && version > 0 && !has_unit(db, &has, error)))
        return FALSE;
    if (has)
        return refuse_unit(db, error);
    if (version > newest)
        return set_newer(db, version, newest, error);
    return bring_up(db, version, id, list, count, error);
}
