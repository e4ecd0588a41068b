/* risk_edit.c: a page for what whoever goes to a client must know to be safe. It is read here too:
 * it stands on no list, where others than those who go could see it. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/risk_note.h"
#include "ui/common/edit_screen.h"

enum { ROW_WORDS };

typedef struct {
    EditScreen edit;
    gint64 client_id, before_id;
} RiskEditState;

static void risk_edit_finish(App *app, void *data)
{
    RiskEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (!risk_note_write(app_session(app), state->client_id, values[ROW_WORDS], state->before_id,
                         &error)) {
        app_error(app, error);
        return;
    }
    const gboolean stands = risk_note_stands(app_session(app), state->client_id);
    edit_screen_over(app, &state->edit);
    app_say(app, STYLE_GOOD, "%s",
            stands ? _("Noted. It is seen by those who go there, those assigned and the "
                       "team lead.")
                   : _("There is no note on risk now."));
}

static gboolean risk_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    RiskEditState *state = data;
    GError *fault = NULL;
    state->client_id = *(const gint64 *)argument;
    if (!client_require(app_session(app), PERMIT_VISIT_RECORD, state->client_id, error) ||
        !edit_screen_client(app, &state->edit, state->client_id, error))
        return FALSE;
    g_autoptr(RiskNote) note = risk_note_of(app_session(app), state->client_id, &fault);
    if (fault != NULL) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    state->before_id = note != NULL ? note->id : 0;
    g_autofree char *when = note != NULL ? clock_text(note->created_ms) : NULL;
    g_autofree char *by =
        note != NULL ? g_strdup_printf(_("%s, %s. Emptied, there is no danger any more."),
                                       note->staff_name != NULL ? note->staff_name : "–", when)
                     : g_strdup(_("What whoever goes must know: a dog, who else is there, what to "
                                  "do. Nothing else about the person. Who reads it may be the "
                                  "client."));
    page_init(&state->edit.page);
    page_field(&state->edit.page, _("Risk"), NULL, note != NULL ? note->words : "", TRUE);
    edit_page_hint(&state->edit.page, ROW_WORDS, by);
    edit_screen_begin(app, &state->edit, DRAFT_RISK, state->client_id, NULL);
    return TRUE;
}

static void risk_edit_leave(App *app, void *data)
{
    (void)app;
    edit_screen_clear(&((RiskEditState *)data)->edit);
}

const Screen screen_risk_edit = {
    .name = "risk-edit",
    EDIT_SCREEN,
    .title = N_("Note on risk"),
    .state_size = sizeof(RiskEditState),
    .enter = risk_edit_enter,
    .finish = risk_edit_finish,
    .leave = risk_edit_leave,
};

void on_risk(App *app, void *data)
{
    (void)data;
    const gint64 id = app_subject(app).client_id;
    if (id == 0)
        app_say(app, STYLE_QUIET, "%s", _("There is no client here to note anything about."));
    else if (!risk_may_see(app_session(app), id))
        app_say(app, STYLE_NOTICE, "%s", risk_note_not_seen());
    else
        app_push(app, &screen_risk_edit, &id);
}
