/* response_answers.c: the answers of a response as they lie in the database. */
#include "care/response/response_answers_private.h"

Answers *response_read_answers(Session *session, gint64 id, GError **error)
{
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT item, instance, kind, value, note, reason FROM answer WHERE response_id = :id",
        DB_PARAMS(DB_INT("id", id)), error);
    DbStep step;
    if (row == NULL)
        return NULL;
    while ((step = db_step(row, error)) == DB_STEP_ROW) {
        const char *item = db_text(row, 0), *instance = db_text(row, 1);
        AnswerKind kind = ANSWER_NONE;
        answer_kind_parse(db_text(row, 2), &kind);
        answers_set(answers, item, instance, kind, db_text(row, 3));
        answers_set_note(answers, item, instance, db_text(row, 4));
        answers_set_reason(answers, item, instance, db_text(row, 5));
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&answers) : NULL;
}

/* A row that is as it should be stays untouched. */
gboolean response_write_answer(Session *session, gint64 id, const Answer *answer, gint64 now,
                               GError **error)
{
    return db_run(
        session_db(session),
        "INSERT INTO answer (response_id, item, instance, kind, value, note, reason, saved_ms)"
        " VALUES (:response, :item, :instance, :kind, :value, :note, :reason, :now)"
        " ON CONFLICT (response_id, item, instance) DO UPDATE SET kind = excluded.kind,"
        " value = excluded.value, note = excluded.note, reason = excluded.reason,"
        " saved_ms = excluded.saved_ms WHERE answer.kind <> excluded.kind"
        " OR answer.value IS DISTINCT FROM excluded.value"
        " OR answer.note IS DISTINCT FROM excluded.note"
        " OR answer.reason IS DISTINCT FROM excluded.reason",
        DB_PARAMS(DB_INT("response", id), DB_TEXT("item", answer->link_id),
                  DB_TEXT("instance", answer->instance),
                  DB_TEXT("kind", answer_kind_code(answer->kind)), DB_TEXT("value", answer->value),
                  DB_TEXT("note", answer->note), DB_TEXT("reason", answer->reason),
                  DB_INT("now", now)),
        error);
}

gboolean response_delete_answer(Session *session, gint64 id, const char *item, const char *instance,
                                GError **error)
{
    return db_run(
        session_db(session),
        "DELETE FROM answer WHERE response_id = :response AND item = :item"
        " AND instance = :instance",
        DB_PARAMS(DB_INT("response", id), DB_TEXT("item", item), DB_TEXT("instance", instance)),
        error);
}

/* All answers being written, or those that are gone being deleted. */
typedef struct {
    Session *session;
    gint64 id;
    const Answers *answers; /* as they are to be */
    gint64 now;
    GError *failed;
} Writing;

static void write_one(const Answer *answer, gpointer data)
{
    Writing *w = data;
    if (w->failed == NULL)
        response_write_answer(w->session, w->id, answer, w->now, &w->failed);
}

static void delete_if_gone(const Answer *answer, gpointer data)
{
    Writing *w = data;
    if (w->failed == NULL && answers_get(w->answers, answer->link_id, answer->instance) == NULL)
        response_delete_answer(w->session, w->id, answer->link_id, answer->instance, &w->failed);
}

gboolean response_write_answers(Session *session, gint64 id, const Answers *answers, gint64 now,
                                GError **error)
{
    Writing writing = {.session = session, .id = id, .answers = answers, .now = now};
    g_autoptr(Answers) kept = response_read_answers(session, id, error);
    if (kept == NULL)
        return FALSE;
    answers_foreach(kept, delete_if_gone, &writing);
    answers_foreach(answers, write_one, &writing);
    if (writing.failed != NULL)
        g_propagate_error(error, writing.failed);
    return writing.failed == NULL;
}
