/* server_engine.c: PostgreSQL as one of the engines. */
#include "base/i18n.h"
#include "db/server/server.h"
#include "db/server/server_access.h"
#include "db/server/server_login.h"
#include "db/server/server_private.h"

static PGconn *connection_of(Db *db)
{
    return db->server->connection;
}

/* ---- a connection ---------------------------------------------------------------------------- */

static Db *open_as(const char *where, const char *path, const Secret *key, DbFlags flags,
                   const Migration *list, gsize count, const ServerRole *role, GError **error)
{
    if (server_library(error) == NULL)
        return NULL;
    g_autoptr(Db) db = db_new(&server_engine, path, key, (flags & DB_READ_ONLY) != 0);
    db->migrations = list;
    db->migration_count = count;
    if (!server_connect(db, where, role ? role->name : NULL, role ? role->password : NULL, error) ||
        !server_schema(db, (flags & DB_CREATE) != 0, list, count, error))
        return NULL;
    return g_steal_pointer(&db);
}

Db *server_open(const char *where, const char *path, const Secret *key, DbFlags flags,
                const Migration *list, gsize count, GError **error)
{
    return open_as(where, path, key, flags, list, count, NULL, error);
}

gboolean server_is_the_units(Db *db, const UnitFile *unit, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *id = db_meta_get(db, SERVER_ID, &failed);

    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (g_strcmp0(id, unit->id) == 0)
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("The database %s on the server is another one than the unit's file %s was made for. "
          "Nothing was read or changed. Tell whoever runs the server."),
        unit->database, db->path);
    return FALSE;
}

Db *server_open_unit(const UnitFile *unit, const char *path, const Secret *key, DbFlags flags,
                     const Migration *list, gsize count, const DbLogin *login, GError **error)
{
    g_autofree char *where = unit_file_words(unit);
    g_autofree char *name = NULL;

    if (login == NULL) {
        fault_set(error, "a unit on a server opened by nobody");
        return NULL;
    }
    if (!(name = server_login_role(unit->database, login->login, error)))
        return NULL;
    g_autoptr(Db) db = open_as(where, path, key, flags, list, count,
                               &(ServerRole){.name = name, .password = login->password}, error);
    if (db == NULL || !server_is_the_units(db, unit, error))
        return NULL;
    db->server->standby = unit->standby;
    g_autofree char *names = server_ask(db, "SELECT " SERVER_STANDBYS);
    db->server->alone = names != NULL && *names == '\0';
    return g_steal_pointer(&db);
}

static void refresh(Db *db)
{
    if (LIB->PQstatus(connection_of(db)) != CONNECTION_OK && db->depth == 0)
        server_came_back(db);
}

static void close_connection(Db *db)
{
    statement_cache_clear(db);
    LIB->PQfinish(connection_of(db));
    seal_keys_free(db->server->seal);
    g_free(db->server->seal_mark);
    g_clear_pointer(&db->server->origins, g_hash_table_unref);
    server_ids_clear(db->server);
    server_rows_clear(db->server);
    secret_free(db->server->password);
    g_free(db->server->role);
    g_free(db->server->where);
    g_clear_pointer(&db->server, g_free);
}

static gint64 data_version(Db *db)
{
    /* On an error the number stays: whoever reads the rows next is told. */
    db_get_int(db, "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)",
               NULL, db->data_version, &db->data_version, NULL);
    return db->data_version;
}

/* ---- transactions ---------------------------------------------------------------------------- */

/* Going back to a savepoint also mends what had failed since. */
static gboolean run(Db *db, const char *sql, GError **error)
{
    if (g_str_has_prefix(sql, "ROLLBACK"))
        server_drain(db, NULL);
    if (!server_run(db, sql, error))
        return FALSE;
    if (LIB->PQtransactionStatus(connection_of(db)) == PQTRANS_INTRANS)
        g_clear_error(&db->lost);
    return TRUE;
}

/* ---- what a server does without us ----------------------------------------------------------- */

static void keep_in_memory(Db *db, DbCache cache)
{
    (void)db;
    (void)cache;
}

/* Those who wait for the lock get it in the order in which they came. */
static void give_way(Db *db)
{
    (void)db;
}

static GPtrArray *indexes_take_away(Db *db, const char *table, const char *keep, GError **error)
{
    (void)db;
    (void)table;
    (void)keep;
    (void)error;
    return g_ptr_array_new_with_free_func(g_free);
}

static gboolean indexes_lay_again(Db *db, GPtrArray *definitions, GError **error)
{
    (void)db;
    (void)definitions;
    (void)error;
    return TRUE;
}

static gboolean not_here(GError **error)
{
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_INPUT,
        _("The unit is kept by a server: ask whoever runs it, for it has ways of its own "
          "for this."));
    return FALSE;
}

static gboolean copy(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                     DbContents **contents, GError **error)
{
    (void)db;
    (void)path;
    (void)digest_key;
    (void)watch;
    (void)contents;
    return not_here(error);
}

static gboolean is_signed_in(Db *db)
{
    return db->server->role != NULL;
}

/* Where one that confirmed is gone, and whoever runs the servers lets saves go on. */
static gboolean lacks_standby(Db *db)
{
    return db->server->standby && db->server->alone;
}

const DbEngine server_engine = {
    .refresh = refresh,
    .close = close_connection,
    .data_version = data_version,
    .prepare = server_prepare,
    .finalize = server_finalize,
    .bind = server_bind,
    .step = server_step,
    .later = server_later,
    .reset = server_reset,
    .changes = server_changes,
    .get_int = server_int,
    .get_real = server_real,
    .get_text = server_text,
    .get_blob = server_blob,
    .is_null = server_is_null,
    .begin = server_begin,
    .commit = server_commit,
    .rollback = server_rollback,
    .run = run,
    .is_open = server_is_open,
    .settle = server_settle,
    .unsure = server_unsure,
    .go_on = server_go_on,
    .new_id = server_new_id,
    .keep_in_memory = keep_in_memory,
    .give_way = give_way,
    .hides_row = server_hides_row,
    .indexes_take_away = indexes_take_away,
    .indexes_lay_again = indexes_lay_again,
    .rows_at_once = TRUE,
    .references_take_away = server_references_take_away,
    .references_lay_again = server_references_lay_again,
    .last_id = server_last_id,
    .ids_past = server_ids_past,
    .check = server_check,
    .may_rekey = server_may_rekey,
    .rekey = server_rekey,
    .copy = copy,
    .is_signed_in = is_signed_in,
    .login_lay = server_login_lay,
    .login_fits = server_login_fits,
    .login_close = server_login_close,
    .login_changed = server_login_changed,
    .lacks_standby = lacks_standby,
};
