/* wait_rows.c: waits, one by one. */
#include "care/completion/wait_rows.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/decision.h"
#include "care/client/implementation.h"
#include "care/completion/completion_mapping_private.h"
#include "care/response/response_answers_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/form_version.h"

static const CodeWord KINDS[WAIT_COUNT] = {
    [WAIT_FIRST_VISIT] = {"first-visit", N_("From contact to the first visit")},
    [WAIT_SIP_CALL] = {"sip-call", N_("From the need of a SIP to its call")},
    [WAIT_PLAN] = {"plan", N_("From decision to implementation plan")},
};

const char *wait_code(WaitKind kind)
{
    return code_of(KINDS, WAIT_COUNT, kind);
}

const char *wait_name(WaitKind kind)
{
    return code_word(KINDS, WAIT_COUNT, kind);
}

void wait_rows_clear(WaitRows *rows)
{
    g_clear_pointer(&rows->days, g_array_unref);
}

/* The period, and its last day or today. */
typedef struct {
    Session *session;
    Date from, to, end;
    WaitRows *rows;
} Reading;

/* DATE_NONE `until`: it waits still. */
static void count_wait(const Reading *reading, Date since, Date until)
{
    if (since == DATE_NONE || since > reading->end)
        return;
    if (until == DATE_NONE || until > reading->end) {
        reading->rows->waiting++;
    } else if (until >= reading->from && until >= since) {
        const double days = until - since;
        g_array_append_val(reading->rows->days, days);
    }
}

/* --- from contact to the first visit ------------------------------------------------------------
 */

/* The clients who have been granted something by the end; new. */
static GHashTable *read_granted(const Reading *reading, GError **error)
{
    char end[DATE_SIZE];
    g_autoptr(GHashTable) granted =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(DbStatement) rows =
        db_query(session_db(reading->session),
                 "SELECT client_id, support, kind, decided_on, id FROM decision"
                 " WHERE unit_id = :unit AND decided_on <= :end",
                 DB_PARAMS(DB_TEXT("end", date_format(reading->end, end)),
                           DB_INT("unit", session_unit_id(reading->session))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 client = db_int(rows, 0);
        const Decision decision = {.support = (char *)db_text(rows, 1),
                                   .kind = (char *)db_text(rows, 2),
                                   .decided_on = date_parse(db_text(rows, 3))};
        if (decision_grants(&decision))
            g_hash_table_add(granted, g_memdup2(&client, sizeof client));
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&granted) : NULL;
}

/* Whoever has been granted nothing waits for no visit, nor does whoever no longer comes here. */
static gboolean read_first_visits(const Reading *reading, GError **error)
{
    g_autoptr(GHashTable) granted = read_granted(reading, error);
    if (granted == NULL)
        return FALSE;
    g_autoptr(DbStatement) rows = db_query(
        session_db(reading->session),
        "SELECT MIN(d.received_on), (SELECT MIN(v.date) FROM visit v WHERE v.client_id = c.id"
        " AND v.outcome IN ('done', 'done-otherwise')), c.active, c.id"
        " FROM client c JOIN decision d ON d.client_id = c.id"
        " WHERE c.unit_id = :unit AND d.received_on IS NOT NULL GROUP BY c.id, c.active",
        DB_PARAMS(DB_INT("unit", session_unit_id(reading->session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 client = db_int(rows, 3);
        const Date came = date_parse(db_text(rows, 0)), first = date_parse(db_text(rows, 1));
        const gboolean ended = first != DATE_NONE && first <= reading->end;
        if (ended || (db_int(rows, 2) != 0 && g_hash_table_contains(granted, &client)))
            count_wait(reading, came, first);
    }
    return step == DB_STEP_DONE;
}

/* --- from need to call --------------------------------------------------------------------------
 */

static gboolean form_asks(const Form *form, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        if (g_strcmp0(mapping_target(form, item), "sip.needed_on") == 0 ||
            (item->items != NULL && form_asks(form, item->items)))
            return TRUE;
    }
    return FALSE;
}

/* The first day on which somebody was called; DATE_NONE. */
static Date first_call(const Mapping *mapping)
{
    Date first = DATE_NONE;
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = mapping->answers->pdata[i];
        const Date day = mapped_to(answer, "sip.called_on") && answer->value != NULL
                             ? date_parse(answer->value)
                             : DATE_NONE;
        if (day != DATE_NONE && (first == DATE_NONE || day < first))
            first = day;
    }
    return first;
}

typedef struct {
    gint64 id;
    gboolean begun; /* neither completed nor given up, of somebody who comes here */
} SipResponse;

static gboolean read_sip(const Reading *reading, const Form *form, const SipResponse *response,
                         GError **error)
{
    g_autoptr(Answers) answers = response_read_answers(reading->session, response->id, error);
    if (answers == NULL)
        return FALSE;
    g_autoptr(Mapping) mapping = mapping_new(form, answers, clock_today());
    const Date call = first_call(mapping);
    if (call != DATE_NONE || response->begun)
        count_wait(reading, mapping_date(mapping, "sip.needed_on"), call);
    return TRUE;
}

/* Those that no later one corrects, by the version of the form. */
static gboolean read_sips_of(const Reading *reading, const char *hash, GError **error)
{
    g_autoptr(Form) form = form_version_load(reading->session, hash, error);
    if (form == NULL)
        return FALSE;
    if (!form_asks(form, form->items))
        return TRUE;
    g_autoptr(DbStatement) rows = db_query(
        session_db(reading->session),
        "SELECT r.id, CASE WHEN r.completed_ms IS NULL AND (c.id IS NULL OR c.active = 1)"
        " THEN 1 ELSE 0 END FROM response r LEFT JOIN client c ON c.id = r.client_id"
        " WHERE r.unit_id = :unit AND r.form_hash = :hash AND r.not_done IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM response k WHERE k.corrects_id = r.id"
        " AND k.completed_ms IS NOT NULL)",
        DB_PARAMS(DB_INT("unit", session_unit_id(reading->session)), DB_TEXT("hash", hash)), error);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(SipResponse));
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const SipResponse response = {db_int(rows, 0), db_int(rows, 1) != 0};
        g_array_append_val(all, response);
    }
    for (guint i = 0; step == DB_STEP_DONE && i < all->len; i++)
        if (!read_sip(reading, form, &g_array_index(all, SipResponse, i), error))
            return FALSE;
    return step == DB_STEP_DONE;
}

static gboolean read_sip_calls(const Reading *reading, GError **error)
{
    g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(reading->session),
                 "SELECT DISTINCT form_hash FROM response WHERE unit_id = :unit",
                 DB_PARAMS(DB_INT("unit", session_unit_id(reading->session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(hashes, g_strdup(db_text(rows, 0)));
    for (guint i = 0; step == DB_STEP_DONE && i < hashes->len; i++)
        if (!read_sips_of(reading, hashes->pdata[i], error))
            return FALSE;
    return step == DB_STEP_DONE;
}

/* --- from decision to plan ----------------------------------------------------------------------
 */

static void take_plan(const Reading *reading, DbStatement *row)
{
    const Date came = date_parse(db_text(row, 1));
    if ((came != DATE_NONE && came <= reading->end) || db_int(row, 2) != 0)
        count_wait(reading, date_parse(db_text(row, 0)), came);
}

static gboolean read_plans(const Reading *reading, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(reading->session),
                 "SELECT d.decided_on, MIN(p.arrived_on), c.active FROM implementation p"
                 " JOIN decision d ON d.id = p.decision_id JOIN client c ON c.id = d.client_id"
                 " WHERE p.unit_id = :unit GROUP BY d.id, d.decided_on, c.active",
                 DB_PARAMS(DB_INT("unit", session_unit_id(reading->session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        take_plan(reading, rows);
    return step == DB_STEP_DONE;
}

/* --- reading, and the aims ----------------------------------------------------------------------
 */

static gboolean read_aim(Session *session, WaitKind kind, gint64 *aim, GError **error)
{
    const DbParam *unit = DB_PARAMS(DB_INT("unit", session_unit_id(session)));
    if (kind == WAIT_PLAN)
        return implementation_days(session, aim, error);
    return kind == WAIT_SIP_CALL
               ? db_get_int(session_db(session),
                            "SELECT COALESCE(sip_call_days, 0) FROM unit WHERE id = :unit", unit, 0,
                            aim, error)
               : db_get_int(session_db(session),
                            "SELECT COALESCE(first_visit_days, 0) FROM unit WHERE id = :unit", unit,
                            0, aim, error);
}

gboolean wait_rows_read(Session *session, WaitKind kind, Date from, Date to, WaitRows *rows,
                        GError **error)
{
    static gboolean (*const READ[WAIT_COUNT])(const Reading *, GError **) = {
        [WAIT_FIRST_VISIT] = read_first_visits,
        [WAIT_SIP_CALL] = read_sip_calls,
        [WAIT_PLAN] = read_plans,
    };
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    *rows = (WaitRows){.days = g_array_new(FALSE, FALSE, sizeof(double))};
    const Reading reading = {session, from, to, MIN(to, clock_today()), rows};
    if (read_aim(session, kind, &rows->aim, error) && READ[kind](&reading, error))
        return TRUE;
    wait_rows_clear(rows);
    return FALSE;
}

gboolean wait_set_aim(Session *session, WaitKind kind, gint64 days, GError **error)
{
    if (kind == WAIT_PLAN)
        return implementation_set_days(session, days, error);
    if (!access_require(session, PERMIT_IMPROVE, error))
        return FALSE;
    if (days != -1 && (days < 1 || days > 365)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Within how many days? Write a number from 1 to 365."));
        return FALSE;
    }
    const DbParam *params =
        DB_PARAMS(DB_INT_IF("days", days, days > 0), DB_INT("unit", session_unit_id(session)));
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, kind == WAIT_SIP_CALL ? "sip_call_days" : "first_visit_days", -1,
                      days);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           (kind == WAIT_SIP_CALL
                ? db_run(session_db(session),
                         "UPDATE unit SET sip_call_days = :days WHERE id = :unit", params, error)
                : db_run(session_db(session),
                         "UPDATE unit SET first_visit_days = :days WHERE id = :unit", params,
                         error)) &&
           audit_write(session, "change", "unit", session_unit_id(session), 0, changes, error) &&
           db_transaction_commit(tx, error);
}
