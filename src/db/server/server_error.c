/* server_error.c: the server's answers as sentences a person can act on. The numbers are SQLSTATEs
 * (PostgreSQL's manual, appendix A). */
#include <string.h>

#include "base/i18n.h"
#include "db/server/server_private.h"

static gboolean is_of(const char *state, const char *class_of_it)
{
    return g_str_has_prefix(state, class_of_it);
}

/* The server's number, and one that only this statement has among those of the program. */
static char *statement_code(const char *state, const char *sql)
{
    return sql ? g_strdup_printf("pg-%s-%08x", state, g_str_hash(sql))
               : g_strdup_printf("pg-%s", state);
}

static gboolean set_constraint_error(const char *state, GError **error)
{
    if (strcmp(state, "23505") == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_EXISTS,
                            _("This is already there, so it was not added again."));
    else if (strcmp(state, "23503") == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("Something that belongs to this has been removed, or still needs "
                              "it. Nothing was changed; look at it again."));
    else
        return FALSE;
    return TRUE;
}

static void set_error(Db *db, const char *state, const char *said, const char *sql, GError **error)
{
    if (set_constraint_error(state, error))
        return;
    if (strcmp(state, "55P03") == 0 || strcmp(state, "40P01") == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_BUSY,
                            _("Another program has kept the database busy for half a minute. Try "
                              "again in a while."));
    else if (strcmp(state, "53100") == 0)
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_FULL,
            _("There is no room left on the server's disk. Tell whoever runs the server; "
              "nothing was changed."));
    else if (strcmp(state, "25006") == 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("The unit %s can only be read just now: its server takes no changes."),
                    db->path);
    else if (is_of(state, "22"))
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("A text or a number is of a kind that cannot be saved. Change it and try "
              "again."));
    else if (is_of(state, "54"))
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The text is too long to be saved. Shorten it and try again."));
    else if (is_of(state, "28") || strcmp(state, "42501") == 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                    _("The server does not let you do this in the unit %s. Ask the administrator."),
                    db->path);
    else
        fault_set_code(error, statement_code(state, sql), "%s%s%s", said, sql ? " in: " : "",
                       sql ? sql : "");
}

void server_tell_refusal(Db *db, GError **error)
{
    if (!db->server->refused || LIB->PQstatus(db->server->connection) == CONNECTION_OK)
        return;
    g_clear_error(error);
    server_error(db, NULL, NULL, error);
}

gboolean server_unanswered(Db *db, const PGresult *result)
{
    const char *state = result ? LIB->PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const PGconn *connection = db->server ? db->server->connection : NULL;

    return !connection || LIB->PQstatus(connection) != CONNECTION_OK || !state ||
           is_of(state, "57P") || is_of(state, "08");
}

gboolean server_error(Db *db, const PGresult *result, const char *sql, GError **error)
{
    g_autoptr(GError) mine = NULL;
    const char *state = result ? LIB->PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const PGconn *connection = db->server ? db->server->connection : NULL;

    if (db->server && db->server->refused && LIB->PQstatus(connection) != CONNECTION_OK)
        g_set_error(&mine, DAGSFORM_ERROR, ERROR_DENIED,
                    _("The server of the unit %s does not let you in any more. What you have typed is "
                      "kept. Lock the program and sign in again; if that is refused too, ask an "
                      "administrator."),
                    db->path);
    else if (server_unanswered(db, result) || is_of(state, "57"))
        g_set_error(
            &mine, DAGSFORM_ERROR, ERROR_IO,
            _("The server of the unit %s does not answer. What you have typed is kept; try again "
              "in a while, and tell whoever runs the server if it goes on."),
            db->path);
    else
        set_error(db, state, LIB->PQresultErrorMessage(result), sql, &mine);
    if (db->depth > 0 && !db->lost &&
        (!connection || LIB->PQtransactionStatus(connection) != PQTRANS_INTRANS))
        db->lost = g_error_copy(mine);
    g_propagate_error(error, g_steal_pointer(&mine));
    return FALSE;
}
