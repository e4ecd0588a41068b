/* placements.c: a client's placements away from home, the latest first. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/task/task.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/placements/placement_words.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/list.h"

enum {
    DAYS_COLUMNS = 26,
    STATE_COLUMNS = 26,
    WHERE_LEAST = 16,
    GAP = 2,
    MARK_COLUMNS = 2, /* list.c's */
    DETAIL_ROWS = 5,
};

/* A placement, and what is left to do for it. */
typedef struct {
    Placement *placement;
    PlacementRule rule;
    int left; /* open tasks to follow it up */
} PlacementLine;

typedef struct {
    App *app;
    gint64 client_id;
    ClientRow *client; /* NULL while the program is locked */
    GPtrArray *lines;  /* PlacementLine *: the rows of the list */
    List *list;
} PlacementsState;

static void line_free(gpointer data)
{
    PlacementLine *line = data;
    placement_free(line->placement);
    g_free(line);
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean count_left(App *app, PlacementLine *line, GError **error)
{
    g_autoptr(GPtrArray) tasks = task_of(app_session(app), 0, line->placement->id, error);
    if (tasks == NULL)
        return FALSE;
    for (guint i = 0; i < tasks->len; i++)
        line->left += ((const Task *)tasks->pdata[i])->done_ms == 0;
    return TRUE;
}

static gboolean reload(PlacementsState *state, GError **error)
{
    Session *session = app_session(state->app);
    if (state->client == NULL &&
        (state->client = client_glance(session, state->client_id, error)) == NULL)
        return FALSE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);
    g_autoptr(GPtrArray) all = placement_of_client(session, state->client_id, error);
    if (all == NULL)
        return FALSE;
    g_ptr_array_set_free_func(all, NULL);
    for (guint i = 0; i < all->len; i++) {
        PlacementLine *line = g_new0(PlacementLine, 1);
        line->placement = all->pdata[i];
        line->rule = placement_rule(state->client->birth_date, line->placement->started_on,
                                    line->placement->ended_on, line->placement->two_parents);
        g_ptr_array_add(lines, line);
    }
    for (guint i = 0; i < lines->len; i++)
        if (!count_left(state->app, lines->pdata[i], error))
            return FALSE;
    return rows_replace(state->list, &state->lines, g_steal_pointer(&lines), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* For a list: "goes on", "2 left, by 2027-01-29", "followed up", "is not followed up". New. */
static char *state_text(const PlacementLine *line)
{
    int days = line->rule.last - clock_today();
    char last[DATE_SIZE];
    if (line->placement->ended_on == DATE_NONE)
        return g_strdup(C_("placement", "goes on"));
    if (!line->rule.due)
        return g_strdup(C_("placement", "is not followed up"));
    if (line->left == 0)
        return g_strdup(C_("placement", "followed up"));
    if (days < 0)
        return g_strdup_printf(ngettext("overdue by %d day", "overdue by %d days", (gulong)-days),
                               -days);
    return g_strdup_printf(C_("placement", "%d left, by %s"), line->left,
                           date_format(line->rule.last, last));
}

/* Then the first day stands alone. */
static gboolean is_narrow(int columns)
{
    return columns < DAYS_COLUMNS + WHERE_LEAST + STATE_COLUMNS + 2 * GAP;
}

static void draw_cells(Area line, const Style *styles, const char *const *texts)
{
    int days = is_narrow(line.columns) ? DATE_SIZE - 1 : DAYS_COLUMNS;
    const int widths[] = {days, line.columns - days - STATE_COLUMNS - 2 * GAP, STATE_COLUMNS};
    for (int i = 0, at = 0; i < (int)G_N_ELEMENTS(widths); at += widths[i++] + GAP)
        draw_cell(line, 0, at, widths[i], styles[i], FALSE, texts[i]);
}

static void draw_line(void *data, gconstpointer row, Area area, gboolean selected)
{
    (void)data;
    const PlacementLine *line = row;
    gboolean urgent = placement_is_urgent(&line->rule, line->left, clock_today());
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    const Style styles[] = {style, style, selected ? style : urgent ? STYLE_NOTICE : STYLE_NORMAL};
    const Placement *placement = line->placement;
    char started[DATE_SIZE];
    g_autofree char *days = is_narrow(area.columns)
                                ? g_strdup(date_format(placement->started_on, started))
                                : placement_words_days(placement);
    g_autofree char *at = state_text(line);
    const char *where = placement->institution != NULL ? placement->institution : "–";
    const char *const texts[] = {days, where, at};
    draw_cells(area, styles, texts);
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((PlacementsState *)data)->lines, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const PlacementLine *)a)->placement->id == ((const PlacementLine *)b)->placement->id;
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_line, .same = same};

/* What the rules say of the placement that the cursor is on. */
static void draw_detail(const PlacementLine *line, Area area)
{
    if (line == NULL || area.rows <= 0)
        return;
    const Placement *placement = line->placement;
    g_autoptr(Detail) detail = detail_new();
    detail_add(detail, NULL, placement_words_where(placement));
    detail_add_strong(detail, placement_words_due(&line->rule, line->left, clock_today()));
    detail_add(detail, NULL,
               placement_rule_text(&line->rule, placement->institution_kind, placement->started_on,
                                   placement->ended_on));
    detail_draw(detail, area);
}

static void placements_draw(App *app, void *data, Area area)
{
    PlacementsState *state = data;
    char key[KEY_NAME_SIZE];
    const Style styles[] = {STYLE_QUIET, STYLE_QUIET, STYLE_QUIET};
    const char *const heads[] = {C_("column of placements", "Days"),
                                 C_("column of placements", "Where"),
                                 C_("column of placements", "Follow-up")};
    Area list = area, detail = area_rows(area, 0, 0);
    shared_key(app, ACTION_PLACEMENT_NEW, key);
    g_autofree char *none =
        g_strdup_printf(_("No placement is known for this client. %s adds one."), key);
    if (!list_is_empty(state->list)) {
        detail_split(area, DETAIL_ROWS, &list, &detail);
        draw_cells(area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1), styles, heads);
        list = area_rows(list, 1, -1);
    }
    list_draw(state->list, list, TRUE, none);
    draw_detail(list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean placements_enter(App *app, void *data, const void *argument, GError **error)
{
    PlacementsState *state = data;
    state->app = app;
    state->list = list_new(&LIST, state);
    state->client_id = *(const gint64 *)argument;
    return reload(state, error);
}

static void placements_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void placements_forget(App *app, void *data)
{
    (void)app;
    g_clear_pointer(&((PlacementsState *)data)->client, client_row_free);
}

static void placements_leave(App *app, void *data)
{
    (void)app;
    PlacementsState *state = data;
    list_free(state->list);
    client_row_free(state->client);
    g_clear_pointer(&state->lines, g_ptr_array_unref);
}

static Subject placements_subject(App *app, void *data)
{
    (void)app;
    return (Subject){.client_id = ((const PlacementsState *)data)->client_id};
}

static char *placements_subtitle(App *app, void *data)
{
    (void)app;
    const ClientRow *client = ((const PlacementsState *)data)->client;
    return g_strdup(client != NULL ? client->name : NULL);
}

const Screen screen_placements = {
    .name = "placements",
    .place = IN_PLACEMENTS,
    .title = N_("Placements"),
    .state_size = sizeof(PlacementsState),
    .enter = placements_enter,
    .resume = placements_resume,
    .forget = placements_forget,
    .draw = placements_draw,
    .list = offsetof(PlacementsState, list),
    .leave = placements_leave,
    .subtitle = placements_subtitle,
    .subject = placements_subject,
};

void on_placements(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    if (id != 0)
        app_open(app, SCREEN_PLACEMENTS, &id);
}

void on_placement_open(App *app, void *data)
{
    const PlacementLine *line = list_selected(((PlacementsState *)data)->list);
    if (line == NULL)
        app_say(app, STYLE_QUIET, _("There is no placement here."));
    else
        app_open(app, SCREEN_PLACEMENT, &(gint64){line->placement->id});
}

void on_placement_new(App *app, void *data)
{
    PlacementsState *state = data;
    app_open(app, SCREEN_PLACEMENT_EDIT, &(PlacementEditArgument){.client_id = state->client_id});
}
