/* care_order.c: orders to the one who carries out what a decision grants. */
#include "care/client/care_order_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/implementation_private.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

#define WORDS_LENGTH_MAX 4000

static CareOrder *blank(gint64 client_id, gint64 decision_id)
{
    CareOrder *order = g_new0(CareOrder, 1);
    order->client_id = client_id;
    order->decision_id = decision_id;
    order->ordered = order->plan_due = order->sent = DATE_NONE;
    order->version = 1;
    return order;
}

void care_order_free(CareOrder *order)
{
    if (order == NULL)
        return;
    g_free(order->provider);
    g_free(order->contact);
    g_free(order->phone);
    g_free(order->aims);
    g_free(order->words);
    g_free(order);
}

CareOrder *care_order_new(Session *session, const Decision *decision, GError **error)
{
    gint64 days = 0;
    if (!decision_require_grant(decision, error) || !implementation_days(session, &days, error))
        return NULL;
    CareOrder *order = blank(decision->client_id, decision->id);
    order->provider = g_strdup(session_unit_name(session));
    order->contact = g_strdup(session_staff_name(session));
    order->aims = g_strdup(decision->purpose);
    order->ordered = clock_today();
    order->plan_due = order->ordered + (Date)days;
    return order;
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT o.id, o.client_id, o.decision_id, o.provider, o.contact, o.contact_phone, o.aims,"     \
    " o.words, o.ordered_on, o.sent_on, o.decision_version, o.version,"                            \
    " (SELECT MAX(p.due_on) FROM implementation p WHERE p.order_id = o.id) FROM care_order o"

static CareOrder *from_row(DbStatement *row)
{
    CareOrder *order = blank(db_int(row, 1), db_int(row, 2));
    order->id = db_int(row, 0);
    order->provider = g_strdup(db_text(row, 3));
    order->contact = g_strdup(db_text(row, 4));
    order->phone = g_strdup(db_text(row, 5));
    order->aims = g_strdup(db_text(row, 6));
    order->words = g_strdup(db_text(row, 7));
    order->ordered = date_parse(db_text(row, 8));
    order->sent = date_parse(db_text(row, 9));
    order->sent_version = db_int(row, 10);
    order->version = db_int(row, 11);
    order->plan_due = date_parse(db_text(row, 12));
    return order;
}

static GPtrArray *all_of(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)care_order_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

GPtrArray *care_order_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_WALK, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), COLUMNS " WHERE o.client_id = :client ORDER BY o.ordered_on, o.id",
        DB_PARAMS(DB_INT("client", client_id)), error);
    return all_of(rows, error);
}

static CareOrder *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE o.id = :id AND o.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The order is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

CareOrder *care_order_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(CareOrder) order = read_one(session, id, error);
    return order != NULL && client_require(session, PERMIT_WALK, order->client_id, error)
               ? g_steal_pointer(&order)
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean too_long(const char *text)
{
    return text != NULL && g_utf8_strlen(text, -1) > WORDS_LENGTH_MAX;
}

static gboolean check_sent(const CareOrder *order, Date day, GError **error)
{
    if (day != DATE_NONE && day > clock_today())
        return refuse(error, _("Write the day on which it was sent, which is not in the future."));
    if (day != DATE_NONE && day < order->ordered)
        return refuse(error, _("It is sent on the day it was ordered, or later. Change one of the "
                               "days."));
    return TRUE;
}

static gboolean check(const CareOrder *order, GError **error)
{
    if (order->provider == NULL || order->provider[0] == '\0')
        return refuse(error, _("Write who carries it out."));
    if (order->ordered == DATE_NONE)
        return refuse(error, _("Write the day of the order."));
    if (order->plan_due == DATE_NONE || order->plan_due < order->ordered)
        return refuse(error,
                      _("Write the day on which the plan is to have come, which is not before "
                        "the day of the order."));
    if (too_long(order->aims) || too_long(order->words))
        return refuse(error, _("The text is too long. Shorten it."));
    return check_sent(order, order->sent, error);
}

/* --- writing ---------------------------------------------------------------------------------- */

/* `after` NULL: it is taken away. Aims and words are not in the log, which could not be weeded of
 * them. */
static AuditChanges *changes_of(const CareOrder *before, const CareOrder *after)
{
    g_autoptr(CareOrder) nothing = blank(0, 0);
    AuditChanges *changes = audit_changes_new();
    before = before != NULL ? before : nothing;
    after = after != NULL ? after : nothing;
    audit_changes_text(changes, "provider", before->provider, after->provider);
    audit_changes_date(changes, "ordered_on", before->ordered, after->ordered);
    audit_changes_date(changes, "sent_on", before->sent, after->sent);
    return changes;
}

/* Which version of the decision was sent: that of now, where it is sent now. */
static gboolean note_sent(Session *session, gint64 id, gint64 before, Date day, GError **error)
{
    char sent[DATE_SIZE];
    return db_run(
        session_db(session),
        "UPDATE care_order SET sent_on = :sent, decision_version = CASE"
        " WHEN :is_sent = 0 THEN NULL WHEN :before <> 0 THEN :before ELSE (SELECT d.version"
        " FROM decision d WHERE d.id = care_order.decision_id) END WHERE id = :id",
        DB_PARAMS(DB_TEXT("sent", date_or_null(day, sent)), DB_INT("is_sent", day != DATE_NONE),
                  DB_INT("before", before), DB_INT("id", id)),
        error);
}

static gboolean insert(Session *session, CareOrder *order, GError **error)
{
    char ordered[DATE_SIZE];
    g_autoptr(AuditChanges) changes = changes_of(NULL, order);
    return db_run(
               session_db(session),
               "INSERT INTO care_order (id, unit_id, client_id, decision_id, provider, contact,"
               " contact_phone, aims, words, ordered_on, created_ms, created_by) VALUES (:id,"
               " :unit, :client, :decision, :provider, :contact, :phone, :aims, :words, :ordered,"
               " :now, :me)",
               DB_PARAMS(DB_INT("id", order->id), DB_INT("unit", session_unit_id(session)),
                         DB_INT("client", order->client_id), DB_INT("decision", order->decision_id),
                         DB_TEXT("provider", order->provider), DB_TEXT("contact", order->contact),
                         DB_TEXT("phone", order->phone), DB_TEXT("aims", order->aims),
                         DB_TEXT("words", order->words),
                         DB_TEXT("ordered", date_format(order->ordered, ordered)),
                         DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session))),
               error) &&
           note_sent(session, order->id, 0, order->sent, error) &&
           audit_write(session, "create", "care_order", order->id, order->client_id, changes,
                       error);
}

static gboolean await_plan(Session *session, const CareOrder *order, GError **error)
{
    g_autoptr(Implementation) plan = implementation_new(order->client_id, order->decision_id);
    plan->order_id = order->id;
    plan->due = order->plan_due;
    plan->provider = g_strdup(order->provider);
    return implementation_write(session, plan, error);
}

gboolean care_order_add(Session *session, CareOrder *order, GError **error)
{
    gint64 there = 0;
    Db *db = session_db(session);
    if (!client_require(session, PERMIT_CLIENT_EDIT, order->client_id, error) ||
        !check(order, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    if (tx == NULL || (order->id == 0 && (order->id = db_new_id(db, "care_order", error)) == 0) ||
        !db_get_int(db, "SELECT COUNT(*) FROM care_order WHERE id = :id",
                    DB_PARAMS(DB_INT("id", order->id)), 0, &there, error))
        return FALSE;
    if (there > 0)
        return TRUE; /* it came through the first time */
    g_autoptr(Decision) decision = decision_get(session, order->decision_id, error);
    return decision != NULL && decision_require_grant(decision, error) &&
           insert(session, order, error) && await_plan(session, order, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM care_order WHERE id = :id",
                                DB_PARAMS(DB_INT("id", order->id)), error);
}

static gboolean same(const CareOrder *a, const CareOrder *b)
{
    return a->ordered == b->ordered && a->sent == b->sent && a->plan_due == b->plan_due &&
           g_strcmp0(a->provider, b->provider) == 0 && g_strcmp0(a->contact, b->contact) == 0 &&
           g_strcmp0(a->phone, b->phone) == 0 && g_strcmp0(a->aims, b->aims) == 0 &&
           g_strcmp0(a->words, b->words) == 0;
}

/* The day of the plan, while that is awaited. */
static gboolean move_plan(Session *session, const CareOrder *order, GError **error)
{
    Implementation *found = NULL;
    if (!implementation_of_order(session, order->id, &found, error))
        return FALSE;
    g_autoptr(Implementation) plan = found;
    return plan == NULL || plan->arrived != DATE_NONE ||
           implementation_move(session, plan, order->plan_due, error);
}

static gboolean update(Session *session, const CareOrder *before, const CareOrder *after,
                       GError **error)
{
    char ordered[DATE_SIZE];
    g_autoptr(AuditChanges) changes = changes_of(before, after);
    return db_run(
               session_db(session),
               "UPDATE care_order SET provider = :provider, contact = :contact, contact_phone ="
               " :phone, aims = :aims, words = :words, ordered_on = :ordered, version = version + 1"
               " WHERE id = :id",
               DB_PARAMS(DB_TEXT("provider", after->provider), DB_TEXT("contact", after->contact),
                         DB_TEXT("phone", after->phone), DB_TEXT("aims", after->aims),
                         DB_TEXT("words", after->words),
                         DB_TEXT("ordered", date_format(after->ordered, ordered)),
                         DB_INT("id", after->id)),
               error) &&
           (after->sent == before->sent ||
            note_sent(session, after->id, before->sent != DATE_NONE ? before->sent_version : 0,
                      after->sent, error)) &&
           move_plan(session, after, error) &&
           audit_write(session, "change", "care_order", after->id, after->client_id, changes,
                       error);
}

static gboolean update_and_commit(Session *session, const CareOrder *before, const CareOrder *after,
                                  DbTransaction *tx, GError **error)
{
    return update(session, before, after, error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM care_order WHERE id = :id AND version ="
               " :version",
               DB_PARAMS(DB_INT("id", after->id), DB_INT("version", before->version + 1)), error);
}

gboolean care_order_change(Session *session, const CareOrder *order, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, order->client_id, error) ||
        !check(order, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(CareOrder) before = tx != NULL ? read_one(session, order->id, error) : NULL;
    if (before == NULL)
        return FALSE;
    if (same(before, order))
        return TRUE;
    if (before->version != order->version) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("Somebody has changed this order since you opened it. Look at it "
                              "again, and save once more if yours is right."));
        return FALSE;
    }
    return update_and_commit(session, before, order, tx, error);
}

static gboolean may_change(Session *session, gint64 id, GError **error)
{
    g_autoptr(CareOrder) order = read_one(session, id, error);
    return order != NULL && client_require(session, PERMIT_CLIENT_EDIT, order->client_id, error);
}

/* Sent anew it is what the decision says now. */
gboolean care_order_send(Session *session, gint64 id, Date day, GError **error)
{
    if (!may_change(session, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(CareOrder) before = tx != NULL ? read_one(session, id, error) : NULL;
    if (before == NULL)
        return FALSE;
    if (day == DATE_NONE)
        return refuse(error, _("Write the day on which it was sent."));
    if (!check_sent(before, day, error))
        return FALSE;
    CareOrder after = *before;
    after.sent = day;
    g_autoptr(AuditChanges) changes = changes_of(before, &after);
    return db_run(session_db(session), "UPDATE care_order SET version = version + 1 WHERE id = :id",
                  DB_PARAMS(DB_INT("id", id)), error) &&
           note_sent(session, id, 0, day, error) &&
           audit_write(session, "send", "care_order", id, before->client_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM care_order WHERE id = :id AND version ="
                                " :version",
                                DB_PARAMS(DB_INT("id", id), DB_INT("version", before->version + 1)),
                                error);
}

/* --- taking away ------------------------------------------------------------------------------ */

/* Inside a transaction. */
static gboolean drop(Session *session, const CareOrder *order, GError **error)
{
    Implementation *found = NULL;
    g_autoptr(AuditChanges) changes = changes_of(order, NULL);
    if (order->sent != DATE_NONE)
        return refuse(error,
                      _("The order has been sent and is kept. Change it, and send it again."));
    if (!implementation_of_order(session, order->id, &found, error))
        return FALSE;
    g_autoptr(Implementation) plan = found;
    return (plan == NULL || implementation_drop(session, plan, error)) &&
           db_run(session_db(session), "DELETE FROM care_order WHERE id = :id",
                  DB_PARAMS(DB_INT("id", order->id)), error) &&
           audit_write(session, "remove", "care_order", order->id, order->client_id, changes,
                       error);
}

gboolean care_order_remove(Session *session, gint64 id, GError **error)
{
    gint64 there = 0;
    if (!db_get_int(session_db(session), "SELECT COUNT(*) FROM care_order WHERE id = :id",
                    DB_PARAMS(DB_INT("id", id)), 0, &there, error))
        return FALSE;
    if (there == 0)
        return TRUE; /* gone already */
    if (!may_change(session, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(CareOrder) order = tx != NULL ? read_one(session, id, error) : NULL;
    return order != NULL && drop(session, order, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client c WHERE c.id = :client"
                                " AND NOT EXISTS (SELECT 1 FROM care_order o WHERE o.id = :id)",
                                DB_PARAMS(DB_INT("client", order->client_id), DB_INT("id", id)),
                                error);
}

gboolean care_order_drop_of(Session *session, gint64 decision_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), COLUMNS " WHERE o.decision_id = :id",
                 DB_PARAMS(DB_INT("id", decision_id)), error);
    g_autoptr(GPtrArray) all = all_of(rows, error);
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (((const CareOrder *)all->pdata[i])->sent != DATE_NONE)
            return refuse(error, _("An order has been sent by this decision. Correct the decision "
                                   "instead, and send the order again."));
    if (all == NULL || !implementation_drop_of(session, decision_id, error))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (!drop(session, all->pdata[i], error))
            return FALSE;
    return TRUE;
}
