/* consent_entry.c: consents entered on the card, and which of a yes and a no holds. */
#include "care/client/consent_entry.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/consent_private.h"
#include "care/unit/commit.h"

/* As the forms have it. */
#define DAYS_MOST 366

static const CodeWord SETTLED[CONSENT_SETTLED_COUNT] = {
    [CONSENT_NO_HOLDS] = {"no", N_("The no holds")},
    [CONSENT_YES_HOLDS] = {"yes", N_("The yes holds")},
    [CONSENT_BOTH_HOLD] = {"both", N_("Both hold: they are about different things")},
};

const char *consent_settled_code(ConsentSettled settled)
{
    return code_of(SETTLED, CONSENT_SETTLED_COUNT, settled);
}

const char *consent_settled_name(ConsentSettled settled)
{
    return code_word(SETTLED, CONSENT_SETTLED_COUNT, settled);
}

Consent *consent_entry_new(gint64 client_id)
{
    Consent *consent = consent_new();
    consent->client_id = client_id;
    consent->given_on = clock_today();
    return consent;
}

/* --- which meets which ------------------------------------------------------------------------ */

GPtrArray *consent_met_by(const GPtrArray *consents, const Consent *refusal)
{
    g_autoptr(GPtrArray) met = g_ptr_array_new();
    for (guint i = 0; i < consents->len; i++)
        if (consent_meets(refusal, consents->pdata[i], clock_today()))
            g_ptr_array_add(met, consents->pdata[i]);
    return met->len > 0 ? g_steal_pointer(&met) : NULL;
}

const Consent *consent_no_that_meets(const GPtrArray *consents, const Consent *consent)
{
    const Consent *newest = NULL;
    for (guint i = 0; i < consents->len; i++) {
        const Consent *no = consents->pdata[i];
        if (consent_meets(no, consent, clock_today()) &&
            (newest == NULL || no->created_ms > newest->created_ms))
            newest = no;
    }
    return newest;
}

/* --- entering --------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, DagsformError code, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, (int)code, sentence);
    return FALSE;
}

static gboolean is_said(const char *text)
{
    return text != NULL && *text != '\0';
}

const char *consent_entry_fault(const Consent *consent, ConsentField *field)
{
    const Date today = clock_today();
    *field = CONSENT_FIELD_FROM;
    if (consent->given_on == DATE_NONE)
        return _("Write the day, as 21/11 or today.");
    if (!consent->given)
        return consent->given_on > today
                   ? _("The day lies ahead. Write the day on which the person said no.")
                   : NULL;
    *field = CONSENT_FIELD_ACTORS;
    if (!is_said(consent->actors))
        return _("Write with whom we may talk.");
    *field = CONSENT_FIELD_SCOPE;
    if (!is_said(consent->scope))
        return _("Write about what we may talk.");
    *field = CONSENT_FIELD_UNTIL;
    if (consent->ends_on == DATE_NONE)
        return _("Write the last day, as 21/11 or +26w: a consent is never for ever.");
    if (consent->ends_on < consent->given_on)
        return _("The consent ends before it begins. Change one of the days.");
    if (consent->ends_on < today)
        return _("The consent has ended already. Look at the days again.");
    if (consent->ends_on > consent->given_on + DAYS_MOST)
        return _("A consent holds for a year at most. Ask again then.");
    return NULL;
}

static gboolean check(const Consent *consent, GError **error)
{
    ConsentField field;
    const char *fault = consent_entry_fault(consent, &field);
    return fault == NULL || refuse(error, ERROR_INPUT, fault);
}

/* Inside the transaction: from the day on which the new one begins. */
static gboolean end_replaced(Session *session, const Consent *consent, gint64 replaces,
                             GError **error)
{
    if (replaces == 0)
        return TRUE;
    g_autoptr(Consent) old = consent_read(session, replaces, error);
    if (old == NULL)
        return FALSE;
    if (old->client_id != consent->client_id || !old->given ||
        (old->withdrawn_on != DATE_NONE && old->withdrawn_on <= clock_today()))
        return refuse(error, ERROR_CONFLICT,
                      _("That consent holds no more. Enter a new one instead."));
    const Date end = MAX(consent->given_on, old->given_on);
    if ((old->withdrawn_on != DATE_NONE && old->withdrawn_on <= end) ||
        (old->ends_on != DATE_NONE && old->ends_on < end))
        return TRUE; /* it ends before by itself, or was taken back */
    old->withdrawn_on = end;
    return consent_update(session, old, "replace", error);
}

gboolean consent_enter(Session *session, Consent *consent, gint64 replaces, GError **error)
{
    Db *db = session_db(session);
    gint64 there = 0;
    if (!client_require(session, PERMIT_WALK, consent->client_id, error) || !check(consent, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    if (tx == NULL ||
        (consent->id != 0 && !db_get_int(db, "SELECT COUNT(*) FROM consent WHERE id = :id",
                                         DB_PARAMS(DB_INT("id", consent->id)), 0, &there, error)))
        return FALSE;
    if (there > 0)
        return TRUE; /* it came through the first time */
    return end_replaced(session, consent, replaces, error) &&
           consent_insert(session, consent, NULL, NULL, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM consent WHERE id = :id",
                                DB_PARAMS(DB_INT("id", consent->id)), error);
}

/* --- which holds ------------------------------------------------------------------------------ */

/* The consents of before that it meets are withdrawn from its day. */
static gboolean let_no_hold(Session *session, const Consent *no, GError **error)
{
    g_autoptr(GPtrArray) all = consent_of_client(session, no->client_id, error);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        Consent *yes = all->pdata[i];
        if (!consent_meets(no, yes, clock_today()))
            continue;
        yes->withdrawn_on =
            MAX(no->given_on != DATE_NONE ? no->given_on : clock_today(), yes->given_on);
        if (!consent_update(session, yes, "change", error))
            return FALSE;
    }
    return TRUE;
}

gboolean consent_settle(Session *session, gint64 refusal_id, ConsentSettled settled, GError **error)
{
    g_autoptr(Consent) asked = consent_get(session, refusal_id, error);
    if (asked == NULL)
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Consent) no = tx != NULL ? consent_read(session, refusal_id, error) : NULL;
    if (no == NULL)
        return FALSE;
    if (no->given)
        return refuse(error, ERROR_INPUT, _("Nobody said no here, so there is nothing to weigh."));
    if (no->settled != NULL)
        return g_str_equal(no->settled, consent_settled_code(settled)) ||
               refuse(error, ERROR_CONFLICT,
                      _("Somebody has said already which holds. Look at the card again."));
    if (settled == CONSENT_NO_HOLDS && !let_no_hold(session, no, error))
        return FALSE;
    no->settled = g_strdup(consent_settled_code(settled));
    return db_run(session_db(session),
                  "UPDATE consent SET settled = :settled, settled_ms = :now WHERE id = :id",
                  DB_PARAMS(DB_TEXT("settled", no->settled), DB_INT("now", clock_now_ms()),
                            DB_INT("id", no->id)),
                  error) &&
           consent_log_settled(session, no, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM consent WHERE id = :id"
                                " AND settled IS NOT NULL",
                                DB_PARAMS(DB_INT("id", no->id)), error);
}
