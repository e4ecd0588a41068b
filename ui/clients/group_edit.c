/* group_edit.c: a page for a group of clients: a new one, another name, or its last day. */
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/group.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"

enum { ROW_NAME, ROW_ENDED, ROW_COUNT };
enum { WIDEST = 80 };

typedef struct {
    gint64 id; /* 0: a new one */
    Date ended_on;
    Page page;
    EditDraft draft;
} GroupEditState;

static gboolean ends(const GroupEditState *state)
{
    return state->id != 0;
}

static void hint_rows(GroupEditState *state)
{
    if (ends(state))
        day_row_hint(&state->page, ROW_ENDED,
                     _("The last day on which anybody belongs to it. Leave it empty while the "
                       "group goes on."));
}

static void build_rows(GroupEditState *state, char **values)
{
    page_init(&state->page);
    page_field(&state->page, C_("group", "Name"),
               _("What the meeting calls it: those who try the new way, those who have a plan."),
               "", FALSE);
    if (ends(state))
        page_field(&state->page, C_("group", "Ended"), NULL, "", FALSE);
    for (int row = 0; values[row] != NULL; row++)
        edit_page_set_value(&state->page, row, values[row]);
    hint_rows(state);
}

/* --- saving ----------------------------------------------------------------------------------- */

/* FALSE with a fault on the row that cannot be used. */
static gboolean read_end(App *app, GroupEditState *state, Date *ended)
{
    Page *page = &state->page;
    edit_page_clear_faults(page);
    *ended = ends(state) ? day_row(page, ROW_ENDED) : DATE_NONE;
    if (ends(state) && *ended == DATE_NONE && page_text(page, ROW_ENDED)[0] != '\0')
        page_fault(page, ROW_ENDED, _("Write the day as 21/11 or 2026-10-31, or leave it empty."));
    else if (*ended == DATE_NONE && state->ended_on != DATE_NONE)
        page_fault(page, ROW_ENDED, _("The group has ended. Make a new one to go on."));
    return !edit_page_must_mend(app, page);
}

static void group_edit_finish(App *app, void *data)
{
    GroupEditState *state = data;
    Session *session = app_session(app);
    const char *name = page_text(&state->page, ROW_NAME);
    GError *error = NULL;
    Date ended;
    if (edit_draft_must_answer(app, &state->draft) || !read_end(app, state, &ended))
        return;
    gint64 added = 0;
    const gboolean saved = ends(state) ? group_rename(session, state->id, name, &error)
                                       : group_add(session, name, &added, &error);
    if (saved && (ended == state->ended_on || group_end(session, state->id, ended, &error))) {
        edit_draft_over(app, &state->draft);
        app_pop(app);
        app_say(app, STYLE_GOOD, "%s", _("Saved."));
        return;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT) ||
        g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS))
        page_fault(&state->page, saved ? ROW_ENDED : ROW_NAME, error->message);
    app_error(app, error);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean group_edit_key(App *app, void *data, const Event *event)
{
    GroupEditState *state = data;
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
    if (row == ROW_ENDED && (page->focus != row || done))
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        group_edit_finish(app, state);
    return taken;
}

static void group_edit_save(App *app, void *data)
{
    GroupEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean group_edit_unsaved(App *app, const void *data)
{
    (void)app;
    GroupEditState *state = (GroupEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void group_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    GroupEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

/* --- the screen ------------------------------------------------------------------------------- */

/* The rows of the group `*id` (NULL: a new one), as the database has them. New; NULL with `error`.
 */
static char **read_rows(Session *session, GroupEditState *state, GError **error)
{
    char **values = g_new0(char *, ROW_COUNT + 1);
    state->ended_on = DATE_NONE;
    if (state->id == 0) {
        values[ROW_NAME] = g_strdup("");
        return values;
    }
    char ended[DATE_SIZE];
    g_autoptr(Group) group = group_get(session, state->id, error);
    if (group == NULL) {
        g_strfreev(values);
        return NULL;
    }
    state->ended_on = group->ended_on;
    values[ROW_NAME] = g_strdup(group->name);
    values[ROW_ENDED] = g_strdup(date_format(group->ended_on, ended));
    return values;
}

static gboolean group_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    GroupEditState *state = data;
    const gint64 *id = argument;
    if (!access_require(app_session(app), PERMIT_CLIENT_EDIT, error))
        return FALSE;
    state->id = id != NULL ? *id : 0;
    char **values = read_rows(app_session(app), state, error);
    if (values == NULL)
        return FALSE;
    build_rows(state, values);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_GROUP, state->id, 0, values);
    return TRUE;
}

static void group_edit_leave(App *app, void *data)
{
    (void)app;
    GroupEditState *state = data;
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_group_edit = {
    .name = "group-edit",
    .place = IN_EDIT,
    .title = N_("A group of clients"),
    .state_size = sizeof(GroupEditState),
    .enter = group_edit_enter,
    .draw = group_edit_draw,
    .key = group_edit_key,
    .finish = group_edit_finish,
    .save = group_edit_save,
    .unsaved = group_edit_unsaved,
    .leave = group_edit_leave,
};
