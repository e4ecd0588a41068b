/* retention_facts.c: when the last note about a client was made, and whether something goes on. */
#include "care/client/decision_private.h"
#include "care/client/retention_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/session_private.h"

enum { MONTHS = 12, NOTES = 16, FIRST_NOTE = 6 };

/* Everything that somebody wrote down, by the moment of its recording. Entries of the log are notes
 * where they say that something was changed, not that it was read, refused or written to a file. */
#define LATEST(column, whose) "(SELECT MAX(" column ") FROM " whose " = c.id), "
/* clang-format off */
#define NOTED                                                                                      \
    LATEST("v.recorded_ms", "visit v WHERE v.client_id")                                           \
    LATEST("a.saved_ms", "response r JOIN answer a ON a.response_id = r.id WHERE r.client_id")     \
    LATEST("k.at_ms", "response r JOIN call k ON k.response_id = r.id WHERE r.client_id")          \
    LATEST("r.continued_ms", "response r WHERE r.client_id")                                       \
    LATEST("r.completed_ms", "response r WHERE r.client_id")                                       \
    LATEST("d.created_ms", "decision d WHERE d.client_id")                                         \
    LATEST("s.created_ms", "consent s WHERE s.client_id")                                          \
    LATEST("t.created_ms", "task t WHERE t.client_id")                                             \
    LATEST("t.done_ms", "task t WHERE t.client_id")                                                \
    LATEST("q.created_ms", "quote q WHERE q.client_id")                                            \
    LATEST("p.created_ms", "placement p WHERE p.client_id")                                        \
    LATEST("n.created_ms", "contact_note n WHERE n.client_id")                                     \
    LATEST("i.created_ms", "dispute i WHERE i.client_id")                                          \
    LATEST("i.settled_ms", "dispute i WHERE i.client_id")                                          \
    LATEST("f.saved_ms", "draft f WHERE f.ref_id")                                                 \
    "(SELECT MAX(l.at_ms) FROM audit l WHERE l.client_id = c.id AND l.action NOT IN ('read',"      \
    " 'denied', 'export', 'extract', 'paper', 'met', 'reason', 'see', 'retain'))"
/* A series that goes on where the help has not ended, a task, a form, something that the client says is
 * wrong; of decisions decision_goes_on() tells. */
#define GOES_ON                                                                                    \
    "CASE WHEN EXISTS (SELECT 1 FROM series s WHERE s.client_id = c.id"                            \
    " AND c.active = 1 AND (s.ends_on IS NULL OR s.ends_on >= :today))"                            \
    " OR EXISTS (SELECT 1 FROM task t WHERE t.client_id = c.id AND t.done_ms IS NULL)"             \
    " OR EXISTS (SELECT 1 FROM response r WHERE r.client_id = c.id AND r.completed_ms IS NULL"     \
    " AND r.not_done IS NULL)"                                                                     \
    " OR EXISTS (SELECT 1 FROM dispute i WHERE i.client_id = c.id AND i.outcome IS NULL)"          \
    " THEN 1 ELSE 0 END"
/* clang-format on */
#define CANDIDATES                                                                                 \
    "SELECT c.id, c.birth_date, c.id_number,"                                                      \
    " (SELECT MIN(p.started_on) FROM placement p WHERE p.client_id = c.id), " GOES_ON ","          \
    " (SELECT MAX(v.date) FROM visit v WHERE v.client_id = c.id), c.created_ms, " NOTED            \
    " FROM client c WHERE c.unit_id = :unit AND c.merged_into IS NULL"                              \
    " AND c.created_ms < :since_ms"                                                                \
    " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.client_id = c.id AND v.date >= :since)"

static Date last_note(DbStatement *row)
{
    Date last = date_parse(db_text(row, 5));
    for (int column = FIRST_NOTE; column < FIRST_NOTE + 1 + NOTES; column++)
        if (!db_is_null(row, column))
            last = MAX(last, clock_local(db_int(row, column), NULL));
    return last;
}

static RetentionCandidate from_row(DbStatement *row, int municipality)
{
    const Date birth = date_parse(db_text(row, 1));
    return (RetentionCandidate){
        .client_id = db_int(row, 0),
        .facts = {.last_note = last_note(row),
                  .birth_day = retention_birth_day(birth, db_text(row, 2)),
                  .municipality = municipality,
                  .placed = retention_placed(birth, date_parse(db_text(row, 3))),
                  .open = db_int(row, 4) != 0},
    };
}

static gboolean ask_decisions(Session *session, RetentionCandidate *one, GError **error)
{
    if (one->facts.open)
        return TRUE;
    g_autoptr(GPtrArray) decisions = decision_read_all(session, one->client_id, error);
    one->facts.open = decisions != NULL && decision_goes_on(decisions, clock_today());
    return decisions != NULL;
}

GArray *retention_candidates(Session *session, gint64 client_id, int municipality, GError **error)
{
    char since[DATE_SIZE], today[DATE_SIZE];
    const Date five = date_add_months(clock_today(), -RETENTION_YEARS * MONTHS);
    const gint64 since_ms =
        clock_now_ms() - (gint64)(clock_today() - five) * DAY_MINUTES * 60 * 1000;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(RetentionCandidate));
    const DbParam client =
        client_id == 0 ? (DbParam){.type = DB_TYPE_END} : DB_INT("client", client_id);
    g_autoptr(DbStatement) rows =
        db_query(session->db, client_id == 0 ? CANDIDATES : CANDIDATES " AND c.id = :client",
                 DB_PARAMS(DB_INT("unit", session->unit_id), DB_INT("since_ms", since_ms),
                           DB_TEXT("since", date_format(five, since)),
                           DB_TEXT("today", date_format(clock_today(), today)), client),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const RetentionCandidate one = from_row(rows, municipality);
        g_array_append_val(all, one);
    }
    if (step != DB_STEP_DONE)
        return NULL;
    g_clear_pointer(&rows, db_statement_release);
    for (guint i = 0; i < all->len; i++)
        if (!ask_decisions(session, &g_array_index(all, RetentionCandidate, i), error))
            return NULL;
    return g_steal_pointer(&all);
}
