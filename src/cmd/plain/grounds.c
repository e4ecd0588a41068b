/* grounds.c: what a client's support rests on, as lines: consents to share, which can be withdrawn,
 * and decisions. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/decision_version.h"
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
    };
    say_facts(plain, facts, G_N_ELEMENTS(facts));
}

static void say_decision(Plain *plain, const Decision *decision)
{
    g_autofree char *law = client_words_law(decision), *month = NULL, *corrected = NULL;
    client_words_month(plain->session, decision, &month, NULL);
    decision_corrected(plain->session, decision, &corrected, NULL);
    char received[DATE_SIZE], decided[DATE_SIZE], from[DATE_SIZE];
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
    g_ptr_array_add(labels, (char *)_("Withdraw it"));
    g_autofree char *state = client_words_consent(consent);
    g_autofree char *question = g_strdup_printf("%s, %s", _("Consent"), state);
    int index = plain_choose(plain, question, labels);
    if (index == 0)
        read_form(plain, consent->response_id);
    else if (index == 1)
        withdraw(plain, consent);
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

/* What can be done with one. */
static void open_decision(Plain *plain, const Decision *decision)
{
    const gboolean may = may_change(plain, decision);
    const struct {
        const char *label;
        gboolean offered;
        void (*run)(Plain *plain, const Decision *decision);
    } ways[] = {
        {_("Write it on paper for the person"), decision->decided_on != DATE_NONE,
         plain_decision_paper},
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

static GPtrArray *lines_of(const GPtrArray *consents, const GPtrArray *decisions)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < consents->len; i++) {
        g_autofree char *state = client_words_consent(consents->pdata[i]);
        g_ptr_array_add(
            lines, line_of(_("Consent"), state, ((const Consent *)consents->pdata[i])->actors));
    }
    for (guint i = 0; i < decisions->len; i++) {
        g_autofree char *state = client_words_decision(decisions->pdata[i]);
        g_ptr_array_add(
            lines, line_of(_("Decision"), state, client_words_decision_about(decisions->pdata[i])));
    }
    return lines;
}

/* FALSE when nothing more is to be done. */
static gboolean choose_ground(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) consents = consent_of_client(plain->session, client_id, &error);
    g_autoptr(GPtrArray) decisions =
        consents != NULL ? decision_of_client(plain->session, client_id, &error) : NULL;
    plain_error(plain, error);
    if (decisions == NULL)
        return FALSE;
    g_autoptr(GPtrArray) lines = lines_of(consents, decisions);
    const gboolean may_enter = access_allows(plain->session, PERMIT_CLIENT_EDIT);
    const int entered = (int)lines->len;
    if (may_enter)
        g_ptr_array_add(lines, g_strdup(_("Enter a decision")));
    if (entered == 0)
        plain_say(plain, "%s",
                  _("Nothing is recorded. Consents and decisions come from the intake and the SIP; a "
                    "decision can be entered here too."));
    if (lines->len == 0)
        return FALSE;
    int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index >= entered)
        plain_new_decision(plain, client_id);
    else if (index >= (int)consents->len)
        open_decision(plain, decisions->pdata[index - (int)consents->len]);
    else if (index >= 0)
        open_consent(plain, consents->pdata[index]);
    return index >= 0;
}

void plain_grounds(Plain *plain, gint64 client_id)
{
    while (!plain->ended && choose_ground(plain, client_id))
        continue;
}
