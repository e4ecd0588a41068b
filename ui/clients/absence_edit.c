/* absence_edit.c: a page for a client who is away, or for a change of that; and which of several. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/visit/absence_rows.h"
#include "ui/common/choose.h"
#include "ui/common/day_row.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    gint64 client_id;
    gint64 absence_id; /* 0: a new one */
    Date from;         /* of a new one; DATE_NONE: today */
} AbsenceEditArgument;

typedef struct {
    EditScreen edit;
    Absence *absence;
    ChoiceOption causes[AWAY_CHOICES];
} AbsenceEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(App *app, void *data)
{
    (void)app;
    AbsenceEditState *state = data;
    day_row_hint(&state->edit.page, ABSENCE_ROW_TO,
                 _("The last day away: 21/11, fri, +2w. Empty: until further notice."));
    day_row_hint(&state->edit.page, ABSENCE_ROW_FROM, _("The first day away: 21/11, tomorrow."));
}

static void build_rows(AbsenceEditState *state, char *const *values)
{
    const char *const keys[AWAY_CHOICES] = {
        [AWAY_HOLIDAY] = C_("key of why somebody is away", "j"),
        [AWAY_HOSPITAL] = C_("key of why somebody is away", "h"),
        [AWAY_PAUSE] = C_("key of why somebody is away", "p"),
        [AWAY_OTHER] = C_("key of why somebody is away", "o"),
    };
    Page *page = &state->edit.page;
    for (int i = 0; i < AWAY_CHOICES; i++)
        state->causes[i] = (ChoiceOption){g_utf8_get_char(keys[i]), away_cause_name(i), i};
    page_init(page);
    page_choice(page, C_("absence", "Why"), NULL, state->causes, AWAY_CHOICES, -1);
    page_field(page, C_("absence", "Last day"), NULL, "", FALSE);
    page_field(page, C_("absence", "First day"), NULL, "", FALSE);
    page_field(page, C_("absence", "Note"),
               _("What the unit should know. Who reads it may be the client. May be left empty."),
               "", TRUE);
    edit_screen_fill(&state->edit, values);
    page->focus = state->absence->id != 0 ? ABSENCE_ROW_TO : ABSENCE_ROW_CAUSE;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, AbsenceEditState *state)
{
    const char *faults[ABSENCE_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (absence_rows_take(values, state->absence, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void take_in_theirs(App *app, AbsenceEditState *state)
{
    g_autoptr(Absence) theirs = absence_get(app_session(app), state->absence->id, NULL);
    if (theirs != NULL)
        edit_screen_take_in(&state->edit, absence_rows_values(theirs), theirs->version,
                            _("A colleague has written: %s"));
}

static void absence_edit_finish(App *app, void *data)
{
    AbsenceEditState *state = data;
    Absence *absence = state->absence;
    AbsenceDone done = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    const gboolean is_new = absence->id == 0 || state->edit.draft.base == NULL;
    if (!is_new)
        absence->version = state->edit.version;
    const gboolean saved = is_new ? absence_add(app_session(app), absence, &done, &error)
                                  : absence_change(app_session(app), absence, &done, &error);
    if (!saved) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    g_autofree char *what = absence_words_done(&done);
    g_autofree char *name = g_strdup(state->edit.about);
    edit_screen_over(app, &state->edit);
    if (is_new)
        app_say(app, STYLE_GOOD, _("%s is away. %s"), name, what);
    else /* perhaps since the client is back */
        app_say(app, STYLE_GOOD, _("The absence is changed. %s"), what);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean absence_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    AbsenceEditState *state = data;
    const AbsenceEditArgument *from = argument;
    const gboolean is_new = from->absence_id == 0;
    if (!edit_screen_client(app, &state->edit, from->client_id, error) ||
        !client_require(app_session(app), PERMIT_VISIT_RECORD, from->client_id, error))
        return FALSE;
    state->absence = is_new ? absence_new(from->client_id)
                            : absence_get(app_session(app), from->absence_id, error);
    if (state->absence == NULL)
        return FALSE;
    if (is_new && from->from != DATE_NONE)
        state->absence->from = from->from;
    char **values = absence_rows_values(state->absence);
    build_rows(state, values);
    state->edit.replaces = TRUE;
    state->edit.days = EDIT_DAY(ABSENCE_ROW_TO) | EDIT_DAY(ABSENCE_ROW_FROM);
    state->edit.hint = hint_rows;
    state->edit.version = state->absence->version;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_ABSENCE : DRAFT_ABSENCE_CHANGE,
                      is_new ? from->client_id : from->absence_id, values);
    return TRUE;
}

static void absence_edit_leave(App *app, void *data)
{
    (void)app;
    AbsenceEditState *state = data;
    absence_free(state->absence);
    edit_screen_clear(&state->edit);
}

static const Screen screen_absence_edit = {
    .name = "absence-edit",
    EDIT_SCREEN,
    .title = N_("Away"),
    .state_size = sizeof(AbsenceEditState),
    .enter = absence_edit_enter,
    .finish = absence_edit_finish,
    .leave = absence_edit_leave,
};

/* --- which one -------------------------------------------------------------------------------- */

/* What is chosen of an absence: its id, or the id below zero for taking it away. 0: a new one. */
static void withdraw_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const Absence *absence = data;
    AbsenceDone done = {0};
    GError *error = NULL;
    if (!yes)
        return;
    if (!absence_withdraw(app_session(app), absence->id, absence->version, &done, &error)) {
        app_error(app, error);
        return;
    }
    shared_resume_top(app);
    g_autofree char *what = absence_words_done(&done);
    app_say(app, STYLE_GOOD, _("The absence is taken away. %s"), what);
}

static void ask_withdraw(App *app, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Absence) absence = absence_get(app_session(app), id, &error);
    if (absence == NULL) {
        app_error(app, error);
        return;
    }
    g_autofree char *words = absence_words(absence);
    g_autofree char *question = g_strdup_printf(
        _("%s: was it a mistake? Every visit that it called off is planned again. If the client is "
          "back earlier, change the last day instead."),
        words);
    dialog_ask_owning(app, question, withdraw_answered, g_steal_pointer(&absence),
                      (GDestroyNotify)absence_free);
}

static void chosen(App *app, gint64 id, gint64 client_id)
{
    if (id < 0)
        ask_withdraw(app, -id);
    else
        app_push(app, &screen_absence_edit, &(AbsenceEditArgument){client_id, id, DATE_NONE});
}

/* From the visit that the cursor is on: its day is the first one. */
static Date day_at_hand(App *app)
{
    const Subject subject = app_subject(app);
    const Visit *visit = subject.kind == SUBJECT_VISIT ? subject.row : NULL;
    return visit != NULL && app_shows(app, SCREEN_TODAY) ? visit->date : DATE_NONE;
}

void on_absence(App *app, void *unused)
{
    (void)unused;
    GError *error = NULL;
    const gint64 client_id = shared_client(app);
    if (client_id == 0)
        return;
    g_autoptr(GPtrArray) all = absence_of_client(app_session(app), client_id, &error);
    if (all == NULL) {
        app_error(app, error);
        return;
    }
    Choose *choose =
        choose_new(_("The client is away already. What is it about?"), chosen, client_id);
    gboolean any = FALSE;
    for (guint i = all->len; i > 0; i--) {
        const Absence *absence = all->pdata[i - 1];
        if (!absence_matters(absence, clock_today()))
            continue;
        any = TRUE;
        g_autofree char *words = absence_words(absence);
        g_autofree char *change = g_strdup_printf(_("Change: %s"), words);
        g_autofree char *away = g_strdup_printf(_("Was a mistake: %s"), words);
        choose_add(choose, absence->id, change);
        choose_add(choose, -absence->id, away);
    }
    choose_add(choose, 0, _("Away on other days too"));
    if (any) {
        choose_ask(app, choose);
        return;
    }
    choose_free(choose);
    app_push(app, &screen_absence_edit, &(AbsenceEditArgument){client_id, 0, day_at_hand(app)});
}
