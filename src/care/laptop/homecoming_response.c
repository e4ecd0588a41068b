/* homecoming_response.c: answers, as they stand on the laptop. */
#include "care/laptop/homecoming_response.h"

#include "base/clock.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_open.h"
#include "care/unit/audit.h"

/* Those that the laptop still has, of those that are away on it: one that was opened to be looked
 * at alone is taken away there when it is left. Array of gint64. */
static GArray *read_away(Session *home, gint64 node, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows =
        db_query(session_db(home),
                 "SELECT response_id FROM away_response WHERE node = :node ORDER BY response_id",
                 DB_PARAMS(DB_INT("node", node)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(ids, id);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

/* Where one is in it, what is half typed, and how it is asked. `row` is the laptop's. */
static gboolean put_place(Session *home, DbStatement *row, gint64 id, GError **error)
{
    return db_run(
        session_db(home),
        "UPDATE response SET at_item = :item, at_instance = :instance, at_number = :number,"
        " typed = :typed, typed_in = :typed_in, mode = :mode, interpreter = :interpreter,"
        " minutes_used = :minutes, language = :language, continued_ms = :continued,"
        " holder = NULL WHERE id = :id",
        DB_PARAMS(DB_TEXT("item", db_text(row, 0)), DB_TEXT("instance", db_text(row, 1)),
                  DB_INT("number", db_int(row, 2)), DB_TEXT("typed", db_text(row, 3)),
                  DB_TEXT("typed_in", db_text(row, 4)), DB_TEXT("mode", db_text(row, 5)),
                  DB_INT("interpreter", db_int(row, 6)), DB_INT("minutes", db_int(row, 7)),
                  DB_TEXT("language", db_text(row, 8)), DB_INT("continued", db_int(row, 9)),
                  DB_INT("id", id)),
        error);
}

/* One that was begun there and left again without an answer goes at home too. */
static gboolean forget(Session *home, Session *laptop, gint64 id, GError **error)
{
    gboolean dropped = FALSE;
    return id >> DB_NODE_SHIFT != db_node(session_db(laptop)) ||
           (db_run(session_db(home), "DELETE FROM away_response WHERE response_id = :id",
                   DB_PARAMS(DB_INT("id", id)), error) &&
            response_let_go(home, id, &dropped, error));
}

static gboolean bring(Session *home, Session *laptop, gint64 id, int *count, GError **error)
{
    g_autoptr(DbStatement) row = db_query(
        session_db(laptop),
        "SELECT at_item, at_instance, at_number, typed, typed_in, mode, interpreter,"
        " minutes_used, language, continued_ms, client_id, id FROM response WHERE id = :id",
        DB_PARAMS(DB_INT("id", id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        return forget(home, laptop, id, error);
    if (step != DB_STEP_ROW)
        return FALSE;
    const gint64 client = db_int(row, 10);
    g_autoptr(Answers) answers = response_read_answers(laptop, id, error);
    ++*count;
    return answers != NULL && put_place(home, row, id, error) &&
           response_write_answers(home, id, answers, clock_now_ms(), error) &&
           audit_write(home, "come-home", "response", id, client, NULL, error);
}

gboolean homecoming_responses(Session *home, Session *laptop, gint64 node, int *count,
                              GError **error)
{
    g_autoptr(GArray) ids = read_away(home, node, error);
    for (guint i = 0; ids != NULL && i < ids->len; i++)
        if (!bring(home, laptop, g_array_index(ids, gint64, i), count, error))
            return FALSE;
    return ids != NULL;
}
