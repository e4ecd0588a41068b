/* member_edit.c: a page for a client in a group: from a day on, or the last day. Whichever of the
 * two is not known when it is opened is typed in its first row. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/group.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/screens.h"

enum { ROW_WHO, ROW_FROM, ROW_TO, ROW_COUNT };

typedef struct {
    EditScreen edit;
    App *app;
    MemberEditArgument about; /* what is known: both when it ends */
    char *client, *group;     /* the names of these; NULL: asked for */
    GPtrArray *groups;        /* PickOption *: those that go on */
} MemberEditState;

static gboolean ends(const MemberEditState *state)
{
    return state->about.client_id != 0 && state->about.group_id != 0;
}

/* Where a row stands on the page: of what ends there is the last day alone. */
static int place(const MemberEditState *state, int row)
{
    return ends(state) ? row - ROW_TO : row;
}

/* --- who and which group ---------------------------------------------------------------------- */

/* The only client that is meant by a name or a number; NULL: none, or more than one. */
static ClientRow *meant_client(const MemberEditState *state)
{
    const char *typed = page_text(&state->edit.page, ROW_WHO);
    g_autoptr(GPtrArray) found =
        typed[0] != '\0' ? client_list(app_session(state->app), typed, FALSE, NULL, 2, NULL) : NULL;
    return found != NULL && found->len == 1 ? g_ptr_array_steal_index(found, 0) : NULL;
}

/* What is understood of the first row. New. */
static char *who_hint(const MemberEditState *state)
{
    const char *typed = page_text(&state->edit.page, ROW_WHO);
    if (state->about.client_id != 0) {
        char *hint = typed[0] != '\0' ? pick_hint(state->groups, typed) : NULL;
        return hint != NULL ? hint : g_strdup(_("Type the beginning of the group's name."));
    }
    ClientRow *client = meant_client(state);
    char *hint = client != NULL
                     ? g_strdup_printf("→ %s", client->name)
                     : g_strdup(_("Type more of a name, a client number or an identity number."));
    if (client != NULL)
        client_row_free(client);
    return hint;
}

static void hint_rows(App *app, void *data)
{
    (void)app;
    MemberEditState *state = data;
    Page *page = &state->edit.page;
    if (!ends(state)) {
        g_autofree char *hint = who_hint(state);
        edit_page_hint(page, ROW_WHO, hint);
        day_row_hint(page, ROW_FROM, _("The first day in the group: today, 21/11, 2026-02-01."));
    }
    day_row_hint(page, place(state, ROW_TO),
                 ends(state) ? _("The last day in the group: today, 21/11, 2026-02-01.")
                             : _("Leave it empty until further notice."));
}

/* --- saving ----------------------------------------------------------------------------------- */

/* Fills in what the first row says. FALSE with a fault on it. */
static gboolean read_who(MemberEditState *state, gint64 *client_id, gint64 *group_id)
{
    *client_id = state->about.client_id;
    *group_id = state->about.group_id;
    if (*client_id == 0) {
        ClientRow *client = meant_client(state);
        *client_id = client != NULL ? client->id : 0;
        if (client != NULL)
            client_row_free(client);
        if (*client_id == 0)
            page_fault(&state->edit.page, ROW_WHO,
                       _("Nobody, or more than one, is meant by that. Type more of the name, or "
                         "the whole number."));
    } else if (*group_id == 0) {
        const PickOption *group = pick_match(state->groups, page_text(&state->edit.page, ROW_WHO));
        *group_id = group != NULL ? group->value : 0;
        if (*group_id == 0)
            page_fault(&state->edit.page, ROW_WHO,
                       _("No group, or more than one, has that name. Type more of it."));
    }
    return *client_id != 0 && *group_id != 0;
}

static Date read_day(MemberEditState *state, int row, gboolean needed)
{
    const int at = place(state, row);
    const Date day = day_row(&state->edit.page, at);
    if (day == DATE_NONE && (needed || page_text(&state->edit.page, at)[0] != '\0'))
        page_fault(&state->edit.page, at, _("Which day? Write it as 21/11 or 2026-10-31."));
    return day;
}

static void member_edit_finish(App *app, void *data)
{
    MemberEditState *state = data;
    Session *session = app_session(app);
    GError *error = NULL;
    gint64 client_id, group_id;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    edit_page_clear_faults(&state->edit.page);
    read_who(state, &client_id, &group_id);
    const Date from = ends(state) ? DATE_NONE : read_day(state, ROW_FROM, TRUE);
    const Date to = read_day(state, ROW_TO, ends(state));
    if (edit_page_must_mend(app, &state->edit.page))
        return;
    if (ends(state) ? group_member_end(session, group_id, client_id, to, &error)
                    : group_member_add(session, group_id, client_id, from, to, &error)) {
        edit_screen_over(app, &state->edit);
        app_say(app, STYLE_GOOD, "%s", _("Saved."));
    } else {
        app_error(app, error);
    }
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean read_names(MemberEditState *state, GError **error)
{
    Session *session = app_session(state->app);
    g_autoptr(GPtrArray) groups = group_list(session, error);
    state->groups = pick_new();
    for (guint i = 0; groups != NULL && i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        if (group->ended_on == DATE_NONE)
            pick_add(state->groups, group->name, NULL, group->id);
        if (group->id == state->about.group_id)
            state->group = g_strdup(group->name);
    }
    if (groups == NULL || state->about.client_id == 0)
        return groups != NULL;
    ClientRow *client = client_glance(session, state->about.client_id, error);
    state->client = client != NULL ? g_strdup(client->name) : NULL;
    if (client != NULL)
        client_row_free(client);
    return state->client != NULL;
}

/* Whom it is about. New. */
static char *about_words(const MemberEditState *state)
{
    if (state->client != NULL && state->group != NULL)
        return g_strdup_printf("%s, %s", state->client, state->group);
    return g_strdup(state->client != NULL ? state->client : state->group);
}

static char **build_rows(MemberEditState *state)
{
    Page *page = &state->edit.page;
    char **values = g_new0(char *, ROW_COUNT + 1), today[DATE_SIZE];
    int rows = 0;
    date_format(clock_today(), today);
    page_init(page);
    if (!ends(state)) {
        page_field(page, state->about.client_id != 0 ? _("Group") : _("Client"), NULL, "", FALSE);
        page_field(page, C_("group", "From"), NULL, today, FALSE);
        values[rows++] = g_strdup("");
        values[rows++] = g_strdup(today);
    }
    page_field(page, C_("group", "Last day"), NULL, ends(state) ? today : "", FALSE);
    values[rows] = g_strdup(ends(state) ? today : "");
    return values;
}

static gboolean member_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    MemberEditState *state = data;
    state->app = app;
    state->about = *(const MemberEditArgument *)argument;
    if (!access_require(app_session(app), PERMIT_CLIENT_EDIT, error) || !read_names(state, error))
        return FALSE;
    char **values = build_rows(state);
    state->edit.about = about_words(state);
    state->edit.version = ends(state) ? state->about.group_id : 0;
    state->edit.days = EDIT_DAY(place(state, ROW_TO));
    if (!ends(state))
        state->edit.days |= EDIT_DAY(ROW_FROM);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit,
                      ends(state)                   ? DRAFT_GROUP_MEMBER_END
                      : state->about.client_id != 0 ? DRAFT_GROUP_MEMBER
                                                    : DRAFT_GROUP_MEMBERS,
                      state->about.client_id != 0 ? state->about.client_id : state->about.group_id,
                      values);
    return TRUE;
}

static void member_edit_leave(App *app, void *data)
{
    (void)app;
    MemberEditState *state = data;
    g_free(state->client);
    g_free(state->group);
    g_clear_pointer(&state->groups, g_ptr_array_unref);
    edit_screen_clear(&state->edit);
}

const Screen screen_member_edit = {
    .name = "member-edit",
    EDIT_SCREEN,
    .title = N_("A client in a group"),
    .state_size = sizeof(MemberEditState),
    .enter = member_edit_enter,
    .finish = member_edit_finish,
    .leave = member_edit_leave,
};
