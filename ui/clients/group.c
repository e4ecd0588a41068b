/* group.c: the members of a group of clients: since when each belongs to it. */
#include "care/client/group.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_words.h"
#include "ui/app.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/widgets/list.h"

enum {
    NAME_COLUMNS = 30,
    GAP = 2,
    MARK_COLUMNS = 2, /* list.c's */
};

typedef struct {
    App *app;
    gint64 id;
    char *name;
    GPtrArray *members; /* GroupMember *: the rows of the list */
    gint64 closed;      /* how many are left out */
    List *list;
} GroupState;

static gboolean reload(GroupState *state, GError **error)
{
    Session *session = app_session(state->app);
    g_autoptr(Group) group = group_get(session, state->id, error);
    if (group == NULL)
        return FALSE;
    g_free(state->name);
    state->name = g_strdup(group->name);
    return rows_replace(state->list, &state->members,
                        group_members(session, state->id, &state->closed, error), error);
}

/* --- the list --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((GroupState *)data)->members, after, limit);
}

static gboolean same(gconstpointer left, gconstpointer right)
{
    const GroupMember *a = left, *b = right;
    return a->client_id == b->client_id && a->from == b->from;
}

static gboolean is_over(const GroupMember *member)
{
    return member->to != DATE_NONE && member->to < clock_today();
}

static void draw_cells(Area line, Style style, const char *name, const char *days)
{
    const int columns = MIN(NAME_COLUMNS, line.columns / 2);
    draw_cell(line, 0, 0, columns, style, FALSE, name);
    draw_cell(line, 0, columns + GAP, line.columns - columns - GAP, style, FALSE, days);
}

static void draw_member(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const GroupMember *member = row;
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autofree char *days = member->to == DATE_NONE
                                ? g_strdup_printf(_("since %s"), date_format(member->from, from))
                                : g_strdup_printf(_("%s to %s"), date_format(member->from, from),
                                                  date_format(member->to, to));
    g_autofree char *name = member->protection != PROTECTION_NONE
                                ? g_strdup_printf(_("%s (protected)"), member->name)
                                : g_strdup(member->name);
    draw_cells(line,
               selected          ? STYLE_SELECTED
               : is_over(member) ? STYLE_QUIET
                                 : STYLE_NORMAL,
               name, days);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_member, .same = same};

/* --- the screen ------------------------------------------------------------------------------- */

/* At the foot, so that the number told of the group is explained. The rows it takes. */
static int draw_closed(const GroupState *state, Area area)
{
    g_autofree char *text = client_words_closed(state->closed);
    if (text == NULL)
        return 0;
    draw_text(area, area.rows - 1, 0, STYLE_QUIET, text);
    return 1;
}

static void group_draw(App *app, void *data, Area area)
{
    GroupState *state = data;
    char key[KEY_NAME_SIZE];
    g_autofree char *none = g_strdup_printf(_("Nobody belongs to the group yet. %s adds a client."),
                                            shared_key(app, ACTION_MEMBER_ADD, key));
    draw_text(area, 0, 0, STYLE_HEADING, state->name);
    if (!list_is_empty(state->list))
        draw_cells(area_columns(area_rows(area, 1, 1), MARK_COLUMNS, -1), STYLE_QUIET,
                   C_("column of members", "Name"), C_("column of members", "Days"));
    list_draw(state->list, area_rows(area, 2, area.rows - 2 - draw_closed(state, area)), TRUE,
              state->closed > 0 ? "" : none);
}

static gboolean group_enter(App *app, void *data, const void *argument, GError **error)
{
    GroupState *state = data;
    state->app = app;
    state->id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void group_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void group_leave(App *app, void *data)
{
    (void)app;
    GroupState *state = data;
    list_free(state->list);
    g_free(state->name);
    g_clear_pointer(&state->members, g_ptr_array_unref);
}

static Subject group_subject(App *app, void *data)
{
    (void)app;
    const GroupMember *member = list_selected(((GroupState *)data)->list);
    return (Subject){.client_id = member != NULL ? member->client_id : 0};
}

const Screen screen_group = {
    .name = "group",
    .place = IN_GROUP,
    .title = N_("Members of a group"),
    .state_size = sizeof(GroupState),
    .enter = group_enter,
    .resume = group_resume,
    .draw = group_draw,
    .list = offsetof(GroupState, list),
    .leave = group_leave,
    .subject = group_subject,
};

void on_member_add(App *app, void *data)
{
    const GroupState *state = data;
    app_open(app, SCREEN_MEMBER_EDIT, &(MemberEditArgument){.group_id = state->id});
}

void on_member_end(App *app, void *data)
{
    const GroupState *state = data;
    const GroupMember *member = list_selected(state->list);
    if (member == NULL)
        app_say(app, STYLE_QUIET, "%s", _("There is nobody here."));
    else if (is_over(member))
        app_say(app, STYLE_QUIET, "%s", _("That has ended already."));
    else
        app_open(app, SCREEN_MEMBER_EDIT,
                 &(MemberEditArgument){.client_id = member->client_id, .group_id = state->id});
}
