/* grounds.c: what a client's support rests on, as lines: consents to share, which can be withdrawn,
 * decisions, and what was ordered by them. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/care_order_rows.h"
#include "care/client/client_words.h"
#include "care/client/consent_rows.h"
#include "care/client/decision_version.h"
#include "care/client/implementation_rows.h"
#include "care/completion/decision_entry.h"
#include "care/unit/access.h"

typedef struct {
    const char *label, *text; /* NULL or "": not said */
} Fact;

static void say_facts(Plain *plain, const Fact *facts, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (facts[i].text != NULL && *facts[i].text != '\0')
            plain_say(plain, "%s: %s", facts[i].label, facts[i].text);
}

static void say_consent(Plain *plain, const Consent *consent)
{
    char given[DATE_SIZE], ends[DATE_SIZE];
    const Fact facts[] = {
        {C_("consent", "With"), consent->actors},
        {C_("consent", "About"), consent->scope},
        {C_("consent", "For"), consent->purpose},
        {C_("consent", "But not"), consent->exceptions},
        {C_("consent", "From"), date_or_null(consent->given_on, given)},
        {C_("consent", "Until"), date_or_null(consent->ends_on, ends)},
        {C_("consent", "Said by"), consent_giver_name(consent->given_by)},
        {C_("consent", "How"), consent_form_name(consent->form)},
    };
    say_facts(plain, facts, G_N_ELEMENTS(facts));
}

static void say_decision(Plain *plain, const Decision *decision)
{
    g_autofree char *law = client_words_law(decision), *month = NULL, *corrected = NULL;
    client_words_month(plain->session, decision, &month, NULL);
    decision_corrected(plain->session, decision, &corrected, NULL);
    char received[DATE_SIZE], decided[DATE_SIZE], from[DATE_SIZE], until[DATE_SIZE];
    const Fact facts[] = {
        {C_("decision", "Matter"), decision_kind_name(decision->kind)},
        {C_("decision", "Applied for"), decision->asked_for},
        {C_("decision", "Support"), decision_support_name(decision->support)},
        {C_("decision", "Goal"), decision->purpose},
        {C_("decision", "Hours a week"), decision->hours},
        {C_("decision", "Came in"), date_or_null(decision->received_on, received)},
        {C_("decision", "Decided"), date_or_null(decision->decided_on, decided)},
        {C_("decision", "Decided by"), decision->decided_by},
        {C_("decision", "From"), date_or_null(decision->valid_from, from)},
        {C_("decision", "Until"), date_or_null(decision->valid_to, until)},
        {C_("decision", "Hours a month"), month},
        {C_("decision", "By the"), law},
        {C_("decision", "Reasons"), decision->reasons},
        {C_("decision", "Delegation"), decision->delegation},
        {C_("decision", "Corrections"), corrected},
    };
    say_facts(plain, facts, G_N_ELEMENTS(facts));
}

/* --- what one does ---------------------------------------------------------------------------- */

static void withdraw(Plain *plain, const Consent *consent)
{
    GError *error = NULL;
    Date day;
    char date[DATE_SIZE];
    const char *why = client_words_not_withdrawn(consent);
    if (why != NULL) {
        plain_say(plain, "%s", why);
        return;
    }
    if (!plain_day_asked(plain, _("From which day is the consent withdrawn?"), &day))
        return;
    if (consent_withdraw(plain->session, consent->id, day, &error)) {
        g_autofree char *said =
            g_strdup_printf("%s %s", date_weekday_name(date_weekday(day)), date_format(day, date));
        plain_say(plain, _("The consent is withdrawn from %s. Nothing more is shared by it."),
                  said);
    }
    plain_error(plain, error);
}

static void change(Plain *plain, const Consent *consent)
{
    const char *why = client_words_not_withdrawn(consent);
    if (why != NULL)
        plain_say(plain, "%s", why);
    else
        plain_change_consent(plain, consent->id);
}

static void read_form(Plain *plain, gint64 response_id)
{
    if (response_id == 0)
        plain_say(plain, "%s", _("It was not recorded in a form."));
    else
        plain_read_aloud(plain, response_id);
}

static void open_consent(Plain *plain, const Consent *consent)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    say_consent(plain, consent);
    g_ptr_array_add(labels, (char *)_("Read the form it was recorded in"));
    g_ptr_array_add(labels, (char *)(consent->given ? _("Withdraw it") : _("Say which holds")));
    if (consent->given)
        g_ptr_array_add(labels, (char *)_("Change it: another takes its place"));
    g_autofree char *state = client_words_consent(consent);
    g_autofree char *question = g_strdup_printf("%s, %s", _("Consent"), state);
    int index = plain_choose(plain, question, labels);
    if (index == 0)
        read_form(plain, consent->response_id);
    else if (index == 1 && consent->given)
        withdraw(plain, consent);
    else if (index == 1)
        plain_settle_consent(plain, consent);
    else if (index == 2)
        change(plain, consent);
}

static gboolean may_change(const Plain *plain, const Decision *decision)
{
    return decision->response_id == 0 && access_allows(plain->session, PERMIT_CLIENT_EDIT);
}

static void take_away(Plain *plain, const Decision *decision)
{
    GError *error = NULL;
    if (decision_take_away(plain->session, decision->client_id, decision->id, &error))
        plain_say(plain, "%s", _("The decision is taken away. The log keeps it."));
    plain_error(plain, error);
}

static void dispute_decision(Plain *plain, const Decision *decision)
{
    plain_new_dispute(plain, decision->client_id,
                      &(PlainDisputed){DISPUTE_DECISION, decision->id, NULL,
                                       client_words_decision_about(decision)});
}

static void read_decision_form(Plain *plain, const Decision *decision)
{
    read_form(plain, decision->response_id);
}

static void correct_decision(Plain *plain, const Decision *decision)
{
    plain_correct_decision(plain, decision->id);
}

static void order_by_decision(Plain *plain, const Decision *decision)
{
    plain_new_order(plain, decision->id);
}

static void await_plan(Plain *plain, const Decision *decision)
{
    plain_new_implementation(plain, decision->id);
}

/* What can be done with one. */
static void open_decision(Plain *plain, const Decision *decision)
{
    const gboolean may = may_change(plain, decision);
    const gboolean orders =
        decision_grants(decision) && access_allows(plain->session, PERMIT_CLIENT_EDIT);
    const struct {
        const char *label;
        gboolean offered;
        void (*run)(Plain *plain, const Decision *decision);
    } ways[] = {
        {_("Write it on paper for the person"), decision->decided_on != DATE_NONE,
         plain_decision_paper},
        {_("Order it from the one who carries it out"), orders, order_by_decision},
        {_("Await the implementation plan without an order"), orders, await_plan},
        {_("Correct it"), may, correct_decision},
        {_("It was entered by mistake: take it away"), may, take_away},
        {_("Read the form it was recorded in"), decision->response_id != 0, read_decision_form},
        {_("The person says that something here is wrong"), TRUE, dispute_decision},
    };
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    int offered[G_N_ELEMENTS(ways)];
    say_decision(plain, decision);
    plain_say_disputed(plain, decision->client_id, DISPUTE_DECISION, decision->id);
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++)
        if (ways[i].offered) {
            offered[labels->len] = (int)i;
            g_ptr_array_add(labels, (char *)ways[i].label);
        }
    const int index =
        plain_choose(plain, _("What about the decision? An empty line goes back."), labels);
    if (index >= 0)
        ways[offered[index]].run(plain, decision);
}

/* --- the list --------------------------------------------------------------------------------- */

static char *line_of(const char *what, const char *state, const char *about)
{
    return about != NULL && *about != '\0' ? g_strdup_printf("%s, %s: %s", what, state, about)
                                           : g_strdup_printf("%s, %s", what, state);
}

/* What a client's support rests on, read at once. */
typedef struct {
    GPtrArray *consents, *decisions, *orders, *plans;
    GArray *rows; /* Row, in the order in which they are shown */
} Grounds;
/* One of them. */
typedef struct {
    const Consent *consent;
    const Decision *decision; /* also of an order */
    const CareOrder *order;
    const Implementation *plan;
} Row;

static void grounds_clear(Grounds *grounds)
{
    g_clear_pointer(&grounds->consents, g_ptr_array_unref);
    g_clear_pointer(&grounds->decisions, g_ptr_array_unref);
    g_clear_pointer(&grounds->orders, g_ptr_array_unref);
    g_clear_pointer(&grounds->plans, g_ptr_array_unref);
    g_clear_pointer(&grounds->rows, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Grounds, grounds_clear)

/* A decision, and below it what was ordered by it and the plans for how. */
static void add_decision(Grounds *grounds, const Decision *decision)
{
    const Row row = {.decision = decision};
    g_array_append_val(grounds->rows, row);
    for (guint i = 0; i < grounds->orders->len; i++) {
        const Row order = {.decision = decision, .order = grounds->orders->pdata[i]};
        if (order.order->decision_id == decision->id)
            g_array_append_val(grounds->rows, order);
    }
    for (guint i = 0; i < grounds->plans->len; i++) {
        const Row plan = {.plan = grounds->plans->pdata[i]};
        if (plan.plan->decision_id == decision->id)
            g_array_append_val(grounds->rows, plan);
    }
}

static gboolean read_all(Session *session, gint64 client_id, Grounds *grounds, GError **error)
{
    if ((grounds->consents = consent_of_client(session, client_id, error)) == NULL ||
        (grounds->decisions = decision_of_client(session, client_id, error)) == NULL ||
        (grounds->orders = care_order_of_client(session, client_id, error)) == NULL ||
        (grounds->plans = implementation_of_client(session, client_id, error)) == NULL)
        return FALSE;
    grounds->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    for (guint i = 0; i < grounds->consents->len; i++) {
        const Row row = {.consent = grounds->consents->pdata[i]};
        g_array_append_val(grounds->rows, row);
    }
    for (guint i = 0; i < grounds->decisions->len; i++)
        add_decision(grounds, grounds->decisions->pdata[i]);
    return TRUE;
}

static char *words_of(const Row *row)
{
    g_autofree char *state = row->consent != NULL ? client_words_consent(row->consent)
                             : row->order != NULL ? care_order_words(row->order, row->decision)
                             : row->plan != NULL  ? implementation_words(row->plan)
                                                  : client_words_decision(row->decision);
    return row->consent != NULL ? line_of(_("Consent"), state, row->consent->actors)
           : row->order != NULL ? line_of(_("Order"), state, row->order->provider)
           : row->plan != NULL
               ? line_of(_("Implementation plan"), state, row->plan->provider)
               : line_of(_("Decision"), state, client_words_decision_about(row->decision));
}

static void open_row(Plain *plain, const Row *row)
{
    if (row->consent != NULL)
        open_consent(plain, row->consent);
    else if (row->order != NULL)
        plain_open_order(plain, row->order, row->decision);
    else if (row->plan != NULL)
        plain_open_implementation(plain, row->plan);
    else
        open_decision(plain, row->decision);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_ground(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_auto(Grounds) grounds = {0};
    const gboolean read = read_all(plain->session, client_id, &grounds, &error);
    plain_error(plain, error);
    if (!read)
        return FALSE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < grounds.rows->len; i++)
        g_ptr_array_add(lines, words_of(&g_array_index(grounds.rows, Row, i)));
    const gboolean may_enter = access_allows(plain->session, PERMIT_CLIENT_EDIT);
    const int entered = (int)lines->len;
    g_ptr_array_add(lines, g_strdup(_("Enter a consent, or a no")));
    if (may_enter)
        g_ptr_array_add(lines, g_strdup(_("Enter a decision")));
    if (entered == 0)
        plain_say(plain, "%s",
                  _("Nothing is recorded. Consents and decisions come from the intake and the SIP; "
                    "both can be entered here too."));
    int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index > entered)
        plain_new_decision(plain, client_id);
    else if (index == entered)
        plain_new_consent(plain, client_id);
    else if (index >= 0)
        open_row(plain, &g_array_index(grounds.rows, Row, index));
    return index >= 0;
}

void plain_grounds(Plain *plain, gint64 client_id)
{
    while (!plain->ended && choose_ground(plain, client_id))
        continue;
}
