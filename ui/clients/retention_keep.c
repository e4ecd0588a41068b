/* retention_keep.c: a page for why somebody who was to be deleted is kept, and until when. */
#include "ui/clients/retention_keep.h"

#include "base/i18n.h"
#include "care/client/retention.h"
#include "care/client/retention_keep.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"

typedef struct {
    EditScreen edit;
    gint64 client_id;
} KeepState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    KeepState *state = data;
    day_row_hint(&state->edit.page, KEEP_ROW_AGAIN,
                 _("The day from which it is to be asked again: 2033-01-10."));
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, KeepState *state, KeepReason *reason)
{
    const char *faults[KEEP_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (keep_rows_take(values, reason, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void keep_finish(App *app, void *data)
{
    KeepState *state = data;
    g_auto(KeepReason) reason = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state, &reason))
        return;
    if (!retention_keep(app_session(app), state->client_id, reason.why, reason.again, &error)) {
        app_error(app, error);
        return;
    }
    edit_screen_over(app, &state->edit);
    app_say(app, STYLE_GOOD, "%s", _("Kept."));
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean keep_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)error;
    KeepState *state = data;
    const RetentionRow *row = argument;
    char day[DATE_SIZE];
    state->client_id = row->client_id;
    state->edit.about = g_strdup(row->name);
    page_init(&state->edit.page);
    page_field(
        &state->edit.page, C_("retention", "Why"),
        _("Why the client is kept all the same: a matter in court, an inquiry that goes on."),
        row->kept_why != NULL ? row->kept_why : "", TRUE);
    page_field(&state->edit.page, C_("retention", "Ask again"), NULL,
               row->kept_why != NULL ? date_format(row->look_again, day) : "", FALSE);
    state->edit.days = EDIT_DAY(KEEP_ROW_AGAIN);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_KEEP, row->client_id, NULL);
    return TRUE;
}

const Screen screen_retention_keep = {
    .name = "retention-keep",
    EDIT_SCREEN,
    .title = N_("Keep the client"),
    .state_size = sizeof(KeepState),
    .enter = keep_enter,
    .finish = keep_finish,
    .leave = edit_screen_leave,
};
