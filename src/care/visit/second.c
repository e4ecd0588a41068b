/* second.c: a second worker on a visit. */
#include "care/visit/second.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/cover_sql.h"
#include "care/visit/visit_propose.h"
#include "care/visit/visit_row.h"

gboolean second_of(Session *session, gint64 visit_id, gint64 *staff_id, char **name, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT s.id, s.name FROM visit_second y JOIN staff s ON s.id = y.staff_id"
                 " WHERE y.visit_id = :id",
                 DB_PARAMS(DB_INT("id", visit_id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *staff_id = step == DB_STEP_ROW ? db_int(row, 0) : 0;
    if (name != NULL)
        *name = step == DB_STEP_ROW ? g_strdup(db_text(row, 1)) : NULL;
    return step != DB_STEP_ERROR;
}

/* Whether somebody may open the card of the visit's client, where identity is protected. */
static gboolean may_open(Session *session, const Visit *visit, gint64 staff_id, gboolean *may,
                         GError **error)
{
    gint64 named = 0;
    const gboolean read = db_get_int(
        session_db(session),
        "SELECT CASE WHEN c.protection = 'none' THEN 1 ELSE " CLIENT_IS_NAMED " END"
        " FROM client c WHERE c.id = :client",
        DB_PARAMS(DB_INT("client", visit->client_id), DB_INT("me", staff_id)), 0, &named, error);
    *may = named != 0;
    return read;
}

char *second_words(Session *session, const Visit *visit)
{
    gboolean may = TRUE;
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT s.name, CASE WHEN v.outcome IS NULL AND EXISTS (SELECT 1 FROM cover k"
                 " WHERE " COVER_TAKES_SECOND ") THEN 1 ELSE 0 END, s.id FROM visit_second y"
                 " JOIN visit v ON v.id = y.visit_id JOIN staff s ON s.id = y.staff_id"
                 " WHERE y.visit_id = :id",
                 DB_PARAMS(DB_INT("id", visit->id)), NULL);
    if (row == NULL || db_step(row, NULL) != DB_STEP_ROW)
        return NULL;
    if (db_int(row, 1) != 0)
        return g_strdup_printf(_("%s, but one of the two is away: choose who goes along"),
                               db_text(row, 0));
    if (visit->outcome.outcome == OUTCOME_NONE &&
        may_open(session, visit, db_int(row, 2), &may, NULL) && !may)
        return g_strdup_printf(_("%s, who may not open the card any more: choose who goes along"),
                               db_text(row, 0));
    return g_strdup(db_text(row, 0));
}

char *second_warning(Session *session, const Visit *visit, gint64 staff_id, GError **error)
{
    if (staff_id == 0)
        return g_strdup("");
    const NewTime time = {.date = visit->date,
                          .start = visit->start,
                          .minutes = visit->minutes,
                          .mode = visit->mode,
                          .staff_id = staff_id};
    return visit_time_warning(session, visit, &time, error);
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean may_go(Session *session, const Visit *visit, gint64 staff_id, GError **error)
{
    gboolean may = FALSE;
    if (staff_id == 0)
        return TRUE;
    if (staff_id == visit->staff_id)
        return refuse(error, _("That is whose visit it is. Choose somebody else, who goes along."));
    return may_open(session, visit, staff_id, &may, error) &&
           (may ||
            refuse(error, _("This client has protected identity. Choose somebody who may open the "
                            "card.")));
}

/* Those that it is about: the visit, or with the series those of it from that day on. */
#define THESE                                                                                      \
    " v.outcome IS NULL AND (v.id = :visit OR (v.series_id = :series AND v.date >= :from))"

static gboolean write_series(Session *session, const Visit *visit, gint64 staff_id, GError **error)
{
    Db *db = session_db(session);
    return db_run(db, "DELETE FROM series_second WHERE series_id = :series",
                  DB_PARAMS(DB_INT("series", visit->series_id)), error) &&
           (staff_id == 0 ||
            db_run(db,
                   "INSERT INTO series_second (series_id, staff_id, created_ms)"
                   " VALUES (:series, :staff, :now)",
                   DB_PARAMS(DB_INT("series", visit->series_id), DB_INT("staff", staff_id),
                             DB_INT("now", clock_now_ms())),
                   error));
}

static gboolean write_visits(Session *session, const Visit *visit, gint64 staff_id, gboolean series,
                             GError **error)
{
    Db *db = session_db(session);
    char from[DATE_SIZE];
    const gint64 of = series ? visit->series_id : 0;
    date_format(visit->date, from);
    if (!db_run(db,
                "DELETE FROM visit_second WHERE visit_id IN (SELECT v.id FROM visit v WHERE" THESE
                ")",
                DB_PARAMS(DB_INT("visit", visit->id), DB_INT("series", of), DB_TEXT("from", from)),
                error))
        return FALSE;
    return staff_id == 0 ||
           db_run(db,
                  "INSERT INTO visit_second (visit_id, staff_id, created_ms)"
                  " SELECT v.id, :staff, :now FROM visit v WHERE" THESE
                  " AND v.staff_id IS DISTINCT FROM :staff",
                  DB_PARAMS(DB_INT("staff", staff_id), DB_INT("now", clock_now_ms()),
                            DB_INT("visit", visit->id), DB_INT("series", of),
                            DB_TEXT("from", from)),
                  error);
}

gboolean second_set(Session *session, gint64 visit_id, gint64 staff_id, gboolean series,
                    GError **error)
{
    gint64 before = 0;
    if (!visit_require(session, PERMIT_VISIT_RECORD, visit_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Visit) visit = tx != NULL ? visit_read(session, visit_id, error) : NULL;
    if (visit == NULL || !may_go(session, visit, staff_id, error))
        return FALSE;
    if (visit->outcome.outcome != OUTCOME_NONE)
        return refuse(error, _("Something is recorded on this visit already. Choose one that is "
                               "planned."));
    if (series && visit->series_id == 0)
        return refuse(error, _("This visit is in no series. Choose this visit alone."));
    if (!second_of(session, visit_id, &before, NULL, error) ||
        (series && !write_series(session, visit, staff_id, error)) ||
        !write_visits(session, visit, staff_id, series, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "second", before, staff_id);
    audit_changes_int(changes, "series", 0, series);
    return (audit_changes_empty(changes) ||
            audit_write(session, "change", "visit", visit_id, visit->client_id, changes, error)) &&
           commit_and_make_sure(session, tx,
                                "SELECT CASE WHEN :staff = 0 THEN 1 ELSE (SELECT COUNT(*)"
                                " FROM visit_second y WHERE y.visit_id = :id"
                                " AND y.staff_id = :staff) END",
                                DB_PARAMS(DB_INT("id", visit_id), DB_INT("staff", staff_id)),
                                error);
}
