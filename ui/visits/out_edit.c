/* out_edit.c: out on a visit (ute), with a time when somebody rings; back by one key; and that a
 * colleague who was late has been reached. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/visit/out.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

enum { ROW_RING };

typedef struct {
    EditScreen edit;
    gint64 visit_id;
} OutEditState;

static void out_edit_finish(App *app, void *data)
{
    OutEditState *state = data;
    const char *faults[] = {NULL};
    GError *error = NULL;
    gint64 id = 0;
    char key[KEY_NAME_SIZE];
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    const gint64 ring = out_moment(values[ROW_RING]);
    if (ring == 0)
        faults[ROW_RING] = _("Write a time later today, as 10:30: somebody rings then.");
    if (edit_screen_refuse(app, &state->edit, faults))
        return;
    if (!out_go(app_session(app), state->visit_id, ring, &id, &error)) {
        app_error(app, error);
        return;
    }
    edit_screen_over(app, &state->edit);
    app_say(app, STYLE_GOOD, _("Noted that you are out. %s says that you are back."),
            shared_key(app, ACTION_OUT, key));
}

static gboolean out_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)error;
    OutEditState *state = data;
    const Visit *visit = argument;
    char time[TIME_SIZE];
    state->visit_id = visit != NULL ? visit->id : 0;
    state->edit.about = g_strdup(visit != NULL ? visit->client_name : NULL);
    state->edit.client_id = visit != NULL ? visit->client_id : 0;
    page_init(&state->edit.page);
    page_field(&state->edit.page, _("Somebody rings at"),
               _("If you are not back by then. As 10:30, later today. Your colleagues see it when "
                 "it is late."),
               time_format(out_proposed(visit, clock_today(), clock_minute()), time), FALSE);
    state->edit.replaces = TRUE;
    edit_screen_begin(app, &state->edit, DRAFT_OUT, 0, NULL);
    return TRUE;
}

static void out_edit_leave(App *app, void *data)
{
    (void)app;
    edit_screen_clear(&((OutEditState *)data)->edit);
}

const Screen screen_out_edit = {
    .name = "out-edit",
    EDIT_SCREEN,
    .title = N_("Out on a visit"),
    .state_size = sizeof(OutEditState),
    .enter = out_edit_enter,
    .finish = out_edit_finish,
    .leave = out_edit_leave,
};

/* --- out and back ----------------------------------------------------------------------------- */

static void go_out(App *app)
{
    const Subject subject = app_subject(app);
    const Visit *visit = subject.kind == SUBJECT_VISIT ? subject.row : NULL;
    app_push(app, &screen_out_edit,
             visit != NULL && out_is_on(app_session(app), visit) ? visit : NULL);
}

static void end(App *app, gint64 id, const char *sentence)
{
    GError *error = NULL;
    if (!out_end(app_session(app), id, &error)) {
        app_error(app, error);
        return;
    }
    shared_resume_top(app);
    app_say(app, STYLE_GOOD, "%s", sentence);
}

static void reached(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    if (yes)
        end(app, *(const gint64 *)data, _("Noted: the colleague has been reached."));
    else
        go_out(app);
}

void on_out(App *app, void *data)
{
    (void)data;
    GError *error = NULL;
    Session *session = app_session(app);
    g_autoptr(GPtrArray) all = out_list(session, &error);
    if (all == NULL) {
        app_error(app, error);
        return;
    }
    const Out *out = out_to_end(session, all);
    if (out == NULL) {
        go_out(app);
    } else if (out->staff_id == session_staff_id(session)) {
        end(app, out->id, _("Welcome back. Nobody rings now."));
    } else {
        g_autofree char *question = g_strdup_printf(
            _("Has %s been reached, and is all well? No: you go out yourself."), out->staff_name);
        dialog_ask_owning(app, question, reached, g_memdup2(&out->id, sizeof out->id), g_free);
    }
}
