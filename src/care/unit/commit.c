/* commit.c: after an error on COMMIT the row is read back before the caller is told. */
#include "care/unit/commit.h"

gboolean commit_and_make_sure(Session *session, DbTransaction *transaction, const char *probe,
                              const DbParam *params, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gint64 there = 0;
    if (db_transaction_commit(transaction, &failure))
        return TRUE;
    /* Within somebody else's transaction nothing stands before that one has ended. */
    if (!db_in_transaction(session_db(session)) &&
        db_get_int(session_db(session), probe, params, 0, &there, NULL) && there > 0) {
        db_commit_found(session_db(session));
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}
