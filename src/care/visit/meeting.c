/* meeting.c: one planned meeting counts once. */
#include "care/visit/meeting.h"

#include "base/i18n.h"
#include "care/visit/summary.h"
#include "care/visit/week_cell.h"

gboolean meeting_stands_in(gboolean origin_stands_in, Outcome origin, gboolean successor)
{
    return origin_stands_in || outcome_counts(origin) || !successor;
}

/* --- those that were made --------------------------------------------------------------------- */

/* A visit that stands in and should not, or the other way round. */
typedef struct {
    gint64 id, client_id;
    SummaryState counted; /* as it is in the counts; owns the cause */
} Wrong;

static void wrong_clear(gpointer data)
{
    Wrong *wrong = data;
    g_free((char *)wrong->counted.cause);
}

#define MADE_COLUMNS                                                                               \
    "SELECT v.id, v.week, v.outcome, v.cause, v.stand_in, o.stand_in, o.outcome,"                  \
    " CASE WHEN v.id = COALESCE(o.new_visit_id,"                                                   \
    " (SELECT MIN(m.id) FROM visit m WHERE m.origin_id = o.id)) THEN 1 ELSE 0 END, v.client_id"    \
    " FROM visit v LEFT JOIN visit o ON o.id = v.origin_id"

static gboolean row_stands_in(DbStatement *row)
{
    Outcome origin = OUTCOME_NONE;
    if (db_is_null(row, 5)) /* it was planned on its own */
        return FALSE;
    outcome_parse(db_text(row, 6), &origin);
    return meeting_stands_in(db_int(row, 5) != 0, origin, db_int(row, 7) != 0);
}

/* `alone`: as if no row had been made by another visit. */
static GArray *wrong_ones(DbStatement *rows, gboolean alone, GError **error)
{
    if (rows == NULL)
        return NULL;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Wrong));
    g_array_set_clear_func(all, wrong_clear);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        gboolean stands_in = db_int(rows, 4) != 0;
        if (stands_in == (!alone && row_stands_in(rows)))
            continue;
        Wrong wrong = {.id = db_int(rows, 0),
                       .client_id = db_int(rows, 8),
                       .counted = {.week = (Week)db_int(rows, 1),
                                   .cause = g_strdup(db_text(rows, 3)),
                                   .stand_in = stands_in}};
        outcome_parse(db_text(rows, 2), &wrong.counted.outcome);
        g_array_append_val(all, wrong);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* Whether a visit stands in follows from the one that it was made by alone, so only where one
 * changes do those that were made by it need a look. */
static gboolean settle(Session *session, gint64 origin, gboolean alone, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), MADE_COLUMNS " WHERE v.origin_id = :id ORDER BY v.id",
                 DB_PARAMS(DB_INT("id", origin)), error);
    g_autoptr(GArray) all = wrong_ones(rows, alone, error);
    g_clear_pointer(&rows, db_statement_release);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const Wrong *wrong = &g_array_index(all, Wrong, i);
        SummaryState right = wrong->counted;
        right.stand_in = !right.stand_in;
        if (!db_run(session_db(session), "UPDATE visit SET stand_in = :stand_in WHERE id = :id",
                    DB_PARAMS(DB_INT("stand_in", right.stand_in), DB_INT("id", wrong->id)),
                    error) ||
            !summary_move(session, (SummaryOf){wrong->client_id, origin}, wrong->counted, right, 1,
                          error) ||
            !settle(session, wrong->id, FALSE, error))
            return FALSE;
    }
    return TRUE;
}

gboolean meeting_settle(Session *session, gint64 id, GError **error)
{
    return settle(session, id, FALSE, error);
}

gboolean meeting_let_go(Session *session, gint64 id, GError **error)
{
    return settle(session, id, TRUE, error) &&
           db_run(session_db(session), "UPDATE visit SET origin_id = NULL WHERE origin_id = :id",
                  DB_PARAMS(DB_INT("id", id)), error);
}

gboolean meeting_verify(Session *session, GPtrArray *faults, GError **error)
{
    char week[WEEK_SIZE];
    if (!summary_verify(session, faults, error))
        return FALSE;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        MADE_COLUMNS " WHERE v.unit_id = :unit AND (v.origin_id IS NOT NULL OR v.stand_in <> 0)"
                     " ORDER BY v.week, v.id",
        DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
    g_autoptr(GArray) all = wrong_ones(rows, FALSE, error);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const SummaryState *counted = &g_array_index(all, Wrong, i).counted;
        const char *fault =
            counted->stand_in
                ? _("Week %s: a visit is left out of the counts as if it came in place of one that "
                    "counts, but none does.")
                : _("Week %s: a visit counts although it came in place of one that counts.");
        g_ptr_array_add(faults, g_strdup_printf(fault, week_format(counted->week, week)));
    }
    return week_cells_verify(session, faults, error);
}
