/* week_note.c: notes on the weeks of the unit's line. */
#include "care/improvement/week_note.h"

#include "base/clock.h"
#include "care/improvement/improvement_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

void week_note_free(WeekNote *note)
{
    if (note == NULL)
        return;
    g_free(note->words);
    g_free(note->staff_name);
    g_free(note);
}

GPtrArray *week_note_list(Session *session, Week from, Week to, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)week_note_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT n.week, n.words, s.name, n.noted_ms, n.id FROM week_note n"
        " LEFT JOIN staff s ON s.id = n.staff_id WHERE n.unit_id = :unit"
        " AND n.week >= :from AND n.week <= :to AND n.words IS NOT NULL ORDER BY n.week",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("from", from), DB_INT("to", to)),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        WeekNote *note = g_new0(WeekNote, 1);
        note->week = (Week)db_int(rows, 0);
        note->words = g_strdup(db_text(rows, 1));
        note->staff_name = g_strdup(db_text(rows, 2));
        note->noted_ms = db_int(rows, 3);
        g_ptr_array_add(all, note);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* The row of a week, made with the first note on it. Inside the transaction. 0 on error. */
static gint64 row_of(Session *session, Week week, GError **error)
{
    Db *db = session_db(session);
    gint64 id = 0;
    if (!db_get_int(db, "SELECT id FROM week_note WHERE unit_id = :unit AND week = :week",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("week", week)), 0,
                    &id, error))
        return 0;
    if (id != 0 || (id = db_new_id(db, "week_note", error)) == 0)
        return id;
    return db_run(db,
                  "INSERT INTO week_note (id, unit_id, week, noted_ms)"
                  " VALUES (:id, :unit, :week, :now)",
                  DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("week", week), DB_INT("now", clock_now_ms())),
                  error)
               ? id
               : 0;
}

static gboolean write_words(Session *session, gint64 id, const char *before, const char *after,
                            GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "words", before, after);
    return db_run(session_db(session),
                  "UPDATE week_note SET words = :words, staff_id = :me, noted_ms = :now"
                  " WHERE id = :id",
                  DB_PARAMS(DB_TEXT("words", after),
                            DB_INT_OR_NULL("me", session_staff_id(session)),
                            DB_INT("now", clock_now_ms()), DB_INT("id", id)),
                  error) &&
           audit_write(session, before == NULL ? "create" : "change", "week_note", id, 0, changes,
                       error);
}

gboolean week_note_save(Session *session, Week week, const char *before, const char *words,
                        GError **error)
{
    g_autofree char *after = improvement_words(words), *stands = NULL;
    if (!access_require(session, PERMIT_IMPROVE, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    gint64 id = tx != NULL ? row_of(session, week, error) : 0;
    if (id == 0 || !db_get_text(session_db(session), "SELECT words FROM week_note WHERE id = :id",
                                DB_PARAMS(DB_INT("id", id)), &stands, error))
        return FALSE;
    if (g_strcmp0(stands, after) == 0)
        return TRUE; /* said already, or it came through the first time */
    if (g_strcmp0(stands, before) != 0) {
        improvement_conflict(session, "week_note", id, error);
        return FALSE;
    }
    return write_words(session, id, stands, after, error) &&
           commit_and_make_sure(session, tx,
                                after != NULL
                                    ? "SELECT COUNT(*) FROM week_note WHERE id = :id AND words = :words"
                                    : "SELECT COUNT(*) FROM week_note WHERE id = :id AND words IS NULL",
                                after != NULL ? DB_PARAMS(DB_INT("id", id), DB_TEXT("words", after))
                                              : DB_PARAMS(DB_INT("id", id)),
                                error);
}
