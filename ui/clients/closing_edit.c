/* closing_edit.c: a page for the end of the help to a client, or for a change of that; and the way back. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/closing_rows.h"
#include "ui/clients/client_private.h"
#include "ui/common/choose.h"
#include "ui/common/day_row.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_page.h"
#include "ui/common/shared.h"

enum { WIDEST = 80 };

typedef struct {
    gint64 client_id;
    gint64 closing_id; /* 0: a new one */
} ClosingEditArgument;

typedef struct {
    Closing *closing;
    char *name; /* the client's */
    Page page;
    EditDraft draft;
    gboolean fresh; /* the row has just got the focus: what is typed replaces what stands there */
    ChoiceOption reasons[CLOSING_REASON_COUNT], follows[FOLLOWS_COUNT];
} ClosingEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(ClosingEditState *state)
{
    day_row_hint(&state->page, CLOSING_ROW_LAST,
                 _("The last day of help: 21/11, fri, yesterday. Visits after it are called off."));
}

static void fill_options(ClosingEditState *state)
{
    const char *const reasons[CLOSING_REASON_COUNT] = {
        [CLOSING_GOALS] = C_("key of why the help ends", "g"),
        [CLOSING_WISH] = C_("key of why the help ends", "w"),
        [CLOSING_LOST] = C_("key of why the help ends", "c"),
        [CLOSING_OTHER_HELP] = C_("key of why the help ends", "k"),
        [CLOSING_MOVED] = C_("key of why the help ends", "m"),
        [CLOSING_DECISION] = C_("key of why the help ends", "d"),
        [CLOSING_DIED] = C_("key of why the help ends", "x"),
        [CLOSING_OTHER] = C_("key of why the help ends", "o"),
    };
    const char *const follows[FOLLOWS_COUNT] = {
        [FOLLOWS_NOTHING] = C_("key of what follows", "n"),
        [FOLLOWS_RELATIVES] = C_("key of what follows", "r"),
        [FOLLOWS_UNIT] = C_("key of what follows", "u"),
        [FOLLOWS_HEALTH_CARE] = C_("key of what follows", "h"),
        [FOLLOWS_OPEN] = C_("key of what follows", "o"),
    };
    for (int i = 0; i < CLOSING_REASON_COUNT; i++)
        state->reasons[i] =
            (ChoiceOption){g_utf8_get_char(reasons[i]), closing_reason_name(i), i};
    for (int i = 0; i < FOLLOWS_COUNT; i++)
        state->follows[i] =
            (ChoiceOption){g_utf8_get_char(follows[i]), closing_follows_name(i), i};
}

static void build_rows(ClosingEditState *state, char *const *values)
{
    Page *page = &state->page;
    fill_options(state);
    page_init(page);
    page_choice(page, C_("closing", "Why"), NULL, state->reasons, CLOSING_REASON_COUNT, -1);
    page_field(page, C_("closing", "Last day"), NULL, "", FALSE);
    page_choice(page, C_("closing", "Then"), NULL, state->follows, FOLLOWS_COUNT, 0);
    page_field(page, C_("closing", "Asked after (months)"),
               _("After how many months somebody asks how it has gone; 0: nobody does."), "", FALSE);
    page_field(page, C_("closing", "Note"),
               _("What the unit should know. Who reads it may be the client. May be left empty."),
               "", TRUE);
    for (int row = 0; row < CLOSING_ROW_COUNT; row++)
        edit_page_set_value(page, row, values[row]);
    page->focus = CLOSING_ROW_REASON;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, ClosingEditState *state)
{
    const char *faults[CLOSING_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->page);
    if (closing_rows_take(values, state->closing, faults))
        return TRUE;
    for (int row = 0; row < CLOSING_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    edit_page_must_mend(app, &state->page);
    return FALSE;
}

/* What somebody else has changed meanwhile is taken in; nothing typed is lost. */
static void take_in_theirs(App *app, ClosingEditState *state)
{
    g_autoptr(Closing) theirs = closing_get(app_session(app), state->closing->id, NULL);
    if (theirs == NULL)
        return;
    char **values = closing_rows_values(theirs);
    for (int row = 0; row < CLOSING_ROW_COUNT; row++)
        edit_page_merge(&state->page, row,
                        state->draft.base != NULL ? state->draft.base[row] : NULL, values[row],
                        _("A colleague has written: %s"));
    g_strfreev(state->draft.base);
    state->draft.base = values;
    state->closing->version = theirs->version;
}

static void closing_edit_finish(App *app, void *data)
{
    ClosingEditState *state = data;
    Closing *closing = state->closing;
    ClosingDone done = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft) || !read_rows(app, state))
        return;
    const gboolean is_new = state->draft.base == NULL;
    const gboolean saved = is_new ? closing_add(app_session(app), closing, &done, &error)
                                  : closing_change(app_session(app), closing, &done, &error);
    if (!saved) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    char date[DATE_SIZE];
    g_autofree char *what = closing_words_done(&done);
    date_format(closing->last_day, date);
    edit_draft_over(app, &state->draft);
    app_pop(app);
    if (app_shows(app, SCREEN_CLIENT))
        client_card_is_stale(app);
    app_say(app, STYLE_GOOD, _("The help ended %s. %s"), date, what);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean closing_edit_key(App *app, void *data, const Event *event)
{
    ClosingEditState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &state->closing->version);
        hint_rows(state);
        return taken;
    }
    if (state->fresh && row != CLOSING_ROW_WORDS)
        edit_page_replace(page, event);
    taken = page_event(page, event, &done);
    state->fresh = page->focus != row;
    if (taken)
        page_fault(page, row, NULL);
    if (row == CLOSING_ROW_LAST && (page->focus != row || done))
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        closing_edit_finish(app, state);
    return taken;
}

static void closing_edit_save(App *app, void *data)
{
    ClosingEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, state->closing->version);
}

static gboolean closing_edit_unsaved(App *app, const void *data)
{
    (void)app;
    ClosingEditState *state = (ClosingEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, state->closing->version);
}

static void closing_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    ClosingEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

static char *closing_edit_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const ClosingEditState *)data)->name);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean closing_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    ClosingEditState *state = data;
    const ClosingEditArgument *from = argument;
    const gboolean is_new = from->closing_id == 0;
    ClientRow *client = client_glance(app_session(app), from->client_id, error);
    if (client == NULL)
        return FALSE;
    state->name = g_strdup(client->name);
    client_row_free(client);
    if (!client_require(app_session(app), PERMIT_CLIENT_EDIT, from->client_id, error))
        return FALSE;
    state->closing = is_new ? closing_new(from->client_id)
                            : closing_get(app_session(app), from->closing_id, error);
    if (state->closing == NULL)
        return FALSE;
    char **values = closing_rows_values(state->closing);
    build_rows(state, values);
    hint_rows(state);
    state->fresh = TRUE;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_draft_begin(app, &state->draft, &state->page,
                     is_new ? DRAFT_CLOSING : DRAFT_CLOSING_CHANGE,
                     is_new ? from->client_id : from->closing_id, state->closing->version, values);
    return TRUE;
}

static void closing_edit_leave(App *app, void *data)
{
    (void)app;
    ClosingEditState *state = data;
    closing_free(state->closing);
    g_free(state->name);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

static const Screen screen_closing_edit = {
    .name = "closing-edit",
    .place = IN_EDIT,
    .title = N_("The help ends"),
    .state_size = sizeof(ClosingEditState),
    .enter = closing_edit_enter,
    .draw = closing_edit_draw,
    .key = closing_edit_key,
    .finish = closing_edit_finish,
    .save = closing_edit_save,
    .unsaved = closing_edit_unsaved,
    .leave = closing_edit_leave,
    .subtitle = closing_edit_subtitle,
};

/* --- one that is closed ----------------------------------------------------------------------- */

enum { REOPEN = -1, MISTAKE = -2 };

/* `from` DATE_NONE: it was a mistake. */
static void reopen(App *app, gint64 client_id, Date from)
{
    ClosingDone done = {0};
    GError *error = NULL;
    if (!closing_reopen(app_session(app), client_id, from, &done, &error)) {
        app_error(app, error);
        return;
    }
    client_card_is_stale(app);
    g_autofree char *what = closing_words_done(&done);
    app_say(app, STYLE_GOOD, _("The client comes here again. %s"), what);
}

static void from_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || !app_shows(app, SCREEN_CLIENT))
        return;
    const Date from = date_parse_words(text, clock_today());
    if (from == DATE_NONE)
        app_say(app, STYLE_NOTICE,
                _("\"%s\" is no date that is understood here. Nothing was changed; write it as "
                  "21/11 or tomorrow."),
                text);
    else
        reopen(app, shared_client(app), from);
}

static void chosen(App *app, gint64 id, gint64 client_id)
{
    char today[DATE_SIZE];
    if (id == REOPEN)
        dialog_prompt(app, _("From which day does the client come here again?"),
                      date_format(clock_today(), today), from_answered, NULL);
    else if (id == MISTAKE)
        reopen(app, client_id, DATE_NONE);
    else
        app_push(app, &screen_closing_edit, &(ClosingEditArgument){client_id, id});
}

void on_closing(App *app, void *data)
{
    const ClientState *state = data;
    GError *error = NULL;
    if (state->client == NULL)
        return;
    if (state->client->active) {
        app_push(app, &screen_closing_edit, &(ClosingEditArgument){state->id, 0});
        return;
    }
    g_autoptr(Closing) closing = closing_now(app_session(app), state->id, &error);
    if (error != NULL) {
        app_error(app, error);
        return;
    }
    Choose *choose = choose_new(_("The help has ended. What is it about?"), chosen, state->id);
    choose_add(choose, REOPEN, _("The client comes here again"));
    if (closing != NULL) {
        choose_add(choose, MISTAKE, _("It was a mistake: every visit is planned again"));
        choose_add(choose, closing->id, _("Change why, the last day or what follows"));
    }
    choose_ask(app, choose);
}
