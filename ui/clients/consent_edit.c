/* consent_edit.c: a page for a consent that is given, changed or refused without a form. */
#include "ui/clients/consent_edit.h"

#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/consent_rows.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"

typedef struct {
    EditScreen edit;
    Consent *consent; /* its id is drawn at the first try to save */
    gint64 replaces;
    void (*saved)(App *app, gint64 id);
    ChoiceOption answers[2], givers[CONSENT_GIVERS], forms[CONSENT_FORMS];
} ConsentEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    ConsentEditState *state = data;
    day_row_hint(&state->edit.page, CONSENT_ROW_FROM,
                 _("From which day, or the day of the no. Empty: today."));
    day_row_hint(&state->edit.page, CONSENT_ROW_UNTIL,
                 _("The last day: 21/11, +26w; at most a year. Left empty for a no."));
}

static void build_rows(ConsentEditState *state, char *const *values)
{
    const char *const givers[CONSENT_GIVERS] = {
        C_("key of who consents", "p"), C_("key of who consents", "g"),
        C_("key of who consents", "c"), C_("key of who consents", "b"),
        C_("key of who consents", "a"),
    };
    const char *const forms[CONSENT_FORMS] = {C_("key of how one consents", "o"),
                                              C_("key of how one consents", "w")};
    Page *page = &state->edit.page;
    state->answers[0] = (ChoiceOption){g_utf8_get_char(C_("key", "y")), consent_rows_answer(0), 0};
    state->answers[1] = (ChoiceOption){g_utf8_get_char(C_("key", "n")), consent_rows_answer(1), 1};
    for (int i = 0; i < CONSENT_GIVERS; i++)
        state->givers[i] = (ChoiceOption){g_utf8_get_char(givers[i]), consent_rows_giver(i), i};
    for (int i = 0; i < CONSENT_FORMS; i++)
        state->forms[i] = (ChoiceOption){g_utf8_get_char(forms[i]), consent_rows_form(i), i};
    page_init(page);
    page_choice(page, C_("consent", "The person says"), NULL, state->answers, 2, -1);
    page_field(page, C_("consent", "With"), _("Which unit, and preferably a name."), "", FALSE);
    page_field(page, C_("consent", "About"), _("What we may talk about."), "", TRUE);
    page_field(page, C_("consent", "For"), _("What for. May be left empty."), "", FALSE);
    page_field(page, C_("consent", "But not"),
               _("What we may not talk about. Always ask; may be left empty."), "", TRUE);
    page_field(page, C_("consent", "From"), NULL, "", FALSE);
    page_field(page, C_("consent", "Until"), NULL, "", FALSE);
    page_choice(page, C_("consent", "Said by"), NULL, state->givers, CONSENT_GIVERS, 0);
    page_choice(page, C_("consent", "How"), NULL, state->forms, CONSENT_FORMS, 0);
    edit_screen_fill(&state->edit, values);
    page->focus = CONSENT_ROW_ANSWER;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, ConsentEditState *state)
{
    const char *faults[CONSENT_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (consent_rows_take(values, state->consent, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void consent_edit_finish(App *app, void *data)
{
    ConsentEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    if (!consent_enter(app_session(app), state->consent, state->replaces, &error)) {
        app_error(app, error);
        return;
    }
    void (*saved)(App *, gint64) = state->saved;
    const gint64 id = state->consent->id;
    edit_screen_over(app, &state->edit);
    saved(app, id);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean consent_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    ConsentEditState *state = data;
    const ConsentEditArgument *from = argument;
    if (!client_require(app_session(app), PERMIT_WALK, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error))
        return FALSE;
    state->saved = from->saved;
    state->replaces = from->replaces != NULL ? from->replaces->id : 0;
    state->consent = consent_entry_new(from->client_id);
    g_auto(GStrv) values = consent_rows_values(from->replaces);
    build_rows(state, values);
    state->edit.replaces = FALSE;
    state->edit.days = EDIT_DAY(CONSENT_ROW_FROM) | EDIT_DAY(CONSENT_ROW_UNTIL);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit,
                      state->replaces != 0 ? DRAFT_CONSENT_CHANGE : DRAFT_CONSENT,
                      state->replaces != 0 ? state->replaces : from->client_id, NULL);
    return TRUE;
}

static void consent_edit_leave(App *app, void *data)
{
    (void)app;
    ConsentEditState *state = data;
    consent_free(state->consent);
    edit_screen_clear(&state->edit);
}

const Screen screen_consent_edit = {
    .name = "consent-edit",
    EDIT_SCREEN,
    .title = N_("Consent"),
    .state_size = sizeof(ConsentEditState),
    .enter = consent_edit_enter,
    .finish = consent_edit_finish,
    .leave = consent_edit_leave,
};
