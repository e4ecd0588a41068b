/* decision.c: decisions and matters to be decided, as they stand. */
#include "care/client/decision.h"

#include <string.h>

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/client/decision_private.h"
#include "care/unit/audit.h"

void decision_free(Decision *decision)
{
    if (decision == NULL)
        return;
    g_free(decision->kind);
    g_free(decision->law);
    g_free(decision->asked_for);
    g_free(decision->support);
    g_free(decision->purpose);
    g_free(decision->hours);
    g_free(decision->decided_by);
    g_free(decision->section);
    g_free(decision->reasons);
    g_free(decision->delegation);
    g_free(decision);
}

Decision *decision_new(void)
{
    Decision *decision = g_new0(Decision, 1);
    decision->received_on = decision->due_on = decision->decided_on = DATE_NONE;
    decision->valid_from = decision->valid_to = DATE_NONE;
    return decision;
}

/* In force since. */
#define NEW_LAW "2025-07-01"

const char *decision_law_on(Date decided, gboolean lss)
{
    return lss ? "lss" : decided >= date_parse(NEW_LAW) ? "sol-2025" : "sol-2001";
}

const char *decision_section_of(const char *law)
{
    return g_strcmp0(law, "lss") == 0        ? "9 §"
           : g_strcmp0(law, "sol-2001") == 0 ? "4 kap. 1 §"
                                             : "11 kap. 1 §";
}

gboolean decision_grants(const Decision *decision)
{
    return decision->decided_on != DATE_NONE && g_strcmp0(decision->support, "rejected") != 0 &&
           g_strcmp0(decision->kind, DECISION_REFUSED) != 0;
}

gboolean decision_require_grant(const Decision *decision, GError **error)
{
    if (!decision_grants(decision))
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("This decision grants nothing that is to be carried out."));
    return decision_grants(decision);
}

gboolean decision_holds(const Decision *decision, Date day)
{
    return decision_grants(decision) &&
           (decision->valid_from == DATE_NONE || decision->valid_from <= day) &&
           (decision->valid_to == DATE_NONE || day <= decision->valid_to);
}

/* `nth` and `other` of all, the latest first: whether the other grants the same support after it.
 */
static gboolean stands_after(const GPtrArray *all, guint other, guint nth)
{
    const Decision *later = all->pdata[other], *earlier = all->pdata[nth];
    return decision_grants(later) && g_strcmp0(later->support, earlier->support) == 0 &&
           (later->decided_on > earlier->decided_on ||
            (later->decided_on == earlier->decided_on && other < nth));
}

static gboolean stands_in_stead(const GPtrArray *all, guint other, guint nth, Date day)
{
    const Decision *later = all->pdata[other];
    return stands_after(all, other, nth) &&
           (later->valid_from == DATE_NONE || later->valid_from <= day);
}

gboolean decision_goes_on(const GPtrArray *all, Date day)
{
    for (guint i = 0; i < all->len; i++) {
        const Decision *decision = all->pdata[i];
        gboolean later = FALSE;
        for (guint other = 0; other < all->len; other++)
            later = later || (other != i && stands_after(all, other, i));
        if (decision->decided_on == DATE_NONE ||
            (decision_grants(decision) && !later &&
             (decision->valid_to == DATE_NONE || day <= decision->valid_to)))
            return TRUE;
    }
    return FALSE;
}

gboolean decision_in_force(const GPtrArray *all, const Decision *decision, Date day)
{
    guint nth = 0;
    if (!decision_holds(decision, day) || !g_ptr_array_find((GPtrArray *)all, decision, &nth))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (i != nth && stands_in_stead(all, i, nth, day))
            return FALSE;
    return TRUE;
}

/* --- reading ---------------------------------------------------------------------------------- */

#define DECISION_COLUMNS                                                                           \
    "SELECT id, client_id, response_id, kind, law, asked_for, support, purpose, hours,"            \
    " received_on, due_on, decided_on, valid_from, valid_to, decided_by, section, reasons,"        \
    " delegation, month_minutes, version FROM decision"

static Decision *decision_from_row(DbStatement *row)
{
    Decision *decision = decision_new();
    decision->id = db_int(row, 0);
    decision->client_id = db_int(row, 1);
    decision->response_id = db_int(row, 2);
    decision->kind = g_strdup(db_text(row, 3));
    decision->law = g_strdup(db_text(row, 4));
    decision->asked_for = g_strdup(db_text(row, 5));
    decision->support = g_strdup(db_text(row, 6));
    decision->purpose = g_strdup(db_text(row, 7));
    decision->hours = g_strdup(db_text(row, 8));
    decision->received_on = date_parse(db_text(row, 9));
    decision->due_on = date_parse(db_text(row, 10));
    decision->decided_on = date_parse(db_text(row, 11));
    decision->valid_from = date_parse(db_text(row, 12));
    decision->valid_to = date_parse(db_text(row, 13));
    decision->decided_by = g_strdup(db_text(row, 14));
    decision->section = g_strdup(db_text(row, 15));
    decision->reasons = g_strdup(db_text(row, 16));
    decision->delegation = g_strdup(db_text(row, 17));
    decision->month_minutes = (int)db_int(row, 18);
    decision->version = db_int(row, 19);
    return decision;
}

GPtrArray *decision_of_client(Session *session, gint64 client_id, GError **error)
{
    return client_require(session, PERMIT_WALK, client_id, error)
               ? decision_read_all(session, client_id, error)
               : NULL;
}

GPtrArray *decision_read_all(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 DECISION_COLUMNS " WHERE client_id = :client ORDER BY created_ms DESC, id DESC",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    if (rows == NULL)
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)decision_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, decision_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* Those made last stand first as they are read. */
static gint as_they_rule(gconstpointer left, gconstpointer right)
{
    const Decision *a = *(Decision *const *)left, *b = *(Decision *const *)right;
    const gboolean housing = g_strcmp0(a->support, "housing-support") == 0,
                   other = g_strcmp0(b->support, "housing-support") == 0;
    return housing != other ? other - housing
                            : (a->decided_on < b->decided_on) - (a->decided_on > b->decided_on);
}

GPtrArray *decision_granted(Session *session, gint64 client_id, GError **error)
{
    GPtrArray *all = decision_read_all(session, client_id, error);
    for (guint i = all != NULL ? all->len : 0; i > 0; i--)
        if (!decision_grants(all->pdata[i - 1]))
            g_ptr_array_remove_index(all, i - 1);
    if (all != NULL)
        g_ptr_array_sort(all, as_they_rule);
    return all;
}

static Decision *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), DECISION_COLUMNS " WHERE id = :id AND unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The decision is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? decision_from_row(row) : NULL;
}

Decision *decision_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Decision) decision = read_one(session, id, error);
    return decision != NULL && client_require(session, PERMIT_WALK, decision->client_id, error)
               ? g_steal_pointer(&decision)
               : NULL;
}

gboolean decision_ruling(Session *session, gint64 client_id, Decision **ruling, GError **error)
{
    g_autoptr(GPtrArray) all = decision_granted(session, client_id, error);
    *ruling = all != NULL && all->len > 0 ? g_ptr_array_steal_index(all, 0) : NULL;
    return all != NULL;
}

gboolean decision_latest(Session *session, gint64 client_id, gint64 *id, GError **error)
{
    g_autoptr(Decision) ruling = NULL;
    if (!decision_ruling(session, client_id, &ruling, error))
        return FALSE;
    *id = ruling != NULL ? ruling->id : 0;
    return TRUE;
}

gboolean decision_given(Session *session, gint64 client_id, Date day, gint64 *minutes,
                        GError **error)
{
    char date[DATE_SIZE];
    g_autofree char *month = g_strndup(date_format(day, date), strlen("2026-11"));
    g_autofree char *first = g_strconcat(month, "-01", NULL);
    g_autofree char *last = g_strconcat(month, "-31", NULL);
    return db_get_int(
        session_db(session),
        "SELECT COALESCE(SUM(minutes), 0) FROM visit WHERE client_id = :client"
        " AND date >= :first AND date <= :last"
        " AND outcome IN ('done', 'done-otherwise')",
        DB_PARAMS(DB_INT("client", client_id), DB_TEXT("first", first), DB_TEXT("last", last)), 0,
        minutes, error);
}

gboolean decision_of_response(Session *session, gint64 response_id, Decision **decision,
                              GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), DECISION_COLUMNS " WHERE response_id = :response",
                 DB_PARAMS(DB_INT("response", response_id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *decision = step == DB_STEP_ROW ? decision_from_row(row) : NULL;
    return step != DB_STEP_ERROR;
}

/* --- writing ---------------------------------------------------------------------------------- */

static AuditChanges *compare(const Decision *before, const Decision *after)
{
    AuditChanges *changes = audit_changes_new();
    const struct {
        const char *field, *before, *after;
    } texts[] = {
        {"kind", before->kind, after->kind},
        {"law", before->law, after->law},
        {"asked_for", before->asked_for, after->asked_for},
        {"support", before->support, after->support},
        {"purpose", before->purpose, after->purpose},
        {"hours", before->hours, after->hours},
        {"decided_by", before->decided_by, after->decided_by},
        {"section", before->section, after->section},
        {"reasons", before->reasons, after->reasons},
        {"delegation", before->delegation, after->delegation},
    };
    const struct {
        const char *field;
        Date before, after;
    } days[] = {
        {"received_on", before->received_on, after->received_on},
        {"due_on", before->due_on, after->due_on},
        {"decided_on", before->decided_on, after->decided_on},
        {"valid_from", before->valid_from, after->valid_from},
        {"valid_to", before->valid_to, after->valid_to},
    };
    audit_changes_int(changes, "month_minutes", before->month_minutes, after->month_minutes);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        audit_changes_text(changes, texts[i].field, texts[i].before, texts[i].after);
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        audit_changes_date(changes, days[i].field, days[i].before, days[i].after);
    return changes;
}

gboolean decision_same(const Decision *one, const Decision *other)
{
    g_autoptr(AuditChanges) changes = compare(one, other);
    return audit_changes_empty(changes);
}

/* Runs `sql`, which has every column as a parameter of its name, and :unit and :now when it makes
 * the row. */
static gboolean write_row(Session *session, const char *sql, const Decision *decision,
                          gboolean added, GError **error)
{
    const DbParam end = {.type = DB_TYPE_END};
    char received[DATE_SIZE], due[DATE_SIZE], decided[DATE_SIZE], from[DATE_SIZE], to[DATE_SIZE];
    return db_run(
        session_db(session), sql,
        DB_PARAMS(DB_INT("id", decision->id), DB_INT_OR_NULL("response", decision->response_id),
                  DB_TEXT("kind", decision->kind), DB_TEXT("law", decision->law),
                  DB_TEXT("asked_for", decision->asked_for), DB_TEXT("support", decision->support),
                  DB_TEXT("purpose", decision->purpose), DB_TEXT("hours", decision->hours),
                  DB_TEXT("received_on", date_or_null(decision->received_on, received)),
                  DB_TEXT("due_on", date_or_null(decision->due_on, due)),
                  DB_TEXT("decided_on", date_or_null(decision->decided_on, decided)),
                  DB_TEXT("decided_by", decision->decided_by),
                  DB_TEXT("section", decision->section), DB_TEXT("reasons", decision->reasons),
                  DB_TEXT("delegation", decision->delegation),
                  DB_INT_IF("month_minutes", decision->month_minutes, decision->month_minutes > 0),
                  DB_TEXT("valid_from", date_or_null(decision->valid_from, from)),
                  DB_TEXT("valid_to", date_or_null(decision->valid_to, to)),
                  added ? DB_INT("unit", session_unit_id(session)) : end,
                  added ? DB_INT("client", decision->client_id) : end,
                  added ? DB_INT("now", clock_now_ms()) : end),
        error);
}

gboolean decision_write(Session *session, Decision *decision, const Decision *before,
                        GError **error)
{
    g_autoptr(Decision) nothing = decision_new();
    g_autoptr(AuditChanges) changes = compare(before != NULL ? before : nothing, decision);
    if (before == NULL) {
        if ((decision->id = db_new_id(session_db(session), "decision", error)) == 0 ||
            !write_row(session,
                       "INSERT INTO decision (id, unit_id, client_id, response_id, kind, law,"
                       " asked_for, support, purpose, hours, received_on, due_on, decided_on,"
                       " decided_by, section, reasons, delegation, month_minutes, valid_from,"
                       " valid_to, created_ms) VALUES (:id, :unit, :client,"
                       " :response, :kind, :law, :asked_for, :support, :purpose, :hours,"
                       " :received_on, :due_on, :decided_on, :decided_by, :section, :reasons,"
                       " :delegation, :month_minutes, :valid_from, :valid_to,"
                       " :now)",
                       decision, TRUE, error))
            return FALSE;
        decision->version = 1;
        return audit_write(session, "create", "decision", decision->id, decision->client_id,
                           changes, error);
    }
    if (!write_row(session,
                   "UPDATE decision SET response_id = :response, kind = :kind, law = :law,"
                   " asked_for = :asked_for, support = :support, purpose = :purpose,"
                   " hours = :hours, received_on = :received_on, due_on = :due_on,"
                   " decided_on = :decided_on, decided_by = :decided_by, section = :section,"
                   " reasons = :reasons, delegation = :delegation,"
                   " month_minutes = :month_minutes, valid_from = :valid_from,"
                   " valid_to = :valid_to, version = version + 1 WHERE id = :id",
                   decision, FALSE, error))
        return FALSE;
    decision->version = before->version + 1;
    return audit_changes_empty(changes) || audit_write(session, "correct", "decision", decision->id,
                                                       decision->client_id, changes, error);
}

gboolean decision_remove(Session *session, const Decision *decision, GError **error)
{
    g_autoptr(Decision) nothing = decision_new();
    g_autoptr(AuditChanges) changes = compare(decision, nothing);
    return db_run(session_db(session), "DELETE FROM decision WHERE id = :id",
                  DB_PARAMS(DB_INT("id", decision->id)), error) &&
           audit_write(session, "remove", "decision", decision->id, decision->client_id, changes,
                       error);
}

/* --- words ------------------------------------------------------------------------------------ */

/* A code of a form of the unit's own, that no table has, is said as it is. */
static const char *word_of(const CodeWord *table, guint count, const char *code)
{
    int value = code_value(table, count, code);
    return value >= 0 ? code_word(table, count, (guint)value) : code != NULL ? code : "";
}

static const CodeWord KINDS[] = {
    {"application", N_("Application")},
    {"pre-assessment", N_("Pre-assessment")},
    {"decided", N_("Decision made")},
    {"no-assessment", N_("Support without individual assessment")},
    {"advice", N_("Advice and information")},
    {"referred", N_("Referred to somebody else")},
    {"granted", N_("Granted")},
    {"extended", N_("Extended")},
    {"changed", N_("Changed")},
    {"partly-refused", N_("Granted in part")},
    {DECISION_REFUSED, N_("Refused")},
    {"ended", N_("Ended")},
};

const char *decision_kind_name(const char *code)
{
    return word_of(KINDS, G_N_ELEMENTS(KINDS), code);
}

const char *decision_kind_said(const char *said)
{
    const int value = code_value_said(KINDS, G_N_ELEMENTS(KINDS), said);
    return value >= 0 ? KINDS[value].code : NULL;
}

static const CodeWord SUPPORTS[] = {
    {"housing-support", N_("Housing support")},
    {"contact-person", N_("Contact person")},
    {"occupation", N_("Occupation")},
    {"rejected", N_("Rejected")},
};

const char *decision_support_name(const char *code)
{
    return word_of(SUPPORTS, G_N_ELEMENTS(SUPPORTS), code);
}

const char *decision_support_said(const char *said)
{
    const int value = code_value_said(SUPPORTS, G_N_ELEMENTS(SUPPORTS), said);
    return value >= 0 ? SUPPORTS[value].code : NULL;
}

const char *decision_law_name(const char *code)
{
    static const CodeWord NAMES[] = {
        {"sol-2025", N_("Social Services Act (2025:400)")},
        {"sol-2001", N_("Social Services Act (2001:453)")},
        {"lss", N_("LSS")},
    };
    return word_of(NAMES, G_N_ELEMENTS(NAMES), code);
}
