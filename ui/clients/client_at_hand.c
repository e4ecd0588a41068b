/* client_at_hand.c: what the card says in a line each of the client's forms: the plan for a hard
 * day, and the decision and consents in force. */
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/closing_rows.h"
#include "care/client/risk_note.h"
#include "care/visit/absence_rows.h"
#include "ui/clients/client_private.h"
#include "ui/common/shared.h"

enum { GAP = 2 };

/* --- fetching --------------------------------------------------------------------------------- */

void client_clear_at_hand(ClientState *state)
{
    g_clear_pointer(&state->plan, plan_free);
    g_clear_pointer(&state->grounds, g_free);
    g_clear_pointer(&state->closed, g_free);
    g_clear_pointer(&state->away, g_free);
    g_clear_pointer(&state->risk, g_free);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
}

gboolean client_fetch_at_hand(ClientState *state, GError **error)
{
    Session *session = app_session(state->app);
    GError *fault = NULL;
    client_clear_at_hand(state);
    char key[KEY_NAME_SIZE];
    if (risk_note_stands(session, state->id))
        state->risk = g_strdup_printf(_("There is a note: %s reads it before you go."),
                                      shared_key(state->app, ACTION_RISK, key));
    state->plan = plan_of_client(session, state->id, &fault);
    if (fault != NULL) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    return (state->disputes = dispute_of_client(session, state->id, error)) != NULL &&
           client_words_grounds(session, state->id, &state->grounds, error) &&
           closing_words_now(session, state->id, &state->closed, error) &&
           absence_words_now(session, state->id, &state->away, error);
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

/* "Address: “I moved in May.” (2026-11-20, not answered yet)", of several behind "(3)". New; NULL: none.
 */
static char *disputed_text(const GPtrArray *disputes)
{
    if (disputes == NULL || disputes->len == 0)
        return NULL;
    const Dispute *first = disputes->pdata[0];
    g_autofree char *sentence = dispute_sentence(first, i18n_language());
    return disputes->len > 1
               ? g_strdup_printf("(%u) %s: %s", disputes->len, first->entry, sentence)
               : g_strdup_printf("%s: %s", first->entry, sentence);
}

int client_draw_at_hand(const ClientState *state, Area area, int labels, int rows)
{
    Area own = area_rows(area, 0, MAX(rows, 0));
    const char *then = state->plan != NULL && state->plan->then != NULL ? state->plan->then
                       : state->plan != NULL                            ? state->plan->hard
                                                                        : NULL;
    g_autofree char *disputed = disputed_text(state->disputes);
    int row = draw_line(own, 0, labels, _("Risk"), state->risk);
    row += draw_line(own, row, labels, _("Objection"), disputed);
    row += draw_line(own, row, labels, C_("client", "Ended"), state->closed);
    row += draw_line(own, row, labels, _("Away"), state->away);
    row += draw_line(own, row, labels, C_("client", "Plan"), then);
    return row + draw_line(own, row, labels, C_("client", "In force"), state->grounds);
}
