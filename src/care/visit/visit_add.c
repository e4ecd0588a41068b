/* visit_add.c: single visits are planned, and taken away again. */
#include "care/visit/visit_add.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/client/decision_gap.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/visit/visit_deed.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_row.h"

static AuditChanges *planning_changes(const Visit *visit, gboolean added)
{
    AuditChanges *changes = audit_changes_new();
    char date[DATE_SIZE], start[TIME_SIZE];
    const struct {
        const char *field, *text;
    } texts[] = {{"date", date_format(visit->date, date)},
                 {"start", time_format(visit->start, start)},
                 {"form", visit_mode_code(visit->mode)}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        audit_changes_text(changes, texts[i].field, added ? NULL : texts[i].text,
                           added ? texts[i].text : NULL);
    audit_changes_int(changes, "minutes", added ? 0 : visit->minutes, added ? visit->minutes : 0);
    audit_changes_int(changes, "staff_id", added ? 0 : visit->staff_id,
                      added ? visit->staff_id : 0);
    return changes;
}

static gboolean add(Session *session, Visit *visit, GError **error)
{
    if (!access_require(session, PERMIT_VISIT_RECORD, error) ||
        !visit_check_time(visit->date, visit->start, visit->minutes, error))
        return FALSE;
    if (visit->client_id == 0 || visit->outcome.outcome != OUTCOME_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A new visit is planned for a client, and what came of it is "
                              "recorded afterwards. Choose whom it is for."));
        return FALSE;
    }
    if (!client_require_open(session, visit->client_id, error) ||
        !decision_covers(session, visit->client_id, visit->date, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    gint64 there = 0;
    if (tx == NULL ||
        !db_get_int(session_db(session), "SELECT COUNT(*) FROM visit WHERE id = :id",
                    DB_PARAMS(DB_INT("id", visit->id)), 0, &there, error))
        return FALSE;
    if (there > 0)
        return TRUE; /* it came through the first time */
    if (!visit_insert(session, visit, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = planning_changes(visit, TRUE);
    return audit_write(session, "create", "visit", visit->id, visit->client_id, changes, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM visit WHERE id = :id",
                                DB_PARAMS(DB_INT("id", visit->id)), error);
}

gboolean visit_add(Session *session, Visit *visit, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!deed_begin(session, DEED_VISIT_ADD, &deed, error))
        return FALSE;
    const gboolean done = add(session, visit, error);
    visit_deed_plan(deed, visit);
    return deed_end(deed, done, error);
}

static gboolean take_away(Session *session, gint64 id, GError **error)
{
    if (!visit_require(session, PERMIT_VISIT_RECORD, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Visit) visit = tx != NULL ? visit_read(session, id, error) : NULL;
    if (visit == NULL)
        return FALSE;
    if (visit->outcome.outcome != OUTCOME_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("What came of this visit has been recorded, so it stays. Undo the "
                              "recording first if the visit was never planned."));
        return FALSE;
    }
    g_autoptr(AuditChanges) changes = planning_changes(visit, FALSE);
    if (visit->origin_id != 0 && !visit_forget_new_time(session, visit->origin_id, id, error))
        return FALSE;
    return visit_delete(session, visit, error) &&
           audit_write(session, "remove", "visit", id, visit->client_id, changes, error) &&
           commit_and_make_sure(session, tx, "SELECT 1 - COUNT(*) FROM visit WHERE id = :id",
                                DB_PARAMS(DB_INT("id", id)), error);
}

gboolean visit_remove(Session *session, gint64 id, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    return visit_deed_begin(session, DEED_VISIT_REMOVE, id, &deed, error) &&
           deed_end(deed, take_away(session, id, error), error);
}
