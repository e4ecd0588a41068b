/* quote_edit.c: a page for words that the client lets the unit show at its meeting. */
#include "ui/clients/quote_edit.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/quote.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"
#include "ui/common/shared.h"

enum { WIDEST = 80 };

typedef struct {
    Quote *quote;
    Page page;
    EditDraft draft;
    ChoiceOption allowed[2];
} QuoteEditState;

static void hint_rows(QuoteEditState *state)
{
    day_row_hint(&state->page, QUOTE_ROW_SAID, _("The day it was said: 21/11, yesterday."));
}

static void build_rows(QuoteEditState *state, const QuoteEditArgument *from)
{
    char said[DATE_SIZE];
    Page *page = &state->page;
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
    g_auto(GStrv) values = edit_page_values(&state->page);
    if (quote_rows_take(values, state->quote, faults))
        return TRUE;
    for (int row = 0; row < QUOTE_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    edit_page_must_mend(app, &state->page);
    return FALSE;
}

static void quote_edit_finish(App *app, void *data)
{
    QuoteEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft) || !read_rows(app, state))
        return;
    if (!quote_add(app_session(app), state->quote, &error)) {
        app_error(app, error);
        return;
    }
    edit_draft_over(app, &state->draft);
    app_pop(app);
    app_say(app, STYLE_GOOD, "%s", _("The words are kept for the next meeting."));
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean quote_edit_key(App *app, void *data, const Event *event)
{
    QuoteEditState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gint64 version = 0;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &version);
        hint_rows(state);
        return taken;
    }
    taken = page_event(page, event, &done);
    if (taken)
        page_fault(page, row, NULL);
    if (row == QUOTE_ROW_SAID && page->focus != row)
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        quote_edit_finish(app, state);
    return taken;
}

static void quote_edit_save(App *app, void *data)
{
    QuoteEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean quote_edit_unsaved(App *app, const void *data)
{
    (void)app;
    QuoteEditState *state = (QuoteEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void quote_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    QuoteEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean quote_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    QuoteEditState *state = data;
    const QuoteEditArgument *from = argument;
    if (!client_require(app_session(app), PERMIT_WALK, from->client_id, error))
        return FALSE;
    state->quote = quote_new();
    state->quote->client_id = from->client_id;
    build_rows(state, from);
    hint_rows(state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_QUOTE, from->client_id, 0, NULL);
    return TRUE;
}

static void quote_edit_leave(App *app, void *data)
{
    (void)app;
    QuoteEditState *state = data;
    quote_free(state->quote);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_quote_edit = {
    .name = "quote-edit",
    .place = IN_EDIT,
    .title = N_("Quote for the meeting"),
    .state_size = sizeof(QuoteEditState),
    .enter = quote_edit_enter,
    .draw = quote_edit_draw,
    .key = quote_edit_key,
    .finish = quote_edit_finish,
    .save = quote_edit_save,
    .unsaved = quote_edit_unsaved,
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
