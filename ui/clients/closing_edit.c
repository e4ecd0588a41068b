/* closing_edit.c: a page for the end of the help to a client, or for a change of that; and the way
 * back. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/closing_rows.h"
#include "ui/clients/client_private.h"
#include "ui/common/choose.h"
#include "ui/common/day_row.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    gint64 client_id;
    gint64 closing_id; /* 0: a new one */
} ClosingEditArgument;

typedef struct {
    EditScreen edit;
    Closing *closing;
    ChoiceOption reasons[CLOSING_REASON_COUNT], follows[FOLLOWS_COUNT];
} ClosingEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(App *app, void *data)
{
    (void)app;
    ClosingEditState *state = data;
    day_row_hint(&state->edit.page, CLOSING_ROW_LAST,
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
        state->reasons[i] = (ChoiceOption){g_utf8_get_char(reasons[i]), closing_reason_name(i), i};
    for (int i = 0; i < FOLLOWS_COUNT; i++)
        state->follows[i] = (ChoiceOption){g_utf8_get_char(follows[i]), closing_follows_name(i), i};
}

static void build_rows(ClosingEditState *state, char *const *values)
{
    Page *page = &state->edit.page;
    fill_options(state);
    page_init(page);
    page_choice(page, C_("closing", "Why"), NULL, state->reasons, CLOSING_REASON_COUNT, -1);
    page_field(page, C_("closing", "Last day"), NULL, "", FALSE);
    page_choice(page, C_("closing", "Then"), NULL, state->follows, FOLLOWS_COUNT, 0);
    page_field(page, C_("closing", "Asked after (months)"),
               _("After how many months somebody asks how it has gone; 0: nobody does."), "",
               FALSE);
    page_field(page, C_("closing", "Note"),
               _("What the unit should know. Who reads it may be the client. May be left empty."),
               "", TRUE);
    edit_screen_fill(&state->edit, values);
    page->focus = CLOSING_ROW_REASON;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, ClosingEditState *state)
{
    const char *faults[CLOSING_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (closing_rows_take(values, state->closing, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void take_in_theirs(App *app, ClosingEditState *state)
{
    g_autoptr(Closing) theirs = closing_get(app_session(app), state->closing->id, NULL);
    if (theirs != NULL)
        edit_screen_take_in(&state->edit, closing_rows_values(theirs), theirs->version,
                            _("A colleague has written: %s"));
}

static void closing_edit_finish(App *app, void *data)
{
    ClosingEditState *state = data;
    Closing *closing = state->closing;
    ClosingDone done = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    const gboolean is_new = state->edit.draft.base == NULL;
    if (!is_new)
        closing->version = state->edit.version;
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
    edit_screen_over(app, &state->edit);
    if (app_shows(app, SCREEN_CLIENT))
        client_card_is_stale(app);
    app_say(app, STYLE_GOOD, _("The help ended %s. %s"), date, what);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean closing_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    ClosingEditState *state = data;
    const ClosingEditArgument *from = argument;
    const gboolean is_new = from->closing_id == 0;
    if (!edit_screen_client(app, &state->edit, from->client_id, error) ||
        !client_require(app_session(app), PERMIT_CLIENT_EDIT, from->client_id, error))
        return FALSE;
    state->closing = is_new ? closing_new(from->client_id)
                            : closing_get(app_session(app), from->closing_id, error);
    if (state->closing == NULL)
        return FALSE;
    char **values = closing_rows_values(state->closing);
    build_rows(state, values);
    state->edit.replaces = TRUE;
    state->edit.days = EDIT_DAY(CLOSING_ROW_LAST);
    state->edit.hint = hint_rows;
    state->edit.version = state->closing->version;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_CLOSING : DRAFT_CLOSING_CHANGE,
                      is_new ? from->client_id : from->closing_id, values);
    return TRUE;
}

static void closing_edit_leave(App *app, void *data)
{
    (void)app;
    ClosingEditState *state = data;
    closing_free(state->closing);
    edit_screen_clear(&state->edit);
}

static const Screen screen_closing_edit = {
    .name = "closing-edit",
    EDIT_SCREEN,
    .title = N_("The help ends"),
    .state_size = sizeof(ClosingEditState),
    .enter = closing_edit_enter,
    .finish = closing_edit_finish,
    .leave = closing_edit_leave,
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
