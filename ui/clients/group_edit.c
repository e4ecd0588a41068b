/* group_edit.c: a page for a group of clients: a new one, another name, or its last day. */
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/group.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"

enum { ROW_NAME, ROW_ENDED, ROW_COUNT };

typedef struct {
    EditScreen edit;
    gint64 id; /* 0: a new one */
    Date ended_on;
} GroupEditState;

static gboolean ends(const GroupEditState *state)
{
    return state->id != 0;
}

static void hint_rows(App *app, void *data)
{
    (void)app;
    GroupEditState *state = data;
    if (ends(state))
        day_row_hint(&state->edit.page, ROW_ENDED,
                     _("The last day on which anybody belongs to it. Leave it empty while the "
                       "group goes on."));
}

static void build_rows(GroupEditState *state, char **values)
{
    page_init(&state->edit.page);
    page_field(&state->edit.page, C_("group", "Name"),
               _("What the meeting calls it: those who try the new way, those who have a plan."),
               "", FALSE);
    if (ends(state))
        page_field(&state->edit.page, C_("group", "Ended"), NULL, "", FALSE);
    edit_screen_fill(&state->edit, values);
}

/* --- saving ----------------------------------------------------------------------------------- */

/* FALSE with a fault on the row that cannot be used. */
static gboolean read_end(App *app, GroupEditState *state, Date *ended)
{
    Page *page = &state->edit.page;
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
    const char *name = page_text(&state->edit.page, ROW_NAME);
    GError *error = NULL;
    Date ended;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_end(app, state, &ended))
        return;
    gint64 added = 0;
    const gboolean saved = ends(state) ? group_rename(session, state->id, name, &error)
                                       : group_add(session, name, &added, &error);
    if (saved && (ended == state->ended_on || group_end(session, state->id, ended, &error))) {
        edit_screen_over(app, &state->edit);
        app_say(app, STYLE_GOOD, "%s", _("Saved."));
        return;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT) ||
        g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS))
        page_fault(&state->edit.page, saved ? ROW_ENDED : ROW_NAME, error->message);
    app_error(app, error);
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
    state->edit.days = EDIT_DAY(ROW_ENDED);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_GROUP, state->id, values);
    return TRUE;
}

const Screen screen_group_edit = {
    .name = "group-edit",
    EDIT_SCREEN,
    .title = N_("A group of clients"),
    .state_size = sizeof(GroupEditState),
    .enter = group_edit_enter,
    .finish = group_edit_finish,
    .leave = edit_screen_leave,
};
