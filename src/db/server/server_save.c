/* server_save.c: a transaction on a server, and what became of one whose COMMIT nobody answered.
 *
 * Each save leaves its number in a row of its program's own, in its own transaction. When no answer
 * comes the connection is made anew, the writer's lock is taken, which the lost transaction holds
 * until it has ended one way or the other, and the row is read: it has the number, and all is
 * saved, or it has not, and nothing is. The number of the transaction would not do: a standby that
 * takes over gives the last ones again. */
#include <string.h>

#include "base/i18n.h"
#include "db/server/server_private.h"

#define LOCK_OF(columns) "SELECT " columns " FROM meta WHERE key = '" SERVER_WRITER "' FOR UPDATE"
#define LOCK LOCK_OF("value")
#define LOCK_AND_TELL LOCK_OF("value, " SERVER_STANDBYS)

static PGconn *connection_of(Db *db)
{
    return db->server->connection;
}

gboolean server_key_fits(Db *db, const char *mark)
{
    return g_strcmp0(mark, db->server->seal_mark) == 0;
}

gboolean server_key_changed(GError **error)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_KEY_CHANGED,
                        _("The administrator has changed the key of the database. Unlock it "
                          "again to go on."));
    return FALSE;
}

gboolean server_is_open(Db *db)
{
    server_drain(db, NULL);
    const PGTransactionStatusType status = LIB->PQtransactionStatus(connection_of(db));

    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

void server_rollback(Db *db)
{
    if (server_is_open(db))
        LIB->PQclear(server_exec(db, "ROLLBACK"));
}

/* ---- looked up ------------------------------------------------------------------------------- */

/* The COMMIT of asking waits for the standby, as that of the save would have, so that what is found
 * is also there when that one takes over. */
static gboolean ask_in_turn(Db *db, gint64 save, gboolean *saved)
{
    g_autofree char *sql =
        g_strdup_printf("BEGIN; " LOCK "; SELECT coalesce((SELECT save FROM " SERVER_SAVED
                        " WHERE program = %" G_GUINT64_FORMAT "), 0)",
                        db->server->program);
    g_autofree char *found = server_ask(db, sql);

    if (found != NULL && server_is_open(db) && server_run(db, "COMMIT", NULL)) {
        *saved = g_ascii_strtoll(found, NULL, 10) == save;
        return TRUE;
    }
    server_rollback(db);
    return FALSE;
}

/* FALSE: that cannot be known now. */
static gboolean look_up(Db *db, gint64 save, gboolean *saved)
{
    server_came_back(db);
    /* That connection may be lost too, or the standby take over just now. */
    return ask_in_turn(db, save, saved) || (server_came_back(db) && ask_in_turn(db, save, saved));
}

static gboolean not_known(Db *db, GError **error)
{
    db->server->unsure = db->server->save;
    g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                _("The server of the unit %s has not answered whether this is saved. What you have "
                  "typed is kept. Look whether it is there before you save it again."),
                db->path);
    return FALSE;
}

static gboolean was_unanswered(Db *db, const PGresult *result, GError **error)
{
    gboolean saved = FALSE;

    /* What set the unit up has no number there. */
    if (db->read_only || db->node == 0 || db->server->save == 0)
        return server_error(db, result, "COMMIT", error);
    if (!look_up(db, db->server->save, &saved))
        return db->aside ? server_error(db, NULL, NULL, error) : not_known(db, error);
    g_clear_error(&db->lost);
    return saved || server_error(db, NULL, NULL, error);
}

/* Before its number is another's. */
static gboolean becomes_sure(Db *db, GError **error)
{
    struct Server *server = db->server;

    if (server->unsure == 0 || server->was_saved)
        return TRUE;
    if (!look_up(db, server->unsure, &server->was_saved))
        return server_error(db, NULL, NULL, error);
    if (!server->was_saved)
        server->unsure = 0;
    return TRUE;
}

/* Whoever was told that nobody knew, and saves once more, would have it twice. Told once. */
static gboolean is_sure(Db *db, GError **error)
{
    if (!becomes_sure(db, error))
        return FALSE;
    if (!db->server->was_saved || db->aside)
        return TRUE;
    server_settle(db);
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_IO,
        _("What you saved last, when the server did not answer, has been saved. Look at it "
          "before you save anything again."));
    return FALSE;
}

void server_settle(Db *db)
{
    db->server->unsure = 0;
    db->server->was_saved = FALSE;
}

struct DbUnsure {
    guint64 program;
    gint64 save, unsure;
    gboolean was_saved;
};

DbUnsure *server_unsure(Db *db)
{
    const struct Server *server = db->server;
    if (server->unsure == 0)
        return NULL;
    DbUnsure *unsure = g_new(DbUnsure, 1);
    *unsure = (DbUnsure){server->program, server->save, server->unsure, server->was_saved};
    return unsure;
}

void server_go_on(Db *db, const DbUnsure *unsure)
{
    struct Server *server = db->server;

    server->program = unsure->program;
    server->save = unsure->save;
    server->unsure = unsure->unsure;
    server->was_saved = unsure->was_saved;
}

/* ---- a transaction --------------------------------------------------------------------------- */

static char *beginning(Db *db)
{
    if (db->read_only)
        return g_strdup("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    /* The first transaction of all makes the tables. */
    if (db->node == 0)
        return g_strdup("BEGIN");
    return g_strdup_printf("BEGIN; INSERT INTO " SERVER_SAVED " (program, save, day)"
                           " VALUES (%" G_GUINT64_FORMAT ", %" G_GINT64_FORMAT ", CURRENT_DATE)"
                           " ON CONFLICT (program) DO UPDATE SET save = excluded.save,"
                           " day = excluded.day; " LOCK_AND_TELL,
                           db->server->program, ++db->server->save);
}

/* In the same round trip it is told whether the key is still the one that all is sealed under, and
 * whether a standby will confirm what is saved. */
static gboolean begin(Db *db, const char *sql, GError **error)
{
    PGresult *result = server_exec(db, sql);
    const ExecStatusType status = LIB->PQresultStatus(result);
    const gboolean told = status == PGRES_TUPLES_OK && LIB->PQntuples(result) == 1;
    gboolean begun = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
                     server_error(db, result, sql, error);

    if (told)
        db->server->alone = *LIB->PQgetvalue(result, 0, 1) == '\0';
    if (begun && status == PGRES_TUPLES_OK)
        begun = server_key_fits(db, told ? LIB->PQgetvalue(result, 0, 0) : NULL) ||
                server_key_changed(error);
    LIB->PQclear(result);
    if (!begun)
        server_rollback(db);
    return begun;
}

/* Nothing is lost where nothing had begun. */
gboolean server_begin(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;

    if (!is_sure(db, error))
        return FALSE;
    g_autofree char *sql = beginning(db);
    if (begin(db, sql, &mine))
        return TRUE;
    if (server_came_back(db)) {
        g_clear_error(&mine);
        if (begin(db, sql, &mine))
            return TRUE;
    }
    server_tell_refusal(db, &mine);
    g_propagate_error(error, g_steal_pointer(&mine));
    return FALSE;
}

/* The server answers ROLLBACK, and calls that no error, to a COMMIT of what has failed; and COMMIT
 * where nothing is open any more. */
gboolean server_commit(Db *db, GError **error)
{
    if (!server_drain(db, error))
        return FALSE;
    const gboolean open = server_is_open(db);
    PGresult *result = server_exec(db, open ? "COMMIT" : "ROLLBACK");
    gboolean committed = FALSE;

    if (LIB->PQresultStatus(result) == PGRES_COMMAND_OK)
        committed = strcmp(LIB->PQcmdStatus(result), "COMMIT") == 0 ||
                    (fault_set(error, "a transaction that had failed was to be committed"), FALSE);
    else if (open && server_unanswered(db, result))
        committed = was_unanswered(db, result, error);
    else
        server_error(db, result, "COMMIT", error);
    LIB->PQclear(result);
    return committed;
}
