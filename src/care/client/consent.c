/* consent.c: consents as they stand, and their withdrawal. */
#include "care/client/consent.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/client/consent_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

void consent_free(Consent *consent)
{
    if (consent == NULL)
        return;
    g_free(consent->actors);
    g_free(consent->scope);
    g_free(consent->purpose);
    g_free(consent->exceptions);
    g_free(consent->form);
    g_free(consent->given_by);
    g_free(consent->settled);
    g_free(consent);
}

Consent *consent_new(void)
{
    Consent *consent = g_new0(Consent, 1);
    consent->given = TRUE;
    consent->given_on = consent->ends_on = consent->withdrawn_on = DATE_NONE;
    return consent;
}

/* As if nobody had said no. */
static gboolean would_hold(const Consent *consent, Date day)
{
    return consent->given && (consent->given_on == DATE_NONE || consent->given_on <= day) &&
           (consent->ends_on == DATE_NONE || day <= consent->ends_on) &&
           (consent->withdrawn_on == DATE_NONE || day < consent->withdrawn_on);
}

gboolean consent_meets(const Consent *no, const Consent *consent, Date day)
{
    const gboolean later = no->created_ms > consent->created_ms ||
                           (no->created_ms == consent->created_ms && no->id > consent->id);
    const gboolean of_before = no->given_on != DATE_NONE && consent->given_on != DATE_NONE &&
                               no->given_on < consent->given_on;
    return !no->given && no->settled == NULL && later && !of_before &&
           (no->response_id == 0 || no->response_id != consent->response_id) &&
           would_hold(consent, day);
}

gboolean consent_holds(const Consent *consent, Date day)
{
    return !consent->met_by_no && would_hold(consent, day);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define CONSENT_COLUMNS                                                                            \
    "SELECT c.id, c.client_id, c.response_id, c.given, c.actors, c.scope, c.purpose,"              \
    " c.exceptions, c.form, c.given_by, c.given_on, c.ends_on, c.withdrawn_on, c.created_ms,"      \
    " c.settled, CASE WHEN c.given = 'given' AND EXISTS (SELECT 1 FROM consent n"                  \
    " WHERE n.client_id = c.client_id AND n.given = 'refused' AND n.settled IS NULL"               \
    " AND (n.created_ms > c.created_ms OR (n.created_ms = c.created_ms AND n.id > c.id))"          \
    " AND (n.given_on IS NULL OR c.given_on IS NULL OR n.given_on >= c.given_on)"                  \
    " AND (n.response_id IS NULL OR n.response_id IS DISTINCT FROM c.response_id))"                \
    " THEN 1 ELSE 0 END FROM consent c"

static Consent *consent_from_row(DbStatement *row)
{
    Consent *consent = consent_new();
    consent->id = db_int(row, 0);
    consent->client_id = db_int(row, 1);
    consent->response_id = db_int(row, 2);
    consent->given = g_strcmp0(db_text(row, 3), "given") == 0;
    consent->actors = g_strdup(db_text(row, 4));
    consent->scope = g_strdup(db_text(row, 5));
    consent->purpose = g_strdup(db_text(row, 6));
    consent->exceptions = g_strdup(db_text(row, 7));
    consent->form = g_strdup(db_text(row, 8));
    consent->given_by = g_strdup(db_text(row, 9));
    consent->given_on = date_parse(db_text(row, 10));
    consent->ends_on = date_parse(db_text(row, 11));
    consent->withdrawn_on = date_parse(db_text(row, 12));
    consent->created_ms = db_int(row, 13);
    consent->settled = g_strdup(db_text(row, 14));
    consent->met_by_no = db_int(row, 15) != 0;
    return consent;
}

Consent *consent_read(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row = db_query(session_db(session), CONSENT_COLUMNS " WHERE c.id = :id",
                                          DB_PARAMS(DB_INT("id", id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The consent is no longer there. Look at the card again."));
    return step == DB_STEP_ROW ? consent_from_row(row) : NULL;
}

gboolean consent_of_response(Session *session, gint64 response_id, Consent **consent,
                             GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 CONSENT_COLUMNS
                 " WHERE c.response_id = :response ORDER BY c.created_ms DESC, c.id DESC LIMIT 1",
                 DB_PARAMS(DB_INT("response", response_id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *consent = step == DB_STEP_ROW ? consent_from_row(row) : NULL;
    return step != DB_STEP_ERROR;
}

/* Those that hold first, then the latest first. */
static int by_standing(gconstpointer a, gconstpointer b, gpointer today)
{
    const Consent *one = *(Consent *const *)a, *other = *(Consent *const *)b;
    Date day = *(const Date *)today;
    gboolean holds = consent_holds(one, day);
    if (holds != consent_holds(other, day))
        return holds ? -1 : 1;
    if (one->given_on != other->given_on)
        return one->given_on > other->given_on ? -1 : 1;
    return (one->id < other->id) - (one->id > other->id);
}

GPtrArray *consent_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_WALK, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 CONSENT_COLUMNS " WHERE c.client_id = :client ORDER BY c.created_ms, c.id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    if (rows == NULL)
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)consent_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, consent_from_row(rows));
    if (step != DB_STEP_DONE)
        return NULL;
    Date today = clock_today();
    g_ptr_array_sort_with_data(all, by_standing, &today);
    return g_steal_pointer(&all);
}

Consent *consent_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Consent) consent = consent_read(session, id, error);
    return consent != NULL && client_require(session, PERMIT_WALK, consent->client_id, error)
               ? g_steal_pointer(&consent)
               : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

static AuditChanges *compare(const Consent *before, const Consent *after)
{
    AuditChanges *changes = audit_changes_new();
    const struct {
        const char *field, *before, *after;
    } texts[] = {
        {"given",
         before->id == 0 ? NULL
         : before->given ? "given"
                         : "refused",
         after->given ? "given" : "refused"},
        {"actors", before->actors, after->actors},
        {"scope", before->scope, after->scope},
        {"purpose", before->purpose, after->purpose},
        {"exceptions", before->exceptions, after->exceptions},
        {"form", before->form, after->form},
        {"given_by", before->given_by, after->given_by},
    };
    const struct {
        const char *field;
        Date before, after;
    } days[] = {
        {"given_on", before->given_on, after->given_on},
        {"ends_on", before->ends_on, after->ends_on},
        {"withdrawn_on", before->withdrawn_on, after->withdrawn_on},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        audit_changes_text(changes, texts[i].field, texts[i].before, texts[i].after);
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        audit_changes_date(changes, days[i].field, days[i].before, days[i].after);
    return changes;
}

gboolean consent_insert(Session *session, Consent *consent, const char *item, const char *instance,
                        GError **error)
{
    char given[DATE_SIZE], ends[DATE_SIZE], withdrawn[DATE_SIZE];
    g_autoptr(Consent) nothing = consent_new();
    g_autoptr(AuditChanges) changes = compare(nothing, consent);
    Db *db = session_db(session);
    if ((consent->id = db_new_id(db, "consent", error)) == 0)
        return FALSE;
    return db_run(db,
                  "INSERT INTO consent (id, unit_id, client_id, response_id, item, instance, given,"
                  " actors, scope, purpose, exceptions, form, given_by, given_on, ends_on,"
                  " withdrawn_on, created_ms) VALUES (:id, :unit, :client, :response, :item,"
                  " :instance, :given, :actors, :scope, :purpose, :exceptions, :form, :given_by,"
                  " :given_on, :ends_on, :withdrawn_on, :now)",
                  DB_PARAMS(DB_INT("id", consent->id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("client", consent->client_id),
                            DB_INT_OR_NULL("response", consent->response_id), DB_TEXT("item", item),
                            DB_TEXT("instance", instance),
                            DB_TEXT("given", consent->given ? "given" : "refused"),
                            DB_TEXT("actors", consent->actors), DB_TEXT("scope", consent->scope),
                            DB_TEXT("purpose", consent->purpose),
                            DB_TEXT("exceptions", consent->exceptions),
                            DB_TEXT("form", consent->form), DB_TEXT("given_by", consent->given_by),
                            DB_TEXT("given_on", date_or_null(consent->given_on, given)),
                            DB_TEXT("ends_on", date_or_null(consent->ends_on, ends)),
                            DB_TEXT("withdrawn_on", date_or_null(consent->withdrawn_on, withdrawn)),
                            DB_INT("now", clock_now_ms())),
                  error) &&
           audit_write(session, "create", "consent", consent->id, consent->client_id, changes,
                       error);
}

gboolean consent_update(Session *session, const Consent *consent, const char *action,
                        GError **error)
{
    char given[DATE_SIZE], ends[DATE_SIZE], withdrawn[DATE_SIZE];
    g_autoptr(Consent) before = consent_read(session, consent->id, error);
    if (before == NULL)
        return FALSE;
    g_autoptr(AuditChanges) changes = compare(before, consent);
    if (audit_changes_empty(changes))
        return TRUE;
    return db_run(
               session_db(session),
               "UPDATE consent SET given = :given, actors = :actors, scope = :scope,"
               " purpose = :purpose, exceptions = :exceptions, form = :form,"
               " given_by = :given_by, given_on = :given_on, ends_on = :ends_on,"
               " withdrawn_on = :withdrawn_on, version = version + 1 WHERE id = :id",
               DB_PARAMS(DB_INT("id", consent->id),
                         DB_TEXT("given", consent->given ? "given" : "refused"),
                         DB_TEXT("actors", consent->actors), DB_TEXT("scope", consent->scope),
                         DB_TEXT("purpose", consent->purpose),
                         DB_TEXT("exceptions", consent->exceptions), DB_TEXT("form", consent->form),
                         DB_TEXT("given_by", consent->given_by),
                         DB_TEXT("given_on", date_or_null(consent->given_on, given)),
                         DB_TEXT("ends_on", date_or_null(consent->ends_on, ends)),
                         DB_TEXT("withdrawn_on", date_or_null(consent->withdrawn_on, withdrawn))),
               error) &&
           audit_write(session, action, "consent", consent->id, consent->client_id, changes, error);
}

gboolean consent_log_settled(Session *session, const Consent *no, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "settled", NULL, no->settled);
    return audit_write(session, "settle", "consent", no->id, no->client_id, changes, error);
}

/* --- withdrawing ------------------------------------------------------------------------------ */

static gboolean may_withdraw(const Consent *consent, Date day, GError **error)
{
    const char *fault = NULL;
    if (!consent->given)
        fault = _("No consent was given here, so there is nothing to withdraw.");
    else if (day == DATE_NONE)
        fault = _("Write the day on which the consent was withdrawn.");
    else if (day > clock_today())
        fault = _("The day lies ahead. Write the day on which the consent was withdrawn.");
    else if (consent->given_on != DATE_NONE && day < consent->given_on)
        fault = _("The consent was given later than that. Look at the day again.");
    if (fault == NULL)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, fault);
    return FALSE;
}

gboolean consent_withdraw(Session *session, gint64 id, Date day, GError **error)
{
    g_autoptr(Consent) consent = NULL;
    char withdrawn[DATE_SIZE];
    if (!access_require(session, PERMIT_WALK, error) ||
        (consent = consent_read(session, id, error)) == NULL ||
        !client_require_open(session, consent->client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Consent) now = tx != NULL ? consent_read(session, id, error) : NULL;
    if (now == NULL || !may_withdraw(now, day, error))
        return FALSE;
    if (now->withdrawn_on != DATE_NONE && now->withdrawn_on <= day)
        return TRUE; /* it is already */
    now->withdrawn_on = day;
    return consent_update(session, now, "change", error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM consent WHERE id = :id"
               " AND withdrawn_on = :day",
               DB_PARAMS(DB_INT("id", id), DB_TEXT("day", date_format(day, withdrawn))), error);
}
