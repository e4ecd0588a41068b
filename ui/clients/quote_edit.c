/* quote_edit.c: a page for words that the client lets the unit show at its meeting. */
#include "ui/clients/quote_edit.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/quote.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    EditScreen edit;
    Quote *quote;
    ChoiceOption allowed[2];
} QuoteEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    QuoteEditState *state = data;
    day_row_hint(&state->edit.page, QUOTE_ROW_SAID, _("The day it was said: 21/11, yesterday."));
}

static void build_rows(QuoteEditState *state, const QuoteEditArgument *from)
{
    char said[DATE_SIZE];
    Page *page = &state->edit.page;
    state->allowed[0] = (ChoiceOption){g_utf8_get_char(C_("key", "y")), C_("answer", "yes"), TRUE};
    state->allowed[1] = (ChoiceOption){g_utf8_get_char(C_("key", "n")), C_("answer", "no"), FALSE};
    page_init(page);
    page_field(page, C_("quote", "Words"),
               _("As the client said it, without names and without what tells who it is."),
               from->words != NULL ? from->words : "", TRUE);
    page_field(page, C_("quote", "Said"), NULL,
               date_format(from->words != NULL ? from->said_on : clock_today(), said), FALSE);
    page_choice(page, _("The client says yes"),
                _("The client knows that the words are shown at the meeting, without a name, and "
                  "can take them back on any day."),
                state->allowed, 2, -1);
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, QuoteEditState *state)
{
    const char *faults[QUOTE_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (quote_rows_take(values, state->quote, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void quote_edit_finish(App *app, void *data)
{
    QuoteEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    if (!quote_add(app_session(app), state->quote, &error)) {
        app_error(app, error);
        return;
    }
    edit_screen_over(app, &state->edit);
    app_say(app, STYLE_GOOD, "%s", _("The words are kept for the next meeting."));
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean quote_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    QuoteEditState *state = data;
    const QuoteEditArgument *from = argument;
    if (!client_require(app_session(app), PERMIT_WALK, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error))
        return FALSE;
    state->quote = quote_new();
    state->quote->client_id = from->client_id;
    build_rows(state, from);
    state->edit.days = EDIT_DAY(QUOTE_ROW_SAID);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_QUOTE, from->client_id, NULL);
    return TRUE;
}

static void quote_edit_leave(App *app, void *data)
{
    (void)app;
    QuoteEditState *state = data;
    quote_free(state->quote);
    edit_screen_clear(&state->edit);
}

const Screen screen_quote_edit = {
    .name = "quote-edit",
    EDIT_SCREEN,
    .title = N_("Quote for the meeting"),
    .state_size = sizeof(QuoteEditState),
    .enter = quote_edit_enter,
    .finish = quote_edit_finish,
    .leave = quote_edit_leave,
};

void on_visit_quote(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit == NULL)
        return;
    if (visit->outcome.words == NULL)
        app_say(app, STYLE_QUIET, "%s", _("No own words are noted at this visit."));
    else
        app_push(app, &screen_quote_edit,
                 &(QuoteEditArgument){.client_id = visit->client_id,
                                      .words = visit->outcome.words,
                                      .said_on = visit->date});
}
