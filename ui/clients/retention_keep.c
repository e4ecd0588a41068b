/* retention_keep.c: a page for why somebody who was to be deleted is kept, and until when. */
#include "ui/clients/retention_keep.h"

#include "base/i18n.h"
#include "care/client/retention.h"
#include "care/client/retention_keep.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"

enum { WIDEST = 80 };

typedef struct {
    gint64 client_id;
    char *name;
    Page page;
    EditDraft draft;
} KeepState;

static void hint_rows(KeepState *state)
{
    day_row_hint(&state->page, KEEP_ROW_AGAIN,
                 _("The day from which it is to be asked again: 2033-01-10."));
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, KeepState *state, KeepReason *reason)
{
    const char *faults[KEEP_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->page);
    if (keep_rows_take(values, reason, faults))
        return TRUE;
    for (int row = 0; row < KEEP_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    edit_page_must_mend(app, &state->page);
    return FALSE;
}

static void keep_finish(App *app, void *data)
{
    KeepState *state = data;
    g_auto(KeepReason) reason = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft) || !read_rows(app, state, &reason))
        return;
    if (!retention_keep(app_session(app), state->client_id, reason.why, reason.again, &error)) {
        app_error(app, error);
        return;
    }
    edit_draft_over(app, &state->draft);
    app_pop(app);
    app_say(app, STYLE_GOOD, "%s", _("Kept."));
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean keep_key(App *app, void *data, const Event *event)
{
    KeepState *state = data;
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
    if (row == KEEP_ROW_AGAIN && page->focus != row)
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        keep_finish(app, state);
    return taken;
}

static void keep_save(App *app, void *data)
{
    KeepState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean keep_unsaved(App *app, const void *data)
{
    (void)app;
    KeepState *state = (KeepState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void keep_draw(App *app, void *data, Area area)
{
    (void)app;
    KeepState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean keep_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)error;
    KeepState *state = data;
    const RetentionRow *row = argument;
    char day[DATE_SIZE];
    state->client_id = row->client_id;
    state->name = g_strdup(row->name);
    page_init(&state->page);
    page_field(&state->page, C_("retention", "Why"),
               _("Why the client is kept all the same: a matter in court, an inquiry that goes on."),
               row->kept_why != NULL ? row->kept_why : "", TRUE);
    page_field(&state->page, C_("retention", "Ask again"), NULL,
               row->kept_why != NULL ? date_format(row->look_again, day) : "", FALSE);
    hint_rows(state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_KEEP, row->client_id, 0, NULL);
    return TRUE;
}

static void keep_leave(App *app, void *data)
{
    (void)app;
    KeepState *state = data;
    g_free(state->name);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

static char *keep_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const KeepState *)data)->name);
}

const Screen screen_retention_keep = {
    .name = "retention-keep",
    .place = IN_EDIT,
    .title = N_("Keep the client"),
    .state_size = sizeof(KeepState),
    .enter = keep_enter,
    .draw = keep_draw,
    .key = keep_key,
    .finish = keep_finish,
    .save = keep_save,
    .unsaved = keep_unsaved,
    .leave = keep_leave,
    .subtitle = keep_subtitle,
};
