/* client_at_hand.c: what the card says in a line each of the client's forms: the plan for a hard
 * day, and the decision and consents in force. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/consent.h"
#include "care/client/decision.h"
#include "ui/clients/client_private.h"

enum { GAP = 2 };

/* --- fetching --------------------------------------------------------------------------------- */

static gboolean decision_holds(const Decision *decision, Date day)
{
    return decision->decided_on != DATE_NONE && g_strcmp0(decision->support, "rejected") != 0 &&
           (decision->valid_from == DATE_NONE || decision->valid_from <= day) &&
           (decision->valid_to == DATE_NONE || day <= decision->valid_to);
}

/* The latest in force; else the matter that waits for one. New; NULL: neither. */
static char *decision_text(const GPtrArray *decisions)
{
    char date[DATE_SIZE];
    for (guint i = 0; i < decisions->len; i++) {
        const Decision *decision = decisions->pdata[i];
        if (!decision_holds(decision, clock_today()))
            continue;
        const char *what = decision->support != NULL ? decision_support_name(decision->support)
                                                     : decision_kind_name(decision->kind);
        return decision->valid_to != DATE_NONE
                   ? g_strdup_printf(C_("decision", "%s to %s"), what,
                                     date_format(decision->valid_to, date))
                   : g_strdup(what);
    }
    const Decision *latest = decisions->len > 0 ? decisions->pdata[0] : NULL;
    return latest != NULL && latest->decided_on == DATE_NONE && latest->due_on != DATE_NONE
               ? g_strdup_printf(_("to be decided by %s"), date_format(latest->due_on, date))
               : NULL;
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

/* New; NULL: nothing is in force. */
static char *grounds_text(const GPtrArray *decisions, const GPtrArray *consents)
{
    g_autofree char *decision = decision_text(decisions);
    g_autofree char *consent = consents_text(consents);
    if (decision == NULL || consent == NULL)
        return g_strdup(decision != NULL ? decision : consent);
    return g_strdup_printf("%s · %s", decision, consent);
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
    if (consents != NULL)
        state->grounds = grounds_text(decisions, consents);
    return consents != NULL;
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
