/* client_at_hand.c: what the card says in a line each of the client's forms: the plan for a hard
 * day, and the decision and consents in force. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/consent.h"
#include "care/client/decision.h"
#include "care/visit/visit_list.h"
#include "ui/clients/client_private.h"

enum { GAP = 2 };

/* --- fetching --------------------------------------------------------------------------------- */

/* "Housing support to 2027-01-10 (Social Services Act (2025:400))". New. */
static char *in_force_text(const Decision *decision)
{
    char date[DATE_SIZE];
    const char *what = decision->support != NULL ? decision_support_name(decision->support)
                                                 : decision_kind_name(decision->kind);
    g_autofree char *until = decision->valid_to != DATE_NONE
                                 ? g_strdup_printf(C_("decision", "%s to %s"), what,
                                                   date_format(decision->valid_to, date))
                                 : g_strdup(what);
    return decision->law != NULL
               ? g_strdup_printf("%s, %s", until, decision_law_name(decision->law))
               : g_steal_pointer(&until);
}

/* The latest in force; else the matter that waits for one, or the one that has ended. New; NULL:
 * none. */
static char *decision_text(const GPtrArray *decisions)
{
    char date[DATE_SIZE];
    const Decision *latest = decisions->len > 0 ? decisions->pdata[0] : NULL, *ended = NULL;
    for (guint i = 0; i < decisions->len; i++) {
        const Decision *decision = decisions->pdata[i];
        if (decision_holds(decision, clock_today()))
            return in_force_text(decision);
        if (decision_grants(decision) && decision->valid_to != DATE_NONE &&
            decision->valid_to < clock_today() &&
            (ended == NULL || ended->valid_to < decision->valid_to))
            ended = decision;
    }
    if (latest != NULL && latest->decided_on == DATE_NONE && latest->due_on != DATE_NONE)
        return g_strdup_printf(_("to be decided by %s"), date_format(latest->due_on, date));
    return ended != NULL
               ? g_strdup_printf(_("the decision ended on %s"), date_format(ended->valid_to, date))
               : NULL;
}

/* "3 visits after the decision's end": those planned which nothing supports. New; NULL: none. */
static gboolean after_text(ClientState *state, char **text, GError **error)
{
    Session *session = app_session(state->app);
    Date last = DATE_NONE;
    gint64 count = 0;
    if (!decision_last_day(session, state->id, &last, error))
        return FALSE;
    VisitQuery after = {
        .from = last + 1, .to = DATE_NONE, .client_id = state->id, .outcome = OUTCOME_NONE};
    if (last != DATE_NONE && !visit_count(session, &after, &count, error))
        return FALSE;
    if (count > 0)
        *text = g_strdup_printf(ngettext("%d visit after the decision's end",
                                         "%d visits after the decision's end", (gulong)count),
                                (int)count);
    return TRUE;
}

/* "2 consents, next to 2026-12-31": the day on which the first of them ends. New; NULL: none hold.
 */
static char *consents_text(const GPtrArray *consents)
{
    char date[DATE_SIZE];
    int count = 0;
    Date next = DATE_NONE, today = clock_today();
    for (guint i = 0; i < consents->len; i++) {
        const Consent *consent = consents->pdata[i];
        if (!consent_holds(consent, today))
            continue;
        count++;
        if (consent->ends_on != DATE_NONE && (next == DATE_NONE || consent->ends_on < next))
            next = consent->ends_on;
    }
    if (count == 0)
        return NULL;
    if (next == DATE_NONE)
        return g_strdup_printf(ngettext("%d consent", "%d consents", (gulong)count), count);
    return g_strdup_printf(ngettext("%d consent, to %s", "%d consents, next to %s", (gulong)count),
                           count, date_format(next, date));
}

/* What is not NULL, in one line. New; NULL: nothing. */
static char *grounds_text(const GPtrArray *decisions, const char *after, const GPtrArray *consents)
{
    g_autofree char *decision = decision_text(decisions);
    g_autofree char *consent = consents_text(consents);
    const char *const parts[] = {decision, after, consent};
    g_autoptr(GString) line = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] != NULL)
            g_string_append_printf(line, "%s%s", line->len > 0 ? " · " : "", parts[i]);
    return line->len > 0 ? g_strdup(line->str) : NULL;
}

void client_clear_at_hand(ClientState *state)
{
    g_clear_pointer(&state->plan, plan_free);
    g_clear_pointer(&state->grounds, g_free);
}

gboolean client_fetch_at_hand(ClientState *state, GError **error)
{
    Session *session = app_session(state->app);
    GError *fault = NULL;
    client_clear_at_hand(state);
    state->plan = plan_of_client(session, state->id, &fault);
    if (fault != NULL) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    g_autoptr(GPtrArray) decisions = decision_of_client(session, state->id, error);
    g_autoptr(GPtrArray) consents =
        decisions != NULL ? consent_of_client(session, state->id, error) : NULL;
    g_autofree char *after = NULL;
    if (consents == NULL || !after_text(state, &after, error))
        return FALSE;
    state->grounds = grounds_text(decisions, after, consents);
    return TRUE;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static int draw_line(Area area, int row, int labels, const char *label, const char *text)
{
    if (text == NULL || row >= area.rows)
        return 0;
    draw_cell(area, row, 0, labels, STYLE_QUIET, FALSE, label);
    draw_cell(area, row, labels + GAP, area.columns - labels - GAP, STYLE_NORMAL, FALSE, text);
    return 1;
}

int client_draw_at_hand(const ClientState *state, Area area, int labels, int rows)
{
    Area own = area_rows(area, 0, MAX(rows, 0));
    const char *then = state->plan != NULL && state->plan->then != NULL ? state->plan->then
                       : state->plan != NULL                            ? state->plan->hard
                                                                        : NULL;
    int row = draw_line(own, 0, labels, C_("client", "Plan"), then);
    return row + draw_line(own, row, labels, C_("client", "In force"), state->grounds);
}
